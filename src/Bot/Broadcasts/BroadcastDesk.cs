using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Bot.Admin;
using Bot.Core.Broadcasts;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Storage;

namespace Bot.Broadcasts;

/// <summary>
/// What staff do with broadcasts, inside the transaction of their input: it changes plans and states alone. What is only shown, and what must be
/// counted for it, is left for after the commit.
/// </summary>
internal sealed class BroadcastDesk(Func<Content> content)
{
    /// <summary>Does it; answers what is to be shown after the commit.</summary>
    public ImmutableArray<Effect> Do(WriteTransaction transaction, AdminTexts texts, BroadcastOrder order, long staff, DateTimeOffset now)
    {
        if (order is BroadcastOrder.List)
        {
            return Later(order);
        }

        if (order is BroadcastOrder.New begun)
        {
            return Begin(transaction, texts, begun.Variant, staff, now);
        }

        var broadcast = order.Broadcast is { } id ? transaction.Broadcasts.Find(id) : transaction.Broadcasts.LatestDraft();
        if (broadcast is null)
        {
            return Refuse(transaction, texts, Phrase.AdminBroadcastNone, null, now);
        }

        if (!IsPossible(broadcast, order))
        {
            return Refuse(transaction, texts, Phrase.AdminBroadcastNotNow, new BroadcastTexts(texts, content(), countsClicks: true).StateOf(broadcast), now, "state");
        }

        switch (order)
        {
            case BroadcastOrder.AddVariant added:
                return Plan(transaction, texts, broadcast, BroadcastPlanner.Add(content(), broadcast, added.Variant), now);
            case BroadcastOrder.Set set:
                return Plan(transaction, texts, broadcast, BroadcastPlanner.Set(content(), broadcast.Plan, set.Key, set.Value, now), now);
            case BroadcastOrder.Start { Seen: { } seen }:
                return Start(transaction, texts, broadcast, seen, now);
            case BroadcastOrder.Pause:
                return Save(transaction, broadcast with { State = BroadcastState.Paused, PausedFor = null });
            case BroadcastOrder.Resume:
                // How long it may take is counted anew; what has not begun yet has no such time.
                return Save(transaction, broadcast with
                {
                    State = broadcast.Room == default ? BroadcastState.Scheduled : BroadcastState.Running,
                    Room = default,
                    PausedFor = null,
                });
            case BroadcastOrder.Cancel { IsConfirmed: true }:
                return Save(transaction, broadcast with { State = BroadcastState.Cancelled, FinishedAt = now, PausedFor = null });
            case BroadcastOrder.Win { IsConfirmed: true } win:
                return Save(transaction, broadcast with { Winner = win.Variant ?? Arms.HeldOut, Room = default });
            case BroadcastOrder.Recall { IsConfirmed: true }:
                return Save(transaction, broadcast with { Revision = Broadcast.Recalled });
            case BroadcastOrder.Edit edit:
                return Edit(transaction, texts, broadcast, edit, now);
            case BroadcastOrder.ConfirmEdit:
                var change = broadcast.Plan.Change!;
                var variants = broadcast.Plan.Variants;
                return Save(transaction, broadcast with
                {
                    Plan = broadcast.Plan with { Variants = variants.SetItem(change.Variant, variants[change.Variant] with { Source = change.Source }), Change = null },
                    Revision = broadcast.Revision + 1,
                });
            default:
                return Later(order);
        }
    }

    /// <summary>By what a plan is told from another: a question and its answer are about the same one.</summary>
    public static string SeenOf(BroadcastPlan plan) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(plan)).AsSpan(0, 4));

    private static bool IsPossible(Broadcast broadcast, BroadcastOrder order) => order switch
    {
        BroadcastOrder.AddVariant or BroadcastOrder.Set or BroadcastOrder.Start or BroadcastOrder.Choose => broadcast.IsDraft,
        BroadcastOrder.Pause => broadcast.State is BroadcastState.Scheduled or BroadcastState.Running,
        BroadcastOrder.Resume => broadcast.State == BroadcastState.Paused,
        BroadcastOrder.Cancel => broadcast.IsUnderWay,
        BroadcastOrder.Win win => broadcast is { State: BroadcastState.Running, Plan.Split: not null, Winner: null, IsWritten: true }
            && (win.Variant ?? 0) < broadcast.Plan.Variants.Length,
        BroadcastOrder.Recall => broadcast is { State: BroadcastState.Finished or BroadcastState.Cancelled, Revision: not Broadcast.Recalled },
        BroadcastOrder.Edit edit => broadcast is { IsDraft: false, Revision: not Broadcast.Recalled } && edit.Variant < broadcast.Plan.Variants.Length,
        BroadcastOrder.ConfirmEdit => broadcast is { IsDraft: false, Revision: not Broadcast.Recalled, Plan.Change: not null },
        BroadcastOrder.Report or BroadcastOrder.File => !broadcast.IsDraft,
        _ => true,
    };

    private ImmutableArray<Effect> Begin(WriteTransaction transaction, AdminTexts texts, Variant variant, long staff, DateTimeOffset now)
    {
        // Where there is but one topic nobody need choose it.
        var topics = content().Settings.Topics.Keys.Where(topic => topic != Topic.Reminders).ToList();
        var planned = BroadcastPlanner.Check(content(), new BroadcastPlan([variant], topics is [var only] ? only : null), variant);
        return planned.Plan is { } plan
            ? Later(new BroadcastOrder.Show(transaction.Broadcasts.Create(plan, staff, now).Id))
            : Refuse(transaction, texts, planned.Fault!.Value, planned.Reason, now);
    }

    private static ImmutableArray<Effect> Plan(WriteTransaction transaction, AdminTexts texts, Broadcast broadcast, Planned planned, DateTimeOffset now) =>
        planned.Plan is { } plan
            ? Save(transaction, broadcast with { Plan = plan })
            : Refuse(transaction, texts, planned.Fault!.Value, planned.Reason, now);

    private ImmutableArray<Effect> Start(WriteTransaction transaction, AdminTexts texts, Broadcast broadcast, string seen, DateTimeOffset now)
    {
        if (seen != SeenOf(broadcast.Plan))
        {
            return Refuse(transaction, texts, Phrase.AdminBroadcastChanged, null, now);
        }

        var zones = transaction.Broadcasts.Zones().Select(id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null).OfType<TimeZoneInfo>();
        return Save(transaction, broadcast with
        {
            State = BroadcastState.Scheduled,
            StartsAt = BroadcastPlanner.StartOf(broadcast.Plan, zones, content().Settings.Zone, now),
        });
    }

    private ImmutableArray<Effect> Edit(WriteTransaction transaction, AdminTexts texts, Broadcast broadcast, BroadcastOrder.Edit edit, DateTimeOffset now)
    {
        var planned = BroadcastPlanner.Check(content(), broadcast.Plan, broadcast.Plan.Variants[edit.Variant] with { Source = edit.Source });
        if (planned.Plan is not { } plan)
        {
            return Refuse(transaction, texts, planned.Fault!.Value, planned.Reason, now);
        }

        transaction.Broadcasts.Save(broadcast with { Plan = plan with { Change = new WordingChange(edit.Variant, edit.Source) } });
        return Later(edit);
    }

    private static ImmutableArray<Effect> Save(WriteTransaction transaction, Broadcast broadcast)
    {
        transaction.Broadcasts.Save(broadcast);
        return Later(new BroadcastOrder.Show(broadcast.Id));
    }

    private static ImmutableArray<Effect> Refuse(WriteTransaction transaction, AdminTexts texts, Phrase phrase, string? value, DateTimeOffset now, string name = "reason")
    {
        transaction.Admin.Say(null, null, new Body(texts.Html(phrase, (name, AdminTexts.Text(value) ?? AdminTexts.Text("—")))), now);
        return [];
    }

    private static ImmutableArray<Effect> Later(BroadcastOrder order) => [new Effect.Answer(new StaffCommand.Broadcast(order))];
}
