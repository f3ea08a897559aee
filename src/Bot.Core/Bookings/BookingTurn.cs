using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Bookings;

/// <summary>Visits in a turn: made, moved, confirmed, called off, with what follows from each.</summary>
internal sealed class BookingTurn(Draft draft)
{
    /// <summary>A new visit. Whether the time is free is the caller's to know; if it is not, the database refuses the turn.</summary>
    public Booking Make(Service service, Specialist specialist, DateTimeOffset start)
    {
        var booking = Timed(new Booking(new BookingId(draft.Ids.Next()), draft.Chat.Id, service.Id, specialist.Id, "", "", start, start, start,
            service.Price, BookingState.Pending, 0, draft.Now), service, specialist, start);
        Set(booking);
        Happened(BuiltInEvents.BookingCreated, booking);
        Remind(booking);
        return booking;
    }

    /// <summary>The same visit at another time, perhaps with somebody else.</summary>
    public Booking Move(Booking booking, Service service, Specialist specialist, DateTimeOffset start)
    {
        var moved = Timed(booking, service, specialist, start) with
        {
            Chat = draft.Chat.Id,
            State = booking.State.After(BookingAct.Move) ?? booking.State,
            Revision = booking.Revision + 1,
        };
        EndReminders(booking);
        Set(moved);
        Happened(BookingEvents.Moved, moved);
        Remind(moved);
        return moved;
    }

    /// <summary>Does it, and answers the visit after it; <see langword="null"/> if it cannot be done now.</summary>
    public Booking? Do(Booking booking, BookingAct act)
    {
        if (booking.State.After(act) is not { } state)
        {
            return null;
        }

        var after = booking with { State = state, Revision = booking.Revision + 1 };
        if (act is not (BookingAct.Confirm or BookingAct.Arrive))
        {
            EndReminders(booking);
        }

        Set(after);
        Happened(act.Event(), after);
        return after;
    }

    private Booking Timed(Booking booking, Service service, Specialist specialist, DateTimeOffset start)
    {
        var scope = draft.Scope();
        var end = start + service.Duration;
        return booking with
        {
            Service = service.Id,
            Specialist = specialist.Id,
            Title = service.Title.In(draft.Chat.Language).Plain(scope),
            Name = specialist.Name.In(draft.Chat.Language).Plain(scope),
            Start = start,
            End = end,
            FreeAt = end + service.Buffer,
        };
    }

    private void Set(Booking booking) => draft.Profile = draft.Profile with { Bookings = draft.Profile.Bookings.SetItem(booking.Id, booking) };

    private void Happened(string @event, Booking booking)
    {
        // A visit that took place is an act of the customer's, whoever wrote it down.
        if (BuiltInEvents.Acts.Contains(@event))
        {
            draft.Profile = draft.Profile with { LastActive = draft.Now };
        }

        var with = ImmutableArray.CreateBuilder<KeyValuePair<string, Value>>();
        with.Add(new("booking", new Value.Booking(booking.Id)));
        with.Add(new("service", new Value.Service(booking.Service)));
        with.Add(new("specialist", new Value.Specialist(booking.Specialist)));
        with.Add(new("start", new Value.Moment(booking.Start)));
        if (booking.Price is { } price)
        {
            with.Add(new("price", new Value.Number(price)));
        }

        draft.Record(@event, with.ToImmutable());
    }

    /// <summary>Those whose moment has passed already are not for this visit: it was booked inside of their window.</summary>
    private void Remind(Booking booking)
    {
        foreach (var automation in draft.Content.Automations.Values)
        {
            if (automation.IsEnabled && automation.Trigger is AutomationTrigger.BeforeVisit { Before: var before } && booking.Start - before > draft.Now)
            {
                draft.Schedule(booking.Start - before, new TimerCause.Automation(automation.Id, booking.Start, booking.Id), automation.HeardAs);
            }
        }
    }

    private void EndReminders(Booking booking) => draft.EndReminders(booking.Id);
}
