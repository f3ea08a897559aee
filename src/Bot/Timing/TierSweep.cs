using Bot.Core.Automations;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Timers;
using Bot.Storage;
using Bot.Storage.Loyalty;
using Bot.Storage.Timers;
using Bot.Writing;

namespace Bot.Timing;

/// <summary>
/// Once a day, and at once after loyalty.yaml has changed: accounts whose tier is not that of what was bought any more, and those that nothing looks
/// at, get a timer. Which tier it is decides the turn of that timer.
/// </summary>
internal sealed class TierSweep(Store store, Writer writer, Func<Content> content, TimeProvider clock)
{
    private const int Page = 500;

    /// <summary>When the night is over: who sinks a tier is told so by day.</summary>
    private static readonly AutomationTrigger.Daily Daily = new(DayRule.Day, new TimeOnly(10, 0));

    private string? _through;

    /// <summary>Begins or goes on with the sweep whose time has come.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (content().Loyalty is not { } rules)
        {
            return;
        }

        var (_, at) = Daily.LatestDue(clock.GetUtcNow(), content().Settings.Zone);
        var period = TierReader.PeriodOf(at, rules);
        if (period == _through)
        {
            return;
        }

        var state = store.Timers.Schedule(TierReader.Schedule);
        var cursor = state?.Period == period ? state.Cursor : new ProfileId(0);
        while (cursor is { } after)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = store.Tiers.Stale(rules, at, after, Page);
            cursor = await writer.StepAsync(transaction =>
            {
                foreach (var chat in page.Chats)
                {
                    transaction.AddTimer(chat, new Timer(new TimerId(store.Ids.Next()), clock.GetUtcNow(), new TimerCause.Points()));
                }

                transaction.SetSchedule(new ScheduleState(TierReader.Schedule, period, page.Cursor));
                return page.Cursor;
            }, cancellationToken).ConfigureAwait(false);
        }

        _through = period;
    }

    /// <summary>The next sweep that finds somebody whose tier falls by the mere passing of time, or <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? NextDue() =>
        content() is { Loyalty: { } rules } all && store.Tiers.NextFall(rules, clock.GetUtcNow()) is { } fall
            ? Daily.NextAfter(Daily.LatestDue(fall, all.Settings.Zone).Day, all.Settings.Zone).At
            : null;
}
