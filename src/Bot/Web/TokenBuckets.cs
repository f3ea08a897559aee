namespace Bot.Web;

/// <summary>How much each of many may do: a burst, then so much a second. Thread-safe.</summary>
internal sealed class TokenBuckets<TKey>(double burst, double perSecond, TimeProvider clock)
    where TKey : notnull
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, (double Tokens, long At)> _buckets = [];
    private long _swept = clock.GetTimestamp();

    /// <summary>Takes the right to do it now and answers zero, or answers how long to wait and takes nothing.</summary>
    public TimeSpan Take(TKey key)
    {
        lock (_gate)
        {
            Sweep();
            var tokens = _buckets.TryGetValue(key, out var bucket) ? Refilled(bucket) : burst;
            if (tokens < 1)
            {
                return TimeSpan.FromSeconds((1 - tokens) / perSecond);
            }

            _buckets[key] = (tokens - 1, clock.GetTimestamp());
            return TimeSpan.Zero;
        }
    }

    private double Refilled((double Tokens, long At) bucket) =>
        Math.Min(burst, bucket.Tokens + (clock.GetElapsedTime(bucket.At).TotalSeconds * perSecond));

    private void Sweep()
    {
        if (clock.GetElapsedTime(_swept) < SweepEvery)
        {
            return;
        }

        _swept = clock.GetTimestamp();
        foreach (var (key, bucket) in _buckets)
        {
            if (Refilled(bucket) >= burst)
            {
                _buckets.Remove(key);
            }
        }
    }
}
