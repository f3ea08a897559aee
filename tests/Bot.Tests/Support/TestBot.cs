using System.Collections.Immutable;
using Bot.Admin;
using Bot.Broadcasts;
using Bot.Contents;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Turns;
using Bot.Operations;
using Bot.Sending;
using Bot.Storage;
using Bot.Timing;
using Bot.Writing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Support;

/// <summary>The path without its ends: a real database, writer and sender, and a channel that records.</summary>
internal sealed class TestBot : IAsyncDisposable
{
    public static readonly Content Shipped = new ContentFolder(Path.Combine(AppContext.BaseDirectory, "dialogs")).Load().Content!;

    private readonly string _folder;
    private readonly Metrics _metrics = new();
    private bool _isStopped;

    private TestBot(string folder, TimeProvider clock, TimeProvider? business, RecordingChannel? channel, Uri? publicUrl)
    {
        (_folder, Clock, Business, Channel) = (folder, clock, business ?? clock, channel ?? new RecordingChannel());
        Options = new StoreOptions(Path.Combine(folder, "bot.db")) { WaitForLock = TimeSpan.Zero };
        Store = Store.Open(Options, TimeProvider.System, NullLogger.Instance);
        Store.MarkRunning();
        Staff = new StaffHandler(() => ContentOrThrow(), Code, _metrics, NullLogger<StaffHandler>.Instance);
        Writer = new Writer(Store, new InputHandler(() => ContentOrThrow(), Store, Staff, Business), Business, _metrics, NullLogger<Writer>.Instance);
        Writer.Committed += committed =>
        {
            Commits.Add(committed);
        };
        Sender = new Sender(Store, Writer, [Channel], new RateLimits(new RateLimitOptions()), clock, Business, _metrics, NullLogger<Sender>.Instance);
        Links = new TrackedLinks(publicUrl, Store, Writer);
        Pump = new BroadcastPump(Store, Options, Writer, Sender, () => ContentOrThrow(), Links, new RateLimitOptions(), clock, Business, NullLogger<BroadcastPump>.Instance);
        Due = new DueWork(Store, Writer, () => ContentOrThrow(), () => Sender.Count - Pump.Count < DueWork.Room, () => { }, Business);
    }

    public TimeProvider Clock { get; }

    /// <summary>The business's clock.</summary>
    public TimeProvider Business { get; }

    public StoreOptions Options { get; }

    public Store Store { get; }

    public Writer Writer { get; }

    /// <summary>What makes a chat the admin chat.</summary>
    public ClaimCode Code { get; } = new();

    public StaffHandler Staff { get; }

    public Sender Sender { get; }

    public TrackedLinks Links { get; }

    public BroadcastPump Pump { get; }

    public DueWork Due { get; }

    public RecordingChannel Channel { get; }

    public System.Collections.Concurrent.ConcurrentBag<Committed> Commits { get; } = [];

    /// <summary>What handling an input meets; throws if the test wants a turn to fail.</summary>
    public Func<Content> ContentOrThrow { get; set; } = () => Shipped;

    public static TestBot Create(TimeProvider? clock = null, TimeProvider? business = null, RecordingChannel? channel = null, Uri? publicUrl = null) =>
        new(Directory.CreateTempSubdirectory("bot-test-").FullName, clock ?? TimeProvider.System, business, channel, publicUrl);

    /// <summary>Another start with the same database, after this one was disposed of or crashed.</summary>
    public TestBot Restart(TimeProvider? clock = null, RecordingChannel? channel = null) =>
        new(_folder, clock ?? Clock, Business == Clock ? clock : Business, channel, null) { ContentOrThrow = ContentOrThrow };

    public TestBot Start(bool sends = true)
    {
        Writer.Start();
        if (sends)
        {
            Sender.Start();
        }

        return this;
    }

    /// <summary>Takes in a text; completes when it is committed.</summary>
    public Task TakeAsync(string key, string text, long chat = 42) =>
        Writer.AcceptAsync([Text(key, text, chat)], TestContext.Current.CancellationToken);

    public static Input Text(string key, string text, long chat = 42) =>
        new Input.Message(key, new ChatAddress(ChatAddress.Telegram, 1000, chat), new Person("Анна", "ru"), text);

    /// <summary>Commits messages of any kind to a chat that has written before, as a turn of its profile would.</summary>
    public Task<ImmutableArray<OutboxMessage>> SayAsync(long chat, params (MessageKind Kind, string Text)[] messages) => Writer.StepAsync(transaction =>
    {
        var before = transaction.Load(new ChatAddress(ChatAddress.Telegram, 1000, chat));
        var effects = messages.Select(message => (Effect)new Effect.Say(message.Kind, "test", "test/say", new Body(message.Text)));
        return transaction.Apply(before, new TurnResult.Outcome(before, [.. effects]), Clock.GetUtcNow());
    }, TestContext.Current.CancellationToken);

    /// <summary>Runs SQL on the writer's connection, between its groups.</summary>
    public Task<long> SqlAsync(string sql) => Writer.StepAsync(
        _ =>
        {
            using var command = new Microsoft.Data.Sqlite.SqliteCommand(sql, Store.WriteConnection);
            return command.ExecuteScalar() as long? ?? 0;
        },
        TestContext.Current.CancellationToken);

    /// <summary>Ends as kill -9 does, as far as the database can tell: what is in flight is not recorded and no end is marked.</summary>
    public async Task CrashAsync()
    {
        _isStopped = true;
        await Writer.StopAsync(CancellationToken.None);
        await Sender.StopAsync(TimeSpan.Zero);
        Close();
    }

    public async Task StopAsync(TimeSpan? patience = null)
    {
        _isStopped = true;
        await Sender.StopAsync(patience ?? TimeSpan.FromSeconds(10));
        if (await Writer.StopAsync(CancellationToken.None))
        {
            Store.MarkClean();
        }

        Close();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            await StopAsync();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void Close()
    {
        Due.Dispose();
        Pump.Dispose();
        Sender.Dispose();
        Writer.Dispose();
        Store.Dispose();
        _metrics.Dispose();
    }
}
