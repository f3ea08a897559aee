namespace Bot.Core.Ids;

/// <summary>One customer. Ids are made by <see cref="IdSource"/>: 64 bits, ordered by time, strings in JSON.</summary>
public readonly record struct ProfileId(long Value);

/// <summary>One place to talk in: a channel, a bot and an address there.</summary>
public readonly record struct ChatId(long Value);

/// <summary>One run of a dialog in a chat.</summary>
public readonly record struct ConversationId(long Value);

/// <summary>One message on its way out; stays the id of its delivery.</summary>
public readonly record struct OutboxId(long Value);

/// <summary>Something due at one moment.</summary>
public readonly record struct TimerId(long Value);

/// <summary>One customer's way through a sequence.</summary>
public readonly record struct SequenceRunId(long Value);

/// <summary>One visit.</summary>
public readonly record struct BookingId(long Value);

/// <summary>One credit of points.</summary>
public readonly record struct LotId(long Value);

/// <summary>One broadcast: 1, 2, 3, ... as staff call it.</summary>
public readonly record struct BroadcastId(long Value);

/// <summary>One customer of a broadcast; stays the id of the message's delivery.</summary>
public readonly record struct RecipientId(long Value);
/// <summary>One thing about a customer that staff should see to.</summary>
public readonly record struct CaseId(long Value);
