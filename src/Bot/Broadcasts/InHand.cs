using Bot.Core.Broadcasts;
using Bot.Core.Ids;
using Bot.Core.Messages;

namespace Bot.Broadcasts;

/// <summary>The messages of broadcasts that the sender has, and how the latest went. Thread-safe.</summary>
internal sealed class InHand
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RecipientId, BroadcastId> _recipients = [];
    private readonly HashSet<ProfileId> _profiles = [];
    private readonly Dictionary<BroadcastId, ErrorWatch> _watches = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _recipients.Count;
            }
        }
    }

    /// <summary>Takes a recipient in hand; <see langword="false"/> if the customer is already, in this broadcast or another.</summary>
    public bool TryAdd(BroadcastId broadcast, Recipient recipient)
    {
        lock (_gate)
        {
            if (!_profiles.Add(recipient.Profile))
            {
                return false;
            }

            _recipients[recipient.Id] = broadcast;
            return true;
        }
    }

    /// <summary>Whether the customer is in hand, in this broadcast or another.</summary>
    public bool Has(Recipient recipient)
    {
        lock (_gate)
        {
            return _profiles.Contains(recipient.Profile);
        }
    }

    public void Remove(Recipient recipient) => Remove(recipient.Id, recipient.Profile);

    /// <summary>The sender has it no more.</summary>
    public void Remove(OutboxMessage message, SendOutcome? outcome)
    {
        lock (_gate)
        {
            Remove(new RecipientId(message.Id.Value), message.Profile);
            if (message.Broadcast?.Revision is null && outcome is not (null or SendOutcome.RetryAfter or SendOutcome.Migrated or SendOutcome.Busy))
            {
                WatchOf(message.Broadcast!.Broadcast).Add(StatusOf(outcome));
            }
        }
    }

    public bool HasAny(BroadcastId broadcast)
    {
        lock (_gate)
        {
            return _recipients.ContainsValue(broadcast);
        }
    }

    /// <summary>Why a broadcast must not go on by itself.</summary>
    public PauseReason? Objection(BroadcastId broadcast)
    {
        lock (_gate)
        {
            return WatchOf(broadcast).Objection;
        }
    }

    /// <summary>What went wrong so far is not held against it any more.</summary>
    public void Forget(BroadcastId broadcast)
    {
        lock (_gate)
        {
            _watches.Remove(broadcast);
        }
    }

    private static DeliveryStatus? StatusOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Sent => DeliveryStatus.Sent,
        SendOutcome.Blocked => DeliveryStatus.Blocked,
        SendOutcome.Rejected => DeliveryStatus.Failed,
        SendOutcome.Unknown => DeliveryStatus.Unknown,
        _ => null,
    };

    private void Remove(RecipientId recipient, ProfileId profile)
    {
        lock (_gate)
        {
            _recipients.Remove(recipient);
            _profiles.Remove(profile);
        }
    }

    private ErrorWatch WatchOf(BroadcastId broadcast)
    {
        if (!_watches.TryGetValue(broadcast, out var watch))
        {
            _watches[broadcast] = watch = new ErrorWatch();
        }

        return watch;
    }
}
