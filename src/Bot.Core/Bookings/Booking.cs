using Bot.Core.Ids;

namespace Bot.Core.Bookings;

/// <summary>A visit of one customer. What it is of stays as it was booked, whatever the content says later.</summary>
/// <param name="Chat">Where it was booked, and where the customer hears of it.</param>
/// <param name="Service">The service's id in <c>services.yaml</c>, which may be gone by now.</param>
/// <param name="Specialist">The specialist's id there.</param>
/// <param name="Title">The service's title in the customer's language when it was booked.</param>
/// <param name="Name">The specialist's name then.</param>
/// <param name="End">When the visit itself is over.</param>
/// <param name="FreeAt">When the specialist can begin with the next: the end and what lies between two visits.</param>
/// <param name="Price">In the business's currency, if it was known.</param>
/// <param name="Revision">Grows with each change of time or state, so that calendars know the newest file.</param>
public sealed record Booking(
    BookingId Id,
    ChatId Chat,
    string Service,
    string Specialist,
    string Title,
    string Name,
    DateTimeOffset Start,
    DateTimeOffset End,
    DateTimeOffset FreeAt,
    decimal? Price,
    BookingState State,
    int Revision,
    DateTimeOffset MadeAt)
{
    /// <summary>Whether it is still to come or going on, so that it can be moved and cancelled.</summary>
    public bool IsOpen => State.IsOpen();

    /// <summary>Whether nobody else can have the specialist at that time.</summary>
    public bool Occupies => State is not (BookingState.NoShow or BookingState.Cancelled);
}

/// <summary>How far a visit is. The numbers are stored and never change.</summary>
public enum BookingState
{
    /// <summary>Booked, and the customer has not yet said again that they come.</summary>
    Pending = 0,

    /// <summary>The customer said again that they come.</summary>
    Confirmed = 1,

    /// <summary>The customer is there.</summary>
    Arrived = 2,

    /// <summary>The visit took place.</summary>
    Done = 3,

    /// <summary>The customer did not come.</summary>
    NoShow = 4,

    /// <summary>Called off by the customer or the business.</summary>
    Cancelled = 5,
}

/// <summary>What can be done with a visit.</summary>
public enum BookingAct
{
    Confirm,
    Arrive,
    Complete,
    Miss,
    Cancel,
    Move,
}
