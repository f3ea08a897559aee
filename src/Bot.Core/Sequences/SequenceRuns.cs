using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Core.Time;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Sequences;

/// <summary>A customer's ways through sequences, in a turn: entered, gone on with, ended.</summary>
internal sealed class SequenceRuns(Draft draft)
{
    /// <summary>Enters a sequence, unless the customer is in it, had it too recently, or it is not for them.</summary>
    public void Enter(string name)
    {
        if (draft.Content.Sequences.GetValueOrDefault(name) is not { IsEnabled: true } sequence || !MayEnter(sequence))
        {
            return;
        }

        if (draft.Profile.Sequences.GetValueOrDefault(name) is { } before)
        {
            // The new one takes its place in the profile, and this one may have ended in this very turn.
            draft.Add(new Effect.KeepRun(before));
        }

        var run = new SequenceRun(new SequenceRunId(draft.Ids.Next()), name, draft.Chat.Id, draft.Now, sequence.Steps[0].Name, null);
        Await(sequence, run, sequence.Steps[0], draft.Now + sequence.Steps[0].After);
    }

    /// <summary>The timer of a step fired.</summary>
    public void Fire(Timer timer, TimerCause.SequenceStep cause)
    {
        if (Running(cause.Sequence) is not { } run || run.Timer != timer.Id)
        {
            return;
        }

        if (draft.Content.Sequences.GetValueOrDefault(cause.Sequence) is not { } sequence)
        {
            End(cause.Sequence, SequenceEnd.Gone);
            return;
        }

        if (IsAtGoal(sequence, run))
        {
            End(sequence.Id, SequenceEnd.Goal);
            return;
        }

        var reach = new Reach(draft, sequence.Kind, sequence.Topic, $"sequence:{sequence.Id}", $"{sequence.Id}/{cause.Step}");
        var step = sequence.Find(cause.Step);
        if ((timer.IsExpired ? SkipReason.Restored : Objection(sequence, step)) is { } reason)
        {
            reach.Skip(reason);
        }
        else if (reach.Try(step!.Outreach, timer.Due) is var (at, why))
        {
            Await(sequence, run, step, at, why);
            return;
        }

        // What is said may itself have ended the run.
        if (Running(sequence.Id) is { } still && still.Id == run.Id)
        {
            GoOn(sequence, still, timer.IsExpired);
        }
    }

    /// <summary>Ends a run, if there is one.</summary>
    public void End(string name, SequenceEnd how)
    {
        if (Running(name) is { } run)
        {
            // The timer that has just fired is gone by itself.
            draft.Unschedule(run.Timer);
            Set(run with { Timer = null, End = how, EndedAt = draft.Now });
        }
    }

    /// <summary>Ends the runs whose goal is reached by now.</summary>
    public void EndAtGoal()
    {
        foreach (var run in draft.Profile.Sequences.Values.Where(run => run.IsRunning))
        {
            if (draft.Content.Sequences.GetValueOrDefault(run.Sequence) is { } sequence && IsAtGoal(sequence, run))
            {
                End(run.Sequence, SequenceEnd.Goal);
            }
        }
    }

    private static SkipReason? Disabled(Sequence sequence) => sequence.IsEnabled ? null : SkipReason.Disabled;

    private SkipReason? Objection(Sequence sequence, SequenceStep? step) => step is null
        ? SkipReason.Gone
        : Disabled(sequence) ?? (step.If is { } condition && !condition.Holds(draft.Scope()) ? SkipReason.NotFitting : null);

    private bool MayEnter(Sequence sequence)
    {
        var mayAgain = draft.Profile.Sequences.GetValueOrDefault(sequence.Id) is not { } before
            || (!before.IsRunning && sequence.AgainAfter is { } again && before.StartedAt + Peace.Of(again) <= draft.Now);
        return mayAgain && (sequence.For is null || sequence.For.Holds(draft.Scope()));
    }

    /// <summary>What was there before the customer entered does not count for the goal.</summary>
    private bool IsAtGoal(Sequence sequence, SequenceRun run) =>
        sequence.EndsWhen is { } goal && goal.Holds(draft.Scope(since: run.StartedAt.AddMilliseconds(1)));

    /// <param name="isRestored">The step before was due when a backup was restored: so was the next one if its time has passed.</param>
    private void GoOn(Sequence sequence, SequenceRun run, bool isRestored)
    {
        // By its delay where the step itself is gone, so that an edited sequence goes on where it was.
        var current = sequence.Find(run.Step);
        var next = current is null
            ? sequence.Steps.FirstOrDefault(step => run.StartedAt + step.After > draft.Now)
            : sequence.Steps.ElementAtOrDefault(sequence.Steps.IndexOf(current) + 1);
        if (next is null)
        {
            Set(run with { Timer = null, End = SequenceEnd.Finished, EndedAt = draft.Now });
        }
        else
        {
            var due = run.StartedAt + next.After;
            Await(sequence, run, next, due, isExpired: isRestored && due <= draft.Now);
        }
    }

    private void Await(Sequence sequence, SequenceRun run, SequenceStep step, DateTimeOffset due, WaitReason? why = null, bool isExpired = false)
    {
        var timer = draft.Schedule(due, new TimerCause.SequenceStep(run.Id, run.Sequence, step.Name), sequence.Kind, why, isExpired);
        Set(run with { Step = step.Name, Timer = timer });
    }

    private SequenceRun? Running(string name) => draft.Profile.Sequences.GetValueOrDefault(name) is { IsRunning: true } run ? run : null;

    private void Set(SequenceRun run) => draft.Profile = draft.Profile with { Sequences = draft.Profile.Sequences.SetItem(run.Sequence, run) };
}
