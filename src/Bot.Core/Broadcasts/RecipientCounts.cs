using System.Collections.Immutable;

namespace Bot.Core.Broadcasts;

/// <summary>How many recipients stand in which state; together they are all recipients.</summary>
public sealed record RecipientCounts(ImmutableDictionary<RecipientState, long> ByState)
{
    public long All => ByState.Values.Sum();

    /// <summary>Those who came to an end.</summary>
    public long Ended => All - this[RecipientState.Waiting] - this[RecipientState.Claimed] - this[RecipientState.Reserved];

    public long this[RecipientState state] => ByState.GetValueOrDefault(state);
}
