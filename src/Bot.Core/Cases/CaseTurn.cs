using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Cases;

/// <summary>Cases in a turn: opened, added to, asked after when they are overdue, solved. Staff hear of each at once.</summary>
internal sealed class CaseTurn(Draft draft)
{
    /// <summary>How soon an overdue case is told again; each time it is left for as long as it is overdue by then.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromHours(24);

    /// <summary>
    /// Opens a case. If one of the kind is open already, what is said joins it, and if there is nothing to say nothing happens.
    /// </summary>
    /// <param name="isBare">It was not meant to say anything, so it is opened without.</param>
    public void Open(string kind, decimal? score, string? words, bool isBare)
    {
        if (score is null && words is null && !isBare)
        {
            return;
        }

        var asked = new Query.OpenCase(kind);
        if (draft.Fact(asked) is Case known)
        {
            if (score is not null || words is not null)
            {
                draft.Add(new Effect.AddToCase(known.Id, score, words));
                CaseNotices.Added(draft, known, score, words);
            }

            return;
        }

        var opened = new Case(new CaseId(draft.Ids.Next()), kind, draft.Now, draft.Now + draft.Content.Settings.FeedbackDue, score);
        draft.Add(new Effect.OpenCase(opened, words));
        draft.Know(asked, opened);
        draft.Schedule(opened.Due, new TimerCause.Case(opened.Id, kind), MessageKind.Service);
        CaseNotices.Opened(draft, opened, words);
        draft.Record(BuiltInEvents.FeedbackOpened, score is { } number ? [new("score", new Value.Number(number))] : []);
    }

    /// <summary>Somebody should have solved it by now.</summary>
    public void Fire(TimerCause.Case cause)
    {
        if (draft.Fact(new Query.CaseById(cause.Id)) is not Case known)
        {
            return;
        }

        if (known.Due > draft.Now)
        {
            draft.Schedule(known.Due, cause, MessageKind.Service);
            return;
        }

        CaseNotices.Overdue(draft, known);
        var overdue = draft.Now - known.Due;
        draft.Schedule(draft.Now + (overdue > Again ? overdue : Again), cause, MessageKind.Service);
    }

    /// <summary>Staff did something about it. Who called or wrote has as much time again until it should be solved.</summary>
    public void Mark(CaseId id, CaseMark mark)
    {
        if (draft.Fact(new Query.CaseById(id)) is not Case known)
        {
            CaseNotices.Gone(draft);
            return;
        }

        var due = mark == CaseMark.Solved ? (DateTimeOffset?)null : draft.Now + draft.Content.Settings.FeedbackDue;
        draft.Add(new Effect.MarkCase(id, mark, due));
        CaseNotices.Marked(draft, known, mark, due);
        if (mark == CaseMark.Solved)
        {
            draft.Know(new Query.OpenCase(known.Kind), null);
            draft.Record(BuiltInEvents.FeedbackSolved);
        }
    }
}
