using Bot.Core.Broadcasts;
using Bot.Core.Dialogs;
using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Sending;
using Bot.Storage;
using Bot.Storage.Broadcasts;
using Bot.Writing;

namespace Bot.Broadcasts;

/// <summary>
/// Brings broadcasts to their recipients: begins those whose time has come, writes all recipients down before the first is reached, and then
/// keeps the sender busy with a handful of them. What is done stands in the database alone, so that it can be cut off at any point.
/// </summary>
internal sealed class BroadcastPump : IDisposable
{
    /// <summary>How often it looks whether something is due that nobody told it of.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long after its end a broadcast's effect is told: as long as a conversion may take.</summary>
    public static readonly TimeSpan ReportAfter = TimeSpan.FromDays(7);

    private readonly SemaphoreSlim _alone = new(1);
    private readonly SemaphoreSlim _news = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly InHand _inHand = new();
    private readonly Store _store;
    private readonly Writer _writer;
    private readonly AudienceWork _audience;
    private readonly RecipientWork _recipients;
    private readonly BroadcastBoard _board;
    private readonly StoreOptions _database;
    private readonly TimeProvider _business;
    private readonly ILogger<BroadcastPump> _log;
    private Task _work = Task.CompletedTask;

    public BroadcastPump(Store store, StoreOptions database, Writer writer, Sender sender, Func<Content> content, TrackedLinks links, RateLimitOptions limits,
        TimeProvider clock, TimeProvider business, ILogger<BroadcastPump> log)
    {
        (_store, _database, _writer, _business, _log) = (store, database, writer, business, log);
        _audience = new AudienceWork(store, writer, content, limits, business);
        _recipients = new RecipientWork(store, writer, sender, content, links, _inHand, clock, business);
        _board = new BroadcastBoard(database, store, writer, content, links.AreOn, clock, business);
        sender.Left += (message, outcome) =>
        {
            _inHand.Remove(message, outcome);
            if (_inHand.Count <= RecipientWork.Room / 2)
            {
                Wake();
            }
        };
        writer.Committed += committed =>
        {
            if (committed.HasBroadcasts)
            {
                Wake();
            }
        };
    }

    /// <summary>Messages of broadcasts that the sender has.</summary>
    public int Count => _inHand.Count;

    public void Start() => _work = Task.Run(LoopAsync);

    /// <summary>Hands nothing more to the sender.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>When there is something to do next, or <see langword="null"/> for never.</summary>
    public DateTimeOffset? NextDue() => _store.Broadcasts.Next(ReportAfter);

    /// <summary>Does what is due now, as far as there is room; answers whether that is all.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var isAll = true;
            foreach (var broadcast in _store.Broadcasts.UnderWay())
            {
                isAll &= await WorkAsync(broadcast, cancellationToken).ConfigureAwait(false);
            }

            await _board.ReportAsync(cancellationToken).ConfigureAwait(false);
            return isAll;
        }
        finally
        {
            _alone.Release();
        }
    }

    public void Dispose()
    {
        _alone.Dispose();
        _news.Dispose();
        _stopping.Dispose();
    }

    private void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    private async Task LoopAsync()
    {
        var hasFailed = false;
        while (true)
        {
            try
            {
                var isAll = await RunAsync(_stopping.Token).ConfigureAwait(false);
                hasFailed = false;
                if (!isAll && _inHand.Count < RecipientWork.Room)
                {
                    continue;
                }
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                // Said once, not every second until it is over.
                if (!hasFailed)
                {
                    _log.LogError(exception, "Broadcasts cannot go on; it is tried every second");
                }

                hasFailed = true;
            }

            await _news.WaitAsync(Interval, _stopping.Token).ConfigureAwait(false);
        }
    }

    private async Task<bool> WorkAsync(Broadcast broadcast, CancellationToken cancellationToken)
    {
        var isAll = await StepAsync(broadcast, cancellationToken).ConfigureAwait(false);
        await _board.ShowAsync(broadcast, cancellationToken).ConfigureAwait(false);
        return isAll;
    }

    private async Task<bool> StepAsync(Broadcast broadcast, CancellationToken cancellationToken)
    {
        switch (broadcast.State)
        {
            case BroadcastState.Scheduled:
                return broadcast.StartsAt > _business.GetUtcNow() || await BeginAsync(broadcast, cancellationToken).ConfigureAwait(false);
            case BroadcastState.Paused:
                // Who goes on with it begins with a clean slate.
                _inHand.Forget(broadcast.Id);
                return true;
            case BroadcastState.Running when _inHand.Objection(broadcast.Id) is { } objection:
                return await PauseAsync(broadcast, objection, cancellationToken).ConfigureAwait(false);
            case BroadcastState.Running when broadcast.Room == default:
                await SaveAsync(broadcast.State, _audience.WithRoom(broadcast, BroadcastNumbers.Counts(_database, broadcast.Id)), cancellationToken).ConfigureAwait(false);
                return false;
            case BroadcastState.Running when !broadcast.IsWritten:
                return !await _audience.TryWriteAsync(broadcast, cancellationToken).ConfigureAwait(false)
                    && await PauseAsync(broadcast, PauseReason.Content, cancellationToken).ConfigureAwait(false);
            case BroadcastState.Running when broadcast.Winner == Arms.HeldOut && await GiveUpAsync(broadcast, cancellationToken).ConfigureAwait(false) > 0:
                return false;
            case BroadcastState.Running:
                if (await _recipients.ReachAsync(broadcast, cancellationToken).ConfigureAwait(false) is { } fault)
                {
                    return await PauseAsync(broadcast, fault, cancellationToken).ConfigureAwait(false);
                }

                await _recipients.ReviseAsync(broadcast, cancellationToken).ConfigureAwait(false);
                return await IsAllReachedAsync(broadcast, cancellationToken).ConfigureAwait(false);
            case BroadcastState.Cancelled when await GiveUpAsync(broadcast, cancellationToken).ConfigureAwait(false) > 0:
                return false;
            default:
                return await _recipients.ReviseAsync(broadcast, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> BeginAsync(Broadcast broadcast, CancellationToken cancellationToken)
    {
        // What cannot be read with the content as it is now is not guessed at.
        if (_audience.Plan(broadcast) is not { } begun)
        {
            return await PauseAsync(broadcast, PauseReason.Content, cancellationToken).ConfigureAwait(false);
        }

        await SaveAsync(broadcast.State, begun, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private async Task<bool> PauseAsync(Broadcast broadcast, PauseReason reason, CancellationToken cancellationToken)
    {
        if (await SaveAsync(broadcast.State, broadcast with { State = BroadcastState.Paused, PausedFor = reason }, cancellationToken).ConfigureAwait(false))
        {
            _log.LogWarning("Broadcast {Broadcast} pauses by itself: {Reason}", broadcast.Id.Value, reason);
            await _board.TellPauseAsync(broadcast, reason, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Whether nothing is left to do now; ends the broadcast when nothing is left for ever.</summary>
    private async Task<bool> IsAllReachedAsync(Broadcast broadcast, CancellationToken cancellationToken)
    {
        if (_inHand.HasAny(broadcast.Id))
        {
            return _inHand.Count >= RecipientWork.Room || !_recipients.HasDue(broadcast);
        }

        if (_store.Broadcasts.HasLeft(broadcast.Id))
        {
            return !_recipients.HasDue(broadcast);
        }

        var finished = broadcast with { State = BroadcastState.Finished, FinishedAt = _business.GetUtcNow() };
        if (await SaveAsync(broadcast.State, finished, cancellationToken).ConfigureAwait(false))
        {
            _inHand.Forget(broadcast.Id);
            await _board.TellEndAsync(finished, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private Task<int> GiveUpAsync(Broadcast broadcast, CancellationToken cancellationToken) => _writer.StepAsync(
        transaction => transaction.Broadcasts.GiveUp(broadcast.Id, isReservedOnly: broadcast.State == BroadcastState.Running, SkipReason.Cancelled,
            AudienceWork.Page, _business.GetUtcNow()), cancellationToken);

    /// <summary>Unless staff did something else with it in the meantime.</summary>
    private Task<bool> SaveAsync(BroadcastState from, Broadcast broadcast, CancellationToken cancellationToken) => _writer.StepAsync(transaction =>
    {
        if (transaction.Broadcasts.Find(broadcast.Id) is not { } now || now.State != from)
        {
            return false;
        }

        transaction.Broadcasts.Save(broadcast with { Line = now.Line, Revision = now.Revision });
        return true;
    }, cancellationToken);
}
