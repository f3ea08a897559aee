using Bot.Core.Dialogs;
using Bot.Core.Time;

namespace Bot.Core.Bookings;

/// <summary>Visits that no longer fit what services.yaml says: they stand, and a person decides what becomes of them.</summary>
public static class Conflicts
{
    /// <summary>Why a visit does not fit any more, or <see langword="null"/> if it does.</summary>
    public static Phrase? Of(Booking booking, Catalog catalog, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(booking);
        ArgumentNullException.ThrowIfNull(catalog);
        if (catalog.Service(booking.Service) is not { } service)
        {
            return Phrase.AdminServiceGone;
        }

        if (catalog.WhoDoes(service).FirstOrDefault(one => one.Id == booking.Specialist) is not { } specialist)
        {
            return Phrase.AdminSpecialistGone;
        }

        return Slots.Work(catalog, specialist, LocalTime.DayOf(booking.Start, zone), zone).Any(work => work.From <= booking.Start && booking.End <= work.To)
            ? null
            : Phrase.AdminOutsideHours;
    }
}
