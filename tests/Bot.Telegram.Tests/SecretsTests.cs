using System.Diagnostics;
using Bot.Core.Messages;
using Bot.FakeTelegram.Faults;
using Bot.Telegram.Calls;
using Bot.Telegram.Receiving;
using Bot.Telegram.Setup;
using Bot.Telegram.Tests.Support;

namespace Bot.Telegram.Tests;

public sealed class SecretsTests : ServerTest
{
    private const string Token = "4242:PLANTED-token_that_must_not_show";
    private const string Text = "planted text";
    private const string Phone = "+79991112233";

    private static readonly Fault[] Faults =
    [
        Fault.Reset(), Fault.Lost(), Fault.Truncated(), Fault.Garbage(), Fault.Html(500), Fault.Html(404), Fault.Forbidden(),
        Fault.TooManyRequests(1), Fault.BadRequest("no"), Fault.Hang(TimeSpan.FromMinutes(1)),
    ];

    [Fact]
    public async Task Token_texts_and_phones_are_in_no_log_and_no_trace()
    {
        var traces = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.StartsWith("System.Net", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Add($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        using var api = new BotApi(new BotApiOptions(Token) { ApiUrl = Server.Url, Timeout = TimeSpan.FromMilliseconds(300), PollTimeout = TimeSpan.FromSeconds(1), PollGrace = TimeSpan.FromMilliseconds(-500) });
        var channel = ChannelTo(api);
        var chat = Server.Bot(Token).Chat(1);

        var outcomes = new List<string>();
        foreach (var fault in Faults)
        {
            Server.Faults.Clear();
            Server.Faults.Add(fault with { Method = "*" });
            outcomes.Add($"{await channel.SendAsync(Some.Message(1, Text), default)}");
            await channel.AcknowledgeAsync(new Acknowledgement(Some.Address(1), "q", Text, 1), default);
            await PollAsync(api, chat, stopAfter: 2);
        }

        var introduction = new Introduction(api, new TelegramState(), TimeProvider.System, new Random(1), Log.For<Introduction>());
        await introduction.AskWhoWeAreAsync(default);
        Server.Faults.Clear();
        Server.Bot(Token).IsRevoked = true;
        outcomes.Add($"{await channel.SendAsync(Some.Message(1, Text), default)}");
        await PollAsync(api, chat, stopAfter: 2);

        Assert.NotEmpty(Log.Lines);
        var all = $"{Log.All}\n{string.Join('\n', outcomes)}\n{string.Join('\n', traces)}\n{api}\n{api.Options}";
        foreach (var secret in new[] { "PLANTED", Text, Phone })
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        // Of this server: other tests' clients are heard too.
        Assert.DoesNotContain(traces, trace => trace.Contains($"{Server.Url.Port}/bot", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PLANTED")]
    [InlineData(":PLANTED")]
    [InlineData("12:")]
    [InlineData("12:PLAN TED")]
    [InlineData("x12:PLANTED")]
    [InlineData("12:PLANTED/../x")]
    public void A_token_of_the_wrong_shape_is_refused_without_repeating_it(string token)
    {
        var fault = Assert.Throws<ArgumentException>(() => new BotApi(new BotApiOptions(token)));

        Assert.DoesNotContain("PLAN", fault.ToString(), StringComparison.Ordinal);
    }

    private async Task PollAsync(BotApi api, FakeTelegram.Chats.FakeChat chat, int stopAfter)
    {
        chat.Says(Text);
        chat.SharesContact(Phone);
        using var stop = new CancellationTokenSource();
        var time = new ManualTime();
        var poller = new Poller(
            api, new TelegramState(), (inputs, _) => throw new InvalidOperationException("not accepted"), time, new Random(1), Log.For<Poller>());
        var run = Task.Run(() => poller.RunAsync(stop.Token));
        for (var i = 0; i < stopAfter && !run.IsCompleted; i++)
        {
            await Eventually.TrueAsync(() => run.IsCompleted || time.IsWaitedFor, "the poller does not pause");
            if (!run.IsCompleted)
                time.Advance(TimeSpan.FromSeconds(30));
        }

        await stop.CancelAsync();
        await run;
    }
}
