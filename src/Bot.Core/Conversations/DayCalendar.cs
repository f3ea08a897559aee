using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Expressions;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>A month on buttons: the weeks as rows from Monday on, the free days with their number, and a way to the months before and after.</summary>
internal sealed class DayCalendar(Draft draft, ImmutableArray<DateOnly> free)
{
    private const string MonthFormat = "yyyy-MM";
    private const string NoDay = "·";

    /// <param name="page">The month to show; else the first one with a free day.</param>
    public IEnumerable<ImmutableArray<BookingQuestion.Choice>> Rows(string? page)
    {
        if (free.IsEmpty)
        {
            yield break;
        }

        var months = free.Select(MonthOf).Distinct().ToList();
        var month = DateOnly.TryParseExact(page, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && months.Contains(asked) ? asked : months[0];
        yield return [.. Heading(months, month)];
        if (Speech.Weekdays(draft.Chat.Language) is { IsEmpty: false } names)
        {
            yield return [.. names.Select(Blank)];
        }

        var first = month.AddDays(-(((int)month.DayOfWeek + 6) % 7));
        for (var monday = first; monday < month.AddMonths(1); monday = monday.AddDays(7))
        {
            var week = Enumerable.Range(0, 7).Select(monday.AddDays).ToList();
            if (week.Exists(day => MonthOf(day) == month && free.Contains(day)))
            {
                yield return [.. week.Select(day => MonthOf(day) == month && free.Contains(day)
                    ? new BookingQuestion.Choice(day.Day.ToString(CultureInfo.InvariantCulture),
                        new Offer(OfferKind.Answer, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
                    : Blank(NoDay))];
            }
        }
    }

    private IEnumerable<BookingQuestion.Choice> Heading(List<DateOnly> months, DateOnly month)
    {
        var at = months.IndexOf(month);
        if (at > 0)
        {
            yield return new BookingQuestion.Choice("‹", Page(months[at - 1]));
        }

        yield return Blank(Speech.Month(month, draft.Chat.Language));
        if (at < months.Count - 1)
        {
            yield return new BookingQuestion.Choice("›", Page(months[at + 1]));
        }
    }

    private static BookingQuestion.Choice Blank(string label) => new(label, new Offer(OfferKind.Nothing, ""));

    private static Offer Page(DateOnly month) => new(OfferKind.Page, month.ToString(MonthFormat, CultureInfo.InvariantCulture));

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
