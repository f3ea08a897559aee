namespace Bot.Storage.Tests.Support;

/// <summary>A clock that a test moves by hand; time-outs stay real.</summary>
public sealed class ManualClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Some.Noon;

    public override DateTimeOffset GetUtcNow() => Now;
}
