using Bot.Core.Ids;
using Bot.Sending;
using Bot.Storage;
using Bot.Timing;
using Bot.Writing;

namespace Bot.Demo;

/// <summary>
/// Moves the business's clock on, and stops at each moment on the way at which something is due until it is done and sent: so nothing
/// happens at one instant that was meant for two weeks, and each message carries its own date.
/// </summary>
/// <param name="real">For how long to wait for what is being sent.</param>
internal sealed class DemoClock(BusinessClock clock, DueWork due, Writer writer, Store store, Sender sender, TimeProvider real) : IDisposable
{
    /// <summary>What is not sent by then waits for something else, such as a Bot API that cannot be reached.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Moves it; one move after the other.</summary>
    public async Task<MoveEnd> MoveAsync(MoveOrder order, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await CatchUpAsync(cancellationToken).ConfigureAwait(false))
            {
                return MoveEnd.Held;
            }

            return (order.By is { } by ? clock.GetUtcNow() + by : due.NextEvent()) is { } target
                ? await MoveToAsync(target, cancellationToken).ConfigureAwait(false)
                : MoveEnd.NothingDue;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<MoveEnd> MoveToAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        DateTimeOffset? before = null;
        while (due.NextDue() is { } next && next <= target)
        {
            // What is still due after its moment was seen to cannot be done; moving on would do everything else too late.
            if (next == before)
            {
                return MoveEnd.Held;
            }

            await clock.MoveToAsync(next, writer, cancellationToken).ConfigureAwait(false);
            if (!await CatchUpAsync(cancellationToken).ConfigureAwait(false))
            {
                return MoveEnd.Held;
            }

            before = next;
        }

        await clock.MoveToAsync(target, writer, cancellationToken).ConfigureAwait(false);
        return await CatchUpAsync(cancellationToken).ConfigureAwait(false) ? MoveEnd.Arrived : MoveEnd.Held;
    }

    /// <summary>Does what is due by now and waits until all of it is sent; answers whether it is.</summary>
    private async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        bool isAll;
        do
        {
            isAll = await due.RunAsync(cancellationToken).ConfigureAwait(false);
            if (!await IsSentInTimeAsync(cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }
        while (!isAll);

        return true;
    }

    private async Task<bool> IsSentInTimeAsync(CancellationToken cancellationToken)
    {
        var started = real.GetTimestamp();
        while (!await IsAllSentAsync(cancellationToken).ConfigureAwait(false))
        {
            if (real.GetElapsedTime(started) > Patience)
            {
                return false;
            }

            await Task.Delay(Interval, real, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<bool> IsAllSentAsync(CancellationToken cancellationToken)
    {
        if (sender.Count > 0)
        {
            return false;
        }

        // What became of the messages is written with the next group, and dated then.
        if (store.Pending(default, 1).Count > 0)
        {
            await writer.StepAsync(_ => true, cancellationToken).ConfigureAwait(false);
        }

        return store.Pending(default(OutboxId), 1).Count == 0;
    }
}

/// <summary>How a move of the clock ended.</summary>
internal enum MoveEnd
{
    /// <summary>Where it was to go.</summary>
    Arrived,

    /// <summary>Nothing will be due: there is no next moment to go to.</summary>
    NothingDue,

    /// <summary>On the way, at what cannot be done or sent at the moment.</summary>
    Held,
}
