namespace Bot.Core.Time;

/// <summary>How long <c>again-after:</c> leaves a customer in peace.</summary>
public static class Peace
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>
    /// What comes by the day comes a second sooner or later each time, an hour where clocks change, and some hours after the bot was off:
    /// "again after 7 days" must not make a fortnight of each Monday.
    /// </summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(6);

    /// <summary>The time that must have passed since the last one: a little less than was said where that is a day or more.</summary>
    public static TimeSpan Of(TimeSpan againAfter) => againAfter >= Day ? againAfter - Slack : againAfter;
}
