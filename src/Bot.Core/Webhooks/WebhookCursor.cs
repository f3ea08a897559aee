using System.Globalization;
using Bot.Core.Ids;

namespace Bot.Core.Webhooks;

/// <summary>How far webhooks are in what happened.</summary>
/// <param name="Event">The id of the last event that was looked at: ids grow with time, in the order of the commits.</param>
/// <param name="IsOff">The bot ran without webhooks since.</param>
public sealed record WebhookCursor(long Event, bool IsOff)
{
    /// <summary>What happened while webhooks were off and is older than this is not told any more.</summary>
    public static readonly TimeSpan LongestOff = TimeSpan.FromDays(3);

    private const string Off = "off";
    private const string On = "on";

    /// <summary>Where a bot with webhooks goes on: where they never were, behind all that ever happened.</summary>
    /// <param name="before">As it was stored, if it was.</param>
    /// <param name="latest">The id of the latest event, 0 for none.</param>
    /// <param name="now">By the real clock, as ids are.</param>
    public static WebhookCursor Begin(WebhookCursor? before, long latest, DateTimeOffset now) => before switch
    {
        null => new WebhookCursor(latest, IsOff: false),
        { IsOff: true } => new WebhookCursor(Math.Max(before.Event, IdSource.FirstAt(now - LongestOff) - 1), IsOff: false),
        _ => before,
    };

    /// <summary>As it is stored.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Event} {(IsOff ? Off : On)}");

    /// <summary>What was stored; <see langword="null"/> for nothing.</summary>
    public static WebhookCursor? Read(string? stored) =>
        stored?.Split(' ') is [var number, var state] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new WebhookCursor(id, state == Off)
            : null;
}
