using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;

namespace Bot.Core.Surveys;

/// <summary>A question of a dialog whose answer is kept: it asks into a remembered value, and <c>record: ... with:</c> keeps that one.</summary>
/// <param name="Event">The event that the answer is kept with.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Say">What is asked.</param>
public sealed record SurveyQuestion(string Event, string Name, Ask Ask, Text Say)
{
    /// <summary>The questions of a dialog, in the order of its states; none if it is no survey.</summary>
    public static ImmutableArray<SurveyQuestion> Of(Dialog dialog)
    {
        ArgumentNullException.ThrowIfNull(dialog);
        var kept =
            from state in dialog.States
            from action in state.Do.Concat(state.OnAnswer).Concat(state.Buttons.SelectMany(button => button.Do))
            where action is DialogAction.Record
            from pair in ((DialogAction.Record)action).With
            where pair.Value.Tree is Node.Remembered
            select (((DialogAction.Record)action).Event, pair.Key, Value: ((Node.Remembered)pair.Value.Tree).Name);
        var all = kept.ToList();
        return
        [
            .. (from state in dialog.States
                where state is { Ask.Into: { IsProfile: false }, Say: not null }
                from one in all
                where one.Value == state.Ask!.Into!.Value.Name
                select new SurveyQuestion(one.Event, one.Key, state.Ask!, state.Say!))
            .DistinctBy(question => (question.Event, question.Name)),
        ];
    }
}
