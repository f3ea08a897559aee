namespace Bot.Core.Webhooks;

/// <summary>
/// How it stands with the receiver of webhooks as a whole. While it fails it is asked by one try at a time, with growing pauses of its own beside
/// those of each event: all that waits must not hammer a receiver that is down, nor one event that it cannot take hold up the others for long.
/// </summary>
/// <param name="IsWell">It took the last one, or said that it wants no more of it. At a start that is not known.</param>
/// <param name="Failures">How many tries failed since it took one.</param>
/// <param name="NotBefore">It is left alone until then.</param>
public sealed record Receiver(bool IsWell, int Failures, DateTimeOffset NotBefore)
{
    /// <summary>The most tries at a time.</summary>
    public const int MaxInFlight = 4;

    public static readonly Receiver Unknown = new(IsWell: false, Failures: 0, DateTimeOffset.MinValue);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>How many more tries may begin.</summary>
    /// <param name="inFlight">So many are on their way.</param>
    public int Room(int inFlight, DateTimeOffset now) => now < NotBefore ? 0 : Math.Max(0, (IsWell ? MaxInFlight : 1) - inFlight);

    public Receiver After(WebhookAnswer answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.IsTaken || answer.IsGone)
        {
            // A pause that another try brought about meanwhile stays.
            return this with { IsWell = true, Failures = 0 };
        }

        // Those that were on their way together fail as one.
        var failures = now < NotBefore && Failures > 0 ? Failures : Failures + 1;
        var pause = Math.Min(ShortestPause.TotalSeconds * Math.Pow(2, Math.Min(failures, 10) - 1), LongestPause.TotalSeconds);
        var until = now + TimeSpan.FromSeconds(Math.Max(pause, answer.Wait.TotalSeconds));
        return new Receiver(IsWell: false, failures, until > NotBefore ? until : NotBefore);
    }
}
