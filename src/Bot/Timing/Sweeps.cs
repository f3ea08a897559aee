using System.Collections.Concurrent;
using System.Globalization;
using Bot.Core.Automations;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Timers;
using Bot.Storage;
using Bot.Storage.Segments;
using Bot.Storage.Timers;
using Bot.Writing;

namespace Bot.Timing;

/// <summary>
/// Automations with a time of day: at that time, in each zone for itself, everyone whom the condition fits gets a timer, page by page. A
/// page's timers and how far the day has come are one commit, so that a day that was cut off goes on where it was; the turn of each
/// timer looks at its customer again.
/// </summary>
internal sealed class Sweeps(Store store, Writer writer, Func<Content> content, TimeProvider clock)
{
    /// <summary>Timers of one commit.</summary>
    private const int Page = 500;

    // When each that is through for its day is due next: looked at every second, it need not be worked out every second.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _next = new();
    private Content? _of;

    // A restored database may have missed what happened since its backup was made.
    private readonly DateTimeOffset _restoredAt = store.ReadMeta(Store.RestoredAt) is { } moment
        ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(moment, CultureInfo.InvariantCulture))
        : DateTimeOffset.MinValue;

    /// <summary>Begins and goes on with the days whose time has come.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var sweep in All())
        {
            if (!_next.TryGetValue(sweep.Name, out var next) || next <= now)
            {
                await RunAsync(sweep, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The earliest time that is to come, or <see langword="null"/> if there is no automation with a time of day.</summary>
    public DateTimeOffset? NextDue() => All().Select(NextDue).Min();

    /// <summary>One automation in one zone.</summary>
    private sealed record Sweep(string Name, Automation Automation, AutomationTrigger.Daily Daily, TimeZoneInfo Zone, bool IsBusinessZone);

    private IEnumerable<Sweep> All()
    {
        var all = content();
        if (!ReferenceEquals(Interlocked.Exchange(ref _of, all), all))
        {
            _next.Clear();
        }

        var business = all.Settings.Zone;
        TimeZoneInfo[] zones = [business, .. store.Timers.Zones().Where(id => id != business.Id).Select(Known).OfType<TimeZoneInfo>()];
        return from automation in all.Automations.Values
               where automation is { IsEnabled: true, Trigger: AutomationTrigger.Daily }
               from zone in zones
               select new Sweep($"{automation.Id}@{zone.Id}", automation, (AutomationTrigger.Daily)automation.Trigger, zone, zone == business);
    }

    private DateTimeOffset? NextDue(Sweep sweep)
    {
        if (_next.TryGetValue(sweep.Name, out var next))
        {
            return next;
        }

        var (day, at) = sweep.Daily.LatestDue(clock.GetUtcNow(), sweep.Zone);
        return store.Timers.Schedule(sweep.Name) is not { } state || IsThrough(state, day) ? sweep.Daily.NextAfter(day, sweep.Zone).At : at;
    }

    private async Task RunAsync(Sweep sweep, CancellationToken cancellationToken)
    {
        var (day, at) = sweep.Daily.LatestDue(clock.GetUtcNow(), sweep.Zone);
        var state = store.Timers.Schedule(sweep.Name);
        if (state is null || at <= _restoredAt)
        {
            // What is new begins with its next time, not with one that has passed.
            await SaveAsync(new ScheduleState(sweep.Name, Period(day), null), cancellationToken).ConfigureAwait(false);
        }
        else if (!IsThrough(state, day))
        {
            var cursor = state.Period == Period(day) ? state.Cursor : new ProfileId(0);
            while (cursor is { } after)
            {
                cursor = await TakeAsync(sweep, day, at, after, cancellationToken).ConfigureAwait(false);
            }
        }

        _next[sweep.Name] = sweep.Daily.NextAfter(day, sweep.Zone).At;
    }

    private async Task<ProfileId?> TakeAsync(Sweep sweep, DateOnly day, DateTimeOffset at, ProfileId after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow();
        var page = store.Segments.Page(sweep.Automation.For, content().Settings, now,
            new SweepScope(sweep.Automation.Id, now - sweep.Automation.Peace, sweep.Zone.Id, sweep.IsBusinessZone), after, Page);
        await writer.StepAsync(transaction =>
        {
            foreach (var match in page.Matches)
            {
                transaction.AddTimer(match.Chat, new Timer(new TimerId(store.Ids.Next()), at, new TimerCause.Automation(sweep.Automation.Id, at),
                    IsMarketing: sweep.Automation.HeardAs == MessageKind.Marketing));
            }

            transaction.SetSchedule(new ScheduleState(sweep.Name, Period(day), page.Cursor));
            return true;
        }, cancellationToken).ConfigureAwait(false);
        return page.Cursor;
    }

    private Task<bool> SaveAsync(ScheduleState state, CancellationToken cancellationToken) => writer.StepAsync(transaction =>
    {
        transaction.SetSchedule(state);
        return true;
    }, cancellationToken);

    private static TimeZoneInfo? Known(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    private static bool IsThrough(ScheduleState state, DateOnly day) =>
        string.CompareOrdinal(state.Period, Period(day)) > 0 || (state.Period == Period(day) && state.Cursor is null);

    private static string Period(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
