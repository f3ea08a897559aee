using System.Collections.Immutable;

namespace Bot.Core.Turns;

/// <summary>A question that a turn may ask of the database beyond its snapshot.</summary>
public abstract record Query
{
    private Query()
    {
    }

    /// <summary>How often an event happened to this profile since a moment.</summary>
    public sealed record EventCount(string Event, DateTimeOffset Since) : Query;
}

/// <summary>The answers that a turn has so far, each true in the transaction that it runs in.</summary>
public sealed record Facts(ImmutableDictionary<Query, decimal> Answers)
{
    public static readonly Facts None = new(ImmutableDictionary<Query, decimal>.Empty);

    /// <summary>How often a turn may ask before it counts as faulty.</summary>
    public const int MaxRounds = 8;
}
