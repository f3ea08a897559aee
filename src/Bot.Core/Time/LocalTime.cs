namespace Bot.Core.Time;

/// <summary>Times of day as moments. Each time of day is exactly one moment of each day, also on the days on which clocks change.</summary>
public static class LocalTime
{
    /// <summary>
    /// The moment at which a clock in the zone shows this time on this day. A time that the clock jumps over is the moment of the jump; of
    /// a time that it shows twice the first is meant.
    /// </summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            return EndOfGap(local, zone);
        }

        // The greater offset is the earlier moment.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>The day that it is in the zone.</summary>
    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private static DateTimeOffset EndOfGap(DateTime local, TimeZoneInfo zone)
    {
        // Gaps begin and end at whole minutes and are at most a day long.
        var valid = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified);
        do
        {
            valid = valid.AddMinutes(1);
        }
        while (zone.IsInvalidTime(valid));

        return new DateTimeOffset(valid, zone.GetUtcOffset(valid));
    }
}
