using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Faults;

namespace Bot.EndToEnd.Tests;

/// <summary>The process dies at a chosen moment.</summary>
public class CrashTests : BotTest
{
    [Fact]
    public async Task Case_01_Killed_after_the_commit_and_before_the_send_the_reply_arrives_after_the_restart()
    {
        Server.Faults.Add(Fault.Silence() with { Chat = 1 });
        var bot = await RunAsync();
        Chat(1).Says("/start guide");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 1, "the commit");
        await bot.KillAsync();
        Assert.Empty(Chat(1).Messages);
        Server.Faults.Clear();

        await RunAsync();

        await Chat(1).ReceivesAsync(Customer.Asked, Eventually.Patience);
        await Chat(1).IsAnsweredAsync("/menu", Customer.Menu);
        Assert.Single(Chat(1).Texts(), static text => text.Contains(Customer.Asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Case_02_Killed_after_Telegram_accepted_and_before_it_was_recorded_the_reply_arrives_once_or_twice_and_is_counted()
    {
        Server.Faults.Add(Fault.Hang(TimeSpan.FromHours(1)) with { Chat = 1 });
        var bot = await RunAsync();
        Chat(1).Says("/start guide");
        await Chat(1).ReceivesAsync(Customer.Asked, Eventually.Patience);
        await bot.KillAsync();
        Server.Faults.Clear();

        bot = await RunAsync();

        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "everything is sent");
        await Chat(1).IsAnsweredAsync("/menu", Customer.Menu);
        Assert.InRange(Chat(1).Texts().Count(static text => text.Contains(Customer.Asked, StringComparison.Ordinal)), 1, 2);
        await bot.SaysAsync("1 messages may have been on their way");
    }

    [Fact]
    public async Task Case_03_Killed_inside_the_transaction_nothing_is_changed_and_the_repeated_update_completes()
    {
        var bot = await RunAsync();
        await Chat(1).GetsToTheNameAsync();
        await Eventually.TrueAsync(() => Server.Bot().Pending == 0 && Database.Number("SELECT count(*) FROM outbox") == 0, "rest");
        var sent = Chat(1).Messages.Count;
        using (Database.Hold())
        {
            Chat(1).Says("Анна");
            await Eventually.TrueAsync(() => Server.Bot().Given == 1, "the update is fetched");
            await bot.KillAsync();
        }

        Assert.Equal(1, Server.Bot().Pending);
        Assert.False(Database.Of(1).Fields.ContainsKey("name"));
        Assert.Equal(sent, Chat(1).Messages.Count);

        await RunAsync();

        await Chat(1).ReceivesAsync(Customer.AskedPhone, Eventually.Patience);
        Assert.Equal("Анна", Database.Of(1).Fields["name"]);
    }
}
