namespace Bot.Core.Messages;

/// <summary>What is written down after a call of a channel.</summary>
/// <param name="Message">The message as it was handed to the channel; its row leaves the outbox or is changed.</param>
public abstract record SendResult(OutboxMessage Message)
{
    /// <summary>The row leaves the outbox and becomes a delivery.</summary>
    /// <param name="MessageId">The channel's id, if it is sent.</param>
    /// <param name="Reason">Why it is not sent: a short code or the channel's description, never the text.</param>
    public sealed record Finished(OutboxMessage Message, DeliveryStatus Status, long? MessageId, string? Reason) : SendResult(Message);

    /// <summary>The row stays, with another try to come.</summary>
    /// <param name="Next">The same message with its attempts, moment, address and doubt brought up to date.</param>
    public sealed record Postponed(OutboxMessage Message, OutboxMessage Next) : SendResult(Message);
}

/// <summary>The end of a message.</summary>
public enum DeliveryStatus
{
    /// <summary>The channel has it.</summary>
    Sent = 0,

    /// <summary>The chat cannot be written to.</summary>
    Blocked = 1,

    /// <summary>The channel refused it for good.</summary>
    Failed = 2,

    /// <summary>We did not send it.</summary>
    Skipped = 3,

    /// <summary>It may have arrived or not, and is not sent again.</summary>
    Unknown = 4,
}
