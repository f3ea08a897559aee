using Bot.Core.Bookings;
using Bot.Core.Ids;

namespace Bot.Core.Staff;

/// <summary>What staff ask about visits. A step of booking or moving carries all that was chosen so far, so that nothing is kept between two.</summary>
/// <param name="Name">As it stands in the audit.</param>
public abstract record BookingCommand(string Name) : StaffCommand(Name, StaffRole.Operator)
{
    /// <summary>Whom or what it is about, for the audit.</summary>
    public long? Subject => this switch
    {
        Visit visit => visit.Booking.Value,
        Change change => change.Booking.Value,
        Move move => move.Booking.Value,
        Choose choose => choose.Profile.Value,
        _ => null,
    };

    /// <summary>Whether it is the last word about something that was asked first.</summary>
    public bool IsConfirmation => this is Change { IsConfirmed: true } or Move { Step.IsConfirmed: true } or Choose { Step.IsConfirmed: true };

    /// <summary>The visits of a day.</summary>
    /// <param name="Ahead">So many days from today on; for a date that was typed <see langword="null"/>.</param>
    /// <param name="Typed">The day and, perhaps, month and year as staff typed them.</param>
    public sealed record Day(string Name, int? Ahead, TypedDay Typed = default) : BookingCommand(Name);

    /// <summary>One visit and what can be done with it.</summary>
    public sealed record Visit(BookingId Booking) : BookingCommand("visit");

    /// <summary>Something is done with a visit; what reaches the customer once it is confirmed.</summary>
    public sealed record Change(BookingId Booking, BookingAct Act, bool IsConfirmed) : BookingCommand($"visit.{Act.Event()["booking.".Length..]}");

    /// <summary>For whom a visit is to be booked.</summary>
    /// <param name="Who">An id, phone or email.</param>
    public sealed record Book(string Who) : BookingCommand("book");

    /// <summary>A visit is being booked for a customer.</summary>
    /// <param name="Service">By its <see cref="ShortName"/>.</param>
    public sealed record Choose(ProfileId Profile, string? Service, TimeStep Step) : BookingCommand("book.choose");

    /// <summary>A visit is being moved.</summary>
    public sealed record Move(BookingId Booking, TimeStep Step) : BookingCommand("visit.move");
}

/// <summary>How far the choice of a time is.</summary>
/// <param name="Specialist">By the <see cref="ShortName"/>; <see cref="Anyone"/> for who does not matter; missing if not asked yet.</param>
/// <param name="From">Days from this one on are shown.</param>
/// <param name="On">The times of this day are shown.</param>
/// <param name="Start">The time that was chosen.</param>
public readonly record struct TimeStep(string? Specialist, DateOnly? From = null, DateOnly? On = null, DateTimeOffset? Start = null, bool IsConfirmed = false)
{
    /// <summary>Stands for any specialist.</summary>
    public const string Anyone = "0";
}

/// <summary>A day as staff type it; what is missing is this month's, this year's.</summary>
public readonly record struct TypedDay(int Day, int? Month, int? Year)
{
    /// <summary>The day that is meant, seen from today; <see langword="null"/> if there is no such day.</summary>
    public DateOnly? From(DateOnly today)
    {
        var year = Year ?? today.Year;
        var month = Month ?? today.Month;
        if (Day < 1 || month is < 1 or > 12 || year is < 2000 or > 2100 || Day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        return new DateOnly(year, month, Day);
    }
}
