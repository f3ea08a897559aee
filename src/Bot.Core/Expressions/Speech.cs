using System.Collections.Immutable;
using System.Globalization;

namespace Bot.Core.Expressions;

/// <summary>
/// Values in words. Russian and English are known by heart, so that the result does not depend on what the machine has installed;
/// every other language gets figures that are read the same everywhere.
/// </summary>
internal static class Speech
{
    private const char NoBreak = '\u00a0';

    private static readonly string[] RussianMonths =
    [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ];

    private static readonly string[] EnglishMonths =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    private static readonly string[] RussianMonthNames =
    [
        "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
    ];

    /// <summary>How many words <c>plural()</c> chooses from.</summary>
    public static int PluralForms(string language) => language is "ru" or "uk" or "be" ? 3 : 2;

    /// <summary>12 March, and the year if it is not this one.</summary>
    public static string Date(DateOnly day, DateOnly today, string language) => language switch
    {
        "ru" => InWords(day, today, RussianMonths),
        "en" => InWords(day, today, EnglishMonths),
        _ => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>A month by itself: November 2026.</summary>
    public static string Month(DateOnly month, string language) => language switch
    {
        "ru" => $"{RussianMonthNames[month.Month - 1]} {month.Year}",
        "en" => $"{EnglishMonths[month.Month - 1]} {month.Year}",
        _ => month.ToString("MM.yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>The days of the week in two letters, from Monday on; none in a language that is not known by heart.</summary>
    public static ImmutableArray<string> Weekdays(string language) => language switch
    {
        "ru" => ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"],
        "en" => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        _ => [],
    };

    /// <summary>14:30.</summary>
    public static string Clock(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>1500.5, in Russian 1500,5.</summary>
    public static string Number(decimal number, string language) =>
        WithPoint(number.ToString("0.####", CultureInfo.InvariantCulture), language);

    /// <summary>1 500 ₽, in English ₽1,500; two decimals unless it is a whole amount.</summary>
    public static string Money(decimal amount, string currency, string language)
    {
        var rounded = Math.Round(amount, 2, MidpointRounding.AwayFromZero);
        var figures = Math.Abs(rounded).ToString(rounded == Math.Truncate(rounded) ? "#,0" : "#,0.00", CultureInfo.InvariantCulture);
        var sign = rounded < 0 ? "-" : "";
        var symbol = currency switch
        {
            "RUB" => "₽",
            "EUR" => "€",
            "USD" => "$",
            "GBP" => "£",
            "KZT" => "₸",
            "UAH" => "₴",
            "BYN" => "Br",
            _ => currency,
        };
        return language != "en"
            ? sign + figures.Replace(',', NoBreak).Replace('.', ',') + NoBreak + symbol
            : symbol.Length == 1 ? sign + symbol + figures : symbol + NoBreak + sign + figures;
    }

    /// <summary>Which of the words fits the number, from 0.</summary>
    public static int PluralForm(decimal number, string language)
    {
        var n = Math.Abs(number);
        if (PluralForms(language) == 2)
        {
            return n == 1 ? 0 : 1;
        }

        if (n != Math.Truncate(n))
        {
            return 1;
        }

        return (n % 100, n % 10) switch
        {
            ( >= 11 and <= 14, _) => 2,
            (_, 1) => 0,
            (_, >= 2 and <= 4) => 1,
            _ => 2,
        };
    }

    /// <summary>From 1 to 10, with either end open.</summary>
    public static string? Range(decimal? from, decimal? to, string language)
    {
        var low = from is { } f ? Number(f, language) : null;
        var high = to is { } t ? Number(t, language) : null;
        return (low, high, language) switch
        {
            (null, null, _) => null,
            (not null, not null, "ru") => $"от {low} до {high}",
            (not null, null, "ru") => $"не меньше {low}",
            (null, not null, "ru") => $"не больше {high}",
            (not null, not null, "en") => $"from {low} to {high}",
            (not null, null, "en") => $"{low} or more",
            (null, not null, "en") => $"{high} or less",
            (not null, not null, _) => $"{low}–{high}",
            (not null, null, _) => $"≥ {low}",
            _ => $"≤ {high}",
        };
    }

    private static string InWords(DateOnly day, DateOnly today, string[] months) => day.Year == today.Year
        ? $"{day.Day}{NoBreak}{months[day.Month - 1]}"
        : $"{day.Day}{NoBreak}{months[day.Month - 1]} {day.Year}";

    private static string WithPoint(string number, string language) => language == "en" ? number : number.Replace('.', ',');
}
