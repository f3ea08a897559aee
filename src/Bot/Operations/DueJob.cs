using Bot.Storage;
using Bot.Timing;
using Quartz;

namespace Bot.Operations;

/// <summary>Once a second: what is due.</summary>
internal sealed class DueJob(DueWork due, ILogger<DueJob> log) : IJob
{
    private bool _failed;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await due.RunAsync(cancellationToken).ConfigureAwait(false);
            _failed = false;
        }
        catch (OperationCanceledException)
        {
            // The bot stops; what is due stays due.
        }
        catch (StoreException exception)
        {
            // Said once, not every second until it is over.
            if (!_failed)
            {
                log.LogError(exception, "What is due cannot be read; it is tried every second");
            }

            _failed = true;
        }
    }
}
