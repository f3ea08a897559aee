using System.Collections.Concurrent;
using System.Net;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>Broadcasts over real HTTP, with the real process killed in the middle of them.</summary>
public sealed class BroadcastTests : BotTest
{
    private const long Owner = 900_501;
    private const long Group = -700;

    /// <summary>How often each customer got the broadcast.</summary>
    private readonly ConcurrentDictionary<long, int> _got = new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Server.Called = (chat, call) =>
        {
            if (call.IsMessage && chat.Id is > 0 and < Owner && call.Text.StartsWith("Скидка", StringComparison.Ordinal))
                _got.AddOrUpdate(chat.Id, 1, (_, times) => times + 1);
        };

        // By day and by night: the tests run at any hour.
        var dialogs = Folder.CopyDialogs();
        var settings = Path.Combine(dialogs, "settings.yaml");
        await File.WriteAllLinesAsync(settings, (await File.ReadAllLinesAsync(settings, TestContext.Current.CancellationToken))
            .Where(line => !line.StartsWith("quiet:", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        Settings["Dialogs:Path"] = dialogs;
    }

    [Fact]
    public async Task Case_05_Killed_ten_times_in_a_broadcast_to_5000_everyone_comes_to_one_end_and_nobody_gets_it_twice()
    {
        const int Customers = 5_000;
        Settings["Telegram:MessagesPerSecond"] = "1000";
        var bot = await TownAsync(Customers);
        await SendAsync("Скидка до пятницы");
        var random = new Random(2026);
        for (var kill = 1; kill <= 10; kill++)
        {
            var until = kill * Customers / 12;
            await Eventually.TrueAsync(() => _got.Count >= until + random.Next(Customers / 24), () => $"{until} have it, but {_got.Count}");
            await bot.KillAsync();
            bot = await RunAsync();
        }

        await Eventually.TrueAsync(() => State() == 4, () => $"finished, but {State()}: {Ended()} ended");

        Assert.All(_got, one => Assert.Equal(1, one.Value));
        Assert.Equal(Customers, Ended());
        var unknown = Database.Number("SELECT count(*) FROM recipients WHERE state = 6");
        Assert.InRange(unknown, 0, 10 * 64);
        Assert.Equal(Customers, Database.Number("SELECT count(*) FROM recipients WHERE state = 2") + unknown);
        Assert.InRange(_got.Count, Customers - unknown, Customers);
        await Chat(Owner).ReceivesAsync("итоги", Eventually.Patience);
    }

    [Fact]
    public async Task To_2000_within_Telegrams_limits_nothing_is_refused_and_answers_are_not_held_up()
    {
        const int Customers = 2_000;
        var bot = await TownAsync(Customers);
        Server.Limits.IsOn = true;
        await SendAsync("Скидка до пятницы");
        await Eventually.TrueAsync(() => _got.Count >= 60, () => "it is under way");
        for (var i = 1; i <= 20; i++)
        {
            Chat(Customers - i).Says("/menu");
            await Chat(Customers - i).ReceivesAsync(Customer.Menu, Eventually.Patience);
        }

        Assert.Equal(2, State());
        Assert.InRange(_got.Count, 60, Customers - 1);
        await Eventually.TrueAsync(() => State() == 4, () => $"finished, but {State()}: {_got.Count} have it", TimeSpan.FromMinutes(5));

        Assert.Equal(Customers, _got.Count);
        Assert.All(_got, one => Assert.Equal(1, one.Value));

        // None on a machine that does not stand still in between; what a stop of a second heaps up there is told to wait, and waits.
        Assert.InRange(Server.Calls.Count(call => call.Status == 429), 0, Customers / 100);
        Assert.False(bot.HasExited);
    }

    [Fact]
    public async Task A_picture_that_is_answered_goes_to_everybody_with_its_bold_caption_and_comes_back_when_it_is_taken_back()
    {
        Settings["Web:PublicUrl"] = Folder.Url.ToString();
        await TownAsync(30, Group);
        var group = Chat(Group);
        group.Sender = Owner;
        group.AnswersPicture("/broadcast", "Скидка 15 % до пятницы", 6, "picture-1");
        await group.ReceivesAsync("черновик", Eventually.Patience);
        group.Says("/set topic offers");
        group.Says("/set link Смотреть = https://example.com/offer");
        await group.ReceivesAsync("https://example.com/offer", Eventually.Patience);
        group.Presses("Показать здесь");
        var test = await group.ReceivesAsync(call => call.Method == "sendPhoto", Eventually.Patience);
        Assert.Equal("Скидка 15 % до пятницы", test.Text);

        // Whoever else is in the group can press what they like.
        group.Sender = 502;
        group.PressesData("s.b.1.start.00000000");
        group.Presses("Отправить…");
        group.Says("/broadcast Всем привет");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM inbox") > 0, () => "taken in");
        group.Sender = Owner;
        group.Presses("Отправить…");
        await group.ReceivesAsync("Получат: 30", Eventually.Patience);
        Assert.Empty(_got);
        group.Presses("Да");
        await Eventually.TrueAsync(() => State() == 4, () => $"finished, but {State()}");

        Assert.Equal(30, _got.Count);
        var message = Chat(1).Messages[^1];
        Assert.Equal(("sendPhoto", "<b>Скидка</b> 15 % до пятницы"), (message.Method, message.Parameters.GetProperty("caption").GetString()));
        await group.ReceivesAsync(call => call.Method == "editMessageText" && call.Text.Contains("закончена", StringComparison.Ordinal), Eventually.Patience);

        // The link counts, and leads where the broadcast says.
        var url = message.Parameters.GetProperty("reply_markup").GetProperty("inline_keyboard")[0][0].GetProperty("url").GetString()!;
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using (var answer = await http.GetAsync(new Uri(url), TestContext.Current.CancellationToken))
        {
            Assert.Equal((HttpStatusCode.Found, "https://example.com/offer"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        }

        using (var forged = await http.GetAsync(new Uri(url[..^1] + (url[^1] == 'A' ? 'B' : 'A')), TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
        }

        group.Presses("Итоги");
        await group.ReceivesAsync("Переходы (CTR): 3.3 % (1 из 30)", Eventually.Patience);
        group.Presses("Файл");
        var file = await group.ReceivesAsync(call => call.Method == "sendDocument", Eventually.Patience);
        Assert.Equal("broadcast-1.csv", file.FileName);

        group.Presses("Отозвать…");
        await group.ReceivesAsync("Удалить рассылку 1", Eventually.Patience);
        group.Presses("Да");
        await Eventually.TrueAsync(() => Server.Calls.Count(call => call is { Method: "deleteMessage", Status: 200 }) == 30, () => "all are taken back");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM recipients WHERE revision = -1") == 30, () => "that is written down");
    }

    /// <summary>A bot with customers who agreed to Marketing, and an owner.</summary>
    private async Task<BotProcess> TownAsync(int customers, long? admin = null)
    {
        var first = await RunAsync();
        var chat = Chat(admin ?? Owner);
        chat.Sender = Owner;
        await chat.ClaimsAsync(first);
        await first.StopAsync();
        for (var id = 1; id <= customers; id++)
        {
            Chat(id).Language = "ru";
        }

        Database.Change($"""
            INSERT INTO profiles (id, created_at, last_active_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {customers}) SELECT i, 0, 0 FROM n;
            INSERT INTO chats (id, profile_id, channel, bot, address, language, has_keyboard)
                SELECT id + 1000000, id, 'telegram', 1000, id, 'ru', 0 FROM profiles WHERE id <= {customers};
            INSERT INTO consents_in_force (profile_id, purpose, chat_id) SELECT id, 'marketing', id + 1000000 FROM profiles WHERE id <= {customers};
            """);
        return await RunAsync();
    }

    private async Task SendAsync(string text)
    {
        Chat(Owner).Says($"/broadcast {text}");
        await Chat(Owner).ReceivesAsync("черновик", Eventually.Patience);
        Chat(Owner).Presses("Тема");
        await Chat(Owner).ReceivesAsync("О чём рассылка?", Eventually.Patience);
        Chat(Owner).Presses("Скидки и подарки");
        await Chat(Owner).ReceivesAsync("Тема: Скидки и подарки", Eventually.Patience);
        Chat(Owner).Presses("Отправить…");
        await Chat(Owner).ReceivesAsync("Отправить рассылку 1?", Eventually.Patience);
        Chat(Owner).Presses("Да");
    }

    private long State() => Database.Number("SELECT state FROM broadcasts WHERE id = 1");

    private long Ended() => Database.Number("SELECT count(*) FROM recipients WHERE state NOT IN (0, 1, 7)");
}
