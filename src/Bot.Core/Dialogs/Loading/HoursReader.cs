using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Bookings;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads working hours, breaks and days off.</summary>
internal static class HoursReader
{
    private const int Cell = 5;
    private const int DayLength = 24 * 60;
    private const int LongestRange = 366;
    private const string Closed = "closed";

    /// <summary>The week, with the breaks taken out; <see langword="null"/> after a fault.</summary>
    public static WorkWeek? Week(YamlNode hours, YamlNode? breaks, FileReader file)
    {
        if (file.Map(hours, Keys.Days, "`hours:`") is not { } map)
        {
            return null;
        }

        var before = file.Faults.Count;
        var without = breaks is null ? [] : Stretches(breaks, "`breaks:`", file);
        var days = new ImmutableArray<WorkHours>[7];
        Array.Fill(days, []);

        // What is said of one day counts more than what is said of all.
        foreach (var (key, value) in map.Pairs.OrderBy(pair => Keys.Days.Known.IndexOf(pair.Key.Value)))
        {
            var on = value is YamlNode.Scalar { Value: Closed } ? [] : Stretches(value, "`hours:`", file);
            foreach (var day in DaysOf(key.Value))
            {
                days[(int)day] = Without(on, without);
            }
        }

        if (map.Pairs.IsEmpty)
        {
            file.Faults.Add(hours, "It is not said when there is work. Add `weekday: \"09:00-18:00\"`.");
        }

        return file.Faults.Count == before ? new WorkWeek([.. days]) : null;
    }

    /// <summary>Single days and ranges of them.</summary>
    public static ImmutableArray<DayRange> Days(YamlNode? node, string what, FileReader file)
    {
        var ranges = ImmutableArray.CreateBuilder<DayRange>();
        foreach (var item in node is null ? [] : file.List(node, what)?.Items ?? [])
        {
            if (file.Scalar(item, "a day") is not { } scalar)
            {
                continue;
            }

            var ends = scalar.Value.Split(" to ", StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || Day(ends[0]) is not { } first || Day(ends[^1]) is not { } last)
            {
                file.Faults.Add(scalar, $"`{FileReader.Short(scalar.Value)}` is no day: year, month and day, for example `2026-12-31`, or from one to another: `2027-01-01 to 2027-01-08`.");
            }
            else if (last < first || last.DayNumber - first.DayNumber > LongestRange)
            {
                file.Faults.Add(scalar, "The first day comes before the last one, and there is at most a year between them.");
            }
            else
            {
                ranges.Add(new DayRange(first, last));
            }
        }

        return ranges.ToImmutable();
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IEnumerable<DayOfWeek> DaysOf(string word) => word switch
    {
        "day" => Enum.GetValues<DayOfWeek>(),
        "weekday" => Enum.GetValues<DayOfWeek>().Where(day => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday)),
        _ => Enum.TryParse<DayOfWeek>(word, ignoreCase: true, out var day) ? [day] : [],
    };

    private static ImmutableArray<WorkHours> Stretches(YamlNode node, string what, FileReader file)
    {
        var stretches = new List<WorkHours>();
        foreach (var item in FileReader.OneOrMore(node))
        {
            if (file.Scalar(item, "a stretch of time") is not { } scalar)
            {
                continue;
            }

            var ends = scalar.Value.Split('-', StringSplitOptions.TrimEntries);
            if (ends is not [var from, var to] || Minutes(from) is not { } first || Minutes(to) is not { } last)
            {
                file.Faults.Add(scalar, $"`{FileReader.Short(scalar.Value)}` is no stretch of time: write it as \"09:00-18:00\", until midnight as \"20:00-24:00\"{(what == "`hours:`" ? $", and `{Closed}` for a day off" : "")}.");
            }
            else if (first >= last)
            {
                file.Faults.Add(scalar, "The end comes after the beginning. What goes on over midnight is two stretches, on two days.");
            }
            else if (first % Cell != 0 || last % Cell != 0)
            {
                file.Faults.Add(scalar, $"Times are multiples of {Cell} minutes.");
            }
            else if (stretches.Exists(other => other.From < last && other.To > first))
            {
                file.Faults.Add(scalar, "This overlaps another stretch of the same day.");
            }
            else
            {
                stretches.Add(new WorkHours(first, last));
            }
        }

        return [.. stretches.OrderBy(stretch => stretch.From)];
    }

    private static int? Minutes(string text) => text == "24:00"
        ? DayLength
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time.Hour * 60) + time.Minute
            : null;

    private static ImmutableArray<WorkHours> Without(ImmutableArray<WorkHours> hours, ImmutableArray<WorkHours> breaks)
    {
        IEnumerable<WorkHours> left = hours;
        foreach (var pause in breaks)
        {
            left = left.SelectMany(piece => (WorkHours[])[new(piece.From, Math.Min(piece.To, pause.From)), new(Math.Max(piece.From, pause.To), piece.To)])
                .Where(piece => piece.From < piece.To);
        }

        return [.. left];
    }
}
