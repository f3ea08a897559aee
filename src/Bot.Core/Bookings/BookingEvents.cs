using System.Collections.Immutable;
using Bot.Core.Profiles;

namespace Bot.Core.Bookings;

/// <summary>What happens to visits; each event brings the booking's id, its service and specialist, its start and its price.</summary>
public static class BookingEvents
{
    public const string Confirmed = "booking.confirmed";
    public const string Moved = "booking.moved";
    public const string Cancelled = "booking.cancelled";
    public const string Arrived = "booking.arrived";
    public const string Done = BuiltInEvents.BookingDone;
    public const string NoShow = "booking.no-show";

    /// <summary>All of them.</summary>
    public static readonly ImmutableSortedSet<string> All = ImmutableSortedSet.Create(StringComparer.Ordinal,
        BuiltInEvents.BookingCreated, Confirmed, Moved, Cancelled, Arrived, Done, NoShow);

    /// <summary>Whether a visit is still as this event left it: what follows some time later is only done then.</summary>
    public static bool StillHolds(string @event, BookingState state) => @event switch
    {
        Done => state == BookingState.Done,
        NoShow => state == BookingState.NoShow,
        Cancelled => state == BookingState.Cancelled,
        _ => state.IsOpen(),
    };
}
