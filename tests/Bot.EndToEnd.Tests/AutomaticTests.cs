using System.Globalization;
using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Chats;

namespace Bot.EndToEnd.Tests;

/// <summary>What the bot says first, by the real process.</summary>
public class AutomaticTests : BotTest
{
    private static readonly string[] Steps = ["welcome/hello", "welcome/mistakes", "welcome/story", "welcome/offer"];

    [Fact]
    public async Task Killed_ten_times_in_two_weeks_every_customer_gets_each_message_once_or_it_is_known_why_not()
    {
        const int Customers = 30;
        var seed = Environment.ProcessId;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        Settings["Demo:Enabled"] = "true";
        Settings["Telegram:MessagesPerSecond"] = "1000";
        var bot = await RunAsync();
        await Task.WhenAll(Enumerable.Range(1, Customers).Select(id => Chat(id).GetsTheChecklistAsync()));
        using var demo = new DemoVisitor(Folder.Url);
        var end = await demo.NowAsync() + TimeSpan.FromDays(14);

        for (var kill = 0; kill < 10; kill++)
        {
            var moving = demo.PostAsync("demo/clock", """{"advance":"P1DT8H"}""");

            // Not within the first turn after each start, which takes longest: an input that is in hand at two kills would be taken for their cause.
            await Task.WhenAny(moving, Task.Delay(random.Next(300, 900)));
            await bot.KillAsync();
            await moving.ContinueWith(static _ => { }, TaskScheduler.Default);
            bot = await RunAsync();
        }

        while (await demo.NowAsync() < end)
            await demo.AdvanceAsync("P1D");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "everything is sent");

        Assert.Equal(0, Database.Number("SELECT count(*) FROM aside"));
        foreach (var step in Steps)
        {
            // Sent, or skipped with a reason, or unknown since the process died while it was sent; in any case once.
            Assert.Equal(Customers, Database.Number("SELECT count(*) FROM deliveries WHERE template = @step", ("@step", step)));
            Assert.Equal(Customers, Database.Number("SELECT count(DISTINCT profile_id) FROM deliveries WHERE template = @step", ("@step", step)));
        }

        Assert.All(Enumerable.Range(1, Customers), id => AreNotDoubled(Chat(id)));
        var arrived = Enumerable.Range(1, Customers).Sum(id => Automatic(Chat(id)).Count);
        Assert.InRange(arrived, Database.Number("SELECT count(*) FROM deliveries WHERE kind = 2 AND status = 0"),
            Database.Number("SELECT count(*) FROM deliveries WHERE kind = 2 AND status IN (0, 4)"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM deliveries WHERE kind = 2 AND status NOT IN (0, 3, 4)"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{arrived} messages arrived");
    }

    [Fact]
    public async Task A_hundred_visitors_of_the_page_and_a_hundred_chats_in_Telegram_get_the_checklist_at_once()
    {
        const int Each = 100;
        Settings["Web:TrustedProxies"] = "127.0.0.1";
        var bot = await RunAsync();

        var visitors = Enumerable.Range(1, Each).Select(async number =>
        {
            using var session = await WebVisitor.AskSessionAsync(bot.Url, forwarded: string.Create(CultureInfo.InvariantCulture, $"203.0.113.{number}"));
            await using var visitor = await WebVisitor.Returning(bot.Url, session).ConnectAsync();
            await visitor.GetsTheChecklistAsync($"Анна {number}", $"+7999{number:0000000}");

            // Nobody else's words, and each answer once.
            Assert.Equal(visitor.Texts.Count, visitor.Texts.Distinct().Count());
            Assert.Contains($"Готово, Анна {number}!", string.Join('\n', visitor.Texts), StringComparison.Ordinal);
        });
        var chats = Enumerable.Range(1, Each).Select(number => Chat(number).GetsTheChecklistAsync($"Пётр {number}", $"+7998{number:0000000}"));
        await Task.WhenAll(visitors.Concat(chats));

        Assert.Equal(2 * Each, Database.Number("SELECT count(*) FROM events WHERE event = 'lead-magnet.delivered'"));
        Assert.Equal(2 * Each, Database.Number("SELECT count(DISTINCT text) FROM profile_fields WHERE name = 'phone'"));
        Assert.All(Enumerable.Range(1, Each), number => Assert.Contains($"Готово, Пётр {number}!", string.Join('\n', Chat(number).Texts()), StringComparison.Ordinal));
    }

    /// <summary>The messages of the sequence: those with the button out of it.</summary>
    private static List<string> Automatic(FakeChat chat) =>
        [.. chat.Texts().Where(static text => text.Contains("успели заглянуть", StringComparison.Ordinal) || text.Contains("Три ошибки", StringComparison.Ordinal)
            || text.Contains("на одном примере", StringComparison.Ordinal) || text.Contains("дарим 15 %", StringComparison.Ordinal))];

    private static void AreNotDoubled(FakeChat chat) => Assert.Equal(Automatic(chat).Count, Automatic(chat).Distinct().Count());
}
