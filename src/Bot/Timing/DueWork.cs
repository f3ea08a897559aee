using Bot.Core.Inputs;
using Bot.Storage;
using Bot.Writing;

namespace Bot.Timing;

/// <summary>Stands here until the one of main comes.</summary>
internal sealed class DueWork(Store store, Writer writer, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (store.Timers.Due(clock.GetUtcNow(), 100) is { IsEmpty: false } due)
            {
                await writer.AcceptTimersAsync([.. due.Select(one => new Input.TimerFired(one.Chat, one.Timer))], cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public DateTimeOffset? NextDue() => store.Timers.Next(1) is [var next] ? next.Due : null;

    public void Dispose() => _one.Dispose();
}
