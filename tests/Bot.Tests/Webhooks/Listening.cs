using System.Collections.Immutable;
using Bot.Configuration;
using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Turns;
using Bot.Core.Webhooks;
using Bot.Operations;
using Bot.Tests.Support;
using Bot.Webhooks;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Webhooks;

/// <summary>A bot to whose events a system of the business's own listens.</summary>
internal sealed class Listening : IAsyncDisposable
{
    public static readonly WebhookSecret Secret = WebhookSecret.Read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!;

    private static readonly Uri Url = new("https://crm.example.com/hooks?key=PLANTED");
    private readonly Metrics _metrics = new();
    private readonly EventFilter _filter;
    private int _keys;

    private Listening(TestBot bot, ManualTime time, EventFilter filter, bool isOn)
    {
        (Bot, Time, _filter) = (bot, time, filter);
        Open(isOn);
    }

    public ManualTime Time { get; }

    public TestBot Bot { get; private set; }

    public FakeReceiver Receiver { get; private set; } = new();

    /// <summary><see langword="null"/> while webhooks are off.</summary>
    public WebhookPump? Pump { get; private set; }

    public ListLog Log { get; } = new();

    public static async Task<Listening> CreateAsync(bool isOn = true, params string[] events)
    {
        var time = new ManualTime();
        var listening = new Listening(TestBot.Create(time), time, new EventFilter([.. events]), isOn);
        foreach (var chat in Enumerable.Range(1, 30))
        {
            await listening.Bot.TakeAsync($"chat {chat}", "/menu", chat);
        }

        return listening;
    }

    /// <summary>Something happens to the customer in this chat.</summary>
    public Task HappensAsync(int chat, string @event, params (string Name, Value Value)[] with) => Bot.Writer.StepAsync(transaction =>
    {
        var before = transaction.Load(new ChatAddress(ChatAddress.Telegram, 1000, chat));
        var record = new Effect.Record(@event, with.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)).ToImmutableArray());
        return transaction.Apply(before, new TurnResult.Outcome(before, [record]), Time.GetUtcNow());
    }, TestContext.Current.CancellationToken);

    /// <summary>Looks and sends what may go now.</summary>
    public Task RunAsync() => Pump!.RunAsync(TestContext.Current.CancellationToken);

    public async Task AdvanceAsync(TimeSpan by)
    {
        Time.Advance(by);
        await RunAsync();
    }

    /// <summary>Ends the bot, in good order or as kill -9 does, and starts another one with its database.</summary>
    public async Task RestartAsync(bool isOn = true, bool isKilled = false)
    {
        await CloseAsync();
        await (isKilled ? Bot.CrashAsync() : Bot.StopAsync());
        Bot = Bot.Restart();
        Open(isOn);
    }

    public Task<long> CountAsync(string what) => Bot.SqlAsync($"SELECT count(*) FROM {what}");

    public Task AcceptAsync(Func<string, Core.Inputs.Input> input) =>
        Bot.Writer.AcceptAsync([input($"input {++_keys}")], TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Bot.DisposeAsync();
        _metrics.Dispose();
    }

    private void Open(bool isOn)
    {
        // A handler is disposed of with who uses it; what it saw and how it answers stays.
        Receiver = new FakeReceiver { Answer = Receiver.Answer };
        Pump = WebhookPump.Open(isOn ? new WebhookOptions(Url, Secret, _filter) : WebhookOptions.Off, () => Receiver, Bot.Store, Bot.Writer, Time, _metrics, Log);
        Bot.Start(sends: false);
    }

    private async Task CloseAsync()
    {
        if (Pump is not null)
        {
            await Pump.StopAsync(TimeSpan.Zero);
            Pump.Dispose();
            Pump = null;
        }
    }

    /// <summary>Keeps what is logged.</summary>
    internal sealed class ListLog : ILogger<WebhookPump>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Lines => [.. _lines];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }
}
