namespace Bot.Telegram.Setup;

/// <summary>Who the bot is.</summary>
/// <param name="Username">For links such as <c>https://t.me/username?start=code</c>.</param>
public sealed record BotIdentity(long Id, string Username);
