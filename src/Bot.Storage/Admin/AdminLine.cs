using Bot.Core.Messages;

namespace Bot.Storage.Admin;

/// <summary>A line of the admin chat.</summary>
/// <param name="Body">Personal data.</param>
/// <param name="Changed">Grows with each change of any line; <see langword="null"/> for one that never was changed.</param>
/// <param name="MessageId">The channel's id of it, once it has it.</param>
public sealed record AdminLine(long Id, DateTimeOffset At, Body Body, long? Changed = null, long? MessageId = null);
