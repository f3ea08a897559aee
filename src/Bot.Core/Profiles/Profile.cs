using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Sequences;

namespace Bot.Core.Profiles;

/// <summary>All that a turn knows of one customer.</summary>
/// <param name="LastActive">The customer's own last act.</param>
/// <param name="FirstSource">Where the first deep link came from, for example <c>vk</c>.</param>
/// <param name="LastSource">Where the latest deep link came from.</param>
/// <param name="Fields">By name without <c>profile.</c>: <c>name</c>, <c>phone</c>, <c>email</c>, ... and the business's own.</param>
/// <param name="Consents">Those in force, over all chats.</param>
/// <param name="Events">Statistics by event name.</param>
/// <param name="BlockedChats">Of the chats with a consent, those that cannot be written to.</param>
/// <param name="TopicsOff">Topics that the customer switched off.</param>
/// <param name="PausedUntil">Until then no Marketing.</param>
/// <param name="Sequences">The latest run of each sequence that the customer ever entered, by the sequence's id.</param>
public sealed record Profile(
    ProfileId Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastActive,
    string? FirstSource,
    string? LastSource,
    ImmutableDictionary<string, Value> Fields,
    ImmutableHashSet<string> Tags,
    ImmutableHashSet<ConsentInForce> Consents,
    ImmutableDictionary<string, EventStatistics> Events,
    ImmutableHashSet<ChatId> BlockedChats,
    ImmutableHashSet<string> TopicsOff,
    DateTimeOffset? PausedUntil,
    ImmutableDictionary<string, SequenceRun> Sequences)
{
    /// <summary>The visits that are still to come, and the latest of the others.</summary>
    public ImmutableDictionary<BookingId, Booking> Bookings { get; init; } = ImmutableDictionary<BookingId, Booking>.Empty;

    /// <summary>A customer of whom nothing is known yet.</summary>
    public static Profile New(ProfileId id, DateTimeOffset now) => new(id, now, now, null, null,
        ImmutableDictionary<string, Value>.Empty, [], [], ImmutableDictionary<string, EventStatistics>.Empty, [], [], null,
        ImmutableDictionary<string, SequenceRun>.Empty);
}

/// <summary>How often an event happened to a profile, and when first and last.</summary>
public readonly record struct EventStatistics(long Count, DateTimeOffset First, DateTimeOffset Last)
{
    /// <summary>The statistics with one more event.</summary>
    public EventStatistics And(DateTimeOffset at) =>
        Count == 0 ? new(1, at, at) : new(Count + 1, at < First ? at : First, at > Last ? at : Last);
}
