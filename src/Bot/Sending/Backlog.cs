using Bot.Core.Ids;
using Bot.Core.Messages;

namespace Bot.Sending;

/// <summary>
/// Which messages of the outbox are in memory. Ids grow in the order of commits, so "all up to here" says it; what memory had no room
/// for, and what an earlier run left, is read from the database in the same order. Thread-safe.
/// </summary>
internal sealed class Backlog(Action<OutboxMessage> add)
{
    /// <summary>Rows read at once.</summary>
    public const int Page = 1_000;

    private readonly Lock _gate = new();
    private OutboxId _upTo;
    private bool _isBehind = true;
    private int _skipped;
    private int _anew;

    /// <summary>More waits in the database than is in memory.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _isBehind;
            }
        }
    }

    /// <summary>Takes messages straight from their commit, unless earlier ones are still to be read or there is no room.</summary>
    public void Hand(IEnumerable<OutboxMessage> committed, Func<bool> hasRoom)
    {
        lock (_gate)
        {
            foreach (var message in committed)
            {
                if (message.Id.Value <= _upTo.Value)
                {
                    continue;
                }

                if (_isBehind || !hasRoom())
                {
                    (_isBehind, _skipped) = (true, _skipped + 1);
                    continue;
                }

                _upTo = message.Id;
                add(message);
            }
        }
    }

    /// <summary>A page that is being read may hold what has just been cancelled: it is thrown away and read again.</summary>
    public void ReadAnew()
    {
        lock (_gate)
        {
            _anew++;
        }
    }

    /// <summary>Reads the next page.</summary>
    public void Read(Func<OutboxId, int, IReadOnlyList<OutboxMessage>> pending)
    {
        OutboxId after;
        int skipped, anew;
        lock (_gate)
        {
            (after, skipped, anew) = (_upTo, _skipped, _anew);
        }

        var page = pending(after, Page);
        lock (_gate)
        {
            if (anew != _anew)
            {
                return;
            }

            foreach (var message in page)
            {
                _upTo = message.Id;
                add(message);
            }

            // What was skipped while the page was being read may not be in it.
            _isBehind = page.Count == Page || skipped != _skipped;
        }
    }
}
