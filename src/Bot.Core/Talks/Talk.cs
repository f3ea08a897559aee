using Bot.Core.Ids;

namespace Bot.Core.Talks;

/// <summary>A person talks with the customer; the bot is silent meanwhile.</summary>
/// <param name="LastAt">When either side last said something.</param>
/// <param name="Timer">Looks whether both fell silent.</param>
public sealed record Talk(DateTimeOffset Since, DateTimeOffset LastAt, TimerId Timer);
