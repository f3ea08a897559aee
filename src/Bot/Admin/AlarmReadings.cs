using Bot.Configuration;
using Bot.Core.Expressions;
using Bot.Core.Staff;
using Bot.Operations;
using Bot.Sending;
using Bot.Storage;
using Bot.Telegram.Receiving;

namespace Bot.Admin;

/// <summary>One look at one thing that may go wrong.</summary>
/// <param name="Values">What its phrases may use.</param>
internal sealed record AlarmReading(AlarmKind Kind, bool IsTrouble, params (string Name, Value? Value)[] Values);

/// <summary>Looks at everything that staff are alarmed of. What is not known at the moment is left out.</summary>
/// <param name="telegram"><see langword="null"/> without Telegram.</param>
/// <param name="clock">The real clock.</param>
/// <param name="hasWebhooks">They are on.</param>
internal sealed class AlarmReadings(
    AlarmOptions options, Store store, Sender sender, Storage.Backups.BackupOptions backup, BackupState backups, TelegramState? telegram, TimeProvider clock,
    bool hasWebhooks = false)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>A backup is made every day.</summary>
    private static readonly TimeSpan BackupAge = TimeSpan.FromHours(26);

    /// <summary>The first backup of a run is made ten minutes after its start.</summary>
    private static readonly TimeSpan BackupPatience = TimeSpan.FromHours(1);

    /// <summary>A receiver that is down for less is no news.</summary>
    private static readonly TimeSpan WebhookPatience = TimeSpan.FromHours(1);

    private readonly DateTimeOffset _started = clock.GetUtcNow();

    public IEnumerable<AlarmReading> Read(Func<DateTimeOffset, string> moment)
    {
        var status = telegram?.Status;
        if (status == TelegramStatus.TokenRefused || sender.Refused is not null)
        {
            yield return new AlarmReading(AlarmKind.Token, true);
        }
        else if (status is TelegramStatus.Working or TelegramStatus.Conflict)
        {
            yield return new AlarmReading(AlarmKind.Token, false, ("until", AdminTexts.Text(moment(clock.GetUtcNow()))));
            yield return new AlarmReading(AlarmKind.Conflict, status == TelegramStatus.Conflict);
        }

        if (Disk() is { } disk)
        {
            yield return disk;
        }

        yield return new AlarmReading(AlarmKind.Log, store.WalBytes > HousekeepingJob.LargeWal, ("size", AdminTexts.Number(store.WalBytes / Megabyte)));
        if (Backup(moment) is { } backedUp)
        {
            yield return backedUp;
        }

        var waiting = store.WaitingSince(clock.GetUtcNow());
        yield return new AlarmReading(AlarmKind.Sending, clock.GetUtcNow() - waiting > options.SendingPatience || sender.Unreadable is not null,
            ("since", AdminTexts.Text(moment(waiting ?? clock.GetUtcNow()))));
        if (hasWebhooks)
        {
            var webhooks = store.Webhooks.State();
            yield return new AlarmReading(AlarmKind.Webhooks, clock.GetUtcNow() - webhooks.Since > WebhookPatience,
                ("since", AdminTexts.Text(moment(webhooks.Since ?? clock.GetUtcNow()))), ("count", AdminTexts.Number(webhooks.Waiting)));
            yield return new AlarmReading(AlarmKind.DeadWebhooks, webhooks.Dead > 0, ("count", AdminTexts.Number(webhooks.Dead)));
        }
    }

    private AlarmReading? Disk()
    {
        try
        {
            var drive = new DriveInfo(Path.GetDirectoryName(store.DatabasePath)!);
            var (free, percent) = (drive.AvailableFreeSpace / Megabyte, drive.AvailableFreeSpace * 100 / Math.Max(1, drive.TotalSize));
            return new AlarmReading(AlarmKind.Disk, free < options.DiskMegabytes || percent < options.DiskPercent,
                ("free", AdminTexts.Number(free)), ("percent", AdminTexts.Number(percent)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file system that does not say.
            return null;
        }
    }

    private AlarmReading? Backup(Func<DateTimeOffset, string> moment)
    {
        var now = clock.GetUtcNow();
        if (backup.Password is not { Length: > 0 } || (!backups.HasFailed && now - _started < BackupPatience))
        {
            return null;
        }

        var latest = Storage.Backups.Backup.Latest(backup.Folder);
        return new AlarmReading(AlarmKind.Backup, backups.HasFailed || latest is null || now - latest > BackupAge,
            ("latest", latest is { } at ? AdminTexts.Text(moment(at)) : null));
    }
}
