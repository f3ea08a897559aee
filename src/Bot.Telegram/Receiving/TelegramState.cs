namespace Bot.Telegram.Receiving;

/// <summary>How it stands between us and Telegram.</summary>
public enum TelegramStatus
{
    /// <summary>Nothing was heard yet.</summary>
    Starting,

    /// <summary>Updates arrive.</summary>
    Working,

    /// <summary>Telegram does not answer or refuses for now; it is tried again.</summary>
    Unreachable,

    /// <summary>Another program takes this bot's updates away.</summary>
    Conflict,

    /// <summary>The updates cannot be taken in on our side; they wait at Telegram.</summary>
    NotAccepting,

    /// <summary>The token is not valid any more. Nothing is tried until a new start with another token.</summary>
    TokenRefused,
}

/// <summary>The status of the connection to Telegram, for health and alarms. Written by one receiver, read from anywhere.</summary>
public sealed class TelegramState
{
    private volatile Reading _reading = new(TelegramStatus.Starting, null);

    public TelegramStatus Status => _reading.Status;

    /// <summary>Why, as a short code or Telegram's own words, or <see langword="null"/>.</summary>
    public string? Reason => _reading.Reason;

    /// <summary>Sets the status and answers whether it was another one before.</summary>
    internal bool Become(TelegramStatus status, string? reason = null)
    {
        var before = _reading;
        if (before.Status == status && before.Reason == reason)
            return false;

        _reading = new Reading(status, reason);
        return before.Status != status;
    }

    private sealed record Reading(TelegramStatus Status, string? Reason);
}
