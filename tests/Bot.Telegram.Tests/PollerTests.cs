using System.Collections.Concurrent;
using Bot.Core.Inputs;
using Bot.FakeTelegram.Faults;
using Bot.Telegram.Receiving;
using Bot.Telegram.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Bot.Telegram.Tests;

public sealed class PollerTests : ServerTest
{
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly TelegramState _state = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Updates_arrive_in_order_and_what_was_waiting_before_the_start_too()
    {
        Server.Chat(1).Says("before");
        await using var polling = Start();
        await ReceivedAsync("before");
        Server.Chat(1).Says("one");
        Server.Chat(2).Says("two");
        await ReceivedAsync("before", "one", "two");

        Assert.Equal(TelegramStatus.Working, _state.Status);
        Assert.Equal(["message", "edited_message", "callback_query", "my_chat_member"], Server.Bot().AllowedUpdates);
        Assert.Empty(Server.Violations);
    }

    [Fact]
    public async Task Telegram_forgets_a_batch_only_after_it_was_accepted()
    {
        var accepted = new TaskCompletionSource();
        Server.Chat(1).Says("one");
        await using var polling = Start(async (inputs, _) =>
        {
            await accepted.Task;
            Remember(inputs);
        });
        await Eventually.TrueAsync(() => Server.Calls.Count == 1, "no poll");
        Assert.Equal(1, Server.Bot().Pending);

        accepted.SetResult();

        await Eventually.TrueAsync(() => Server.Bot().Pending == 0, "not confirmed");
        Assert.Equal(["one"], _texts);
    }

    [Fact]
    public async Task A_batch_that_could_not_be_accepted_comes_again()
    {
        var failures = 2;
        Server.Chat(1).Says("one");
        await using var polling = Start((inputs, _) =>
        {
            if (failures-- > 0)
                throw new IOException("the disk is full");
            Remember(inputs);
            return Task.CompletedTask;
        });
        await _time.WaitAsync();
        Assert.Equal(TelegramStatus.NotAccepting, _state.Status);
        await NextTryAsync();
        await NextTryAsync();

        await ReceivedAsync("one");
        Assert.Equal(1, Log.Lines.Count(static line => line.Level == LogLevel.Error));
        await Eventually.TrueAsync(() => _state.Status == TelegramStatus.Working, "not working again");
    }

    [Fact]
    public async Task Ids_that_start_anew_lower_are_handled()
    {
        await using var polling = Start();
        Server.Bot().SetNextUpdateId(900_000);
        Server.Chat(1).Says("high");
        await ReceivedAsync("high");
        Server.Bot().SetNextUpdateId(5);
        Server.Chat(1).Says("low");
        await ReceivedAsync("high", "low");
        Server.Chat(1).Says("lower still");
        await ReceivedAsync("high", "low", "lower still");
    }

    [Fact]
    public async Task A_malformed_update_is_passed_over()
    {
        Server.Bot().PushRaw("""{"update_id":1,"message":[]}""", 1);
        Server.Bot().PushRaw("""{"update_id":2,"message":{"chat":{"id":1,"type":"private"},"text":"after"}}""", 2);
        await using var polling = Start();

        await ReceivedAsync("-", "after");
        await Eventually.TrueAsync(() => Server.Bot().Pending == 0, "not confirmed");
    }

    [Fact]
    public async Task A_webhook_that_is_still_set_is_removed()
    {
        Server.Bot().PushRaw("""{"update_id":1,"message":{"chat":{"id":1,"type":"private"},"text":"kept"}}""", 1);
        using (var http = new HttpClient())
            await http.GetAsync(new Uri(Server.Url, $"/bot{FakeTelegram.FakeTelegramServer.DefaultToken}/setWebhook?url={Some.DeadEnd()}"));
        await using var polling = Start();
        await NextTryAsync();

        await ReceivedAsync("kept");
        Assert.Null(Server.Bot().WebhookUrl);
    }

    [Fact]
    public async Task A_second_poller_is_told_once_and_tried_against_without_haste()
    {
        Server.Faults.Add(new Fault(FaultKind.Refusal)
        {
            Method = "getUpdates",
            Code = 409,
            Description = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            Times = 3,
        });
        await using var polling = Start();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await _time.WaitAsync() >= TimeSpan.FromSeconds(3));
            Assert.Equal(TelegramStatus.Conflict, _state.Status);
            await NextTryAsync();
        }

        Server.Chat(1).Says("mine again");
        await ReceivedAsync("mine again");
        Assert.Equal(1, Log.Lines.Count(static line => line.Level == LogLevel.Warning));
        Assert.Equal(TelegramStatus.Working, _state.Status);
    }

    [Fact]
    public async Task The_earlier_of_two_real_pollers_sees_the_conflict()
    {
        await using var polling = Start();
        await Eventually.TrueAsync(() => _state.Status == TelegramStatus.Working, "no poll");
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        // The first of these may fall between two polls.
        while (_state.Status != TelegramStatus.Conflict)
            await http.GetAsync(new Uri(Server.Url, $"/bot{FakeTelegram.FakeTelegramServer.DefaultToken}/getUpdates"), patience.Token);
    }

    [Fact]
    public async Task It_is_known_at_once_that_updates_arrive_even_if_there_are_none()
    {
        await using var polling = Start();

        await Eventually.TrueAsync(() => _state.Status == TelegramStatus.Working, "still not known");
        await Eventually.TrueAsync(() => Server.Calls.Count == 1, "not one short poll");
        Assert.Equal(0, Server.Calls[0].Parameters.GetProperty("timeout").GetInt32());
    }

    [Fact]
    public async Task A_refused_token_ends_the_polling()
    {
        Server.Bot().IsRevoked = true;

        await NewPoller(AcceptAsync).RunAsync(default).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(TelegramStatus.TokenRefused, _state.Status);
    }

    [Fact]
    public async Task A_429_is_waited_out()
    {
        Server.Faults.Add(Fault.TooManyRequests(7) with { Method = "getUpdates", Times = 1 });
        Server.Chat(1).Says("one");
        await using var polling = Start();

        Assert.Equal(TimeSpan.FromSeconds(7), await _time.WaitAsync());
        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Single(Server.Calls);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await ReceivedAsync("one");
    }

    [Fact]
    public async Task Pauses_grow_while_Telegram_is_away_and_stay_under_half_a_minute()
    {
        Server.Faults.Add(Fault.Html(502) with { Method = "*", Times = 12 });
        Server.Chat(1).Says("one");
        var pauses = new List<TimeSpan>();
        await using var polling = Start();
        for (var i = 0; i < 12; i++)
        {
            pauses.Add(await _time.WaitAsync());
            Assert.Equal(TelegramStatus.Unreachable, _state.Status);
            await NextTryAsync();
        }

        await ReceivedAsync("one");
        Assert.All(pauses, static pause => Assert.InRange(pause, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30)));
        Assert.True(pauses[0] <= TimeSpan.FromSeconds(1));
        Assert.True(pauses.Max() > TimeSpan.FromSeconds(5));
        Assert.Equal(1, Log.Lines.Count(static line => line.Level == LogLevel.Warning));
    }

    [Fact]
    public async Task A_server_that_answers_at_once_with_nothing_is_not_asked_in_a_circle()
    {
        Connect(Some.Options(Server) with { PollTimeout = TimeSpan.Zero });
        await using var polling = Start();

        // The first is a short one.
        Assert.Equal(TimeSpan.FromSeconds(0.5), await _time.WaitAsync());
        Assert.Equal(2, Server.Calls.Count);
    }

    [Fact]
    public async Task A_stop_ends_a_held_poll_at_once()
    {
        var polling = Start();
        await Eventually.TrueAsync(() => Server.Bot().AllowedUpdates is not null, "no poll");

        await polling.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_stop_waits_for_the_batch_that_was_handed_over()
    {
        var handed = new TaskCompletionSource();
        var committed = new TaskCompletionSource();
        Server.Chat(1).Says("one");
        var polling = Start(async (_, _) =>
        {
            handed.SetResult();
            await committed.Task;
        });
        await handed.Task;
        var stopped = polling.DisposeAsync().AsTask();
        Assert.False(stopped.IsCompleted);

        committed.SetResult();

        await stopped.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private Running Start(AcceptInputs? accept = null) => new(NewPoller(accept ?? AcceptAsync));

    private Poller NewPoller(AcceptInputs accept) => new(Api, _state, accept, _time, new Random(1), Log.For<Poller>());

    private Task AcceptAsync(IReadOnlyList<Input> inputs, CancellationToken cancellationToken)
    {
        Remember(inputs);
        return Task.CompletedTask;
    }

    private void Remember(IReadOnlyList<Input> inputs)
    {
        foreach (var input in inputs)
            _texts.Enqueue(input is Input.Message message ? message.Text : "-");
    }

    private Task ReceivedAsync(params string[] texts) =>
        Eventually.TrueAsync(() => _texts.SequenceEqual(texts), $"received: {string.Join(", ", _texts)}");

    private async Task NextTryAsync() => _time.Advance(await _time.WaitAsync());

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        public Running(Poller poller) => _run = Task.Run(() => poller.RunAsync(_stop.Token));

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }
}
