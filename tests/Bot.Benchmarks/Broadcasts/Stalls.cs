namespace Bot.Benchmarks.Broadcasts;

/// <summary>
/// When this process itself stood still, as on a shared machine it does: what arrived meanwhile is then seen at once, and says nothing of when it was
/// sent.
/// </summary>
internal sealed class Stalls : IDisposable
{
    /// <summary>Longer than this between two looks is a stall; a look is taken every two milliseconds.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly List<(TimeSpan From, TimeSpan To)> _all = [];
    private readonly Func<TimeSpan> _now;
    private readonly Thread _thread;
    private readonly ManualResetEvent _over = new(false);

    /// <param name="now">The clock by which arrivals are timed.</param>
    public Stalls(Func<TimeSpan> now)
    {
        _now = now;
        _thread = new Thread(Watch) { IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _all.Count;
        }
    }

    public TimeSpan Longest
    {
        get
        {
            lock (_gate)
                return _all.Count == 0 ? TimeSpan.Zero : _all.Max(stall => stall.To - stall.From);
        }
    }

    /// <summary>Whether it stood still at any time between two moments.</summary>
    public bool IsWithin(TimeSpan from, TimeSpan to)
    {
        lock (_gate)
            return _all.Exists(stall => stall.From < to && stall.To > from);
    }

    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }

    private void Watch()
    {
        for (var last = _now(); !_over.WaitOne(2);)
        {
            var now = _now();
            if (now - last > Noticed)
            {
                lock (_gate)
                    _all.Add((last, now));
            }

            last = now;
        }
    }
}
