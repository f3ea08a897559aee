using System.Collections.Immutable;
using Bot.Core.Dialogs;

namespace Bot.Core.Bookings;

/// <summary><c>services.yaml</c>: what can be booked, with whom and when.</summary>
/// <param name="Services">In the order of the file, which is that of the customers' buttons.</param>
/// <param name="Specialists">In the order of the file.</param>
/// <param name="Holidays">Days on which nobody works.</param>
public sealed record Catalog(
    BookingRules Rules,
    ImmutableArray<Service> Services,
    ImmutableArray<Specialist> Specialists,
    ImmutableArray<DayRange> Holidays)
{
    /// <summary>The service with this id, or <see langword="null"/>.</summary>
    public Service? Service(string id) => Services.FirstOrDefault(service => service.Id == id);

    /// <summary>The specialist with this id, or <see langword="null"/>.</summary>
    public Specialist? Specialist(string id) => Specialists.FirstOrDefault(specialist => specialist.Id == id);

    /// <summary>Who does it, in the order of the file.</summary>
    public ImmutableArray<Specialist> WhoDoes(Service service) => service.Specialists.IsEmpty
        ? Specialists
        : [.. Specialists.Where(specialist => service.Specialists.Contains(specialist.Id))];
}

/// <summary>How booking goes.</summary>
/// <param name="Address">Where visits take place, unless a specialist has a place of their own.</param>
/// <param name="Days">How many days ahead can be booked, 1-365.</param>
/// <param name="Notice">How long before a visit it can be booked at the latest.</param>
/// <param name="Step">How far apart the times are that are offered; a multiple of 5 minutes.</param>
/// <param name="Hold">How long a time is kept for who is about to book it.</param>
/// <param name="AtMost">How many visits ahead one customer can have.</param>
public sealed record BookingRules(string Address, int Days, TimeSpan Notice, TimeSpan Step, TimeSpan Hold, int AtMost);

/// <summary>Something that can be booked.</summary>
/// <param name="Duration">A multiple of 5 minutes.</param>
/// <param name="Buffer">What the specialist needs between this visit and the next; a multiple of 5 minutes.</param>
/// <param name="Price">In the business's currency, or <see langword="null"/> if it is not said beforehand.</param>
/// <param name="Specialists">The ids of who does it; empty for all.</param>
public sealed record Service(string Id, Text Title, TimeSpan Duration, TimeSpan Buffer, decimal? Price, ImmutableArray<string> Specialists);

/// <summary>Somebody who does it.</summary>
/// <param name="Contact">How customers reach them, or <see langword="null"/> for the business's phone.</param>
/// <param name="Address">Where they work, or <see langword="null"/> for the usual place.</param>
/// <param name="Away">Days on which they do not work.</param>
public sealed record Specialist(string Id, Text Name, string? Contact, string? Address, WorkWeek Hours, ImmutableArray<DayRange> Away);

/// <summary>When somebody works, by the business's clock, without the breaks.</summary>
/// <param name="Days">From Sunday on, as <see cref="DayOfWeek"/> counts.</param>
public sealed record WorkWeek(ImmutableArray<ImmutableArray<WorkHours>> Days)
{
    /// <summary>The stretches of a day of the week, in their order.</summary>
    public ImmutableArray<WorkHours> On(DayOfWeek day) => Days[(int)day];
}

/// <summary>A stretch of a day, in minutes since midnight by the clock on the wall; multiples of 5, the end at most 1440.</summary>
public readonly record struct WorkHours(int From, int To);

/// <summary>Days from one to another, both included.</summary>
public readonly record struct DayRange(DateOnly First, DateOnly Last)
{
    public bool Contains(DateOnly day) => day >= First && day <= Last;
}
