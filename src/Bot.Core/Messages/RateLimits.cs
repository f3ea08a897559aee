using Bot.Core.Chats;

namespace Bot.Core.Messages;

/// <summary>What a channel lets through.</summary>
/// <param name="BulkPerSecond">Service and Marketing over all chats, less the replies of the same second.</param>
/// <param name="ReplyBurst">Replies to one chat at once; then one a second.</param>
/// <param name="GroupPerMinute">Messages to one group.</param>
public sealed record RateLimitOptions(int BulkPerSecond = 30, int ReplyBurst = 20, int GroupPerMinute = 20);

/// <summary>
/// When a message may go. A reply is never held by what others are sent; bulk takes what the replies leave. Telegram publishes about
/// 30 a second over all chats, one a second in one chat, 20 a minute in one group, and lets answers through more freely.
/// Not thread-safe: the sender asks under its own lock.
/// </summary>
public sealed class RateLimits(RateLimitOptions options)
{
    /// <summary>A second, and a little for calls that overtake one another on the way.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(1_020);

    /// <summary>How long the way to a durable claim may take; what takes no longer departs when it should.</summary>
    private static readonly TimeSpan LongestLead = TimeSpan.FromMilliseconds(50);

    /// <summary>So many bulk messages may follow at once to make up for a moment in which nobody asked.</summary>
    private const int CatchUp = 2;

    /// <summary>From one bulk message to the next: evenly, so that one that is held up on its way does not bring a second over its limit.</summary>
    private readonly TimeSpan _interval = Window / options.BulkPerSecond;
    private TimeSpan _paced;

    /// <summary>When the latest sends were meant to be, as many as bulk may have in a second.</summary>
    private readonly Latest _meant = new(options.BulkPerSecond);

    /// <summary>When they really were.</summary>
    private readonly Latest _departed = new(options.BulkPerSecond);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ChatAddress, ChatUse> _chats = [];
    private TimeSpan _swept;

    /// <summary>How many chats are remembered; those at rest are forgotten within seconds.</summary>
    public int Chats => _chats.Count;

    /// <summary>
    /// Takes the right to send, or answers how long to wait and takes nothing. Marketing is let through a moment early, for it must be claimed
    /// on its way; it may depart at the moment that the pass names, not before.
    /// </summary>
    /// <param name="now">A monotonic clock that never jumps.</param>
    public Pass Take(ChatAddress chat, MessageKind kind, TimeSpan now)
    {
        if (chat.Channel != ChatAddress.Telegram)
        {
            // The limits are Telegram's. Elsewhere a message is a row in our own database.
            return new Pass(TimeSpan.Zero, now);
        }

        Sweep(now);
        var use = _chats.GetValueOrDefault(chat) ?? new ChatUse(options.ReplyBurst, now);
        var departure = now + use.Wait(kind, options, now);
        if (kind != MessageKind.Reply)
        {
            departure = Later(departure, Later(_paced, _meant.Oldest + Window));
        }

        var lead = kind == MessageKind.Marketing ? Lead : TimeSpan.Zero;
        if (departure > now + lead)
        {
            return new Pass(departure - lead - now, departure);
        }

        use.Spend(IsGroup(chat), departure);
        _chats[chat] = use;
        if (kind != MessageKind.Reply)
        {
            _paced = Later(_paced, departure - (CatchUp * _interval)) + _interval;
        }

        _meant.Add(departure);
        if (kind != MessageKind.Marketing)
        {
            _departed.Add(departure);
        }

        return new Pass(TimeSpan.Zero, departure);
    }

    /// <summary>
    /// When Marketing that was let through really departs, now that it is claimed: when its pass says, or now if the claim took longer than it
    /// should, but never so that several that were held up together bring a second over its limit.
    /// </summary>
    /// <param name="departure">As the pass says.</param>
    /// <param name="now">By the same clock.</param>
    public TimeSpan Depart(ChatAddress chat, TimeSpan departure, TimeSpan now)
    {
        if (chat.Channel != ChatAddress.Telegram)
        {
            return departure;
        }

        var at = Later(Later(departure, now), _departed.Oldest + Window);
        _departed.Add(at);
        return at;
    }

    private TimeSpan Lead => _interval * 1.5 < LongestLead ? _interval * 1.5 : LongestLead;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Telegram's groups have negative ids.</summary>
    private static bool IsGroup(ChatAddress chat) => chat is { Channel: ChatAddress.Telegram, Address: < 0 };

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    private void Sweep(TimeSpan now)
    {
        if (now - _swept < SweepEvery)
        {
            return;
        }

        _swept = now;
        foreach (var (chat, use) in _chats)
        {
            if (use.IsAtRest(options, now))
            {
                _chats.Remove(chat);
            }
        }
    }

    /// <summary>The latest moments of so many, in order: a ring.</summary>
    private sealed class Latest
    {
        private readonly TimeSpan[] _moments;
        private TimeSpan _last = -Window;
        private int _oldest;

        public Latest(int count)
        {
            _moments = new TimeSpan[count];
            Array.Fill(_moments, -Window);
        }

        public TimeSpan Oldest => _moments[_oldest];

        /// <summary>In order, also where a reply departs before a message that was let through early.</summary>
        public void Add(TimeSpan moment)
        {
            _last = Later(_last, moment);
            _moments[_oldest] = _last;
            _oldest = (_oldest + 1) % _moments.Length;
        }
    }

    private sealed class ChatUse(int burst, TimeSpan now)
    {
        /// <summary>Of a group: when the latest messages were.</summary>
        private Queue<TimeSpan>? _minute;
        private double _tokens = burst;
        private TimeSpan _refilled = now;
        private TimeSpan? _last;

        public TimeSpan Wait(MessageKind kind, RateLimitOptions options, TimeSpan now)
        {
            _tokens = Math.Min(options.ReplyBurst, _tokens + (now - _refilled).TotalSeconds);
            _refilled = now;
            if (_minute is not null)
            {
                while (_minute.TryPeek(out var oldest) && oldest + TimeSpan.FromMinutes(1) <= now)
                {
                    _minute.Dequeue();
                }

                if (_minute.Count >= options.GroupPerMinute)
                {
                    return _minute.Peek() + TimeSpan.FromMinutes(1) - now;
                }
            }

            return kind == MessageKind.Reply
                ? _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(1 - _tokens)
                : _last is { } last ? Positive(last + Window - now) : TimeSpan.Zero;
        }

        public void Spend(bool isGroup, TimeSpan now)
        {
            _tokens = Math.Max(0, _tokens - 1);
            _last = now;
            if (isGroup)
            {
                (_minute ??= new()).Enqueue(now);
            }
        }

        /// <summary>Whether it says no more than a chat that was never written to: a large broadcast must not be remembered for long.</summary>
        public bool IsAtRest(RateLimitOptions options, TimeSpan now) => _last is not { } last
            || (now - last >= (_minute is null ? Window : TimeSpan.FromMinutes(1)) && _tokens + (now - _refilled).TotalSeconds >= options.ReplyBurst);
    }
}

/// <summary>What the limits say of a message.</summary>
/// <param name="Wait">How long to wait before asking again; zero if the right to send is taken.</param>
/// <param name="Departure">When it may depart, by the clock that was given.</param>
public readonly record struct Pass(TimeSpan Wait, TimeSpan Departure);
