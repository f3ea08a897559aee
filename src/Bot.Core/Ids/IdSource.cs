namespace Bot.Core.Ids;

/// <summary>
/// Makes ids that grow with time: 41 bits of milliseconds since 2026-01-01 UTC, 10 bits of node, 12 bits of sequence.
/// A clock that goes back, or more than 4,096 ids in a millisecond, makes them run ahead of the clock, never repeat.
/// Used by the writer alone, so it is not thread-safe.
/// </summary>
/// <param name="clock">The real clock, not the business's movable one.</param>
/// <param name="node">This process among replicas, 0-1023.</param>
/// <param name="highest">The highest id already stored, 0 for none.</param>
public sealed class IdSource(TimeProvider clock, int node = 0, long highest = 0)
{
    private const int SequenceBits = 12;
    private const int NodeBits = 10;
    private static readonly long Epoch = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly long _node = node is >= 0 and < 1 << NodeBits
        ? (long)node << SequenceBits
        : throw new ArgumentOutOfRangeException(nameof(node), node, "A node is a number from 0 to 1023.");

    // Milliseconds and sequence as one number, so that an overflowing sequence carries into the milliseconds.
    private long _last = highest == 0 ? 0 : (highest >> (SequenceBits + NodeBits) << SequenceBits) | (highest & ((1 << SequenceBits) - 1));

    /// <summary>When an id was made, to the millisecond, by the real clock.</summary>
    public static DateTimeOffset TimeOf(long id) => DateTimeOffset.FromUnixTimeMilliseconds((id >> (SequenceBits + NodeBits)) + Epoch);

    /// <summary>No id made before that moment, by the real clock, is so high.</summary>
    public static long FirstAt(DateTimeOffset moment) => (moment.ToUnixTimeMilliseconds() - Epoch) << (SequenceBits + NodeBits);

    /// <summary>The next id, higher than every one before it.</summary>
    public long Next()
    {
        var now = (clock.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << SequenceBits;
        _last = Math.Max(_last + 1, now);
        return (_last >> SequenceBits << (SequenceBits + NodeBits)) | _node | (_last & ((1 << SequenceBits) - 1));
    }
}
