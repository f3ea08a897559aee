using Bot.Core.Time;

namespace Bot.Core.Gate;

/// <summary>The hours in which nothing goes out that can wait, by the customer's clock. From may be later than To: the night.</summary>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>When the quiet hours that it is in now end, or <see langword="null"/> outside of them.</summary>
    public DateTimeOffset? EndsAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (!TimeOnly.FromDateTime(local).IsBetween(From, To))
        {
            return null;
        }

        var today = DateOnly.FromDateTime(local);
        var end = LocalTime.At(today, To, zone);
        return end > now ? end : LocalTime.At(today.AddDays(1), To, zone);
    }
}
