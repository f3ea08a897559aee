using System.Globalization;
using Bot.Admin;
using Bot.Core.Automations;
using Bot.Core.Dialogs;
using Bot.Core.Time;
using Bot.Storage;
using Bot.Storage.Timers;
using Bot.Writing;

namespace Bot.Timing;

/// <summary>
/// Once a week, by the business's clock, the week in numbers for the admin chat. Its lines and that it was told are one commit, so that
/// each week is told once, late if the bot was off, and a week that nobody was told of is not told after a later one.
/// </summary>
internal sealed class WeeklyDigest(Store store, Writer writer, Func<Content> content, TimeProvider clock)
{
    private const string Name = "digest";
    private const int Week = 7;

    private readonly StoreOptions _database = new(store.DatabasePath);

    // A restored database may have told already what its backup does not know of.
    private readonly DateTimeOffset _restoredAt = store.ReadMeta(Store.RestoredAt) is { } moment
        ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(moment, CultureInfo.InvariantCulture))
        : DateTimeOffset.MinValue;

    private (Content Of, DateTimeOffset At)? _next;

    /// <summary>Tells the week that is over, if it is not told yet.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (now, all) = (clock.GetUtcNow(), content());
        if (all.Settings.Digest is not { } weekly || (_next is { } next && ReferenceEquals(next.Of, all) && now < next.At))
        {
            return;
        }

        var zone = all.Settings.Zone;
        var (day, at) = weekly.LatestDue(now, zone);
        var state = store.Timers.Schedule(Name);
        if (state is null || at <= _restoredAt)
        {
            // The first one comes when a week is over.
            await SaveAsync(day, [], cancellationToken).ConfigureAwait(false);
        }
        else if (IsBefore(state, day))
        {
            var from = LocalTime.At(day.AddDays(-Week), weekly.At, zone);
            var before = LocalTime.At(day.AddDays(-2 * Week), weekly.At, zone);
            await SaveAsync(day, [.. Digest.Of(all, _database, before, from, at)], cancellationToken).ConfigureAwait(false);
        }

        _next = (all, weekly.NextAfter(day, zone).At);
    }

    /// <summary>When the next one is due, or <see langword="null"/> if there are to be none.</summary>
    public DateTimeOffset? NextDue()
    {
        var all = content();
        if (all.Settings.Digest is not { } weekly)
        {
            return null;
        }

        var (day, at) = weekly.LatestDue(clock.GetUtcNow(), all.Settings.Zone);
        return store.Timers.Schedule(Name) is { } state && IsBefore(state, day) ? at : weekly.NextAfter(day, all.Settings.Zone).At;
    }

    private Task<bool> SaveAsync(DateOnly day, List<Core.Messages.Body> lines, CancellationToken cancellationToken) => writer.StepAsync(transaction =>
    {
        lines.ForEach(line => transaction.Admin.Say(null, null, line, clock.GetUtcNow()));
        transaction.SetSchedule(new ScheduleState(Name, Period(day), null));
        return true;
    }, cancellationToken);

    private static bool IsBefore(ScheduleState state, DateOnly day) => string.CompareOrdinal(state.Period, Period(day)) < 0;

    private static string Period(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
