using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Time;
using Bot.Core.Turns;
using Bot.Storage;

namespace Bot.Admin;

/// <summary>What is free, as staff see it: they may book up to the last moment, for they know whether it can be done.</summary>
internal sealed class StaffTimes(Content content, Store store, DateTimeOffset now)
{
    /// <param name="specialist">The only one, or <see langword="null"/> for anyone who does it.</param>
    /// <param name="profile">The customer, whose own hold is in nobody's way.</param>
    /// <param name="moved">The visit whose own time counts as free.</param>
    public FreeTimes Of(Catalog catalog, Service service, string? specialist, ProfileId profile, BookingId? moved)
    {
        var zone = content.Settings.Zone;
        var rules = catalog with { Rules = catalog.Rules with { Notice = TimeSpan.Zero } };
        var (first, last) = Slots.Days(rules, zone, now);
        var (from, to) = (LocalTime.At(first, TimeOnly.MinValue, zone), LocalTime.At(last.AddDays(2), TimeOnly.MinValue, zone));
        return new FreeTimes(rules, service, [.. catalog.WhoDoes(service).Where(one => specialist is null || one.Id == specialist)], zone, now,
            one => store.Bookings.Busy(new Query.Busy(one.Id, from, to, moved), profile, now));
    }
}
