using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Core.Tests.Bookings;

/// <summary>Free times against a model that knows nothing but five-minute cells and what the clock on the wall shows in each.</summary>
public sealed class SlotsTests
{
    private const int Cell = 5;
    private static readonly Text NoText = new(ImmutableDictionary<string, Template>.Empty);

    private static readonly (string Zone, DateOnly Day)[] Days =
    [
        ("Europe/Berlin", new(2026, 3, 29)), ("Europe/Berlin", new(2026, 10, 25)), ("America/New_York", new(2026, 3, 8)), ("America/New_York", new(2026, 11, 1)),
        ("Australia/Lord_Howe", new(2026, 4, 5)), ("Australia/Lord_Howe", new(2026, 10, 4)), ("Africa/Cairo", new(2026, 4, 24)), ("Africa/Cairo", new(2026, 10, 30)),
        ("Europe/Moscow", new(2026, 11, 24)), ("Asia/Kathmandu", new(2026, 2, 28)),
    ];

    private sealed record Case(int Zone, int Shift, int[] Hours, int Duration, int Buffer, int Step, int[] Busy, int Now);

    private static Gen<Case> Cases =>
        from zone in Gen.Choose(0, Days.Length - 1)
        from shift in Gen.Choose(-1, 1)
        from hours in Gen.Choose(0, 288).ArrayOf(4)
        from duration in Gen.Choose(1, 40)
        from buffer in Gen.Choose(0, 12)
        from step in Gen.Elements(1, 2, 3, 6, 7, 12)
        from busy in Gen.Choose(-300, 1_900).ArrayOf(6)
        from now in Gen.Choose(-200, 500)
        select new Case(zone, shift, hours, duration, buffer, step, busy, now);

    [Fact]
    public void Free_times_are_those_whose_every_five_minutes_are_worked_and_free_also_where_clocks_change() =>
        Prop.ForAll(Cases.ToArbitrary(), Agree).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void A_visit_takes_the_cells_that_it_touches_and_no_other()
    {
        var start = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

        var (first, last) = Slots.Cells(start, start.AddMinutes(10));

        Assert.Equal(start.ToUnixTimeSeconds() / 300, first);
        Assert.Equal(first + 1, last);
        Assert.Equal(last + 1, Slots.Cells(start.AddMinutes(10), start.AddMinutes(15)).First);
    }

    private static bool Agree(Case one)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Days[one.Zone].Zone);
        var day = Days[one.Zone].Day.AddDays(one.Shift);
        var ends = one.Hours.Order().ToArray();
        ImmutableArray<WorkHours> hours = [.. ends.Chunk(2).Where(stretch => stretch[0] < stretch[1])
            .Select(stretch => new WorkHours(stretch[0] * Cell, stretch[1] * Cell))];
        var noon = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        ImmutableArray<Busy> busy = [.. one.Busy.Order().Chunk(2).Where(pair => pair[0] < pair[1]).Select(pair => new Busy(noon.AddMinutes(pair[0]), noon.AddMinutes(pair[1])))];
        var now = noon.AddMinutes(one.Now * Cell);
        var service = new Service("s", NoText, Minutes(one.Duration), Minutes(one.Buffer), null, []);
        var specialist = new Specialist("a", NoText, null, null, new WorkWeek([.. Enumerable.Repeat(hours, 7)]), []);
        var catalog = new Catalog(new BookingRules("", 30, TimeSpan.FromHours(1), Minutes(one.Step), Minutes(2), 3), [service], [specialist], []);

        return Slots.Free(catalog, service, specialist, day, zone, busy, now).SequenceEqual(Naive(one, hours, day, zone, busy, now));
    }

    /// <summary>Walks over the cells from long before the day to long after it.</summary>
    private static IEnumerable<DateTimeOffset> Naive(
        Case one, ImmutableArray<WorkHours> hours, DateOnly day, TimeZoneInfo zone, ImmutableArray<Busy> busy, DateTimeOffset now)
    {
        var begin = new DateTimeOffset(day.AddDays(-2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var cells = Enumerable.Range(0, 5 * 288).Select(number => begin.AddMinutes(number * Cell)).ToList();
        foreach (var stretch in hours)
        {
            var (from, to) = (First(stretch.From), First(stretch.To));
            for (var start = from; start + one.Duration <= to; start += one.Step)
            {
                var taken = Enumerable.Range(start, one.Duration + one.Buffer).Any(cell =>
                    busy.Any(other => other.From < cells[cell].AddMinutes(Cell) && other.To > cells[cell]));
                if (!taken && cells[start] >= now.AddHours(1))
                {
                    yield return cells[start];
                }
            }
        }

        // The first cell at which the clock on the wall has come so far, on this day or after it.
        int First(int minutes) => cells.FindIndex(cell => TimeZoneInfo.ConvertTime(cell, zone).DateTime is var local
            && (DateOnly.FromDateTime(local) > day || (DateOnly.FromDateTime(local) == day && (local.Hour * 60) + local.Minute >= minutes)));
    }

    private static TimeSpan Minutes(int cells) => TimeSpan.FromMinutes(cells * Cell);
}
