using System.Threading.Channels;
using Bot.Core.Ids;
using Bot.Core.Messages;

namespace Bot.Sending;

/// <summary>All messages in memory, a lane for each chat, and the order in which workers get them. Thread-safe.</summary>
internal sealed class Lanes : IDisposable
{
    /// <summary>A timer takes no more than 49 days, and a clock may be set meanwhile: it is looked again after this at the latest.</summary>
    private static readonly TimeSpan MaxTimer = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<ChatId, Lane> _lanes = [];
    private readonly PriorityQueue<Lane, TimeSpan> _delayed = new();
    private readonly Channel<Lane> _ready = Channel.CreateUnbounded<Lane>();
    private readonly RateLimits _limits;
    private readonly TimeProvider _clock;
    private readonly long _epoch;
    private readonly ITimer _timer;
    private int _count;
    private ChatId _refused;
    private TimeSpan _refusedUntil;
    private TimeSpan _pausedUntil;

    public Lanes(RateLimits limits, TimeProvider clock)
    {
        (_limits, _clock) = (limits, clock);
        _epoch = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => WakeDelayed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Messages in memory, those in flight among them.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Lanes with something to do; ends after <see cref="Close"/>.</summary>
    public IAsyncEnumerable<Lane> Ready => _ready.Reader.ReadAllAsync();

    private TimeSpan Now => _clock.GetElapsedTime(_epoch);

    public void Add(OutboxMessage message)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(message.Chat, out var lane))
            {
                _lanes[message.Chat] = lane = new Lane(message.Chat);
            }

            lane.Add(message);
            _count++;

            // What goes before a message that must wait need not wait with it.
            if (lane.State == LaneState.Idle || (lane.State == LaneState.Delayed && lane.Peek() == message))
            {
                Offer(lane);
            }
        }
    }

    /// <summary>Forgets what waits for a chat; what is in flight goes on. Answers what that was.</summary>
    public List<OutboxMessage> Cancel(ChatId chat)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(chat, out var lane))
            {
                return [];
            }

            var waited = lane.Clear();
            _count -= waited.Count;
            lane.IsCancelled = lane.State == LaneState.InFlight;
            return waited;
        }
    }

    /// <summary>How long it still is until Marketing departs that is claimed by now.</summary>
    public TimeSpan UntilDeparture(OutboxMessage message, TimeSpan departure)
    {
        lock (_gate)
        {
            return _limits.Depart(message.Address, departure, Now) - Now;
        }
    }

    /// <summary>
    /// The lane's next message if it may go now, and when it may depart; else <see langword="null"/>: the lane comes back by itself.
    /// </summary>
    public (OutboxMessage Message, TimeSpan Departure)? TryTake(Lane lane)
    {
        lock (_gate)
        {
            if (lane.State != LaneState.Ready)
            {
                return null;
            }

            if (lane.Peek() is not { } message)
            {
                _lanes.Remove(lane.Chat);
                lane.State = LaneState.Idle;
                return null;
            }

            var pass = PassOf(lane, message);
            if (pass.Wait > TimeSpan.Zero)
            {
                Delay(lane, pass.Wait);
                return null;
            }

            lane.State = LaneState.InFlight;
            return (lane.Take(), pass.Departure);
        }
    }

    /// <summary>The message in flight has come to something: <paramref name="next"/> is to be tried again, or nothing is.</summary>
    public void Settle(Lane lane, OutboxMessage? next)
    {
        lock (_gate)
        {
            if (next is not null && !lane.IsCancelled)
            {
                lane.Add(next);
            }
            else
            {
                _count--;
            }

            lane.IsCancelled = false;

            if (lane.Count > 0)
            {
                Offer(lane);
            }
            else
            {
                _lanes.Remove(lane.Chat);
                lane.State = LaneState.Idle;
            }
        }
    }

    /// <summary>
    /// The channel told us to wait. A wait told for one chat is that chat's; when a second chat is told while the first still waits,
    /// the bot as a whole is meant, and nothing goes until then.
    /// </summary>
    public void Pause(Lane lane, TimeSpan wait)
    {
        lock (_gate)
        {
            var until = Now + wait;
            lane.PausedUntil = until;
            if (_refusedUntil > Now && _refused != lane.Chat)
            {
                _pausedUntil = Later(_pausedUntil, until);
            }

            (_refused, _refusedUntil) = (lane.Chat, Later(_refusedUntil, until));
        }
    }

    /// <summary>Nothing goes for a while.</summary>
    public void PauseAll(TimeSpan wait)
    {
        lock (_gate)
        {
            _pausedUntil = Later(_pausedUntil, Now + wait);
        }
    }

    /// <summary>No lane is offered any more.</summary>
    public void Close() => _ready.Writer.TryComplete();

    public void Dispose() => _timer.Dispose();

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private void Offer(Lane lane)
    {
        lane.State = LaneState.Ready;
        _ready.Writer.TryWrite(lane);
    }

    private Pass PassOf(Lane lane, OutboxMessage message)
    {
        var now = Now;
        var paused = Later(_pausedUntil, lane.PausedUntil) - now;
        if (paused > TimeSpan.Zero)
        {
            return new Pass(paused, default);
        }

        var early = message.NotBefore is { } notBefore ? notBefore - _clock.GetUtcNow() : TimeSpan.Zero;
        return early > TimeSpan.Zero ? new Pass(early, default) : _limits.Take(message.Address, message.Kind, now);
    }

    private void Delay(Lane lane, TimeSpan wait)
    {
        lane.State = LaneState.Delayed;
        lane.Until = Now + wait;
        _delayed.Enqueue(lane, lane.Until);
        if (_delayed.Peek() == lane)
        {
            SetTimer(wait);
        }
    }

    private void WakeDelayed()
    {
        lock (_gate)
        {
            var now = Now;
            while (_delayed.TryPeek(out var lane, out var until))
            {
                if (until > now)
                {
                    SetTimer(until - now);
                    return;
                }

                _delayed.Dequeue();
                if (lane.State == LaneState.Delayed && lane.Until <= now)
                {
                    Offer(lane);
                }
            }
        }
    }

    /// <summary>Timers count whole milliseconds and may not wake early, or the lane would be put off again at once.</summary>
    private void SetTimer(TimeSpan wait) =>
        _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 1, MaxTimer.TotalMilliseconds)),
            Timeout.InfiniteTimeSpan);
}
