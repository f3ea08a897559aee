namespace Bot.Storage.Segments;

/// <summary>Which days of the year come round in the next days, as numbers like 1231.</summary>
/// <param name="AreOutside">The days are all but those from the first to the last.</param>
internal readonly record struct ComingDays(long First, long Last, bool AreOutside)
{
    private const int LastOfYear = 1231;

    /// <summary>From today to so many days later, both included.</summary>
    public static ComingDays From(DateOnly today, int days)
    {
        var last = (long)today.DayNumber + days;
        var endOfYear = new DateOnly(today.Year, 12, 31);
        if (last <= endOfYear.DayNumber || today.Year == DateOnly.MaxValue.Year)
        {
            return new(MonthDay(today), last < endOfYear.DayNumber ? End(DateOnly.FromDayNumber((int)last)) : LastOfYear, AreOutside: false);
        }

        // Over the turn of the year: what lies between the end, next year, and today does not come.
        var end = last >= endOfYear.AddYears(1).DayNumber ? LastOfYear : End(DateOnly.FromDayNumber((int)last));
        return end >= MonthDay(today) - 1
            ? new(0, LastOfYear, AreOutside: false)
            : new(end + 1, MonthDay(today) - 1, AreOutside: true);
    }

    /// <summary>Who was born on 29 February has a birthday each year: on the 28th where there is no 29th.</summary>
    private static int End(DateOnly day) => (day.Month, day.Day) == (2, 28) && !DateTime.IsLeapYear(day.Year) ? 229 : MonthDay(day);

    private static int MonthDay(DateOnly day) => (day.Month * 100) + day.Day;
}
