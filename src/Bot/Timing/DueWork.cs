using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Timers;
using Bot.Storage;
using Bot.Writing;

namespace Bot.Timing;

/// <summary>
/// Does what is due by the business's clock: hands the timers that fired to the writer, and begins the day of automations with a time of
/// day. What is due stands in the database alone, so that it can be cut off at any point and asked again at any time.
/// </summary>
/// <param name="erased">Called after customers were forgotten.</param>
/// <param name="hasRoom">Whether more Marketing can go out soon. What cannot stays a timer: so the outbox holds only what may go now, and no
/// answer ever waits behind it.</param>
internal sealed class DueWork(Store store, Writer writer, Func<Content> content, Func<bool> hasRoom, Action erased, TimeProvider clock) : IDisposable
{
    /// <summary>Messages in memory from which on Marketing waits: what Telegram takes in some seconds.</summary>
    public const int Room = 200;

    /// <summary>Timers read at once.</summary>
    private const int Page = 500;

    /// <summary>Timers of Marketing read at once.</summary>
    private const int MarketingPage = 100;

    private readonly SemaphoreSlim _alone = new(1);
    private readonly Sweeps _sweeps = new(store, writer, content, clock);
    private readonly TierSweep _tiers = new(store, writer, content, clock);
    private readonly WeeklyDigest _digest = new(store, writer, content, clock);

    /// <summary>Does what is due now; completes when it is committed. Answers whether that is all, or there was no room for some Marketing.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await FireAsync(cancellationToken).ConfigureAwait(false);
            await _sweeps.RunAsync(cancellationToken).ConfigureAwait(false);
            await _tiers.RunAsync(cancellationToken).ConfigureAwait(false);
            await FireAsync(cancellationToken).ConfigureAwait(false);
            await _digest.RunAsync(cancellationToken).ConfigureAwait(false);
            return await FireMarketingAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _alone.Release();
        }
    }

    /// <summary>The earliest moment at which something will be due, or <see langword="null"/> for never.</summary>
    public DateTimeOffset? NextDue() => new[] { NextEvent(), _digest.NextDue() }.Min();

    /// <summary>The same, of what happens to customers.</summary>
    public DateTimeOffset? NextEvent()
    {
        DateTimeOffset? timer = store.Timers.Next(1) is [var first] ? first.Due : null;
        DateTimeOffset?[] all = [timer, _sweeps.NextDue(), _tiers.NextDue()];
        return all.Min();
    }

    public void Dispose() => _alone.Dispose();

    private async Task FireAsync(CancellationToken cancellationToken)
    {
        // What becomes due while this goes on waits for the next time: automations that set each other off must not hold up all the rest.
        var now = clock.GetUtcNow();
        TimerId? before = null;
        while (store.Timers.Due(now, isMarketing: false, Page) is [var first, ..] due && first.Timer.Id != before)
        {
            // One that is still there afterwards waits for the next time.
            before = first.Timer.Id;
            await writer.AcceptTimersAsync([.. due.Select(Fired)], cancellationToken).ConfigureAwait(false);
            if (due.Any(one => one.Timer.Cause is TimerCause.Erasure { IsFarewellSaid: true }))
            {
                erased();
            }
        }
    }

    private async Task<bool> FireMarketingAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        TimerId? before = null;
        while (store.Timers.Due(now, isMarketing: true, MarketingPage) is [var first, ..] due && first.Timer.Id != before)
        {
            if (!hasRoom())
            {
                return false;
            }

            before = first.Timer.Id;
            await writer.AcceptTimersAsync([.. due.Select(Fired)], cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private static Input.TimerFired Fired(DueTimer due) => new(due.Chat, due.Timer);
}
