namespace Bot.Telegram.Calls;

/// <summary>Growing pauses between tries: from half a second to half a minute, with jitter, so that many bots do not come back at once.</summary>
internal sealed class Backoff(Random random)
{
    private const double ShortestSeconds = 0.5;
    private const double LongestSeconds = 30;
    private int _failures;

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        var most = Math.Min(LongestSeconds, ShortestSeconds * Math.Pow(2, ++_failures));
        return TimeSpan.FromSeconds(ShortestSeconds + (random.NextDouble() * (most - ShortestSeconds)));
    }

    /// <summary>Something worked.</summary>
    public void Reset() => _failures = 0;
}
