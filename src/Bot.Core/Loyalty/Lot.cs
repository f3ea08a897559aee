using Bot.Core.Ids;

namespace Bot.Core.Loyalty;

/// <summary>One credit of points, which expires as a whole.</summary>
/// <param name="Points">As many as it began with; never 0.</param>
/// <param name="Remaining">At most <paramref name="Points"/>.</param>
/// <param name="AvailableAt">Until then the points are seen but cannot be used.</param>
/// <param name="ExpiresAt">From this very moment on they cannot be used any more.</param>
/// <param name="IsWarned">The customer was told that they expire.</param>
/// <param name="Owed">Points of its root that were to be taken back when they had been used already: what comes back pays for them first.</param>
/// <param name="Origin">The lot whose points came back when its own time was over.</param>
public sealed record Lot(
    LotId Id, Points Points, Points Remaining, DateTimeOffset AvailableAt, DateTimeOffset ExpiresAt, bool IsWarned = false, Points Owed = default,
    LotId? Origin = null)
{
    /// <summary>The lot that the points were earned in.</summary>
    public LotId Root => Origin ?? Id;

    /// <summary>Whether its points can be used.</summary>
    public bool IsUsable(DateTimeOffset now) => AvailableAt <= now && !IsExpired(now);

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;
}
