using System.Collections.Concurrent;
using Bot.Broadcasts;
using Bot.Core.Broadcasts;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage.Broadcasts;
using Bot.Tests.Support;

namespace Bot.Tests.Broadcasts;

/// <summary>A bot with customers, an owner at the demo's admin chat, and a pump that is run by hand.</summary>
internal sealed class Mailing : IAsyncDisposable
{
    private static readonly ChatAddress Desk = new(ChatAddress.Demo, 0, 0);
    private readonly BroadcastAnswers _answers;
    private readonly ConcurrentQueue<StaffCommand> _asked = new();
    private int _acts;

    private Mailing(TestBot bot)
    {
        Bot = bot;
        _answers = new BroadcastAnswers(() => bot.ContentOrThrow(), bot.Store, bot.Options, bot.Writer, bot.Business, Links.AreOn);
        bot.Writer.Committed += committed =>
        {
            foreach (var command in committed.Asked)
            {
                _asked.Enqueue(command);
            }
        };
    }

    public TestBot Bot { get; }

    public BroadcastPump Pump => Bot.Pump;

    public TrackedLinks Links => Bot.Links;

    /// <summary>What staff were told last.</summary>
    public string Told => Bot.Store.Admin.After(0, 1_000)[^1].Body.Html;

    public static Mailing Start(TestBot bot) => new(bot.Start());

    /// <summary>By day, whatever the hour of the test.</summary>
    public static SimulatedTime Noon => new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    /// <summary>A bot whose limits do not hold a test up: its customers are in the web chat, which has none.</summary>
    public static async Task<Mailing> WithAsync(int customers, TestBot? bot = null, string channel = "web", Uri? publicUrl = null)
    {
        var mailing = Start(bot ?? TestBot.Create(business: Noon, channel: new RecordingChannel { Name = channel }, publicUrl: publicUrl));
        await mailing.Bot.SqlAsync($"""
            INSERT INTO profiles (id, created_at, last_active_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {customers}) SELECT i, 0, 0 FROM n;
            INSERT INTO chats (id, profile_id, channel, bot, address, language, has_keyboard) SELECT id + 1000000, id, '{channel}', 0, id, 'ru', 0 FROM profiles;
            INSERT INTO consents_in_force (profile_id, purpose, chat_id) SELECT id, 'marketing', id + 1000000 FROM profiles;
            """);
        return mailing;
    }

    /// <summary>The owner writes, and sees the answer.</summary>
    public async Task SayAsync(string text) =>
        await TakeAsync(new Input.StaffMessage($"say:{_acts++}", Desk, new Person("", null, 0), text));

    /// <summary>The owner presses a button.</summary>
    public async Task PressAsync(string data) =>
        await TakeAsync(new Input.StaffPress($"press:{_acts++}", Desk, new Person("", null, 0), data, "cb", 1));

    /// <summary>Presses Send and then Yes of the latest draft or of one.</summary>
    public async Task SendAsync(long number = 1)
    {
        await PressAsync($"s.b.{number}.start");
        var yes = ((Keyboard.Inline)Bot.Store.Admin.After(0, 1_000)[^1].Body.Keyboard!).Rows[0][0].Data!;
        await PressAsync(yes);
    }

    /// <summary>Runs the pump until everything that is due is done.</summary>
    public async Task DoneAsync()
    {
        while (true)
        {
            var isAll = await Pump.RunAsync(TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => Bot.Sender.Count == 0, "everything is sent");
            await Bot.Writer.StepAsync(_ => true, TestContext.Current.CancellationToken);
            if (isAll && await Pump.RunAsync(TestContext.Current.CancellationToken) && Bot.Sender.Count == 0)
            {
                await Bot.Writer.StepAsync(_ => true, TestContext.Current.CancellationToken);
                await Pump.RunAsync(TestContext.Current.CancellationToken);
                return;
            }
        }
    }

    public Broadcast Broadcast(long number = 1) => Bot.Store.Broadcasts.Find(new BroadcastId(number))!;

    public RecipientCounts Counts(long number = 1) => BroadcastNumbers.Counts(Bot.Options, new BroadcastId(number));

    public long Count(RecipientState state, long number = 1) => Counts(number)[state];

    public async ValueTask DisposeAsync()
    {
        await Pump.StopAsync();
        await Bot.DisposeAsync();
    }

    private async Task TakeAsync(Input input)
    {
        await Bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);
        while (_asked.TryDequeue(out var command))
        {
            await _answers.AnswerAsync(((StaffCommand.Broadcast)command).Order, TestContext.Current.CancellationToken);
        }
    }
}
