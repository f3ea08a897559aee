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
        if (draft.Fact(asked) is Value.Number { Amount: var open })
        {
            var known = new CaseId((long)open);
            if (score is not null || words is not null)
            {
                draft.Add(new Effect.AddToCase(known, score, words));
                CaseNotices.Added(draft, known, score, words);
            }

            return;
        }

        var id = new CaseId(draft.Ids.Next());
        var due = draft.Now + draft.Content.Settings.FeedbackDue;
        draft.Add(new Effect.OpenCase(id, kind, due, score, words));
        draft.Know(asked, new Value.Number(id.Value));
        draft.Know(new Query.CaseDue(id), new Value.Moment(due));
        draft.Schedule(due, new TimerCause.Case(id, kind), MessageKind.Service);
        CaseNotices.Opened(draft, id, score, words, due);
        draft.Record(BuiltInEvents.FeedbackOpened, score is { } number ? [new("score", new Value.Number(number))] : []);
    }

    /// <summary>Somebody should have solved it by now.</summary>
    public void Fire(TimerCause.Case cause)
    {
        if (draft.Fact(new Query.CaseDue(cause.Id)) is not Value.Moment { At: var due })
        {
            return;
        }

        if (due > draft.Now)
        {
            draft.Schedule(due, cause, MessageKind.Service);
            return;
        }

        CaseNotices.Overdue(draft, cause.Id, due);
        var overdue = draft.Now - due;
        draft.Schedule(draft.Now + (overdue > Again ? overdue : Again), cause, MessageKind.Service);
    }

    /// <summary>Staff did something about it. Who called or wrote has as much time again until it should be solved.</summary>
    public void Mark(CaseId id, CaseMark mark)
    {
        if (draft.Fact(new Query.CaseDue(id)) is not Value.Moment)
        {
            CaseNotices.Gone(draft);
            return;
        }

        var due = mark == CaseMark.Solved ? (DateTimeOffset?)null : draft.Now + draft.Content.Settings.FeedbackDue;
        draft.Add(new Effect.MarkCase(id, mark, due));
        CaseNotices.Marked(draft, id, mark, due);
        if (mark == CaseMark.Solved)
        {
            draft.Know(new Query.OpenCase(CaseKind.Feedback), null);
            draft.Record(BuiltInEvents.FeedbackSolved);
        }
    }
}
