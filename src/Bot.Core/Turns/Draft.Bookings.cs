using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Ids;
using Bot.Core.Timers;

namespace Bot.Core.Turns;

/// <summary>What concerns visits.</summary>
internal sealed partial class Draft
{
    /// <summary>What is taken of a specialist; nothing while it must be asked for first: then the outcome so far is void.</summary>
    public ImmutableArray<Busy> Busy(Query.Busy query) => Fact(query) is BusyTimes times ? times.All : [];

    /// <summary>What was to be said before a visit, or after it, is not said any more.</summary>
    public void EndReminders(BookingId booking)
    {
        _effects.RemoveAll(effect => effect is Effect.Schedule { Timer.Cause: TimerCause.Automation { Booking: { } about } } && about == booking);
        _effects.Add(new Effect.EndReminders(booking));
    }
}
