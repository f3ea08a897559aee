using Bot.Storage;
using Bot.Writing;
using Quartz;

namespace Bot.Operations;

/// <summary>Once an hour: deletes what was kept long enough, in small steps between the groups of the writer.</summary>
internal sealed class HousekeepingJob(Store store, Writer writer, ErasureKeeping erasures, TimeProvider clock, ILogger<HousekeepingJob> log) : IJob
{
    /// <summary>A log that grows past this has a reader that never ends.</summary>
    public const long LargeWal = 64L * 1024 * 1024;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        while (await writer.StepAsync(_ => store.Tidy(clock.GetUtcNow()), cancellationToken).ConfigureAwait(false) && !cancellationToken.IsCancellationRequested)
        {
        }

        erasures.Run();
        if (store.WalBytes > LargeWal)
        {
            log.LogWarning("The database's log is {Megabytes} MB: something reads the database without end", store.WalBytes / 1024 / 1024);
        }
    }
}
