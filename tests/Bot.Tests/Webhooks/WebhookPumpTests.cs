using System.Globalization;
using System.Net;
using Bot.Core.Expressions;
using Bot.Core.Webhooks;
using Bot.Storage.Webhooks;
using Bot.Tests.Support;

namespace Bot.Tests.Webhooks;

/// <summary>Events on their way to the business's own system: a real database and writer, a receiver that does what the test wants.</summary>
public sealed class WebhookPumpTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task What_happens_is_told_in_each_customers_order_signed_and_then_forgotten()
    {
        await using var listening = await Listening.CreateAsync();
        for (var i = 0; i < 40; i++)
        {
            await listening.HappensAsync(1 + (i % 5), "purchase", ("amount", new Value.Number(i)));
        }

        await listening.RunAsync();

        Assert.Equal(40, listening.Receiver.Posts.Count);
        foreach (var customer in listening.Receiver.Posts.GroupBy(post => post.Profile))
        {
            var amounts = customer.Select(post => int.Parse(post.With("amount")!, CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(amounts.Order(), amounts);
            Assert.Equal(8, amounts.Count);
        }

        Assert.All(listening.Receiver.Posts, post => Assert.Equal(Listening.Secret.Sign(post.Id, post.At.ToUnixTimeSeconds(), post.Body), post.Signature));
        Assert.Equal(listening.Time.GetUtcNow(), listening.Receiver.Posts[0].At);
        Assert.Equal(0, await listening.CountAsync("webhooks"));
    }

    [Fact]
    public async Task At_most_four_are_on_their_way_and_no_two_of_one_customer()
    {
        await using var listening = await Listening.CreateAsync();
        await ProveWellAsync(listening);
        for (var i = 0; i < 20; i++)
        {
            await listening.HappensAsync(2 + (i / 2), "purchase");
        }

        var gate = new TaskCompletionSource();
        listening.Receiver.Answer = async (_, _) =>
        {
            await gate.Task;
            return new HttpResponseMessage(HttpStatusCode.OK);
        };
        var run = listening.RunAsync();
        await Eventually.TrueAsync(() => listening.Receiver.Posts.Count == 5, "four are on their way");
        var first = listening.Receiver.Posts.Skip(1).ToList();
        gate.SetResult();
        await run;

        Assert.Equal(4, first.Select(post => post.Profile).Distinct().Count());
        Assert.Equal(4, listening.Receiver.MostAtOnce);
        Assert.Equal(21, listening.Receiver.Posts.Count);
    }

    [Fact]
    public async Task What_was_not_taken_comes_again_after_five_seconds_with_the_same_id_and_body()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "purchase", ("amount", new Value.Number(3_200.5m)));
        listening.Receiver.Says(HttpStatusCode.InternalServerError);

        await listening.RunAsync();
        await listening.AdvanceAsync(TimeSpan.FromSeconds(4.9));
        Assert.Single(listening.Receiver.Posts);
        listening.Receiver.Says(HttpStatusCode.OK);
        await listening.AdvanceAsync(Second);

        Assert.Equal(2, listening.Receiver.Posts.Count);
        var (first, second) = (listening.Receiver.Posts[0], listening.Receiver.Posts[1]);
        Assert.Equal((first.Id, Convert.ToHexString(first.Body)), (second.Id, Convert.ToHexString(second.Body)));
        Assert.Equal(Listening.Secret.Sign(second.Id, second.At.ToUnixTimeSeconds(), second.Body), second.Signature);
        Assert.NotEqual(first.At, second.At);
        Assert.Equal(0, await listening.CountAsync("webhooks"));
    }

    [Fact]
    public async Task A_receiver_that_asks_to_wait_is_left_alone_for_as_long()
    {
        await using var listening = await Listening.CreateAsync();
        await ProveWellAsync(listening);
        await listening.HappensAsync(2, "purchase");
        listening.Receiver.Says(HttpStatusCode.ServiceUnavailable, TimeSpan.FromHours(2));
        await listening.RunAsync();
        await listening.HappensAsync(3, "purchase");
        listening.Receiver.Says(HttpStatusCode.OK);

        await listening.AdvanceAsync(TimeSpan.FromHours(2) - Second);
        Assert.Equal(2, listening.Receiver.Posts.Count);
        await listening.AdvanceAsync(Second);

        Assert.Equal(4, listening.Receiver.Posts.Count);
        Assert.Equal(0, await listening.CountAsync("webhooks"));
    }

    [Fact]
    public async Task After_ten_failures_it_is_dead_and_stays_so()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "purchase");
        listening.Receiver.Says(HttpStatusCode.NotFound);

        await listening.RunAsync();
        foreach (var pause in WebhookRetries.Pauses)
        {
            await listening.AdvanceAsync(pause * 1.1);
        }

        Assert.Equal(10, listening.Receiver.Posts.Count);
        await listening.AdvanceAsync(TimeSpan.FromDays(20));
        Assert.Equal(10, listening.Receiver.Posts.Count);
        Assert.Equal(new WebhookState(0, null, 1), listening.Bot.Store.Webhooks.State());
        var dead = Assert.Single(DeadWebhooks.List(listening.Bot.Options, 10));
        Assert.Equal(("purchase", 10, "HTTP 404"), (dead.Event, dead.Attempts, dead.Error));
        Assert.Equal(listening.Receiver.Posts[0].Id, dead.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Contains(listening.Log.Lines, line => line.StartsWith($"Warning Event {dead.Id} is given up after 10 tries (HTTP 404)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_gone_is_dead_at_once()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "purchase");
        listening.Receiver.Says(HttpStatusCode.Gone);

        await listening.RunAsync();
        await listening.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Single(listening.Receiver.Posts);
        Assert.Equal(1, await listening.CountAsync("webhooks WHERE dead_at IS NOT NULL AND status = 410"));
    }

    [Fact]
    public async Task While_it_fails_one_try_at_a_time_asks_and_the_first_that_is_taken_lets_all_go()
    {
        await using var listening = await Listening.CreateAsync();
        await ProveWellAsync(listening);
        for (var chat = 2; chat <= 21; chat++)
        {
            await listening.HappensAsync(chat, "purchase");
        }

        listening.Receiver.Says(HttpStatusCode.BadGateway);
        await listening.RunAsync();
        Assert.Equal(5, listening.Receiver.Posts.Count);
        foreach (var (seconds, posts) in ((int, int)[])[(4, 5), (1, 6), (9, 6), (1, 7), (20, 8), (40, 9), (60, 10), (59, 10), (1, 11)])
        {
            await listening.AdvanceAsync(TimeSpan.FromSeconds(seconds));
            Assert.Equal(posts, listening.Receiver.Posts.Count);
        }

        Assert.True(listening.Receiver.Posts.Skip(1).Select(post => post.Id).Distinct().Count() >= 7);
        listening.Receiver.Says(HttpStatusCode.OK);
        await listening.AdvanceAsync(TimeSpan.FromMinutes(1));
        await listening.AdvanceAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(0, await listening.CountAsync("webhooks"));
        Assert.Equal(1, listening.Log.Lines.Count(line => line.Contains("is not taken by the receiver of webhooks (HTTP 502)", StringComparison.Ordinal)));
        Assert.Equal(1, listening.Log.Lines.Count(line => line.Contains("takes events again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_event_that_is_never_taken_does_not_hold_up_the_others()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "poison");
        listening.Receiver.Answer = (post, _) => FakeReceiver.Say(post.Event == "poison" ? HttpStatusCode.BadRequest : HttpStatusCode.OK);
        await listening.RunAsync();
        for (var chat = 2; chat <= 11; chat++)
        {
            await listening.HappensAsync(chat, "purchase");
        }

        // It is its turn again, and then that of the others.
        await listening.AdvanceAsync(TimeSpan.FromSeconds(5.5));
        await listening.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(10, listening.Receiver.Posts.Count(post => post.Event == "purchase"));
        Assert.Equal(1, await listening.CountAsync("webhooks"));
    }

    [Fact]
    public async Task Who_does_not_answer_in_fifteen_seconds_has_not_taken_it()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "purchase");
        listening.Receiver.Hangs();

        var run = listening.RunAsync();
        await Eventually.TrueAsync(() => listening.Receiver.Posts.Count == 1, "it is on its way");
        listening.Time.Advance(TimeSpan.FromSeconds(15) - Second);
        Assert.Equal(0, await listening.CountAsync("webhooks WHERE attempts > 0"));
        listening.Time.Advance(Second);
        await run;

        Assert.Equal(1, await listening.CountAsync("webhooks WHERE attempts = 1 AND error = 'timeout' AND status IS NULL AND dead_at IS NULL"));
    }

    [Fact]
    public async Task What_happens_while_another_is_on_its_way_does_not_wait_for_it()
    {
        await using var listening = await Listening.CreateAsync();
        await ProveWellAsync(listening);
        await listening.HappensAsync(2, "slow");
        var gate = new TaskCompletionSource();
        listening.Receiver.Answer = async (post, _) =>
        {
            await (post.Event == "slow" ? gate.Task : Task.CompletedTask);
            return new HttpResponseMessage(HttpStatusCode.OK);
        };
        var run = listening.RunAsync();
        await Eventually.TrueAsync(() => listening.Receiver.Posts.Count == 2, "it is on its way");

        await listening.HappensAsync(3, "purchase");
        await Eventually.TrueAsync(() =>
        {
            listening.Time.Advance(Second);
            return listening.Receiver.Posts.Count == 3;
        }, "the other one is told");

        gate.SetResult();
        await run;
    }

    [Fact]
    public async Task The_address_and_the_secret_are_not_logged_whatever_goes_wrong()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "purchase");
        await listening.HappensAsync(2, "purchase");
        await listening.HappensAsync(3, "purchase");
        listening.Receiver.Answer = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, $"PLANTED {listening.Receiver.Url}");
        await listening.RunAsync();
        listening.Receiver.Answer = (_, _) => throw new IOException($"PLANTED {listening.Receiver.Url}");
        await listening.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Contains("PLANTED", $"{listening.Receiver.Url}", StringComparison.Ordinal);
        Assert.Equal(1, await listening.CountAsync("webhooks WHERE error = 'ConnectionError'"));
        Assert.Equal(1, await listening.CountAsync("webhooks WHERE error = 'connection lost'"));
        Assert.NotEmpty(listening.Log.Lines);
        Assert.DoesNotContain(listening.Log.Lines, line => line.Contains("PLANTED", StringComparison.Ordinal) || line.Contains("MfKQ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_after_the_receiver_took_it_the_same_comes_again()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "purchase");
        listening.Receiver.Hangs();
        _ = listening.RunAsync();
        await Eventually.TrueAsync(() => listening.Receiver.Posts.Count == 1, "it is on its way");
        var first = listening.Receiver.Posts[0];

        await listening.RestartAsync(isKilled: true);
        listening.Receiver.Says(HttpStatusCode.OK);
        await listening.RunAsync();

        Assert.Equal(first.Id, Assert.Single(listening.Receiver.Posts).Id);
        Assert.Equal(0, await listening.CountAsync("webhooks"));
    }

    [Fact]
    public async Task Killed_before_anybody_looked_nothing_is_lost()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "purchase");

        await listening.RestartAsync(isKilled: true);
        listening.Time.Advance(TimeSpan.FromDays(3_650));
        await listening.RestartAsync(isKilled: true);
        await listening.RunAsync();

        Assert.Equal("purchase", Assert.Single(listening.Receiver.Posts).Event);
    }

    [Fact]
    public async Task What_was_told_is_not_told_again_after_a_restart()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "purchase");
        await listening.RunAsync();

        await listening.RestartAsync(isKilled: true);
        await listening.HappensAsync(1, "refund");
        await listening.RunAsync();

        Assert.Equal("refund", Assert.Single(listening.Receiver.Posts).Event);
    }

    [Fact]
    public async Task History_is_not_told_when_webhooks_are_switched_on()
    {
        await using var listening = await Listening.CreateAsync(isOn: false);
        await listening.HappensAsync(1, "purchase");
        Assert.Equal(0, await listening.CountAsync("meta WHERE name = 'webhooks.cursor'"));

        await listening.RestartAsync();
        await listening.HappensAsync(1, "refund");
        await listening.RunAsync();

        Assert.Equal("refund", Assert.Single(listening.Receiver.Posts).Event);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3_650, 0)]
    public async Task What_happened_while_webhooks_were_off_is_told_unless_it_is_old(int days, int told)
    {
        await using var listening = await Listening.CreateAsync();
        await listening.RestartAsync(isOn: false);
        await listening.HappensAsync(1, "purchase");
        await listening.RestartAsync(isOn: false);

        listening.Time.Advance(TimeSpan.FromDays(days));
        await listening.RestartAsync();
        await listening.RunAsync();

        Assert.Equal(told, listening.Receiver.Posts.Count);
    }

    [Fact]
    public async Task What_waited_when_webhooks_were_switched_off_is_told_however_old_it_is_and_has_all_its_time_again()
    {
        await using var listening = await Listening.CreateAsync();
        listening.Receiver.Says(HttpStatusCode.InternalServerError);
        await listening.HappensAsync(1, "purchase");
        await listening.HappensAsync(2, "purchase");
        await listening.RunAsync();
        await listening.RestartAsync(isOn: false);

        listening.Time.Advance(TimeSpan.FromDays(100));
        await listening.RestartAsync();
        await listening.RunAsync();
        Assert.Equal(0, listening.Bot.Store.Webhooks.State().Dead);
        listening.Receiver.Says(HttpStatusCode.OK);
        await listening.AdvanceAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(2, listening.Receiver.Posts.Skip(1).Select(post => post.Id).Distinct().Count());
        Assert.Equal(0, await listening.CountAsync("webhooks"));
    }

    [Fact]
    public async Task A_stop_lets_what_is_on_its_way_arrive_and_begins_nothing_more()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "purchase");
        await listening.HappensAsync(2, "purchase");
        var gate = new TaskCompletionSource();
        listening.Receiver.Answer = async (_, _) =>
        {
            await gate.Task;
            return new HttpResponseMessage(HttpStatusCode.OK);
        };
        listening.Pump!.Start();
        await Eventually.TrueAsync(() => listening.Receiver.Posts.Count == 1, "it is on its way");

        var stop = listening.Pump.StopAsync(TimeSpan.FromMinutes(1));
        gate.SetResult();
        await stop;

        Assert.Single(listening.Receiver.Posts);
        Assert.Equal(1, await listening.CountAsync("webhooks WHERE attempts = 0"));
        Assert.Equal(1, await listening.CountAsync("webhooks"));
    }

    [Fact]
    public async Task Once_a_second_it_looks_by_itself()
    {
        await using var listening = await Listening.CreateAsync();
        listening.Pump!.Start();
        for (var i = 1; i <= 3; i++)
        {
            await listening.HappensAsync(i, "purchase");
            await Eventually.TrueAsync(() =>
            {
                listening.Time.Advance(Second);
                return listening.Receiver.Posts.Count == i;
            }, "it is told");
        }
    }

    [Fact]
    public async Task Only_the_events_that_are_wanted_are_kept_and_told()
    {
        await using var listening = await Listening.CreateAsync(isOn: true, "booking.*", "purchase");
        string[] events = ["booking.created", "refund", "purchase", "purchases", "booking.done"];
        foreach (var @event in events)
        {
            await listening.HappensAsync(1, @event);
        }

        await listening.RunAsync();

        Assert.Equal(["booking.created", "purchase", "booking.done"], listening.Receiver.Posts.Select(post => post.Event));
        Assert.Equal(0, await listening.CountAsync("webhooks"));
    }

    [Fact]
    public async Task What_was_cleared_while_it_waited_is_not_told()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.HappensAsync(1, "nps.words", ("text", new Value.Text("Опоздали")), ("score", new Value.Number(3)));
        listening.Receiver.Says(HttpStatusCode.InternalServerError);
        await listening.RunAsync();
        Assert.Equal("\"Опоздали\"", listening.Receiver.Posts[0].With("text"));

        await listening.Bot.SqlAsync("DELETE FROM event_texts");
        await listening.AdvanceAsync(TimeSpan.FromSeconds(6));

        Assert.Equal((null, "3"), (listening.Receiver.Posts[1].With("text"), listening.Receiver.Posts[1].With("score")));
    }

    [Fact]
    public async Task What_has_waited_for_four_days_behind_others_goes_with_them()
    {
        await using var listening = await Listening.CreateAsync();
        for (var chat = 1; chat <= 5; chat++)
        {
            await listening.HappensAsync(chat, "purchase");
        }

        listening.Receiver.Says(HttpStatusCode.InternalServerError);
        await listening.RunAsync();
        listening.Time.Advance(TimeSpan.FromDays(4));
        await listening.HappensAsync(6, "purchase");
        await listening.RunAsync();

        Assert.Equal(2, listening.Receiver.Posts.Count);
        Assert.Equal((1, 5), (listening.Bot.Store.Webhooks.State().Waiting, listening.Bot.Store.Webhooks.State().Dead));
        Assert.Equal(3, DeadWebhooks.List(listening.Bot.Options, 10).Count(dead => dead.Error == "waited too long"));
    }

    [Fact]
    public async Task A_thousand_events_are_taken_in_by_pages_and_told_once_each()
    {
        await using var listening = await Listening.CreateAsync();
        await listening.Bot.SqlAsync("""
            WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            INSERT INTO events (id, profile_id, event, at)
            SELECT (SELECT max(id) FROM chats) + i, (SELECT p.id FROM profiles p WHERE (SELECT count(*) FROM profiles q WHERE q.id < p.id) = n.i % 30), 'purchase', 1 FROM n
            """);

        await listening.RunAsync();

        Assert.Equal(1_000, listening.Receiver.Posts.Select(post => post.Id).Distinct().Count());
        Assert.Equal(1_000, listening.Receiver.Posts.Count);
    }

    private static async Task ProveWellAsync(Listening listening)
    {
        await listening.HappensAsync(1, "first");
        await listening.RunAsync();
        Assert.Single(listening.Receiver.Posts);
    }
}
