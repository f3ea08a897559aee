using System.Diagnostics;
using System.Net;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>The demo: a clock that can be moved, what staff would see, and a new beginning.</summary>
public class DemoTests : BotTest
{
    private const string Hello = "успели заглянуть в чек-лист";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Settings.Remove("Telegram:Token");
        Settings.Remove("Demo:Enabled");
    }

    [Fact]
    public async Task A_quarter_of_an_hour_later_the_welcome_begins_and_the_admin_chat_has_the_new_contact()
    {
        var bot = await RunAsync();
        await bot.SaysAsync("This is a demo");
        using var demo = new DemoVisitor(bot.Url);
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await visitor.GetsTheChecklistAsync();
        Assert.Contains("Новый контакт: <b>Анна</b>", Assert.Single(await demo.AdminAsync()), StringComparison.Ordinal);
        var clock = await demo.ClockAsync();
        Assert.Equal("Europe/Moscow", clock.GetProperty("zone").GetString());
        Assert.Equal("welcome/hello", clock.GetProperty("waits")[0].GetProperty("what").GetString());

        // By day at once; at night at nine, and the clock says why.
        await demo.AdvanceAsync("PT15M");
        if ((await demo.ClockAsync()).GetProperty("waits")[0] is var wait && wait.GetProperty("what").GetString() == "welcome/hello")
        {
            Assert.Equal("quiet hours until 09:00", wait.GetProperty("why").GetString());
            await demo.AdvanceAsync("PT12H");
        }

        await visitor.ReceivesAsync(Hello);
        Assert.Equal("welcome/mistakes", (await demo.ClockAsync()).GetProperty("waits")[0].GetProperty("what").GetString());
    }

    [Fact]
    public async Task Half_a_year_of_the_shipped_messages_passes_in_seconds_each_at_its_own_time_and_none_too_late()
    {
        var bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);
        var visitors = new List<WebVisitor>();
        for (var i = 0; i < 3; i++)
        {
            visitors.Add(await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync());
            await visitors[i].GetsTheChecklistAsync();
        }

        var started = Stopwatch.GetTimestamp();
        await demo.AdvanceAsync("P183D");
        var took = Stopwatch.GetElapsedTime(started);

        TestContext.Current.TestOutputHelper?.WriteLine($"Half a year took {took.TotalSeconds:0.00} s");
        Assert.True(took < TimeSpan.FromSeconds(30), $"It took {took}.");
        var database = DemoDatabase;
        Assert.Equal(0, database.Number("SELECT count(*) FROM deliveries WHERE reason = 'TooLate'"));

        // Each once to each of the three; what begins at night comes so late that a cap may take one of them out.
        Assert.Equal(
            ["come-back/gift 3", "come-back/missed 3", "welcome/hello 3", "welcome/mistakes 3", "welcome/offer 3", "welcome/story 3"],
            database.Texts("SELECT template || ' ' || count(*) FROM deliveries WHERE kind = 2 GROUP BY template ORDER BY template"));
        Assert.All(
            database.Texts("SELECT DISTINCT template || ' ' || reason FROM deliveries WHERE kind = 2 AND status <> 0"),
            static skipped => Assert.Equal("welcome/story Cap", skipped));
        foreach (var visitor in visitors)
        {
            // The page was told meanwhile, and each line has the date of its own day.
            await visitor.ReceivesAsync("Хотим, чтобы дома снова");
            var days = visitor.Lines.Select(static line => DateTimeOffset.FromUnixTimeMilliseconds(line.GetProperty("at").GetInt64()).Date).Distinct().ToList();
            Assert.InRange(days.Count, 6, 7);
            Assert.InRange(days[^1] - days[0], TimeSpan.FromDays(103), TimeSpan.FromDays(108));
            await visitor.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_clock_goes_on_by_a_duration_or_to_the_next_event_and_says_what_to_send_otherwise()
    {
        var bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);
        var before = await demo.NowAsync();

        await demo.AdvanceAsync("P1D");

        Assert.InRange(await demo.NowAsync() - before, TimeSpan.FromDays(1), TimeSpan.FromDays(1) + Eventually.Patience);
        string[] nonsense = ["", "{}", "[]", "1", "{", """{"advance":"P1M"}""", """{"advance":"-P1D"}""", """{"advance":"P401D"}""", """{"advance":1}""",
            """{"to":"yesterday"}""", """{"advance":"P1D","to":"next"}""", $$"""{"advance":"P1D{{new string(' ', 2_000)}}"}"""];
        var moved = await demo.NowAsync();
        foreach (var body in nonsense)
        {
            var (status, answer) = await demo.PostAsync("demo/clock", body);
            Assert.Equal((body, HttpStatusCode.BadRequest), (body, status));
            Assert.Contains("""{"advance":"P1D"}""", answer.Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.InRange(await demo.NowAsync() - moved, TimeSpan.Zero, Eventually.Patience);
    }

    [Fact]
    public async Task Where_nothing_is_planned_there_is_no_next_event()
    {
        Settings["Dialogs:Path"] = Folder.CopyDialogs();
        File.Delete(Folder.In("dialogs/automations.yaml"));
        Folder.Write("dialogs/lead-magnet.yaml", WithoutSequences(File.ReadAllText(Folder.In("dialogs/lead-magnet.yaml"))));
        var bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);

        var (status, body) = await demo.PostAsync("demo/clock", """{"to":"next"}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Nothing is planned", body, StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await demo.ClockAsync()).GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Other_pages_and_visitors_whom_a_proxy_brings_may_not_use_it()
    {
        Settings["Web:AllowedOrigins"] = "https://salon.example";
        var bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);
        (string Path, string? Origin, string? Header)[] strangers =
        [
            ("demo/clock", "https://evil.example", null), ("demo/clock", "https://salon.example", null), ("demo/clock", "null", null),
            ("demo/admin", null, "Sec-Fetch-Site: cross-site"), ("demo/admin", null, "X-Forwarded-For: 203.0.113.7"),
            ("demo/admin", null, "Host: bot.example.com"),
        ];

        foreach (var (path, origin, header) in strangers)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await demo.SendAsync(HttpMethod.Get, path, null, origin, header)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await demo.SendAsync(HttpMethod.Post, "demo/clock", """{"advance":"P1D"}""", origin, header)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await demo.SendAsync(HttpMethod.Post, "demo/fresh", "{}", origin, header)).Status);
        }

        // A name that leads to this machine does not make a page ours.
        var rebound = await demo.PostAsync("demo/clock", """{"advance":"P1D"}""", "http://evil.example:8080", "Host: evil.example:8080");
        Assert.Equal(HttpStatusCode.Forbidden, rebound.Status);
        Assert.DoesNotContain("demo", (await demo.SendAsync(HttpMethod.Get, "", null, null, "Host: bot.example.com")).Body, StringComparison.Ordinal);
        Assert.Contains("/demo/demo.js", (await demo.SendAsync(HttpMethod.Get, "", null, null)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Outside_of_a_demo_there_is_nothing_of_it(bool hasToken)
    {
        Settings["Demo:Enabled"] = "false";
        if (hasToken)
        {
            Settings["Telegram:Token"] = FakeTelegram.FakeTelegramServer.DefaultToken;
            Settings.Remove("Demo:Enabled");
        }

        var bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);

        foreach (var path in (string[])["demo/clock", "demo/admin", "demo/demo.js", "demo/demo.css"])
            Assert.Equal(HttpStatusCode.NotFound, (await demo.SendAsync(HttpMethod.Get, path, null, null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await demo.PostAsync("demo/clock", """{"advance":"P1D"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await demo.PostAsync("demo/fresh", "{}")).Status);
        Assert.DoesNotContain("demo", (await bot.GetAsync("")).Body, StringComparison.Ordinal);
        Assert.False(File.Exists(DemoDatabase.Path));
    }

    [Fact]
    public async Task With_a_token_a_demo_against_a_Bot_API_of_this_machine_moves_the_clock_but_throws_nothing_away_and_is_a_demo_for_ever()
    {
        Settings["Telegram:Token"] = FakeTelegram.FakeTelegramServer.DefaultToken;
        Settings["Demo:Enabled"] = "true";
        var bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);
        Assert.Equal(HttpStatusCode.NotFound, (await demo.PostAsync("demo/fresh", "{}")).Status);
        await demo.AdvanceAsync("PT15M");
        await bot.StopAsync();

        Settings.Remove("Demo:Enabled");
        var (exit, _, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.Contains("was moved in a demo", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_stands_where_it_was_left_when_the_bot_is_killed()
    {
        var bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);
        await demo.AdvanceAsync("P7D");
        var left = await demo.NowAsync();

        await bot.KillAsync();
        await RunAsync();

        Assert.InRange(await demo.NowAsync() - left, TimeSpan.Zero, Eventually.Patience);
    }

    [Fact]
    public async Task A_fresh_demo_deletes_its_own_database_and_nothing_else_and_begins_anew_in_the_same_process()
    {
        Folder.Write("data/bot.db", "not ours to touch");
        Folder.Write("data/demo.db.note", "a neighbour");
        var bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await visitor.GetsTheChecklistAsync();
        await demo.AdvanceAsync("P7D");

        Assert.Equal(HttpStatusCode.Accepted, (await demo.PostAsync("demo/fresh", "{}")).Status);
        await visitor.ClosedAsync();
        await bot.SaysAsync("Stopped, everything is written");
        await bot.ReadyAsync();

        Assert.False(bot.HasExited);
        Assert.Empty(await demo.AdminAsync());
        Assert.InRange((await demo.NowAsync() - TimeProvider.System.GetUtcNow()).Duration(), TimeSpan.Zero, Eventually.Patience);
        Assert.Equal(0, DemoDatabase.Number("SELECT count(*) FROM profiles"));
        Assert.Equal("not ours to touch", File.ReadAllText(Folder.In("data/bot.db")));
        Assert.Equal("a neighbour", File.ReadAllText(Folder.In("data/demo.db.note")));
        await using var next = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await next.GetsTheChecklistAsync();
        Assert.Equal(0, await bot.StopAsync());
    }

    private Database DemoDatabase => new(Folder.In("data/demo.db"));

    private static string WithoutSequences(string yaml) =>
        string.Join('\n', yaml.Split('\n').Where(static line => !line.Contains("start: ", StringComparison.Ordinal)));
}
