using System.Collections.Immutable;

namespace Bot.Telegram.Setup;

/// <summary>The commands in the bot's menu for one language.</summary>
/// <param name="Language">A two-letter code, or <see langword="null"/> for everyone whose language has no list.</param>
/// <param name="Chat">The one chat that it is for, or <see langword="null"/> for all that have none of their own.</param>
public sealed record BotCommandList(string? Language, ImmutableArray<BotCommand> Commands, long? Chat = null);

/// <summary>One command of the menu.</summary>
/// <param name="Name">Without the slash: 1-32 of a-z, 0-9 and _.</param>
/// <param name="Description">1-256 characters.</param>
public sealed record BotCommand(string Name, string Description);
