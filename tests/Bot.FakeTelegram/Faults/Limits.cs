using System.Collections.Concurrent;

namespace Bot.FakeTelegram.Faults;

/// <summary>Telegram's unpublished limits on sending, as buckets: 30 a second in all, one a second and chat with a burst, 20 a minute and group.</summary>
public sealed class Limits(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, Bucket> _chats = new();
    private readonly Lock _gate = new();
    private Bucket? _all;

    /// <summary>Off unless set.</summary>
    public bool IsOn { get; set; }

    public double PerSecond { get; set; } = 30;

    public double PerSecondAndChat { get; set; } = 1;

    public int ChatBurst { get; set; } = 5;

    public double PerMinuteAndGroup { get; set; } = 20;

    /// <summary>Seconds to wait, or <see langword="null"/> if it may pass.</summary>
    internal int? WaitOf(long chat)
    {
        if (!IsOn)
            return null;

        lock (_gate)
        {
            var now = time.GetTimestamp();
            _all ??= new Bucket(PerSecond, PerSecond, now);
            var one = _chats.GetOrAdd(chat, static (id, x) => id < 0
                ? new Bucket(x.Limits.PerMinuteAndGroup / 60, x.Limits.PerMinuteAndGroup, x.Now)
                : new Bucket(x.Limits.PerSecondAndChat, x.Limits.ChatBurst, x.Now), (Limits: this, Now: now));
            var wait = Math.Max(_all.WaitAt(now, time), one.WaitAt(now, time));
            if (wait > 0)
                return (int)Math.Ceiling(wait);

            _all.Take();
            one.Take();
            return null;
        }
    }

    private sealed class Bucket(double perSecond, double most, long start)
    {
        private long _at = start;
        private double _taken;

        public double WaitAt(long now, TimeProvider time)
        {
            _taken = Math.Max(0, _taken - (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
            return Math.Max(0, (_taken + 1 - most) / perSecond);
        }

        public void Take() => _taken++;
    }
}
