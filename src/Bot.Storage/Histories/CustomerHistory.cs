using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Profiles;

namespace Bot.Storage.Histories;

/// <summary>What is known of a customer, what waits for them, and what became of messages to them.</summary>
/// <param name="Consents">Those in force, and since when.</param>
/// <param name="Timers">What is due in their chats, the earliest first.</param>
/// <param name="Outbox">Messages that may go now and have not gone yet.</param>
/// <param name="Deliveries">The latest ones, the newest last.</param>
/// <param name="Notes">The newest last.</param>
/// <param name="Spent">All purchases together, in the business's currency.</param>
public sealed record CustomerHistory(
    Profile Profile,
    ImmutableArray<Chat> Chats,
    ImmutableArray<(ConsentInForce Consent, DateTimeOffset Since)> Consents,
    ImmutableArray<Timer> Timers,
    ImmutableArray<Delivery> Outbox,
    ImmutableArray<Delivery> Deliveries,
    ImmutableArray<Note> Notes,
    decimal Spent);

/// <summary>What staff wrote down.</summary>
public readonly record struct Note(DateTimeOffset At, string Text);

/// <summary>A message and what became of it.</summary>
/// <param name="Status"><see langword="null"/> while it waits in the outbox.</param>
/// <param name="Reason">Why it was not sent: a <see cref="Core.Gate.SkipReason"/>, a short code, or what the channel said.</param>
/// <param name="At">When it came to that; when it was made while it waits.</param>
public sealed record Delivery(
    OutboxId Id, ChatId Chat, MessageKind Kind, string Cause, string Template, DeliveryStatus? Status, string? Reason, DateTimeOffset At);
