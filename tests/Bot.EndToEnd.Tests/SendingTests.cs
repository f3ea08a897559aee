using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Faults;

namespace Bot.EndToEnd.Tests;

/// <summary>Telegram refuses, delays, loses and moves what is sent.</summary>
public class SendingTests : BotTest
{
    private const int Wait = 3;

    [Fact]
    public async Task Case_21_What_Telegram_says_to_wait_is_waited_and_the_order_kept()
    {
        Server.Faults.Add(Fault.TooManyRequests(Wait) with { Chat = 1, Times = 1 });
        await RunAsync();
        Chat(1).Says("/help");
        Chat(1).Says("/language");
        Chat(1).Says("/menu");

        await Chat(2).IsAnsweredAsync("/menu", Customer.Menu);
        Assert.Empty(Chat(1).Messages);
        await Chat(1).ReceivesAsync(Customer.Menu, Eventually.Patience);

        HasWaitedAndKeptTheOrder();
    }

    [Fact]
    public async Task Case_21_What_Telegram_says_to_wait_is_waited_also_across_a_restart()
    {
        Server.Faults.Add(Fault.TooManyRequests(Wait) with { Chat = 1, Times = 1 });
        var bot = await RunAsync();
        Chat(1).Says("/help");
        Chat(1).Says("/language");
        Chat(1).Says("/menu");
        await Eventually.TrueAsync(
            () => Database.Number("SELECT count(*) FROM outbox") == 3 && Database.Number("SELECT count(*) FROM outbox WHERE not_before > 0") == 1,
            "the wait is written down");
        await bot.KillAsync();

        await RunAsync();
        await Chat(1).ReceivesAsync(Customer.Menu, Eventually.Patience);

        HasWaitedAndKeptTheOrder();
    }

    [Fact]
    public async Task Case_22_A_chat_that_blocked_the_bot_is_left_in_peace_until_it_starts_again()
    {
        Server.Faults.Add(Fault.TooManyRequests(2) with { Chat = 1, Times = 1 });
        await RunAsync();
        Chat(1).Says("/help");
        Chat(1).Says("/language");
        Chat(1).Says("/menu");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 3, "three messages wait");
        Chat(1).Forbidden = "Forbidden: bot was blocked by the user";

        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM chats WHERE blocked_at IS NOT NULL") == 1, "the chat is blocked");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "what waited is cancelled");
        Assert.Equal(0, Database.Number("SELECT count(*) FROM deliveries WHERE status = 0"));
        Assert.Equal(3, Database.Number("SELECT count(*) FROM deliveries"));
        Assert.Equal(1, Chat(1).Log.Count(static call => call.Status == 403));

        Chat(1).Forbidden = null;
        await Chat(1).IsAnsweredAsync("/start", "Чистый дом");
        Assert.Equal(0, Database.Number("SELECT count(*) FROM chats WHERE blocked_at IS NOT NULL"));
        Assert.Single(Chat(1).Messages);
    }

    [Fact]
    public async Task Case_22_A_block_and_its_end_are_also_taken_from_Telegrams_own_notice()
    {
        await RunAsync();
        await Chat(1).IsAnsweredAsync("/menu", Customer.Menu);

        Chat(1).Blocks();
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM chats WHERE blocked_at IS NOT NULL") == 1, "the chat is blocked");
        Chat(1).Unblocks();
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM chats WHERE blocked_at IS NOT NULL") == 0, "the block is over");
    }

    [Fact]
    public async Task Case_23_A_text_that_grows_past_the_limit_is_split_without_breaking_a_character_or_a_tag()
    {
        var dialogs = Folder.CopyDialogs();
        Settings["Dialogs:Path"] = dialogs;
        var file = Path.Combine(dialogs, "contact.yaml");
        var emoji = string.Concat(Enumerable.Repeat("😀", 2_000));
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(
            "ru: \"{{ profile.name }}, оставьте телефон", $"ru: \"{emoji} *{{{{ profile.name }}}} {{{{ profile.name }}}}* , оставьте телефон", StringComparison.Ordinal));
        await RunAsync();
        await Chat(1).GetsToTheNameAsync();
        const string name = "я<b>&amp;_*[`я<b>&amp;_*[`я<b>&amp;_*[`я<b>&amp;_*[`";

        Chat(1).Says(name);

        await Chat(1).ReceivesAsync(Customer.AskedPhone, Eventually.Patience);
        var parts = Chat(1).Texts().Skip(2).ToList();
        Assert.True(parts.Count > 1);
        Assert.Contains(emoji, string.Concat(parts), StringComparison.Ordinal);
        Assert.Contains(name, string.Concat(parts), StringComparison.Ordinal);
        Assert.True(Chat(1).Has(Customer.ShareContact));
    }

    [Fact]
    public async Task Case_23_A_message_that_Telegram_finds_malformed_is_recorded_and_does_not_hold_up_its_chat()
    {
        Server.Faults.Add(Fault.BadRequest("can't parse entities: Unclosed start tag") with { Chat = 1, Times = 1 });
        var bot = await RunAsync();
        Chat(1).Says("/help");
        await Chat(1).IsAnsweredAsync("/menu", Customer.Menu);

        await bot.SaysAsync("can't parse entities");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "nothing waits");
        Assert.Equal(1, Database.Number("SELECT count(*) FROM deliveries WHERE status = 2"));
    }

    [Fact]
    public async Task Case_24_A_server_that_hangs_holds_up_one_chat_which_is_served_again_and_counted()
    {
        await using var metrics = await Metrics.StartAsync();
        Settings["Otlp:Endpoint"] = metrics.Url.ToString();
        Settings["OTEL_METRIC_EXPORT_INTERVAL"] = "300";
        Settings["Telegram:TimeoutSeconds"] = "2";
        Server.Faults.Add(Fault.Hang(TimeSpan.FromSeconds(120)) with { Chat = 1, Times = 1 });
        var bot = await RunAsync();
        Chat(1).Says("/menu");
        await Chat(1).ReceivesAsync(Customer.Menu, Eventually.Patience);
        for (var chat = 2; chat < 30; chat++)
            await Chat(chat).IsAnsweredAsync("/menu", Customer.Menu);

        await Chat(1).ReceivesAsync(Customer.Menu, Eventually.Patience);

        await bot.SaysAsync("may have arrived or not");
        await Eventually.TrueAsync(() => metrics.Counter("bot.messages.maybe_twice") == 1, () => $"counted once, not {metrics.Counter("bot.messages.maybe_twice")}");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "nothing waits");
        Assert.Equal(2, Chat(1).Messages.Count);
    }

    [Theory]
    [InlineData(FaultKind.HtmlPage)]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.Truncated)]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.Lost)]
    public async Task An_answer_that_is_lost_or_unreadable_loses_no_message(FaultKind kind)
    {
        Server.Faults.Add(new Fault(kind) { Chat = 1, Times = 2, Code = 502 });
        await RunAsync();
        Chat(1).Says("/menu");

        await Eventually.TrueAsync(
            () => Chat(1).Messages.Any(static message => message.Fault is null) && Database.Number("SELECT count(*) FROM outbox") == 0, "it arrives");
        Assert.InRange(Chat(1).Messages.Count, 1, 3);
    }

    [Fact]
    public async Task Case_25_A_chat_that_moved_is_written_to_at_its_new_address_once()
    {
        await RunAsync();
        await Chat(1).IsAnsweredAsync("/help", "/language");
        var moved = Chat(-1_005);
        Chat(1).MigratedTo = moved.Id;

        Chat(1).Says("/menu");

        await moved.ReceivesAsync(Customer.Menu, Eventually.Patience);
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "nothing waits");
        Assert.Single(moved.Messages);
        Assert.Single(Chat(1).Messages);
        Assert.Equal(["-1005"], Database.Texts("SELECT address FROM chats"));
    }

    private void HasWaitedAndKeptTheOrder()
    {
        var calls = Chat(1).Log.Where(static call => call.Method == "sendMessage").ToList();
        Assert.Equal([429, 200, 200, 200], calls.Select(static call => call.Status));
        Assert.True(calls[1].At - calls[0].At >= TimeSpan.FromSeconds(Wait), $"{calls[1].At - calls[0].At}");
        Assert.Collection(Chat(1).Texts(),
            static text => Assert.Contains("/language", text, StringComparison.Ordinal),
            static text => Assert.Contains("На каком языке", text, StringComparison.Ordinal),
            static text => Assert.Contains(Customer.Menu, text, StringComparison.Ordinal));
    }
}
