using Bot.Core.Messages;

namespace Bot.Storage.Web;

/// <summary>One browser in the web chat; the address of its chat.</summary>
public readonly record struct WebSessionId(long Value);

/// <summary>One line of the web chat's log: the bot's, with a body, or the customer's, with a text.</summary>
/// <param name="Id">Grows in the order of commits, so that whoever has seen one has seen all before it.</param>
/// <param name="ClientId">What the browser called it; <see langword="null"/> for the bot's.</param>
/// <param name="IsUsed">The buttons are spent.</param>
public sealed record WebMessage(long Id, Body? Body, string? ClientId, string? Text, bool IsUsed, DateTimeOffset At);
