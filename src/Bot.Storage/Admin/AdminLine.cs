using Bot.Core.Messages;

namespace Bot.Storage.Admin;

/// <summary>A line of the admin chat.</summary>
/// <param name="Body">Personal data.</param>
public sealed record AdminLine(long Id, DateTimeOffset At, Body Body);
