using System.Net;
using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Faults;

namespace Bot.EndToEnd.Tests;

/// <summary>What must never be seen outside, whatever goes wrong; and one who writes too much.</summary>
public class PrivacyTests : BotTest
{
    private const string Secret = "PLANTED-webhook-secret";
    private const string Password = "PLANTED-backup-password";
    private const string Name = "Плантида";
    private const string FirstName = "PLANTEDfirstname";
    private const string Text = "PLANTEDtext\n2026-01-01 00:00:00.000 INF Bot: FORGED line\r\nFORGED too";
    private const string Phone = "+79161112233";

    private readonly string _token = $"4242:PLANTED-token-{Guid.Empty:N}";

    [Fact]
    public async Task Case_40_No_token_secret_name_phone_or_text_is_in_logs_metrics_health_or_errors()
    {
        await using var metrics = await Metrics.StartAsync();
        Settings["Telegram:Token"] = _token;
        Settings["Telegram:WebhookSecret"] = Secret;
        Settings["Telegram:TimeoutSeconds"] = "1";
        Settings["Backup:Password"] = Password;
        Settings["Log:Level"] = "Debug";
        Settings["Log:File"] = Folder.In("logs/bot.log");
        Settings["Otlp:Endpoint"] = metrics.Url.ToString();
        Settings["OTEL_METRIC_EXPORT_INTERVAL"] = "300";
        var bot = await RunAsync();
        var chat = Server.Bot(_token).Chat(987_654);
        chat.FirstName = FirstName;
        Fault[] faults =
        [
            Fault.Html(502), Fault.Reset(), Fault.Lost(), Fault.Truncated(), Fault.Garbage(), Fault.Hang(TimeSpan.FromSeconds(20)),
            Fault.BadRequest("wrong\nFORGED line"), Fault.TooManyRequests(1),
        ];

        await chat.GetsToTheNameAsync();
        chat.Says(Text);
        await chat.GivesNameAndPhoneAsync(Name, Phone);
        var health = (await bot.GetAsync("health/ready")).Body;
        foreach (var fault in faults)
        {
            Server.Faults.Add(fault with { Method = "*", Times = 2 });
            chat.Says(Text);
            await Eventually.TrueAsync(() => Server.Bot(_token).Pending == 0, "it is taken in");
            health += (await bot.GetAsync("health/ready")).Body + (await bot.GetAsync("health/live")).Body;
            Server.Faults.Clear();
        }

        Server.Bot(_token).IsRevoked = true;
        chat.Says(Text);
        health += await bot.ReadyAsync(HttpStatusCode.ServiceUnavailable, "refuses the bot's token");
        var (_, backup, backupErrors) = await CommandAsync("backup");
        await bot.StopAsync();
        var (_, aside, asideErrors) = await CommandAsync("aside");

        var file = string.Concat(Directory.GetFiles(Folder.In("logs")).Select(File.ReadAllText));
        Assert.Contains("DBG", file, StringComparison.Ordinal);
        Assert.NotEmpty(metrics.Received);
        var all = string.Join('\n', [file, .. bot.Errors, .. bot.Output, health, metrics.Received, backup, backupErrors, aside, asideErrors]);
        foreach (var planted in (string[])["PLANTED", Name, Phone, Phone[1..]])
            Assert.DoesNotContain(planted, all, StringComparison.Ordinal);
        Assert.DoesNotContain(all.Split('\n'), static line => line.StartsWith("FORGED", StringComparison.Ordinal));
        Assert.DoesNotContain("FORGED too", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_40_Wrong_settings_are_complained_of_without_repeating_a_secret()
    {
        Settings["Telegram:Token"] = "PLANTED token";
        Settings["Telegram:WebhookSecret"] = "PLANTED secret";
        Settings["Storage:ConnectionString"] = "Data Source=x.db;Password=PLANTED;Bananas=PLANTED";
        Settings["Backup:Password"] = "PLANTED";

        var (exit, output, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.DoesNotContain("PLANTED", output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_40_A_flood_from_one_chat_slows_only_that_chat_and_memory_stays_flat()
    {
        var bot = await RunAsync();
        await Chat(2).IsAnsweredAsync("/menu", Customer.Menu);
        var before = bot.PeakMemory;
        for (var message = 0; message < 3_000; message++)
            Chat(1).Says("/help");
        await Chat(1).ReceivesAsync("/language", Eventually.Patience);

        for (var chat = 3; chat < 50; chat++)
            await Chat(chat).IsAnsweredAsync("/menu", Customer.Menu);

        await Eventually.TrueAsync(() => Server.Bot().Pending == 0, "everything is taken in");
        Assert.InRange(Chat(1).Messages.Count, 1, 1_000);
        Assert.True(bot.PeakMemory - before < 100L * 1024 * 1024, $"{before} to {bot.PeakMemory} bytes");
        Assert.Equal(HttpStatusCode.OK, (await bot.GetAsync("health/ready")).Status);
    }
}
