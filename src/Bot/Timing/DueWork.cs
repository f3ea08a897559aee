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
internal sealed class DueWork(Store store, Writer writer, Func<Content> content, TimeProvider clock) : IDisposable
{
    /// <summary>Timers read at once.</summary>
    private const int Page = 500;

    private readonly SemaphoreSlim _alone = new(1);
    private readonly Sweeps _sweeps = new(store, writer, content, clock);

    /// <summary>Does all that is due now; completes when it is committed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await FireAsync(cancellationToken).ConfigureAwait(false);
            await _sweeps.RunAsync(cancellationToken).ConfigureAwait(false);
            await FireAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _alone.Release();
        }
    }

    /// <summary>The earliest moment at which something will be due, or <see langword="null"/> for never.</summary>
    public DateTimeOffset? NextDue()
    {
        DateTimeOffset? timer = store.Timers.Next(1) is [var first] ? first.Due : null;
        var sweep = _sweeps.NextDue();
        return timer is null || sweep < timer ? sweep : timer;
    }

    public void Dispose() => _alone.Dispose();

    private async Task FireAsync(CancellationToken cancellationToken)
    {
        // What becomes due while this goes on waits for the next time: automations that set each other off must not hold up all the rest.
        var now = clock.GetUtcNow();
        TimerId? before = null;
        while (store.Timers.Due(now, Page) is [var first, ..] due && first.Timer.Id != before)
        {
            // One that is still there afterwards waits for the next time.
            before = first.Timer.Id;
            await writer.AcceptTimersAsync([.. due.Select(Fired)], cancellationToken).ConfigureAwait(false);
        }
    }

    private static Input.TimerFired Fired(DueTimer due) => new(due.Chat, due.Timer);
}
