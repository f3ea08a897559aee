using System.Net;
using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Faults;

namespace Bot.EndToEnd.Tests;

/// <summary>The process is told to stop, or starts with what an earlier one left.</summary>
public class StopTests : BotTest
{
    private const int Chats = 1_250;

    /// <summary>Eight things to say, each with an answer of its own, so that their order can be seen.</summary>
    private static readonly (string Says, string Answer)[] Talk =
    [
        ("/start", "Это «Чистый дом»"), ("/help", "Нажимайте на кнопки"), ("/language", "На каком языке"), ("/menu", Customer.Menu),
        ("/stop", "больше не побеспокою"), ("ау", Customer.Unclear), ("/start nowhere", "Эта ссылка"), ("/start guide", Customer.Asked),
    ];

    [Fact]
    public async Task Case_06_Told_to_stop_under_load_it_finishes_what_it_took_and_doubles_nothing()
    {
        var bot = await RunAsync();
        await Chat(1000).GetsToTheNameAsync();
        Server.Faults.Add(Fault.Hang(TimeSpan.FromSeconds(3)) with { Chat = 1000, Times = 1 });
        var customers = Task.WhenAll(Enumerable.Range(1, 40).Select(id => Chat(id).GetsTheChecklistAsync()));
        await Eventually.TrueAsync(() => Chat(1).Messages.Count > 1, "the load");
        Chat(1000).Says("Анна");
        await Chat(1000).ReceivesAsync(Customer.AskedPhone, Eventually.Patience);

        bot.Terminate();
        await bot.ReadyAsync(HttpStatusCode.ServiceUnavailable, "stopping");
        Assert.Equal(0, await bot.ExitAsync());

        Assert.Equal("clean", Assert.Single(Database.Texts("SELECT value FROM meta WHERE name = 'end'")));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM outbox o JOIN chats c ON c.id = o.chat_id WHERE c.address = 1000"));
        await RunAsync();
        await customers.WaitAsync(Eventually.Patience);
        Assert.Equal(40, Database.Number("SELECT count(*) FROM consents WHERE purpose = 'marketing'"));
        foreach (var chat in Enumerable.Range(1, 40).Append(1000).Select(static id => (long)id))
            Assert.Equal(Chat(chat).Texts().Distinct(), Chat(chat).Texts());
    }

    [Fact]
    public async Task Case_07_Ten_thousand_messages_that_wait_at_a_start_go_out_in_order_and_in_bounded_memory()
    {
        Server.Faults.Add(Fault.Silence());
        Settings["Telegram:TimeoutSeconds"] = "300";
        var bot = await RunAsync();
        foreach (var (says, _) in Talk)
        {
            for (var chat = 1; chat <= Chats; chat++)
                Chat(chat).Says(says);
        }

        await Eventually.TrueAsync(
            () => Database.Number("SELECT count(*) FROM outbox") == Chats * Talk.Length, () => $"{Database.Number("SELECT count(*) FROM outbox")} wait");
        await bot.KillAsync();
        Server.Faults.Clear();
        Assert.Equal(0, Server.Calls.Count(static call => call.IsMessage));

        bot = await RunAsync();

        await Eventually.TrueAsync(
            () => Database.Number("SELECT count(*) FROM outbox") == 0, () => $"{Database.Number("SELECT count(*) FROM outbox")} still wait");
        for (var chat = 1; chat <= Chats; chat++)
        {
            var texts = Chat(chat).Texts();
            Assert.Equal(Talk.Length, texts.Count);
            Assert.All(texts.Zip(Talk), static pair => Assert.Contains(pair.Second.Answer, pair.First, StringComparison.Ordinal));
        }

        Assert.InRange(bot.PeakMemory, 0, 300L * 1024 * 1024);
    }
}
