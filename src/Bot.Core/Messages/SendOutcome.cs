using Bot.Core.Chats;

namespace Bot.Core.Messages;

/// <summary>What became of one call of a channel.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The channel has it, under this id of its own.</summary>
    public sealed record Sent(long MessageId) : SendOutcome;

    /// <summary>Refused for now; repeat after this time, not earlier.</summary>
    public sealed record RetryAfter(TimeSpan Wait) : SendOutcome;

    /// <summary>The chat cannot be written to any more: blocked, deactivated, not found.</summary>
    public sealed record Blocked(string Reason) : SendOutcome;

    /// <summary>The chat has another address now; send it there.</summary>
    public sealed record Migrated(ChatAddress To) : SendOutcome;

    /// <summary>Refused for good: this message can never be sent as it is.</summary>
    public sealed record Rejected(string Reason) : SendOutcome;

    /// <summary>It never left us: no connection was made.</summary>
    public sealed record NotSent(string Reason) : SendOutcome;

    /// <summary>It never left us, for we are not ready to send it: look again after this time. It counts as no try.</summary>
    public sealed record Busy(TimeSpan Wait) : SendOutcome;

    /// <summary>It may have arrived: the answer was lost, late or no answer at all.</summary>
    public sealed record Unknown(string Reason) : SendOutcome;

    /// <summary>The channel does not accept us at all (token revoked); nothing can be sent until a person mends it.</summary>
    public sealed record Unauthorized(string Reason) : SendOutcome;
}
