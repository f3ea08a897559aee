using Bot.Core.Expressions;
using Bot.Core.Turns;
using Bot.Core.Webhooks;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

/// <summary>Events that the business's own systems are still to be told of.</summary>
public abstract partial class StoreCompliance
{
    private static readonly WebhookAnswer Refused = new(500);

    [Fact]
    public void Events_are_read_in_their_order_with_all_that_they_came_with()
    {
        Assert.Equal(0, Store.Webhooks.LatestEvent());
        var customer = ApplyNew(new Effect.Record("first", [.. Some.Values()]), new Effect.Record("second", []));

        var events = Store.Webhooks.EventsAfter(0, 10);

        Assert.Equal(["first", "second"], events.Select(one => one.Event));
        Assert.Equal(events[1].Id, Store.Webhooks.LatestEvent());
        Assert.Equal([events[1]], Store.Webhooks.EventsAfter(events[0].Id, 10));
        Assert.Equal([events[0]], Store.Webhooks.EventsAfter(0, 1));
        var first = Store.Webhooks.Find(events[0].Id);
        Assert.Equal((events[0].Id, customer.Profile!.Id, "first", Some.Noon), (first.Id, first.Profile, first.Event, first.At));
        Assert.Equal(Some.Values().OrderBy(pair => pair.Key, StringComparer.Ordinal), first.With);
        Assert.Empty(Store.Webhooks.Find(events[1].Id).With);
    }

    [Fact]
    public void What_waits_comes_due_and_goes_when_it_is_delivered()
    {
        var (first, second) = Waiting();

        Assert.Empty(Store.Webhooks.Due(Some.Noon.AddMilliseconds(-1), 10));
        Assert.Equal([first, second], Store.Webhooks.Due(Some.Noon, 10).Select(one => one.Event));
        Assert.Equal([first], Store.Webhooks.Due(Some.Noon, 1).Select(one => one.Event));
        Assert.Equal((2, Some.Noon, 0), (Store.Webhooks.State().Waiting, Store.Webhooks.State().Since, Store.Webhooks.State().Dead));

        Complete(first, new WebhookFate.Delivered());

        Assert.Equal([second], Store.Webhooks.Due(Some.Noon, 10).Select(one => one.Event));
    }

    [Fact]
    public void What_is_added_twice_waits_as_it_did()
    {
        var (first, _) = Waiting();
        Complete(first, new WebhookFate.Again(Some.Noon.AddHours(1)));

        InTransaction(transaction =>
        {
            transaction.Webhooks.Add([first], Some.Noon);
            return true;
        });

        Assert.Equal(1, Assert.Single(Store.Webhooks.Due(Some.Noon.AddHours(1), 10), one => one.Event == first).Attempts);
    }

    [Fact]
    public void What_failed_waits_for_its_time_and_stands_behind_what_was_due_before_it()
    {
        var (first, second) = Waiting();

        Complete(first, new WebhookFate.Again(Some.Noon.AddSeconds(5)));

        Assert.Equal([second], Store.Webhooks.Due(Some.Noon.AddSeconds(5).AddMilliseconds(-1), 10).Select(one => one.Event));
        Assert.Equal([second, first], Store.Webhooks.Due(Some.Noon.AddSeconds(5), 10).Select(one => one.Event));
        Assert.Equal(1, Count("webhooks WHERE attempts = 1 AND status = 500 AND error IS NULL"));
    }

    [Fact]
    public void Dead_ones_are_not_due_until_they_are_revived_and_then_are_new()
    {
        var (first, second) = Waiting();
        Complete(first, new WebhookFate.Dead());
        Assert.Equal([second], Store.Webhooks.Due(Some.Noon.AddYears(1), 10).Select(one => one.Event));
        Assert.Equal((1, 1), (Store.Webhooks.State().Waiting, Store.Webhooks.State().Dead));

        // By the real clock, whichever the business has.
        Clock.Now = Some.Noon.AddDays(2);
        Assert.Equal(1, InTransaction(transaction => transaction.Webhooks.Revive()));

        Assert.Equal(0, Store.Webhooks.State().Dead);
        var revived = Assert.Single(Store.Webhooks.Due(Some.Noon.AddDays(2), 10), one => one.Event == first);
        Assert.Equal((0, Some.Noon.AddDays(2)), (revived.Attempts, revived.Since));
    }

    [Fact]
    public void Dead_ones_are_dropped_and_no_others()
    {
        var (first, second) = Waiting();
        Complete(first, new WebhookFate.Dead());

        Assert.Equal(1, InTransaction(transaction => transaction.Webhooks.Drop()));

        Assert.Equal([second], Store.Webhooks.Due(Some.Noon.AddYears(1), 10).Select(one => one.Event));
        Assert.Equal(1, Count("webhooks"));
    }

    [Fact]
    public void The_oldest_are_given_up_first()
    {
        var (first, second) = Waiting();
        Complete(second, new WebhookFate.Again(Some.Noon.AddDays(1)));

        Assert.Equal(0, InTransaction(transaction => transaction.Webhooks.GiveUp(Some.Noon.AddMilliseconds(-1), "late", 9, Some.Noon)));
        Assert.Equal(1, InTransaction(transaction => transaction.Webhooks.GiveUp(Some.Noon, "late", 1, Some.Noon)));
        Assert.Equal(1, InTransaction(transaction => transaction.Webhooks.GiveUp(Some.Noon, "late", 9, Some.Noon)));

        Assert.Equal(1, Count($"webhooks WHERE event_id = {first} AND status IS NULL AND error = 'late' AND dead_at IS NOT NULL"));
        Assert.Equal(1, Count($"webhooks WHERE event_id = {second} AND status = 500 AND error IS NULL AND dead_at IS NOT NULL"));
    }

    [Fact]
    public void Dead_ones_are_forgotten_after_thirty_days()
    {
        var (first, second) = Waiting();
        Complete(first, new WebhookFate.Dead());

        Tidy(Some.Noon.AddDays(30));
        Assert.Equal(2, Count("webhooks"));
        Tidy(Some.Noon.AddDays(30).AddMilliseconds(1));

        Assert.Equal(1, Count($"webhooks WHERE event_id = {second}"));
        Assert.Equal(1, Count("webhooks"));
        Assert.Equal(2, Count("events"));

        void Tidy(DateTimeOffset now)
        {
            while (Store.Tidy(now))
            {
            }
        }
    }

    private (long First, long Second) Waiting()
    {
        ApplyNew(new Effect.Record("first", [new("score", new Value.Number(3))]), new Effect.Record("second", []));
        var events = Store.Webhooks.EventsAfter(0, 10);
        return InTransaction(transaction =>
        {
            transaction.Webhooks.Add(events.Select(one => one.Id), Some.Noon);
            return (events[0].Id, events[1].Id);
        });
    }

    private void Complete(long @event, WebhookFate fate) => InTransaction(transaction =>
    {
        transaction.Webhooks.Complete(@event, 1, Refused, fate, Some.Noon);
        return true;
    });
}
