using System.Collections.Concurrent;
using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Demo;
using Bot.Tests.Support;
using Bot.Timing;

namespace Bot.Tests.Demo;

public sealed class DemoClockTests : IAsyncLifetime
{
    private const int Weeks = 26;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly BusinessClock _clock = new(TimeProvider.System, TimeSpan.Zero);
    private readonly ConcurrentQueue<(string Text, DateTimeOffset At)> _sent = new();
    private readonly ManualTime _real = new();
    private TestBot _bot = null!;
    private DemoClock _demo = null!;

    public ValueTask InitializeAsync()
    {
        // On the web page, where Telegram's limits do not hold anything back.
        _bot = TestBot.Create(business: _clock, channel: new RecordingChannel { Name = ChatAddress.Web });
        _bot.ContentOrThrow = () => EveryWeek;
        _bot.Channel.Answer = message =>
        {
            _sent.Enqueue((message.Body.Html, _clock.GetUtcNow()));
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent(message.Id.Value));
        };
        _bot.Start();
        _demo = NewClock(TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _demo.Dispose();
        await _bot.DisposeAsync();
    }

    [Fact]
    public async Task What_was_meant_for_weeks_goes_week_by_week_when_they_pass_at_once()
    {
        await VisitAsync(1);
        var start = _clock.GetUtcNow();

        var end = await _demo.MoveAsync(new MoveOrder(3 * Week), TestContext.Current.CancellationToken);

        Assert.Equal(MoveEnd.Arrived, end);
        Assert.Equal(["Week 1", "Week 2", "Week 3"], _sent.Select(sent => sent.Text));
        Assert.All(_sent.Index(), week => Assert.InRange(week.Item.At - start - ((week.Index + 1) * Week), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1)));
        Assert.True(_clock.GetUtcNow() >= start + (3 * Week));
    }

    [Fact]
    public async Task The_next_event_is_one_event_and_after_the_last_there_is_none()
    {
        await VisitAsync(1);

        Assert.Equal(MoveEnd.Arrived, await _demo.MoveAsync(new MoveOrder(By: null), TestContext.Current.CancellationToken));
        Assert.Equal("Week 1", Assert.Single(_sent).Text);

        Assert.Equal(MoveEnd.Arrived, await _demo.MoveAsync(new MoveOrder(Weeks * Week), TestContext.Current.CancellationToken));
        Assert.Equal(MoveEnd.NothingDue, await _demo.MoveAsync(new MoveOrder(By: null), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_moves_at_once_are_made_one_after_the_other()
    {
        await VisitAsync(1);
        var start = _clock.GetUtcNow();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => _demo.MoveAsync(new MoveOrder(Week), TestContext.Current.CancellationToken)));

        Assert.InRange(_clock.GetUtcNow() - start, 2 * Week, (2 * Week) + TimeSpan.FromMinutes(1));
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public async Task It_stops_at_what_cannot_be_sent_so_that_the_rest_does_not_come_too_late()
    {
        await VisitAsync(1);
        var start = _clock.GetUtcNow();
        var arrives = new TaskCompletionSource<SendOutcome>();
        _bot.Channel.Answer = _ => arrives.Task;
        using var demo = NewClock(_real);

        var move = demo.MoveAsync(new MoveOrder(3 * Week), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() =>
        {
            _real.Advance(TimeSpan.FromSeconds(1));
            return move.IsCompleted;
        }, "the end of the move");

        Assert.Equal(MoveEnd.Held, await move);
        Assert.InRange(_clock.GetUtcNow() - start, TimeSpan.FromDays(6), TimeSpan.FromDays(8));
        arrives.SetResult(new SendOutcome.Sent(1));
        Assert.Equal(MoveEnd.Arrived, await _demo.MoveAsync(new MoveOrder(By: null), TestContext.Current.CancellationToken));
        Assert.Equal(["Week 1", "Week 2"], _bot.Channel.Texts);
    }

    [Fact]
    public async Task Half_a_year_of_a_few_customers_passes_in_seconds_and_each_gets_all_of_it()
    {
        const int customers = 5;
        for (var customer = 1; customer <= customers; customer++)
        {
            await VisitAsync(customer);
        }

        var started = TimeProvider.System.GetTimestamp();
        var end = await _demo.MoveAsync(new MoveOrder(Weeks * Week), TestContext.Current.CancellationToken);
        var took = TimeProvider.System.GetElapsedTime(started);

        Assert.Equal(MoveEnd.Arrived, end);
        Assert.Equal(customers * Weeks, _sent.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{customers * Weeks} messages in {took.TotalSeconds:0.00} s");
        Assert.True(took < TimeSpan.FromSeconds(20), $"It took {took}.");
    }

    /// <summary>Content with a message each week for half a year after a visit.</summary>
    private static Content EveryWeek { get; } = TestBot.Shipped with
    {
        Automations = ImmutableSortedDictionary<string, Automation>.Empty.Add("visit", new Automation("visit",
            new AutomationTrigger.OnEvent("booking.done", TimeSpan.Zero), null, MessageKind.Service, null, null, IsEnabled: true,
            new Outreach([new DialogAction.Start("care")], null, null, []))),
        Sequences = ImmutableSortedDictionary<string, Sequence>.Empty.Add("care", new Sequence("care", MessageKind.Service, null, null, null, null,
            IsEnabled: true,
            [.. Enumerable.Range(1, Weeks).Select(week => new SequenceStep($"week-{week}", week * Week, null, new Outreach([], Say($"Week {week}"), null, [])))])),
        Settings = TestBot.Shipped.Settings with { Quiet = null },
    };

    private static Text Say(string text)
    {
        var template = Template.Parse(text, Vocabulary.Empty).Result!;
        return new Text(TestBot.Shipped.Settings.Languages.ToImmutableDictionary(language => language, _ => template));
    }

    private DemoClock NewClock(TimeProvider real) => new(_clock, _bot.Due, _bot.Pump, _bot.Writer, _bot.Store, _bot.Sender, real);

    /// <summary>A customer who has written before comes for a visit, and what follows it begins.</summary>
    private async Task VisitAsync(long customer)
    {
        var address = new ChatAddress(ChatAddress.Web, 0, customer);
        await _bot.Writer.AcceptAsync(
            [new Input.Message($"hello:{customer}", address, null, "/start"), new Input.Event($"visit:{customer}", address, "booking.done", [])],
            TestContext.Current.CancellationToken);
        await _bot.Due.RunAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _bot.Sender.Count == 0, "the greeting");
        _sent.Clear();
        _bot.Channel.Sent.Clear();
    }
}
