using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Time;
using Bot.Storage;
using Bot.Writing;

namespace Bot.Admin;

/// <summary>Looks twice a minute whether something is wrong and tells the admin chat: once a day for each kind, and when it is over.</summary>
/// <param name="read">Looks, given how a moment is written.</param>
/// <param name="sayNow">Says something without the database, for when nothing can be written; <see langword="null"/> where nobody hears it.</param>
/// <param name="clock">The real clock: what goes wrong goes wrong in real time.</param>
internal sealed class AlarmWatch(
    Store store, Writer writer, Func<Func<DateTimeOffset, string>, IEnumerable<AlarmReading>> read, Func<Body, Task>? sayNow, Func<Content> content, TimeProvider clock, TimeProvider business,
    ILogger<AlarmWatch> log) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;
    private bool _isStalled;

    public void Start() => _work = Task.Run(RunAsync);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>One look; completes when what there was to say is kept.</summary>
    public async Task LookAsync()
    {
        if (writer.Stalled is not null)
        {
            await TellStalledAsync(isStalled: true, Phrase.AdminAlarmWriting).ConfigureAwait(false);
            return;
        }

        await TellStalledAsync(isStalled: false, Phrase.AdminAlarmWritingOver).ConfigureAwait(false);
        foreach (var reading in read(Moment))
        {
            await TellAsync(reading).ConfigureAwait(false);
        }
    }

    private async Task RunAsync()
    {
        for (var pause = FirstInterval; ; pause = Interval)
        {
            await Task.Delay(pause, clock, _stopping.Token).ConfigureAwait(false);
            try
            {
                await LookAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                log.LogError(exception, "It cannot be seen whether something is wrong; it is tried again");
            }
        }
    }

    private async Task TellAsync(AlarmReading reading)
    {
        var before = Alarm.Read(store.ReadMeta(Name(reading.Kind)));
        var now = clock.GetUtcNow();
        var today = LocalTime.DayOf(now, content().Settings.Zone);
        var (after, notice) = before.Next(reading.Kind, reading.IsTrouble, now, today);
        if (after == before)
        {
            return;
        }

        await writer.StepAsync(transaction =>
        {
            transaction.SetMeta(Name(reading.Kind), after.ToString());
            if (PhraseOf(reading.Kind, notice) is { } phrase)
            {
                // By its key too, should the step be asked for twice.
                var key = string.Create(CultureInfo.InvariantCulture,
                    $"alarm:{reading.Kind}:{notice}:{(notice == AlarmNotice.Trouble ? $"{today:yyyy-MM-dd}" : before.Since?.ToUnixTimeMilliseconds())}");
                (string, Value?)[] values = [.. reading.Values, .. before.Since is { } since && notice == AlarmNotice.Over && reading.Kind == AlarmKind.Token
                    ? new[] { ("since", AdminTexts.Text(Moment(since))) }
                    : []];
                transaction.Admin.Say(null, key, new Body(Texts().Html(phrase, values)), business.GetUtcNow());
            }

            return true;
        }, _stopping.Token).ConfigureAwait(false);
        if (notice == AlarmNotice.Trouble)
        {
            log.LogWarning("The admin chat is alarmed: {Kind}", reading.Kind);
        }
    }

    /// <summary>Said once in a stall: what is not written cannot be looked up.</summary>
    private async Task TellStalledAsync(bool isStalled, Phrase phrase)
    {
        if (isStalled == _isStalled)
        {
            return;
        }

        _isStalled = isStalled;
        if (sayNow is not null)
        {
            await sayNow(new Body(Texts().Html(phrase))).ConfigureAwait(false);
        }
    }

    private static Phrase? PhraseOf(AlarmKind kind, AlarmNotice notice) => (kind, notice) switch
    {
        (_, AlarmNotice.None) => null,
        (AlarmKind.Token, _) => Phrase.AdminAlarmToken,
        (AlarmKind.Conflict, AlarmNotice.Trouble) => Phrase.AdminAlarmConflict,
        (AlarmKind.Conflict, AlarmNotice.Over) => Phrase.AdminAlarmConflictOver,
        (AlarmKind.Disk, AlarmNotice.Trouble) => Phrase.AdminAlarmDisk,
        (AlarmKind.Disk, AlarmNotice.Over) => Phrase.AdminAlarmDiskOver,
        (AlarmKind.Log, AlarmNotice.Trouble) => Phrase.AdminAlarmLog,
        (AlarmKind.Log, AlarmNotice.Over) => Phrase.AdminAlarmLogOver,
        (AlarmKind.Backup, AlarmNotice.Trouble) => Phrase.AdminAlarmBackup,
        (AlarmKind.Backup, AlarmNotice.Over) => Phrase.AdminAlarmBackupOver,
        (AlarmKind.Sending, AlarmNotice.Trouble) => Phrase.AdminAlarmSending,
        (AlarmKind.Sending, AlarmNotice.Over) => Phrase.AdminAlarmSendingOver,
        (AlarmKind.Webhooks, AlarmNotice.Trouble) => Phrase.AdminAlarmWebhooks,
        (AlarmKind.Webhooks, AlarmNotice.Over) => Phrase.AdminAlarmWebhooksOver,
        (AlarmKind.DeadWebhooks, AlarmNotice.Trouble) => Phrase.AdminAlarmDeadWebhooks,
        (AlarmKind.DeadWebhooks, AlarmNotice.Over) => Phrase.AdminAlarmDeadWebhooksOver,
    };

    private static string Name(AlarmKind kind) => $"alarm.{kind}";

    private string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, content().Settings.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private AdminTexts Texts() => new(content(), business.GetUtcNow());
}
