using System.Globalization;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

internal sealed partial class FileReader
{
    public bool? Flag(YamlNode node, string what)
    {
        if (Scalar(node, what) is not { } scalar)
        {
            return null;
        }

        if (scalar.Value is "true" or "false")
        {
            return scalar.Value == "true";
        }

        faults.Add(scalar, $"{What(what)} is `true` or `false`.");
        return null;
    }

    public decimal? Number(YamlNode node)
    {
        if (Scalar(node, "a number") is not { } scalar)
        {
            return null;
        }

        if (decimal.TryParse(scalar.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && Numbers.IsWithin(number))
        {
            return number;
        }

        faults.Add(scalar, $"`{Short(scalar.Value)}` is not a number.");
        return null;
    }

    /// <summary>A time of the day.</summary>
    public TimeOnly? Clock(YamlNode node, string what)
    {
        if (Scalar(node, what) is not { } scalar)
        {
            return null;
        }

        if (TimeOnly.TryParseExact(scalar.Value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        faults.Add(scalar, $"`{Short(scalar.Value)}` is no time of the day: hours and minutes from \"00:00\" to \"23:59\", for example \"09:30\".");
        return null;
    }

    /// <summary>A length of time as expressions have it: 10m, 2h, 7d.</summary>
    public TimeSpan? Duration(YamlNode node, string what, TimeSpan? least = null, TimeSpan? most = null)
    {
        if (Scalar(node, what) is not { } scalar)
        {
            return null;
        }

        if (Lexer.Read(scalar.Value) is not [{ Kind: TokenKind.Duration, Duration: var length }, { Kind: TokenKind.End }])
        {
            faults.Add(scalar, $"{What(what)} is a length of time: 10m, 2h or 7d.");
            return null;
        }

        if (length < least || length > most)
        {
            faults.Add(scalar, least is { } from && length < from
                ? $"{What(what)} is at least {Words(from)}."
                : $"{What(what)} is at most {Words(most!.Value)}.");
            return null;
        }

        return length;
    }

    /// <summary>A name that expressions call a value by, with <paramref name="what"/> it is the name of.</summary>
    public string? ValueName(YamlNode.Scalar name, string what)
    {
        if (Roots.Reserved.Contains(name.Value) || Checker.Functions.Contains(name.Value))
        {
            faults.Add(name, $"`{name.Value}` already means something in expressions. Call the {what} something else.");
            return null;
        }

        if (!Identifier.IsValueName(name.Value))
        {
            faults.Add(name, $"`{Short(name.Value)}` cannot be the name of a {what}: {Identifier.Rule}, beginning with a letter.");
            return null;
        }

        return name.Value;
    }

    private static string Words(TimeSpan length) => length switch
    {
        { Ticks: > 0 } when length.Ticks % TimeSpan.TicksPerDay == 0 => $"{(long)length.TotalDays}d",
        { Ticks: > 0 } when length.Ticks % TimeSpan.TicksPerHour == 0 => $"{(long)length.TotalHours}h",
        _ => $"{(long)length.TotalMinutes}m",
    };
}
