using Bot.Core.Ids;
using Bot.Core.Messages;

namespace Bot.Sending;

/// <summary>The messages of one chat: one in flight, the others by priority, then age. Guarded by the lock of <see cref="Lanes"/>.</summary>
internal sealed class Lane(ChatId chat)
{
    private readonly PriorityQueue<OutboxMessage, (MessageKind Kind, long Id)> _waiting = new();

    public ChatId Chat => chat;

    public LaneState State { get; set; }

    /// <summary>When a delayed lane is to be looked at again.</summary>
    public TimeSpan Until { get; set; }

    /// <summary>The channel said not to write to this chat before.</summary>
    public TimeSpan PausedUntil { get; set; }

    /// <summary>The chat was cancelled while a message was in flight: that one is not to be tried again.</summary>
    public bool IsCancelled { get; set; }

    public int Count => _waiting.Count;

    public void Add(OutboxMessage message) => _waiting.Enqueue(message, (message.Kind, message.Id.Value));

    public OutboxMessage? Peek() => _waiting.TryPeek(out var message, out _) ? message : null;

    public OutboxMessage Take() => _waiting.Dequeue();

    /// <summary>Forgets what waits; answers what that was.</summary>
    public List<OutboxMessage> Clear()
    {
        List<OutboxMessage> waited = [.. _waiting.UnorderedItems.Select(item => item.Element)];
        _waiting.Clear();
        return waited;
    }
}

internal enum LaneState
{
    /// <summary>Nothing waits, or nobody has looked yet.</summary>
    Idle,

    /// <summary>In the queue of those that a worker may take.</summary>
    Ready,

    /// <summary>Its next message may not go yet.</summary>
    Delayed,

    /// <summary>A message of it is being sent.</summary>
    InFlight,
}
