using Bot.Storage.Backups;
using Quartz;

namespace Bot.Operations;

/// <summary>Once a day, if there is a password: a backup beside the running bot.</summary>
internal sealed class BackupJob(BackupOptions options, BackupState state, TimeProvider clock, ILogger<BackupJob> log) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            var report = Backup.Make(options, clock);
            state.HasFailed = false;
            log.LogInformation("Backup written: {Bytes} bytes, {Deleted} older deleted", report.Bytes, report.Deleted);
        }
        catch (Exception exception)
        {
            state.HasFailed = true;
            log.LogError(exception, "The backup failed; the next try is in a day");
        }

        return ValueTask.CompletedTask;
    }
}
