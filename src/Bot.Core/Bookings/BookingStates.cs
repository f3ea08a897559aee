namespace Bot.Core.Bookings;

/// <summary>Which state of a visit leads to which.</summary>
public static class BookingStates
{
    /// <summary>The state after an act, or <see langword="null"/> if it cannot be done in this one.</summary>
    public static BookingState? After(this BookingState state, BookingAct act) => act switch
    {
        BookingAct.Confirm => state == BookingState.Pending ? BookingState.Confirmed : null,
        BookingAct.Arrive => state is BookingState.Pending or BookingState.Confirmed ? BookingState.Arrived : null,

        // A slip of the thumb can be taken back: the one who did not come was there after all, and the other way round.
        BookingAct.Complete => state.IsOpen() || state == BookingState.NoShow ? BookingState.Done : null,
        BookingAct.Miss => state.IsOpen() || state == BookingState.Done ? BookingState.NoShow : null,
        BookingAct.Cancel => state.IsOpen() ? BookingState.Cancelled : null,

        // Whoever chooses another time says with it that they come; it is asked again before that time.
        BookingAct.Move => state is BookingState.Pending or BookingState.Confirmed ? BookingState.Pending : null,
    };

    /// <summary>Whether the visit is still to come or going on.</summary>
    public static bool IsOpen(this BookingState state) => state is BookingState.Pending or BookingState.Confirmed or BookingState.Arrived;

    /// <summary>The name by which expressions and events call it.</summary>
    public static string Name(this BookingState state) => state switch
    {
        BookingState.Pending => "pending",
        BookingState.Confirmed => "confirmed",
        BookingState.Arrived => "arrived",
        BookingState.Done => "done",
        BookingState.NoShow => "no-show",
        BookingState.Cancelled => "cancelled",
    };

    /// <summary>The event of an act that was done.</summary>
    public static string Event(this BookingAct act) => act switch
    {
        BookingAct.Confirm => BookingEvents.Confirmed,
        BookingAct.Arrive => BookingEvents.Arrived,
        BookingAct.Complete => BookingEvents.Done,
        BookingAct.Miss => BookingEvents.NoShow,
        BookingAct.Cancel => BookingEvents.Cancelled,
        BookingAct.Move => BookingEvents.Moved,
    };
}
