namespace Bot.Tests.Support;

/// <summary>The business's clock of a simulation: the time of day is moved by hand, everything else is real.</summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private long _now = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    public void MoveTo(DateTimeOffset to) => Interlocked.Exchange(ref _now, to.UtcTicks);
}
