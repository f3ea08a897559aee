namespace Bot.Storage.Admin;

/// <summary>A line of the admin chat.</summary>
/// <param name="Html">Telegram's HTML, escaped; personal data.</param>
public sealed record AdminLine(long Id, DateTimeOffset At, string Html);
