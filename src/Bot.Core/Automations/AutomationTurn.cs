using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Automations;

/// <summary>Automations in a turn: planned when their event happens, looked at anew when they are due.</summary>
internal sealed class AutomationTurn(Draft draft)
{
    /// <summary>An event happened: what waits for it is due, now or some time later.</summary>
    public static void Plan(Draft draft, string @event)
    {
        foreach (var automation in draft.Content.Automations.Values)
        {
            if (automation.IsEnabled && automation.Trigger is AutomationTrigger.OnEvent trigger && trigger.Event == @event)
            {
                draft.Schedule(draft.Now + trigger.After, new TimerCause.Automation(automation.Id, draft.Now), automation.HeardAs);
            }
        }
    }

    public void Fire(Timer timer, TimerCause.Automation cause)
    {
        if (draft.Content.Automations.GetValueOrDefault(cause.Name) is not { } automation)
        {
            new Reach(draft, MessageKind.Service, null, $"automation:{cause.Name}", $"automation/{cause.Name}").Skip(SkipReason.Gone);
            return;
        }

        var reach = new Reach(draft, automation.Kind, automation.Topic, $"automation:{automation.Id}", $"automation/{automation.Id}");
        if ((timer.IsExpired ? SkipReason.Restored : Objection(automation)) is { } reason)
        {
            if (automation.Outreach.IsHeard)
            {
                reach.Skip(reason);
            }

            return;
        }

        if (reach.Try(automation.Outreach, timer.Due) is var (at, why))
        {
            draft.Schedule(at, cause, automation.HeardAs, why);
        }
        else if (reach.IsDone || !automation.Outreach.IsHeard)
        {
            draft.Add(new Effect.NoteAutomation(automation.Id));
        }
    }

    private SkipReason? Objection(Automation automation)
    {
        if (!automation.IsEnabled)
        {
            return SkipReason.Disabled;
        }

        if (automation.For is { } condition && !condition.Holds(draft.Scope()))
        {
            return SkipReason.NotFitting;
        }

        return automation.Peace > TimeSpan.Zero && draft.Fact(new Query.LastAutomation(automation.Id)) is Value.Moment last
            && last.At + automation.Peace > draft.Now
            ? SkipReason.TooSoonAgain
            : null;
    }
}
