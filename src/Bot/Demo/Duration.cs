using System.Globalization;
using System.Text.RegularExpressions;

namespace Bot.Demo;

/// <summary>Lengths of time as ISO 8601 writes them: <c>PT15M</c>, <c>P1D</c>, <c>P1DT12H</c>. Months and years have no fixed length and are refused.</summary>
internal static partial class Duration
{
    /// <summary>Further ahead nothing that a business plans is waiting.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>A duration of more than nothing and at most <see cref="Longest"/>, or <see langword="null"/>.</summary>
    public static TimeSpan? Read(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var duration = TimeSpan.FromDays((Number(match, "weeks") * 7) + Number(match, "days"))
            + TimeSpan.FromHours(Number(match, "hours"))
            + TimeSpan.FromMinutes(Number(match, "minutes"))
            + TimeSpan.FromSeconds(Number(match, "seconds"));
        return duration > TimeSpan.Zero && duration <= Longest ? duration : null;
    }

    private static int Number(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    // Six digits are more than fits below the longest, and far from what a number can hold.
    [GeneratedRegex(@"\AP(?!\z)((?<weeks>[0-9]{1,6})W)?((?<days>[0-9]{1,6})D)?(T(?!\z)((?<hours>[0-9]{1,6})H)?((?<minutes>[0-9]{1,6})M)?((?<seconds>[0-9]{1,6})S)?)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
