using Bot.Core.Ids;
using Bot.Core.Messages;

namespace Bot.Storage.Admin;

/// <summary>A line of the admin chat.</summary>
/// <param name="Body">Personal data.</param>
/// <param name="Profile">Whom it is about.</param>
/// <param name="Chat">The chat whose talk it belongs to; <see langword="null"/> for all other lines.</param>
/// <param name="ReplyTo">The message of the admin chat that it is about.</param>
/// <param name="IsEdit">It takes the place of the line with the same copy.</param>
public sealed record AdminLine(
    long Id, DateTimeOffset At, Body Body, ProfileId? Profile = null, ChatId? Chat = null, long? ReplyTo = null, bool IsEdit = false);
