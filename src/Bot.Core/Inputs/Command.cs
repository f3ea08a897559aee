using System.Text.RegularExpressions;

namespace Bot.Core.Inputs;

/// <summary>A command as it was typed: <c>/start guide-vk</c> is the command <c>start</c> with the argument <c>guide-vk</c>.</summary>
public readonly partial record struct Command(string Name, string Argument)
{
    /// <summary>The bot that it names, as in <c>/help@our_bot</c>, or <see langword="null"/>.</summary>
    public string? Bot { get; init; }

    /// <summary>Whether it names another bot than this one; a bot that does not know its own name takes all as its own.</summary>
    public bool IsForAnother(string? username) => Bot is not null && username is not null && !Bot.Equals(username, StringComparison.OrdinalIgnoreCase);

    /// <summary>The command in a text, or <see langword="null"/> if it is none.</summary>
    public static Command? In(string text) => Pattern().Match(text) is { Success: true } match
        ? new(match.Groups["name"].Value.ToLowerInvariant(), match.Groups["argument"].Value.Trim())
        {
            Bot = match.Groups["bot"] is { Success: true } bot ? bot.Value : null,
        }
        : null;

    [GeneratedRegex(@"\A/(?<name>[A-Za-z0-9_]{1,32})(@(?<bot>[A-Za-z0-9_]{1,64}))?(\s+(?<argument>.*))?\z",
        RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
