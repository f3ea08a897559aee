using System.Buffers;

namespace Bot.Telegram.Calls;

/// <summary>Where the Bot API is and who we are there.</summary>
/// <param name="Token">The bot's token, <c>digits:characters</c>. A secret: it is left out of <see cref="ToString"/>.</param>
public sealed record BotApiOptions(string Token)
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>The server's base address; a local Bot API server has its own.</summary>
    public Uri ApiUrl { get; init; } = new("https://api.telegram.org");

    /// <summary>How long an ordinary call may take before its fate is called unknown.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call that carries a file may take.</summary>
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the server may hold getUpdates open, at most 50 s there.</summary>
    public TimeSpan PollTimeout { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>What is added to <see cref="PollTimeout"/> before a poll that does not return is given up.</summary>
    public TimeSpan PollGrace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The token's first part, the bot's own user id; 0 if the token has no such part.</summary>
    public long Bot => long.TryParse(Token.AsSpan(0, Math.Max(0, Token.IndexOf(':'))), out var id) ? id : 0;

    /// <summary>What is wrong with a token's shape, in one line for the owner, or <see langword="null"/>. Never repeats the token.</summary>
    public static string? FaultOf(string token)
    {
        var colon = token.IndexOf(':');
        return colon > 0
            && long.TryParse(token.AsSpan(0, colon), out var id) && id > 0
            && colon + 1 < token.Length
            && token.AsSpan(colon + 1).IndexOfAnyExcept(TokenCharacters) < 0
            ? null
            : "A bot token looks like 123456789:AbC-def_123; copy it whole from @BotFather.";
    }

    /// <summary>The address alone.</summary>
    public override string ToString() => $"bot {Bot} at {ApiUrl}";
}
