namespace Bot.Core.Webhooks;

/// <summary>What came of one try to post a webhook.</summary>
/// <param name="Status">The HTTP status, or <see langword="null"/> if there was no answer.</param>
/// <param name="Error">Why there was none, as a code; never a text from outside, which might hold the address.</param>
/// <param name="RetryAfter">How long the receiver asks to wait.</param>
public sealed record WebhookAnswer(int? Status, string? Error = null, TimeSpan? RetryAfter = null)
{
    private const int Gone = 410;
    private const int TooMany = 429;
    private const int Unavailable = 503;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>The receiver has it. Anything but 2xx is no: a redirection is not followed.</summary>
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>The receiver wants no more of it.</summary>
    public bool IsGone => Status == Gone;

    /// <summary>What is granted of the wait: only 429 and 503 may ask for one, of a day at most.</summary>
    public TimeSpan Wait => Status is TooMany or Unavailable && RetryAfter is { } wait && wait > TimeSpan.Zero
        ? wait < LongestWait ? wait : LongestWait
        : TimeSpan.Zero;

    /// <summary>As staff see it.</summary>
    public override string ToString() => Status is { } status ? $"HTTP {status}" : Error ?? "?";
}
