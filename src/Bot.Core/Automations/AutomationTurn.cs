using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Automations;

/// <summary>Automations in a turn: planned when their event happens, looked at anew when they are due.</summary>
internal sealed class AutomationTurn(Draft draft)
{
    /// <summary>An event happened: what waits for it is due, now or some time later.</summary>
    /// <param name="booking">The visit that it happened to.</param>
    public static void Plan(Draft draft, string @event, BookingId? booking)
    {
        foreach (var automation in draft.Content.Automations.Values)
        {
            if (automation.IsEnabled && automation.Trigger is AutomationTrigger.OnEvent trigger && trigger.Event == @event)
            {
                draft.Schedule(draft.Now + trigger.After, new TimerCause.Automation(automation.Id, draft.Now, booking), automation.HeardAs);
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
        var values = cause.Booking is { } about
            ? ImmutableDictionary<string, Value>.Empty.Add(GivenValues.Booking, new Value.Booking(about))
            : ImmutableDictionary<string, Value>.Empty;
        if ((timer.IsExpired ? SkipReason.Restored : Objection(automation, cause, values)) is { } reason)
        {
            if (automation.Outreach.IsHeard)
            {
                reach.Skip(reason);
            }

            return;
        }

        var visit = automation.Trigger is AutomationTrigger.BeforeVisit && cause.Booking is { } id ? draft.Profile.Bookings.GetValueOrDefault(id) : null;
        if (reach.Try(automation.Outreach, timer.Due, values, visit) is var (at, why))
        {
            draft.Schedule(at, cause, automation.HeardAs, why);
        }
        else if (reach.IsDone || !automation.Outreach.IsHeard)
        {
            draft.Add(new Effect.NoteAutomation(automation.Id));
        }
    }

    private SkipReason? Objection(Automation automation, TimerCause.Automation cause, ImmutableDictionary<string, Value> values)
    {
        if (!automation.IsEnabled)
        {
            return SkipReason.Disabled;
        }

        if (VisitObjection(automation, cause) is { } changed)
        {
            return changed;
        }

        if (automation.For is { } condition && !condition.Holds(draft.Scope(values)))
        {
            return SkipReason.NotFitting;
        }

        return automation.Peace > TimeSpan.Zero && draft.Fact(new Query.LastAutomation(automation.Id)) is Value.Moment last
            && last.At + automation.Peace > draft.Now
            ? SkipReason.TooSoonAgain
            : null;
    }

    /// <summary>A visit that was moved has reminders of its own; one that was called off, or written down otherwise since, needs none.</summary>
    private SkipReason? VisitObjection(Automation automation, TimerCause.Automation cause)
    {
        if (cause.Booking is not { } id)
        {
            var needsOne = automation.Trigger is AutomationTrigger.BeforeVisit
                || (automation.Outreach.Open is { } open && draft.Content.Dialogs.GetValueOrDefault(open)?.Takes == ValueKind.Booking);
            return needsOne ? SkipReason.VisitChanged : null;
        }

        var booking = draft.Profile.Bookings.GetValueOrDefault(id);
        var isSame = automation.Trigger switch
        {
            AutomationTrigger.BeforeVisit => booking?.State is BookingState.Pending or BookingState.Confirmed && booking.Start == cause.At,

            // What is said of a visit that is over, such as a score, holds whatever becomes of it.
            AutomationTrigger.OnEvent happened when BookingEvents.All.Contains(happened.Event) =>
                booking is not null && BookingEvents.StillHolds(happened.Event, booking.State),
            _ => true,
        };
        return isSame ? null : SkipReason.VisitChanged;
    }
}
