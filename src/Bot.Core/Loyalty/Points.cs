namespace Bot.Core.Loyalty;

/// <summary>An amount of points: whole, never below zero, checked. One point pays for one unit of the business's currency.</summary>
public readonly record struct Points : IComparable<Points>
{
    /// <summary>Far above what anybody collects, and far below where sums over all customers overflow.</summary>
    public const long Most = 1_000_000_000_000;

    public static readonly Points None;

    /// <param name="count">0 to <see cref="Most"/>.</param>
    public Points(long count) => Count = count is >= 0 and <= Most
        ? count
        : throw new ArgumentOutOfRangeException(nameof(count), count, $"There are 0 to {Most} points.");

    public long Count { get; }

    public static Points operator +(Points left, Points right) => new(left.Count + right.Count);

    /// <summary>What is left; there are never less than none.</summary>
    public static Points operator -(Points left, Points right) => new(left.Count - right.Count);

    public static bool operator <(Points left, Points right) => left.Count < right.Count;

    public static bool operator >(Points left, Points right) => left.Count > right.Count;

    public static bool operator <=(Points left, Points right) => left.Count <= right.Count;

    public static bool operator >=(Points left, Points right) => left.Count >= right.Count;

    /// <summary>The fewer of the two.</summary>
    public static Points Least(Points one, Points other) => one < other ? one : other;

    /// <summary>How many more the first are than the second; none if they are not more.</summary>
    public static Points Beyond(Points one, Points other) => one > other ? one - other : None;

    /// <summary>All of them together.</summary>
    public static Points Sum(IEnumerable<Points> all) => all.Aggregate(None, (sum, points) => sum + points);

    public int CompareTo(Points other) => Count.CompareTo(other.Count);
}
