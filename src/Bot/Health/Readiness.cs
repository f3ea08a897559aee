using Bot.Sending;
using Bot.Telegram.Receiving;
using Bot.Writing;

namespace Bot.Health;

/// <summary>Whether the bot does its work, and if not, why.</summary>
internal sealed class Readiness(Writer writer, Sender sender, TelegramState? telegram)
{
    private volatile bool _isStopping;

    /// <summary>From now on nothing is taken in.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>What keeps the bot from its work, each in a few words; empty if nothing does.</summary>
    public IReadOnlyList<string> Reasons() =>
    [
        .. _isStopping ? new[] { "stopping" } : [],
        .. writer.Stalled is { } stalled ? new[] { stalled } : [],
        .. sender.Unreadable is { } unreadable ? new[] { unreadable } : [],
        .. sender.Refused is not null ? new[] { "Telegram refuses the bot's token" } : [],
        .. telegram is { Status: var status } && Of(status) is { } reason ? new[] { reason } : [],
    ];

    private static string? Of(TelegramStatus status) => status switch
    {
        TelegramStatus.Starting => "Telegram has not answered yet",
        TelegramStatus.Working => null,
        TelegramStatus.Unreachable => "Telegram cannot be reached",
        TelegramStatus.Conflict => "another program takes this bot's updates",
        TelegramStatus.NotAccepting => "updates cannot be written",
        TelegramStatus.TokenRefused => "Telegram refuses the bot's token",
    };
}
