using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Storage;
using Bot.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Bot.Tests.Writing;

public sealed class WriterTests
{
    [Fact]
    public async Task What_waits_together_is_committed_together()
    {
        await using var bot = TestBot.Create();
        var inputs = Enumerable.Range(0, 250).Select(n => TestBot.Text($"k{n}", "/start", n)).ToList();
        var accepted = bot.Writer.AcceptAsync(inputs, TestContext.Current.CancellationToken);

        bot.Start(sends: false);
        await accepted;

        Assert.Equal(3, bot.Commits.Count);
        Assert.Equal(250, bot.Commits.Sum(commit => commit.Messages.Length));
    }

    [Fact]
    public async Task Case_13_the_same_update_ten_times_is_handled_once()
    {
        await using var bot = TestBot.Create().Start(sends: false);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bot.TakeAsync("telegram:1000:1", "/start")));

        Assert.Single(bot.Commits.SelectMany(commit => commit.Messages));
    }

    [Fact]
    public async Task Case_20_an_input_that_always_throws_is_set_aside_and_the_rest_of_its_group_goes_on()
    {
        await using var bot = TestBot.Create();
        var calls = 0;
        // The first call is the writer's rehearsal.
        bot.ContentOrThrow = () => ++calls == 3 ? throw new InvalidOperationException("a bug") : TestBot.Shipped;
        var accepted = bot.Writer.AcceptAsync([TestBot.Text("k1", "/start", 1), TestBot.Text("k2", "/start", 2), TestBot.Text("k3", "/start", 3)],
            TestContext.Current.CancellationToken);

        bot.Start(sends: false);
        await accepted;

        var aside = Assert.Single(Aside.List(bot.Options));
        Assert.Equal(("k2", "InvalidOperationException"), (aside.Key, aside.Error));
        Assert.Contains("/start", aside.Input, StringComparison.Ordinal);
        Assert.Equal([1, 3], bot.Commits.SelectMany(commit => commit.Messages).Select(message => message.Address.Address).Order());

        // It is known: bringing it again changes nothing.
        await bot.TakeAsync("k2", "/start", 2);
        Assert.Single(Aside.List(bot.Options));
    }

    [Fact]
    public async Task An_input_that_kills_the_process_is_set_aside_at_the_third_start()
    {
        var first = TestBot.Create().Start(sends: false);
        first.Store.TakeInHand("deadly");
        await first.CrashAsync();
        var second = first.Restart().Start(sends: false);
        second.Store.TakeInHand("deadly");
        await second.CrashAsync();

        await using var third = second.Restart().Start(sends: false);
        await third.TakeAsync("deadly", "/start", 1);
        await third.TakeAsync("harmless", "/start", 2);

        Assert.Equal(("deadly", "ProcessEnded"), Assert.Single(Aside.List(third.Options).Select(aside => (aside.Key, aside.Error))));
        Assert.Equal(2, Assert.Single(third.Commits.SelectMany(commit => commit.Messages)).Address.Address);
    }

    [Fact]
    public async Task Case_08_on_a_full_disk_nothing_is_acknowledged_or_half_written_and_it_goes_on_by_itself()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await bot.TakeAsync("before", "/start", 1);
        var pages = await bot.Writer.StepAsync(_ => Limit(bot, null), TestContext.Current.CancellationToken);

        var waiting = Enumerable.Range(0, 400).Select(n => TestBot.Text($"k{n}", "/start guide-" + new string('x', 30), 100 + n)).ToList();
        var accepted = bot.Writer.AcceptAsync(waiting, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => bot.Writer.Stalled is not null, "the writer says that it is stalled");
        Assert.False(accepted.IsCompleted);
        Assert.Equal("the disk is full or failing", bot.Writer.Stalled);

        Limit(bot, pages + 100_000);
        await accepted;

        Assert.Null(bot.Writer.Stalled);
        Assert.Equal(401, bot.Commits.SelectMany(commit => commit.Messages).Select(message => message.Chat).Distinct().Count());
    }

    [Fact]
    public async Task Another_program_that_holds_the_database_for_a_while_costs_no_input()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await bot.TakeAsync("before", "/start", 1);
        await bot.SqlAsync("PRAGMA busy_timeout = 50");
        using var other = new SqliteConnection($"Data Source={bot.Options.DatabasePath};Pooling=False");
        other.Open();
        Execute(other, "BEGIN IMMEDIATE");

        var accepted = bot.TakeAsync("k", "/start", 2);
        await Eventually.TrueAsync(() => bot.Writer.Stalled is not null, "the writer says that it is stalled");
        Execute(other, "ROLLBACK");
        await accepted;

        Assert.Empty(Aside.List(bot.Options));
        Assert.Equal(2, bot.Commits.SelectMany(commit => commit.Messages).Count());
    }

    [Fact]
    public async Task A_stop_on_a_full_disk_comes_to_an_end_and_is_no_clean_one()
    {
        var bot = TestBot.Create().Start();
        await bot.TakeAsync("before", "/start", 1);
        await bot.Writer.StepAsync(_ => Limit(bot, null), TestContext.Current.CancellationToken);
        var accepted = bot.Writer.AcceptAsync(
            [.. Enumerable.Range(0, 400).Select(n => TestBot.Text($"k{n}", "/start guide-" + new string('x', 30), 100 + n))], TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => bot.Writer.Stalled is not null, "the writer says that it is stalled");
        var step = bot.Writer.StepAsync(_ => true, TestContext.Current.CancellationToken);

        await bot.Sender.StopAsync(TimeSpan.FromSeconds(5));
        Assert.False(await bot.Writer.StopAsync(TestContext.Current.CancellationToken));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepted);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bot.TakeAsync("late", "/start", 1));
        await bot.CrashAsync();
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task What_was_accepted_is_written_before_the_stop()
    {
        var bot = TestBot.Create();
        var accepted = bot.Writer.AcceptAsync([.. Enumerable.Range(0, 300).Select(n => TestBot.Text($"k{n}", "/start", n))], TestContext.Current.CancellationToken);

        bot.Writer.Start();
        Assert.True(await bot.Writer.StopAsync(TestContext.Current.CancellationToken));

        await accepted;
        bot.Sender.Start();
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task A_block_in_the_same_group_keeps_back_what_was_to_be_said_before_it()
    {
        await using var bot = TestBot.Create();
        var accepted = bot.Writer.AcceptAsync(
            [TestBot.Text("k1", "/start", 1), TestBot.Text("k2", "/start", 2), new Input.Blocked("k3", new ChatAddress(ChatAddress.Telegram, 1000, 1))],
            TestContext.Current.CancellationToken);

        bot.Start(sends: false);
        await accepted;

        Assert.Equal([2], bot.Commits.SelectMany(commit => commit.Messages).Select(message => message.Address.Address));
        Assert.Equal([2], bot.Store.Pending(default, 10).Select(message => message.Address.Address));
    }

    [Fact]
    public async Task A_step_that_fails_fails_alone()
    {
        await using var bot = TestBot.Create();
        var failing = bot.Writer.StepAsync<bool>(_ => throw new InvalidOperationException("a bug"), TestContext.Current.CancellationToken);
        var taken = bot.TakeAsync("k", "/start");

        bot.Start(sends: false);
        await taken;

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
    }

    [Fact]
    public async Task A_group_chat_leaves_its_key_and_nothing_else()
    {
        await using var bot = TestBot.Create().Start(sends: false);

        await bot.Writer.AcceptAsync([new Input.Ignored("telegram:1000:5", new ChatAddress(ChatAddress.Telegram, 1000, -5))], TestContext.Current.CancellationToken);

        Assert.Equal("1 0 0 0", await bot.Writer.StepAsync(_ => string.Join(' ',
            new[] { "inbox", "profiles", "chats", "outbox" }.Select(table => Scalar(bot, $"SELECT count(*) FROM {table}"))), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_unclean_end_is_known_at_the_next_start()
    {
        var bot = TestBot.Create().Start();
        await bot.CrashAsync();
        var second = bot.Restart().Start();
        Assert.False(second.Store.PreviousEndWasClean);
        await second.StopAsync();

        await using var third = second.Restart().Start();
        Assert.True(third.Store.PreviousEndWasClean);
    }

    /// <summary>Lets the database grow no further than it is, or up to a number of pages; answers how many it has.</summary>
    private static long Limit(TestBot bot, long? pages)
    {
        var now = Scalar(bot, "PRAGMA page_count");
        Scalar(bot, $"PRAGMA max_page_count = {pages ?? now}");
        return now;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static long Scalar(TestBot bot, string sql)
    {
        using var command = new SqliteCommand(sql, bot.Store.WriteConnection);
        return (long)command.ExecuteScalar()!;
    }
}
