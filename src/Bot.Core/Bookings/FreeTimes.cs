using System.Collections.Immutable;

namespace Bot.Core.Bookings;

/// <summary>When a service can be booked with any of some specialists, as far as what is taken is known.</summary>
/// <param name="specialists">Who may do it, those first who are to be asked first.</param>
/// <param name="busy">What is taken of a specialist, over all days that can be booked.</param>
public sealed class FreeTimes(
    Catalog catalog, Service service, ImmutableArray<Specialist> specialists, TimeZoneInfo zone, DateTimeOffset now,
    Func<Specialist, ImmutableArray<Busy>> busy)
{
    private readonly (Specialist Who, ImmutableArray<Busy> Busy)[] _all = [.. specialists.Select(who => (who, busy(who)))];

    /// <summary>The days on which something is free, in their order.</summary>
    public ImmutableArray<DateOnly> Days()
    {
        var (first, last) = Slots.Days(catalog, zone, now);
        return [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).Where(day => _all.Any(one => !Of(one, day).IsEmpty))];
    }

    /// <summary>The beginnings that are free on a day, in their order; none on a day that cannot be booked now.</summary>
    public ImmutableArray<DateTimeOffset> On(DateOnly day)
    {
        var (first, last) = Slots.Days(catalog, zone, now);
        return day < first || day > last ? [] : [.. _all.SelectMany(one => Of(one, day)).Distinct().Order()];
    }

    /// <summary>Who can begin then: of several the one with the least to do that day. <see langword="null"/> if nobody can.</summary>
    public Specialist? WhoAt(DateTimeOffset start)
    {
        var day = Time.LocalTime.DayOf(start, zone);
        var (first, last) = Slots.Days(catalog, zone, now);
        return day < first || day > last
            ? null
            : _all.Where(one => Of(one, day).Contains(start)).OrderBy(one => Taken(one.Busy, day)).Select(one => one.Who).FirstOrDefault();
    }

    private ImmutableArray<DateTimeOffset> Of((Specialist Who, ImmutableArray<Busy> Busy) one, DateOnly day) =>
        Slots.Free(catalog, service, one.Who, day, zone, one.Busy, now);

    private TimeSpan Taken(ImmutableArray<Busy> taken, DateOnly day) => taken
        .Where(one => Time.LocalTime.DayOf(one.From, zone) == day)
        .Aggregate(TimeSpan.Zero, (sum, one) => sum + (one.To - one.From));
}
