using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>A system of the business's own hears of what happens, whatever happens to it and to the bot.</summary>
public sealed class WebhookOutTests : BotTest
{
    private const string Name = "Плантида";
    private const string FirstName = "PLANTEDfirstname";
    private const string Phone = "+79161112233";

    private HookReceiver _receiver = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _receiver = await HookReceiver.StartAsync();
        Settings["Webhooks:Url"] = _receiver.Url.ToString();
        Settings["Webhooks:Secret"] = HookReceiver.Secret;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _receiver.DisposeAsync();
        Assert.Empty(_receiver.Strange);
    }

    [Fact]
    public async Task Errors_redirections_silence_and_lost_connections_delay_what_arrives_and_nothing_is_said_of_it_that_should_not_be()
    {
        await using var metrics = await Metrics.StartAsync();
        Settings["Log:Level"] = "Debug";
        Settings["Log:File"] = Folder.In("logs/bot.log");
        Settings["Otlp:Endpoint"] = metrics.Url.ToString();
        Settings["OTEL_METRIC_EXPORT_INTERVAL"] = "300";
        foreach (var (seen, fault) in ((int, HookFault)[])[(1, HookFault.Error), (4, HookFault.Redirect), (8, HookFault.Close), (12, HookFault.Hang)])
            _receiver.Faults[seen] = fault;
        var bot = await RunAsync();
        Chat(1).FirstName = FirstName;

        await Chat(1).GetsTheChecklistAsync(Name, Phone);
        for (var chat = 2; chat <= 20; chat++)
            await Chat(chat).IsAnsweredAsync("/start guide-vk", Customer.Asked);

        await Eventually.TrueAsync(() => _receiver.Taken.SetEquals(Events()) && Database.Number("SELECT count(*) FROM webhooks") == 0,
            () => $"{_receiver.Taken.Count} of {Events().Count} are taken", TimeSpan.FromMinutes(3));
        Assert.Equal(4, _receiver.Posts.Count(static post => !post.IsTaken));
        Assert.All(_receiver.Posts.GroupBy(static post => post.Id), static same => Assert.Single(same.Select(static post => post.Body).Distinct()));
        Assert.Contains(_receiver.Posts, static post => post.Event == "lead-magnet.delivered");
        await Eventually.TrueAsync(() => metrics.Counter("bot.webhooks") >= Events().Count + 4, "the tries are counted");
        await bot.StopAsync();

        var said = string.Join('\n', [.. bot.Errors, .. bot.Output, metrics.Received, .. Directory.GetFiles(Folder.In("logs")).Select(File.ReadAllText)]);
        Assert.Contains("is not taken by the receiver of webhooks (HTTP 500)", said, StringComparison.Ordinal);
        foreach (var planted in (string[])["PLANTED", HookReceiver.Secret["whsec_".Length..], Name, Phone[1..]])
        {
            Assert.DoesNotContain(planted, said, StringComparison.Ordinal);
            Assert.DoesNotContain(_receiver.Posts, post => post.Body.Contains(planted, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Killed_five_times_every_event_arrives_at_least_once()
    {
        const int Customers = 200;
        var bot = await RunAsync();
        for (var chat = 1; chat <= Customers; chat++)
            Chat(chat).Says("/start guide-vk");
        for (var kill = 1; kill <= 5; kill++)
        {
            var share = kill * Customers / 6;
            await Eventually.TrueAsync(() => _receiver.Taken.Count >= share, () => $"{_receiver.Taken.Count} of {share} are taken");
            await bot.KillAsync();
            bot = await RunAsync();
        }

        await Eventually.TrueAsync(
            () => Database.Number("SELECT count(*) FROM events WHERE event = 'link.opened'") == Customers && _receiver.Taken.SetEquals(Events())
                && Database.Number("SELECT count(*) FROM webhooks") == 0,
            () => $"{_receiver.Taken.Count} of {Events().Count} are taken");
        Assert.InRange(_receiver.Posts.Count, Events().Count, Events().Count + (5 * 4));
        TestContext.Current.TestOutputHelper?.WriteLine($"{_receiver.Posts.Count - Events().Count} events came twice in 5 kills.");
    }

    [Fact]
    public async Task Dead_ones_are_listed_on_the_machine_while_the_bot_runs()
    {
        var bot = await RunAsync();
        await Chat(1).IsAnsweredAsync("/start guide-vk", Customer.Asked);
        await Eventually.TrueAsync(() => _receiver.Taken.Count == 1 && Database.Number("SELECT count(*) FROM webhooks") == 0, "it is told");
        Assert.Equal((0, "No event was given up.", ""), await CommandAsync("webhooks"));
        await bot.StopAsync();
        Database.Change($"INSERT INTO webhooks (event_id, since_at, attempts, next_at, dead_at, status) SELECT id, 1, 10, 1, {DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()}, 404 FROM events");
        await RunAsync();

        var (exit, output, errors) = await CommandAsync("webhooks");
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("link.opened  HTTP 404  after 10 tries", output, StringComparison.Ordinal);
        Assert.Contains("1 given up.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_none_is_complained_of_without_repeating_it_or_the_address()
    {
        Settings["Webhooks:Secret"] = "PLANTED";

        var (exit, output, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.Contains("Webhooks:Secret: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("PLANTED", output + errors, StringComparison.Ordinal);
    }

    private HashSet<string> Events() => [.. Database.Texts("SELECT id FROM events")];
}
