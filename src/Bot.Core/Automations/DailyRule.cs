using Bot.Core.Time;

namespace Bot.Core.Automations;

/// <summary>When an automation with a time of day is due.</summary>
public static class DailyRule
{
    /// <summary>The latest of its days whose time has come in this zone, and that moment.</summary>
    public static (DateOnly Day, DateTimeOffset At) LatestDue(this AutomationTrigger.Daily daily, DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(daily);

        // From tomorrow down: where clocks jump over midnight a day's time may come before its day.
        for (var day = LocalTime.DayOf(now, zone).AddDays(1); ; day = day.AddDays(-1))
        {
            if (Includes(daily.Days, day) && LocalTime.At(day, daily.At, zone) is var at && at <= now)
            {
                return (day, at);
            }
        }
    }

    /// <summary>The first of its days after this one, and its moment.</summary>
    public static (DateOnly Day, DateTimeOffset At) NextAfter(this AutomationTrigger.Daily daily, DateOnly day, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(daily);
        do
        {
            day = day.AddDays(1);
        }
        while (!Includes(daily.Days, day));

        return (day, LocalTime.At(day, daily.At, zone));
    }

    private static bool Includes(DayRule rule, DateOnly day) => rule switch
    {
        DayRule.Day => true,
        DayRule.Weekday => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
        DayRule.Monday => day.DayOfWeek == DayOfWeek.Monday,
        DayRule.Tuesday => day.DayOfWeek == DayOfWeek.Tuesday,
        DayRule.Wednesday => day.DayOfWeek == DayOfWeek.Wednesday,
        DayRule.Thursday => day.DayOfWeek == DayOfWeek.Thursday,
        DayRule.Friday => day.DayOfWeek == DayOfWeek.Friday,
        DayRule.Saturday => day.DayOfWeek == DayOfWeek.Saturday,
        DayRule.Sunday => day.DayOfWeek == DayOfWeek.Sunday,
    };
}
