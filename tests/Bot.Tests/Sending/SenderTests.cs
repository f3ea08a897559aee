using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Turns;
using Bot.Sending;
using Bot.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Bot.Tests.Sending;

public sealed class SenderTests
{
    [Fact]
    public async Task Messages_of_a_chat_keep_their_order_one_in_flight()
    {
        await using var bot = TestBot.Create();
        bot.Channel.Answer = async message =>
        {
            await Task.Yield();
            return new SendOutcome.Sent(message.Id.Value);
        };
        bot.Start();
        await bot.TakeAsync("k", "/start");
        await bot.SayAsync(42, [.. Enumerable.Range(0, 15).Select(n => (MessageKind.Reply, $"{n:00}"))]);

        await Eventually.TrueAsync(() => bot.Channel.Sent.Count == 16, "all are sent");

        Assert.Equal(Enumerable.Range(0, 15).Select(n => $"{n:00}"), bot.Channel.Texts.Skip(1));
        Assert.Equal(1, bot.Channel.MostInFlight);
    }

    [Fact]
    public async Task A_reply_goes_before_bulk_that_waits_in_the_same_chat()
    {
        var time = new ManualTime();
        await using var bot = TestBot.Create(time).Start();
        await bot.TakeAsync("k", "/start");
        await Eventually.TrueAsync(() => bot.Channel.Sent.Count == 1, "the greeting");
        await bot.SayAsync(42, (MessageKind.Service, "service"));
        await bot.SayAsync(42, (MessageKind.Reply, "reply"));

        await Eventually.TrueAsync(() => bot.Channel.Sent.Count == 2, "the reply");
        Assert.Equal("reply", bot.Channel.Texts.Last());

        await AdvanceUntilAsync(time, () => bot.Channel.Sent.Count == 3);
        Assert.Equal("service", bot.Channel.Texts.Last());
    }

    [Fact]
    public async Task Case_21_nothing_goes_to_a_chat_before_the_time_it_was_told_and_the_order_is_kept_also_across_a_restart()
    {
        var time = new ManualTime();
        var bot = TestBot.Create(time);
        bot.Channel.Answer = _ => Task.FromResult<SendOutcome>(new SendOutcome.RetryAfter(TimeSpan.FromSeconds(7)));
        bot.Start();
        await bot.TakeAsync("k", "/start");
        await bot.SayAsync(42, (MessageKind.Reply, "first"), (MessageKind.Reply, "second"));
        await Eventually.TrueAsync(() => bot.Channel.Sent.Count == 1, "the first try");
        time.Advance(TimeSpan.FromSeconds(6.9));
        await bot.StopAsync();
        Assert.Single(bot.Channel.Sent);

        await using var after = bot.Restart().Start();
        await after.TakeAsync("other", "/start", 43);
        await Eventually.TrueAsync(() => after.Channel.Sent.Count == 1, "another chat is not held");
        Assert.Equal(43, after.Channel.Sent.Single().Address.Address);

        await AdvanceUntilAsync(time, () => after.Channel.Sent.Count == 4);
        Assert.Equal(["first", "second"], after.Channel.Texts.TakeLast(2));
    }

    [Fact]
    public async Task A_second_chat_told_to_wait_means_the_whole_bot()
    {
        var time = new ManualTime();
        await using var bot = TestBot.Create(time);
        bot.Channel.Answer = _ => Task.FromResult<SendOutcome>(new SendOutcome.RetryAfter(TimeSpan.FromSeconds(5)));
        bot.Start();
        await bot.TakeAsync("k1", "/start", 1);
        await Eventually.TrueAsync(() => bot.Channel.Sent.Count == 1, "the first chat is tried");
        await bot.TakeAsync("k2", "/start", 2);
        await Eventually.TrueAsync(() => bot.Channel.Sent.Count == 2 && bot.Channel.InFlight == 0, "the second chat is tried");
        bot.Channel.Answer = _ => Task.FromResult<SendOutcome>(new SendOutcome.Sent(1));
        await bot.Writer.StepAsync(_ => true, TestContext.Current.CancellationToken);

        await bot.TakeAsync("k3", "/start", 3);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(2, bot.Channel.Sent.Count);

        await AdvanceUntilAsync(time, () => bot.Channel.Sent.Count == 5);
    }

    [Fact]
    public async Task Case_22_a_chat_that_is_blocked_gets_nothing_of_what_waited_and_a_word_of_the_customer_lifts_it()
    {
        await using var bot = TestBot.Create();
        bot.Channel.Answer = _ => Task.FromResult<SendOutcome>(new SendOutcome.Blocked("403"));
        await using (Start(bot))
        {
            await bot.TakeAsync("k", "/start");
            await bot.SayAsync(42, (MessageKind.Reply, "one"), (MessageKind.Reply, "two"));
            await Eventually.TrueAsync(() => Blocked(bot) && Outbox(bot) == 0, "the chat is blocked and nothing waits");

            bot.Channel.Answer = _ => Task.FromResult<SendOutcome>(new SendOutcome.Sent(1));
            var tried = bot.Channel.Sent.Count;
            await bot.TakeAsync("k2", "/start");
            await Eventually.TrueAsync(() => bot.Channel.Sent.Count == tried + 1, "the answer to the next word");
            Assert.False(Blocked(bot));
        }
    }

    [Fact]
    public async Task Case_25_a_chat_that_moved_gets_its_message_once_at_the_new_address()
    {
        await using var bot = TestBot.Create();
        var to = new ChatAddress(ChatAddress.Telegram, 1000, -100500);
        bot.Channel.Answer = message => Task.FromResult<SendOutcome>(
            message.Address == to ? new SendOutcome.Sent(1) : new SendOutcome.Migrated(to));
        bot.Start();
        await bot.TakeAsync("k", "/start");

        await Eventually.TrueAsync(() => Outbox(bot) == 0, "it is sent");

        Assert.Equal([42, -100500], bot.Channel.Sent.Select(message => message.Address.Address));
        Assert.Equal(1, await ScalarAsync(bot, "SELECT count(*) FROM chats WHERE address = -100500"));
    }

    [Fact]
    public async Task Case_24_marketing_whose_answer_is_lost_is_unknown_and_a_reply_is_tried_again()
    {
        var time = new ManualTime();
        await using var bot = TestBot.Create(time);
        bot.Channel.Answer = _ => Task.FromResult<SendOutcome>(new SendOutcome.Sent(1));
        bot.Start();
        await bot.TakeAsync("k1", "/start", 1);
        await bot.TakeAsync("k2", "/start", 2);
        await Eventually.TrueAsync(() => bot.Channel.Sent.Count == 2, "both chats are known");
        bot.Channel.Answer = _ => Task.FromResult<SendOutcome>(new SendOutcome.Unknown("no answer"));
        time.Advance(TimeSpan.FromSeconds(2));
        await bot.SayAsync(1, (MessageKind.Marketing, "offer"));
        await bot.SayAsync(2, (MessageKind.Reply, "reply"));
        await Eventually.TrueAsync(() => bot.Channel.Sent.Count == 4 && bot.Channel.InFlight == 0, "both are tried");
        bot.Channel.Answer = _ => Task.FromResult<SendOutcome>(new SendOutcome.Sent(1));

        await AdvanceUntilAsync(time, () => bot.Channel.Sent.Count == 5);

        Assert.True(bot.Channel.Sent.Last().IsMaybeSent);
        Assert.Equal("reply", bot.Channel.Texts.Last());
        await Eventually.TrueAsync(() => Outbox(bot) == 0, "nothing waits");
        Assert.Equal(1, await ScalarAsync(bot, "SELECT count(*) FROM deliveries WHERE kind = 2 AND status = 4"));
    }

    [Fact]
    public async Task Marketing_that_was_on_its_way_at_a_crash_is_unknown_and_never_sent_again()
    {
        var bot = TestBot.Create();
        await SeedAsync(bot, 1);
        bot.Channel.Answer = _ => new TaskCompletionSource<SendOutcome>().Task;
        await bot.SayAsync(1, (MessageKind.Marketing, "offer"));
        await Eventually.TrueAsync(() => bot.Channel.Texts.Contains("offer"), "it is in flight");
        await bot.CrashAsync();

        await using var after = bot.Restart().Start();
        await after.TakeAsync("later", "/menu", 1);
        await Eventually.TrueAsync(() => !after.Channel.Sent.IsEmpty, "the answer to what came later");

        Assert.DoesNotContain("offer", after.Channel.Texts);
        Assert.Equal(1, after.Store.UncertainAtStart);
    }

    [Fact]
    public async Task Case_02_a_reply_that_was_on_its_way_at_a_crash_is_sent_again_and_known_as_a_possible_duplicate()
    {
        var bot = TestBot.Create();
        await SeedAsync(bot, 1);
        bot.Channel.Answer = _ => new TaskCompletionSource<SendOutcome>().Task;
        await bot.SayAsync(1, (MessageKind.Reply, "answer"));
        await Eventually.TrueAsync(() => bot.Channel.Texts.Contains("answer"), "it is in flight");
        await bot.CrashAsync();

        await using var after = bot.Restart().Start();
        await Eventually.TrueAsync(() => after.Channel.Sent.Count == 1, "it is sent again");

        Assert.True(after.Channel.Sent.Single().IsMaybeSent);
    }

    [Fact]
    public async Task Case_07_ten_thousand_waiting_messages_go_in_order_with_bounded_memory()
    {
        var bot = TestBot.Create();
        bot.Writer.Start();
        for (var chat = 1; chat <= 1_000; chat += 100)
        {
            await bot.Writer.AcceptAsync([.. Enumerable.Range(chat, 100).Select(n => TestBot.Text($"k{n}", "/start", n))], TestContext.Current.CancellationToken);
        }

        for (var chat = 1; chat <= 1_000; chat++)
        {
            await bot.SayAsync(chat, [.. Enumerable.Range(0, 9).Select(n => (MessageKind.Reply, $"{n}"))]);
        }

        bot.Sender.Start();
        await bot.StopAsync();

        await using var after = bot.Restart();
        var most = 0;
        after.Channel.Answer = _ =>
        {
            most = Math.Max(most, after.Sender.Count);
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent(1));
        };
        var before = bot.Channel.Sent.Count;
        after.Start();
        await after.TakeAsync("new", "/menu", 1);
        await Eventually.TrueAsync(() => Outbox(after) == 0, "all are sent");

        Assert.InRange(before + after.Channel.Sent.Count, 10_001, 10_001 + 64);
        Assert.InRange(most, 1, Sender.MaxWithReplies);
        Assert.All(after.Channel.Sent.Where(message => message.Body.Html.Length == 1).GroupBy(message => message.Chat),
            chat => Assert.Equal(chat.Select(message => message.Body.Html).Order(StringComparer.Ordinal), chat.Select(message => message.Body.Html)));
    }

    [Fact]
    public async Task No_answer_waits_behind_thousands_of_messages_that_nobody_waits_for()
    {
        // As when everybody's level changes at once: more than memory has room for, at thirty a second.
        await using var bot = TestBot.Create();
        bot.Writer.Start();
        for (var chat = 1; chat <= 600; chat += 100)
        {
            await bot.Writer.AcceptAsync([.. Enumerable.Range(chat, 100).Select(n => TestBot.Text($"k{n}", "/start", n))], TestContext.Current.CancellationToken);
        }

        for (var chat = 1; chat <= 600; chat++)
        {
            await bot.SayAsync(chat, [.. Enumerable.Range(0, 10).Select(n => (MessageKind.Service, $"{n}"))]);
        }

        bot.Sender.Start();
        await Eventually.TrueAsync(() => bot.Sender.Count > Sender.MaxInMemory - 1_000, "memory is full");
        await bot.TakeAsync("new", "/menu", 9_999);

        await Eventually.TrueAsync(() => bot.Channel.Sent.Any(message => message.Address.Address == 9_999), "the answer is sent");
        Assert.True(Outbox(bot) > Sender.MaxInMemory / 2, "The others still wait.");
    }

    [Fact]
    public async Task An_outbox_that_cannot_be_read_for_a_while_is_said_and_read_when_it_can_be()
    {
        var time = new ManualTime();
        await using var bot = TestBot.Create(time).Start(sends: false);
        await bot.TakeAsync("k1", "/start", 1);
        await bot.SqlAsync("ALTER TABLE outbox RENAME COLUMN maybe_sent TO hidden");
        bot.Sender.Start();
        await Eventually.TrueAsync(() => bot.Sender.Unreadable is not null, "it is said");

        await bot.SqlAsync("ALTER TABLE outbox RENAME COLUMN hidden TO maybe_sent");
        await bot.TakeAsync("k2", "/start", 2);

        await AdvanceUntilAsync(time, () => bot.Channel.Sent.Count == 2);
        Assert.Null(bot.Sender.Unreadable);
    }

    [Fact]
    public async Task Marketing_that_was_cancelled_before_its_claim_is_not_sent()
    {
        var time = new ManualTime();
        await using var bot = TestBot.Create(time).Start();
        await bot.TakeAsync("k", "/start", 1);
        await Eventually.TrueAsync(() => bot.Channel.Sent.Count == 1, "the greeting");
        await bot.SayAsync(1, (MessageKind.Marketing, "offer"));
        await bot.SqlAsync("DELETE FROM outbox WHERE kind = 2");

        time.Advance(TimeSpan.FromSeconds(3));
        await bot.SayAsync(1, (MessageKind.Reply, "reply"));

        await AdvanceUntilAsync(time, () => bot.Channel.Texts.Contains("reply"));
        Assert.DoesNotContain("offer", bot.Channel.Texts);
    }

    [Fact]
    public async Task Marketing_that_is_in_flight_when_the_customer_unsubscribes_is_not_tried_again()
    {
        var time = new ManualTime();
        await using var bot = TestBot.Create(time);
        var answer = new TaskCompletionSource<SendOutcome>();
        bot.Channel.Answer = message => message.Kind == MessageKind.Marketing ? answer.Task : Task.FromResult<SendOutcome>(new SendOutcome.Sent(1));
        bot.Start();
        await bot.TakeAsync("k", "/start", 1);
        await Eventually.TrueAsync(() => bot.Channel.Sent.Count == 1, "the greeting");
        await bot.SayAsync(1, (MessageKind.Marketing, "offer"));
        await AdvanceUntilAsync(time, () => bot.Channel.InFlight == 1);

        await bot.Writer.StepAsync(transaction =>
        {
            var before = transaction.Load(new ChatAddress(ChatAddress.Telegram, 1000, 1));
            return transaction.Apply(before, new TurnResult.Outcome(before,
                [new Effect.CancelMessages(before.Chat!.Id, "unsubscribed", IsMarketingOnly: true)]), time.GetUtcNow());
        }, TestContext.Current.CancellationToken);
        answer.SetResult(new SendOutcome.RetryAfter(TimeSpan.FromSeconds(1)));

        await AdvanceUntilAsync(time, () => bot.Sender.Count == 0);
        Assert.Single(bot.Channel.Texts, "offer");
        Assert.Equal(0, await bot.SqlAsync("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task A_message_that_is_in_flight_when_its_chat_is_cancelled_is_not_tried_again()
    {
        var time = new ManualTime();
        await using var bot = TestBot.Create(time);
        var answer = new TaskCompletionSource<SendOutcome>();
        bot.Channel.Answer = _ => answer.Task;
        bot.Start();
        await bot.TakeAsync("k", "/start", 1);
        await Eventually.TrueAsync(() => bot.Channel.InFlight == 1, "it is in flight");

        await bot.Writer.AcceptAsync([new Input.Blocked("b", new ChatAddress(ChatAddress.Telegram, 1000, 1))], TestContext.Current.CancellationToken);
        answer.SetResult(new SendOutcome.RetryAfter(TimeSpan.FromSeconds(1)));
        await Eventually.TrueAsync(() => bot.Sender.Count == 0, "nothing is left in memory");

        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(bot.Channel.Sent);
    }

    [Fact]
    public async Task What_a_stop_cuts_off_is_known_as_a_possible_duplicate()
    {
        var bot = TestBot.Create();
        bot.Channel.Answer = _ => new TaskCompletionSource<SendOutcome>().Task;
        bot.Start();
        await bot.TakeAsync("k", "/start", 1);
        await Eventually.TrueAsync(() => bot.Channel.InFlight == 1, "it is in flight");
        await bot.StopAsync(TimeSpan.FromMilliseconds(50));

        await using var after = bot.Restart().Start();
        await Eventually.TrueAsync(() => after.Channel.Sent.Count == 1, "it is sent again");

        Assert.True(after.Store.PreviousEndWasClean);
        Assert.True(after.Channel.Sent.Single().IsMaybeSent);
    }

    [Fact]
    public async Task A_message_that_throws_is_given_up_and_does_not_block_its_chat()
    {
        await using var bot = TestBot.Create();
        bot.Channel.Answer = message => message.Body.Html == "bad" ? throw new InvalidOperationException("a bug") : Task.FromResult<SendOutcome>(new SendOutcome.Sent(1));
        bot.Start();
        await bot.TakeAsync("k", "/start");
        await bot.SayAsync(42, (MessageKind.Reply, "bad"), (MessageKind.Reply, "good"));

        await Eventually.TrueAsync(() => bot.Channel.Texts.Contains("good") && Outbox(bot) == 0, "the next one goes");
        Assert.Equal(1, await ScalarAsync(bot, "SELECT count(*) FROM deliveries WHERE status = 2"));
    }

    private static async Task SeedAsync(TestBot bot, long chat)
    {
        bot.Start();
        await bot.TakeAsync("seed", "/start", chat);
        await Eventually.TrueAsync(() => Outbox(bot) == 0, "the greeting is sent");
    }

    private static TestBot Start(TestBot bot) => bot.Start();

    private static bool Blocked(TestBot bot) => Scalar(bot, "SELECT count(*) FROM chats WHERE blocked_at IS NOT NULL") > 0;

    private static long Outbox(TestBot bot) => Scalar(bot, "SELECT count(*) FROM outbox");

    private static Task<long> ScalarAsync(TestBot bot, string sql) => Task.FromResult(Scalar(bot, sql));

    private static long Scalar(TestBot bot, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={bot.Options.DatabasePath};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Moves the clock in small steps until something came about.</summary>
    private static Task AdvanceUntilAsync(ManualTime time, Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            if (!condition())
            {
                time.Advance(TimeSpan.FromMilliseconds(50));
            }

            return condition();
        },
        "the clock moved on and it was sent");
}
