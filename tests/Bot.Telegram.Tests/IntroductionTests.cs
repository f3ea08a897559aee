using System.Collections.Immutable;
using Bot.FakeTelegram.Faults;
using Bot.Telegram.Receiving;
using Bot.Telegram.Setup;
using Bot.Telegram.Tests.Support;

namespace Bot.Telegram.Tests;

public sealed class IntroductionTests : ServerTest
{
    private static readonly ImmutableArray<BotCommandList> Lists =
    [
        new(null, [new("menu", "Show the menu"), new("stop", "Unsubscribe")]),
        new("ru", [new("menu", "Показать меню"), new("stop", "Отписаться")]),
    ];

    private readonly TelegramState _state = new();
    private readonly ManualTime _time = new();

    private Introduction Introduction => new(Api, _state, _time, new Random(1), Log.For<Introduction>());

    [Fact]
    public async Task The_bot_learns_its_name() =>
        Assert.Equal(new BotIdentity(1000, "test_bot"), await Introduction.AskWhoWeAreAsync(default));

    [Fact]
    public async Task A_silent_Telegram_does_not_stop_the_start()
    {
        Server.Faults.Add(Fault.Html(502) with { Method = "*" });

        Assert.Null(await Introduction.AskWhoWeAreAsync(default));
        await Introduction.SetCommandsAsync(Lists, default);
    }

    [Fact]
    public async Task A_refused_token_shows_in_the_state()
    {
        Server.Bot().IsRevoked = true;

        Assert.Null(await Introduction.AskWhoWeAreAsync(default));
        Assert.Equal(TelegramStatus.TokenRefused, _state.Status);
        Assert.False(await Introduction.SetWebhookAsync(new Uri("https://example.com/telegram"), "x", default));
    }

    [Fact]
    public async Task Commands_are_set_for_each_language_and_not_again_when_they_are_the_same()
    {
        await Introduction.SetCommandsAsync(Lists, default);
        await Introduction.SetCommandsAsync(Lists, default);

        Assert.Equal(2, Server.Calls.Count(static call => call.Method == "setMyCommands"));
        Assert.Contains("Отписаться", Server.Bot().Commands["ru"], StringComparison.Ordinal);
        Assert.Contains("Unsubscribe", Server.Bot().Commands[""], StringComparison.Ordinal);
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task Setting_the_webhook_waits_as_long_as_it_is_told()
    {
        Server.Faults.Add(Fault.TooManyRequests(3) with { Method = "setWebhook", Times = 1 });

        var set = Introduction.SetWebhookAsync(new Uri("https://example.com/telegram"), "x", default);
        Assert.Equal(TimeSpan.FromSeconds(3), await _time.WaitAsync());
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.True(await set);
        Assert.Equal("https://example.com/telegram", Server.Bot().WebhookUrl);
        Assert.Empty(Server.Violations);
    }
}
