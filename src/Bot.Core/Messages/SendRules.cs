using System.Diagnostics;
using Bot.Core.Ids;

namespace Bot.Core.Messages;

/// <summary>
/// What follows from a call of a channel. Replies and Service messages are sent at least once, Marketing at most once: the channel
/// has no key by which it would know a message again, so one of the two must give where an answer is lost.
/// </summary>
public static class SendRules
{
    /// <summary>Tries of one message whose fate stays uncertain, before it is given up: with their pauses a quarter of an hour.</summary>
    public const int MaxUncertainTries = 20;

    /// <summary>How long an unreachable channel is waited for before an answer has lost its sense.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>What is written down about this message now.</summary>
    public static SendResult After(OutboxMessage message, SendOutcome outcome, DateTimeOffset now) => outcome switch
    {
        SendOutcome.Sent sent => new SendResult.Finished(message, DeliveryStatus.Sent, sent.MessageId, null),
        SendOutcome.Blocked blocked => new SendResult.Finished(message, DeliveryStatus.Blocked, null, blocked.Reason),
        SendOutcome.Rejected rejected => new SendResult.Finished(message, DeliveryStatus.Failed, null, rejected.Reason),
        SendOutcome.RetryAfter retry => new SendResult.Postponed(message, message with { NotBefore = now + retry.Wait }),
        SendOutcome.Migrated migrated => new SendResult.Postponed(message, message with { Address = migrated.To, NotBefore = null }),
        SendOutcome.Unauthorized => new SendResult.Postponed(message, message with { NotBefore = now + LongestPause }),
        SendOutcome.NotSent notSent when message.Broadcast is null && Age(message, now) > MaxAge =>
            new SendResult.Finished(message, DeliveryStatus.Failed, null, notSent.Reason),
        SendOutcome.NotSent => new SendResult.Postponed(message, message with { NotBefore = now + AsLongAgain(Age(message, now)) }),
        SendOutcome.Busy busy => new SendResult.Postponed(message, message with { NotBefore = now + busy.Wait }),
        SendOutcome.Unknown unknown when message.Kind == MessageKind.Marketing || message.Attempts + 1 >= MaxUncertainTries =>
            new SendResult.Finished(message, DeliveryStatus.Unknown, null, unknown.Reason),
        SendOutcome.Unknown => new SendResult.Postponed(message,
            message with { Attempts = message.Attempts + 1, IsMaybeSent = true, NotBefore = now + Pause(message.Attempts) }),
        _ => throw new UnreachableException(),
    };

    private static TimeSpan Age(OutboxMessage message, DateTimeOffset now) => now - IdSource.TimeOf(message.Id.Value);

    /// <summary>What could not leave waits as long as it has waited already, which doubles the pauses: 1 second to a minute.</summary>
    private static TimeSpan AsLongAgain(TimeSpan age) =>
        TimeSpan.FromSeconds(Math.Clamp(age.TotalSeconds, 1, LongestPause.TotalSeconds));

    /// <summary>1, 2, 4, ... seconds, at most a minute.</summary>
    private static TimeSpan Pause(int attempts) =>
        attempts >= 6 ? LongestPause : TimeSpan.FromSeconds(Math.Min(1 << attempts, LongestPause.TotalSeconds));
}
