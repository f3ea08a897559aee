using Bot.Core.Time;

namespace Bot.Core.Gate;

/// <summary>The hours in which nothing goes out that can wait, by the customer's clock. From may be later than To: the night.</summary>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>When the quiet hours that it is in now end, or <see langword="null"/> outside of them.</summary>
    public DateTimeOffset? EndsAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var time = TimeOnly.FromDateTime(local);
        if (!time.IsBetween(From, To))
        {
            return null;
        }

        // An hour that the clock shows twice is quiet once: the second time the end has passed.
        var today = DateOnly.FromDateTime(local);
        var end = LocalTime.At(time < To ? today : today.AddDays(1), To, zone);
        return end > now ? end : null;
    }
}
