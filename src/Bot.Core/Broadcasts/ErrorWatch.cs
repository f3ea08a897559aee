using Bot.Core.Messages;

namespace Bot.Core.Broadcasts;

/// <summary>Looks at the latest messages of a broadcast and says when it must not go on by itself. Not thread-safe.</summary>
public sealed class ErrorWatch
{
    /// <summary>How many messages it looks at.</summary>
    public const int Latest = 50;

    /// <summary>Of that many at least one can tell something.</summary>
    public const int AtLeast = 20;

    /// <summary>That many in a hundred are too many: refused for good, of unknown fate, or not sent for there is no way to the channel.</summary>
    public const int TooManyErrors = 20;

    /// <summary>That many in a hundred are too many: so many blocked chats say that the list, or the bot, is not what it seems.</summary>
    public const int TooManyBlocked = 60;

    private readonly Queue<DeliveryStatus?> _latest = new();

    /// <summary>Takes in what became of a message; <see langword="null"/> for one that could not leave.</summary>
    public void Add(DeliveryStatus? status)
    {
        _latest.Enqueue(status);
        if (_latest.Count > Latest)
        {
            _latest.Dequeue();
        }
    }

    /// <summary>Whether the broadcast must stop, and for what.</summary>
    public PauseReason? Objection
    {
        get
        {
            var errors = _latest.Count(status => status is null or DeliveryStatus.Failed or DeliveryStatus.Unknown);
            var blocked = _latest.Count(status => status == DeliveryStatus.Blocked);
            return _latest.Count < AtLeast ? null
                : errors * 100 >= TooManyErrors * _latest.Count ? PauseReason.Errors
                : blocked * 100 >= TooManyBlocked * _latest.Count ? PauseReason.Blocked
                : null;
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => _latest.Clear();
}

/// <summary>Why a broadcast stopped by itself.</summary>
public enum PauseReason
{
    /// <summary>Too many messages were refused, lost or could not leave.</summary>
    Errors,

    /// <summary>Too many chats cannot be written to.</summary>
    Blocked,

    /// <summary>The content no longer has what its text or its condition names.</summary>
    Content,

    /// <summary>A backup was restored: what was sent since is not known here.</summary>
    Restored,
}
