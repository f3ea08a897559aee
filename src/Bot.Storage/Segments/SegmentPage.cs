using System.Collections.Immutable;
using Bot.Core.Gate;
using Bot.Core.Ids;

namespace Bot.Storage.Segments;

/// <summary>Some of those whom a condition fits, in the order of their ids.</summary>
/// <param name="Cursor">The profile that was looked at last: go on after it; <see langword="null"/> at the end.</param>
public sealed record SegmentPage(ImmutableArray<SegmentMatch> Matches, ProfileId? Cursor);

/// <param name="Chat">The newest of the profile's chats that can be written to.</param>
public readonly record struct SegmentMatch(ProfileId Profile, ChatId Chat);

/// <summary>For which automation a sweep looks, and where.</summary>
/// <param name="RanBy">Left out is for whom it last did something later than this; <see langword="null"/> leaves out nobody.</param>
/// <param name="Zone">Only those whose chat's zone is this one.</param>
/// <param name="IsBusinessZone">It is the business's: also those whose zone is missing, or none that the machine knows.</param>
public sealed record SweepScope(string Automation, DateTimeOffset? RanBy, string? Zone, bool IsBusinessZone);

/// <summary>Some of those for whom a broadcast is, in the order of their ids.</summary>
/// <param name="Cursor">The profile that was looked at last: go on after it; <see langword="null"/> at the end.</param>
public sealed record AudiencePage(ImmutableArray<AudienceMember> Members, ProfileId? Cursor);

/// <param name="Chat">In which they are best reached.</param>
/// <param name="Zone">The chat's, if it is known.</param>
/// <param name="Objection">Why they are not reached, if that is clear.</param>
public readonly record struct AudienceMember(ProfileId Profile, ChatId Chat, string? Zone, SkipReason? Objection);

/// <summary>What a broadcast is like, as far as that decides whom it reaches.</summary>
public sealed record AudienceScope(string? Topic, bool HasFile);

/// <summary>How many a broadcast would reach.</summary>
/// <param name="Skipped">How many not, by reason.</param>
public sealed record AudienceCount(long Reached, ImmutableSortedDictionary<SkipReason, long> Skipped)
{
    /// <summary>All whom its condition fits.</summary>
    public long All => Reached + Skipped.Values.Sum();
}
