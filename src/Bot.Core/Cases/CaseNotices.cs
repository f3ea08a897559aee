using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;

namespace Bot.Core.Cases;

/// <summary>What the admin chat hears of cases.</summary>
internal static class CaseNotices
{
    private const int LongestWords = 1_000;

    public static void Opened(Draft draft, Case opened, string? words) => AdminNotices.Tell(draft, null, Buttons(draft, opened.Id),
        Phrase.AdminCaseOpened,
        [.. AdminNotices.Who(draft), ("score", Number(opened.Score)), ("words", Text(words)), ("due", new Value.Moment(opened.Due))]);

    public static void Added(Draft draft, Case known, decimal? score, string? words) => AdminNotices.Tell(draft, null, Buttons(draft, known.Id),
        Phrase.AdminCaseAdded, [.. AdminNotices.Who(draft), ("score", Number(score ?? known.Score)), ("words", Text(words))]);

    public static void Overdue(Draft draft, Case known) => AdminNotices.Tell(draft, null, Buttons(draft, known.Id),
        Phrase.AdminCaseOverdue, [.. AdminNotices.Who(draft), ("score", Number(known.Score)), ("due", new Value.Moment(known.Due))]);

    public static void Marked(Draft draft, Case known, CaseMark mark, DateTimeOffset? due) => AdminNotices.Tell(draft, null,
        mark == CaseMark.Solved ? AdminNotices.Card(draft) : Buttons(draft, known.Id),
        mark switch
        {
            CaseMark.Called => Phrase.AdminCaseCalled,
            CaseMark.WrittenBack => Phrase.AdminCaseWritten,
            CaseMark.Solved => Phrase.AdminCaseSolved,
        },
        [.. AdminNotices.Who(draft), ("due", due is { } until ? new Value.Moment(until) : null)]);

    /// <summary>The case is not there, or solved already.</summary>
    public static void Gone(Draft draft) => AdminNotices.Tell(draft, null, null, Phrase.AdminCaseGone);

    private static Keyboard.Inline Buttons(Draft draft, CaseId id)
    {
        InlineButton Button(Phrase label, string data) => new(AdminNotices.Label(draft, label), data);

        return new(
        [
            [
                Button(Phrase.AdminCalledButton, StaffPress.MarkCase(id, CaseMark.Called)),
                Button(Phrase.AdminWrittenButton, StaffPress.MarkCase(id, CaseMark.WrittenBack)),
            ],
            [Button(Phrase.AdminSolvedButton, StaffPress.MarkCase(id, CaseMark.Solved)), .. AdminNotices.Card(draft).Rows[0]],
        ]);
    }

    private static Value.Number? Number(decimal? number) => number is { } known ? new Value.Number(known) : null;

    /// <summary>The beginning of what was said, so that the line is one message; the whole of it is on the case's card.</summary>
    private static Value.Text? Text(string? text) => text switch
    {
        null or "" => null,
        { Length: <= LongestWords } => new Value.Text(text),
        _ => new Value.Text($"{text[..(char.IsHighSurrogate(text[LongestWords - 1]) ? LongestWords - 1 : LongestWords)]}…"),
    };
}
