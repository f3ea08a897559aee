using System.Collections.Immutable;
using Bot.Core.Time;
using Bot.Core.Turns;

namespace Bot.Core.Bookings;

/// <summary>A stretch of time in which a specialist cannot be booked: a visit with what comes after it, or a time that is held.</summary>
public readonly record struct Busy(DateTimeOffset From, DateTimeOffset To);

/// <summary>All that is taken of a specialist, in any order.</summary>
public sealed record BusyTimes(ImmutableArray<Busy> All) : Fact;

/// <summary>When a service can begin. Pure: hours, breaks, holidays, what is taken and what time it is are all that counts.</summary>
public static class Slots
{
    /// <summary>What visits and buffers are multiples of, and what a time is sold in.</summary>
    public static readonly TimeSpan Cell = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The beginnings that are free with one specialist on one of the business's days, in their order. A visit lies within working hours and
    /// touches no break; what comes after it may reach beyond them, but not into another visit.
    /// </summary>
    /// <param name="busy">In any order; of other days too.</param>
    public static ImmutableArray<DateTimeOffset> Free(
        Catalog catalog, Service service, Specialist specialist, DateOnly day, TimeZoneInfo zone, ImmutableArray<Busy> busy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(service);
        var free = ImmutableArray.CreateBuilder<DateTimeOffset>();
        foreach (var (from, to) in Work(catalog, specialist, day, zone))
        {
            var taken = busy.Where(one => one.To > from && one.From < to + service.Buffer).ToList();
            for (var start = from; start + service.Duration <= to; start += catalog.Rules.Step)
            {
                var freeAt = start + service.Duration + service.Buffer;
                if (start >= now + catalog.Rules.Notice && !taken.Exists(one => one.From < freeAt && one.To > start))
                {
                    free.Add(start);
                }
            }
        }

        return free.ToImmutable();
    }

    /// <summary>The stretches in which a specialist works on a day, as moments.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Work(Catalog catalog, Specialist specialist, DateOnly day, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(specialist);
        if (catalog.Holidays.Any(days => days.Contains(day)) || specialist.Away.Any(days => days.Contains(day)))
        {
            yield break;
        }

        foreach (var hours in specialist.Hours.On(day.DayOfWeek))
        {
            var (from, to) = (At(day, hours.From, zone), At(day, hours.To, zone));

            // Where the clock jumps over all of it there is nothing left.
            if (from < to)
            {
                yield return (from, to);
            }
        }
    }

    /// <summary>The days that can be booked now: today and so many after it.</summary>
    public static (DateOnly First, DateOnly Last) Days(Catalog catalog, TimeZoneInfo zone, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var today = LocalTime.DayOf(now, zone);
        return (today, today.AddDays(catalog.Rules.Days));
    }

    /// <summary>The numbers of the cells that a stretch of time touches: five minutes each since 1970.</summary>
    public static (long First, long Last) Cells(DateTimeOffset from, DateTimeOffset to)
    {
        var length = (long)Cell.TotalMilliseconds;
        return (from.ToUnixTimeMilliseconds() / length, (to.ToUnixTimeMilliseconds() - 1) / length);
    }

    private static DateTimeOffset At(DateOnly day, int minutes, TimeZoneInfo zone) => minutes == 24 * 60
        ? LocalTime.At(day.AddDays(1), TimeOnly.MinValue, zone)
        : LocalTime.At(day, TimeOnly.MinValue.AddMinutes(minutes), zone);
}
