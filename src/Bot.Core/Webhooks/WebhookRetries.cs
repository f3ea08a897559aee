using System.Collections.Immutable;

namespace Bot.Core.Webhooks;

/// <summary>What becomes of a webhook after a try.</summary>
public abstract record WebhookFate
{
    private WebhookFate()
    {
    }

    /// <summary>The receiver has it.</summary>
    public sealed record Delivered : WebhookFate;

    /// <summary>It is tried again, not before this moment.</summary>
    public sealed record Again(DateTimeOffset At) : WebhookFate;

    /// <summary>It is not tried any more unless staff say so.</summary>
    public sealed record Dead : WebhookFate;
}

/// <summary>When a webhook that was not taken is tried again, and when no more.</summary>
public static class WebhookRetries
{
    /// <summary>
    /// The pauses after the first try, the second, and so on, as Standard Webhooks recommends them: ten tries over a little more than three days.
    /// </summary>
    public static readonly ImmutableArray<TimeSpan> Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>
    /// What has waited so long while the receiver fails is given up however often it was tried: behind a long queue, or with long waits that
    /// the receiver asked for, it may never come to ten tries.
    /// </summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(4);

    /// <summary>A pause is longer by up to this share, so that what failed together does not come back together.</summary>
    private const double MostJitter = 0.1;

    /// <param name="event">The event's id; the jitter is made of it.</param>
    /// <param name="attempts">How many tries there were, with this one.</param>
    /// <param name="since">Since when it waits.</param>
    public static WebhookFate After(WebhookAnswer answer, long @event, int attempts, DateTimeOffset since, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.IsTaken)
        {
            return new WebhookFate.Delivered();
        }

        if (answer.IsGone || attempts > Pauses.Length || now - since >= GivenUpAfter)
        {
            return new WebhookFate.Dead();
        }

        // Not sooner than by the plan: ten tries must not be used up by a receiver that asks for a second each time.
        var pause = Pauses[attempts - 1] * (1 + (MostJitter * Share(@event, attempts)));
        return new WebhookFate.Again(now + (pause > answer.Wait ? pause : answer.Wait));
    }

    /// <summary>From 0 to 1, spread evenly: Fibonacci hashing.</summary>
    private static double Share(long @event, int attempts) => (((ulong)@event + (ulong)attempts) * 0x9E37_79B9_7F4A_7C15 >> 11) * (1.0 / (1UL << 53));
}
