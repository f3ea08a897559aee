using System.Globalization;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Storage.Sqlite;
using Bot.Tests.Support;
using Dapper;

namespace Bot.Tests.Timing;

/// <summary>What is due, with a real database and a clock that is moved by hand.</summary>
public sealed class DueWorkTests
{
    /// <summary>15:00 in Moscow, where the shipped business is.</summary>
    private static readonly DateTimeOffset Afternoon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly RecordingChannel _channel = new() { Name = "simulation" };

    [Fact]
    public async Task Case_26_Down_across_a_message_it_comes_at_once_if_it_still_may_and_else_it_is_recorded_as_missed_never_both()
    {
        var time = new SimulatedTime(Afternoon);
        await using var before = TestBot.Create(business: time, channel: _channel).Start();
        await GetsTheChecklistAsync(before, 1);
        await before.CrashAsync();

        // Due after 15 minutes; the bot is back three hours later, with six to spare.
        time.MoveTo(Afternoon.AddHours(3));
        await using var back = before.Restart(channel: _channel).Start();
        await DueAsync(back);
        await DueAsync(back);
        Assert.Single(Templates(), "welcome/hello");

        // The next one is due on the third day; the bot is back just past its limit of six hours.
        await back.CrashAsync();
        time.MoveTo(Afternoon.AddDays(3).AddHours(6).AddMilliseconds(1));
        await using var late = back.Restart(channel: _channel).Start();
        await DueAsync(late);
        await DueAsync(late);

        Assert.DoesNotContain("welcome/mistakes", Templates());
        Assert.Equal(["TooLate"], Query(late, "SELECT reason FROM deliveries WHERE template = 'welcome/mistakes'"));
        Assert.Single(Query(late, "SELECT CAST(body AS TEXT) FROM admin_messages WHERE key LIKE 'too-late:%'"));

        // It goes on where it is.
        time.MoveTo(Afternoon.AddDays(7).AddMinutes(1));
        await DueAsync(late);
        Assert.Single(Templates(), "welcome/story");
    }

    [Theory]
    [InlineData("Europe/Berlin", "09:00", "2027-03-27", "2027-03-30")]
    [InlineData("Europe/Berlin", "02:30", "2027-03-27", "2027-03-30")]
    [InlineData("Europe/Berlin", "02:30", "2027-10-30", "2027-11-02")]
    [InlineData("America/New_York", "02:30", "2027-03-13", "2027-03-16")]
    [InlineData("America/New_York", "01:30", "2027-11-06", "2027-11-09")]
    [InlineData("Asia/Kolkata", "09:00", "2027-03-27", "2027-03-30")]
    [InlineData("Europe/Moscow", "09:00", "2027-10-30", "2027-11-02")]
    public async Task Case_27_A_daily_message_comes_once_each_local_day_over_a_change_of_clocks(string zone, string at, string from, string to)
    {
        var content = Daily(at, zone);
        var here = content.Settings.Zone;
        var start = new DateTimeOffset(DateTime.Parse(from, CultureInfo.InvariantCulture), here.BaseUtcOffset);
        var time = new SimulatedTime(start.AddDays(-1));
        await using var bot = TestBot.Create(business: time, channel: _channel).Start();
        bot.ContentOrThrow = () => content;
        await GetsTheChecklistAsync(bot, 1);
        await DueAsync(bot);

        var days = new List<DateOnly>();
        for (var now = start; now < new DateTimeOffset(DateTime.Parse(to, CultureInfo.InvariantCulture), here.BaseUtcOffset); now += TimeSpan.FromMinutes(15))
        {
            time.MoveTo(now);
            var before = Templates().Count(template => template == "automation/greeting");
            await DueAsync(bot);
            days.AddRange(Enumerable.Repeat(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, here).DateTime),
                Templates().Count(template => template == "automation/greeting") - before));
        }

        var first = DateOnly.Parse(from, CultureInfo.InvariantCulture);
        Assert.Equal([first, first.AddDays(1), first.AddDays(2)], days);
    }

    [Fact]
    public async Task Case_28_A_clock_that_goes_back_or_jumps_a_day_ahead_sends_nothing_twice_and_no_storm()
    {
        var content = Daily("12:00", "Europe/Moscow");
        var time = new SimulatedTime(Afternoon.AddDays(-1));
        await using var bot = TestBot.Create(business: time, channel: _channel).Start();
        bot.ContentOrThrow = () => content;
        await GetsTheChecklistAsync(bot, 1);
        await DueAsync(bot);
        time.MoveTo(Afternoon.AddHours(-2));
        await DueAsync(bot);
        Assert.Single(Greetings());

        time.MoveTo(Afternoon.AddHours(-4));
        await DueAsync(bot);
        time.MoveTo(Afternoon.AddHours(-2));
        await DueAsync(bot);
        Assert.Single(Greetings());

        // Four days at once: the latest of them, and what is past its limit not at all.
        time.MoveTo(Afternoon.AddDays(4).AddHours(-2));
        await DueAsync(bot);
        Assert.Equal(2, Greetings().Count);
        time.MoveTo(Afternoon.AddDays(6).AddHours(8));
        await DueAsync(bot);
        Assert.Equal(2, Greetings().Count);
        Assert.Equal(["TooLate"], Query(bot, "SELECT reason FROM deliveries WHERE template = 'automation/greeting' AND status = 3"));
    }

    [Fact]
    public async Task A_customer_gets_a_daily_message_by_their_own_clock()
    {
        var content = Daily("11:00", "Europe/Moscow");
        var time = new SimulatedTime(Afternoon);
        await using var bot = TestBot.Create(business: time, channel: _channel).Start();
        bot.ContentOrThrow = () => content;
        foreach (var (chat, zone) in new[] { (1L, (string?)null), (2L, "Asia/Vladivostok"), (3L, "America/New_York") })
        {
            await GetsTheChecklistAsync(bot, chat);
            await LivesInAsync(bot, chat, zone, time);
        }

        await DueAsync(bot);
        var came = new Dictionary<long, DateTimeOffset>();
        for (var now = Afternoon; now < Afternoon.AddDays(1); now += TimeSpan.FromMinutes(30))
        {
            time.MoveTo(now);
            await DueAsync(bot);
            foreach (var message in Greetings().Where(message => !came.ContainsKey(message.Address.Address)))
            {
                came.Add(message.Address.Address, now);
            }
        }

        Assert.Equal("11:00", Clock(came[1], "Europe/Moscow"));
        Assert.Equal("11:00", Clock(came[2], "Asia/Vladivostok"));
        Assert.Equal("11:00", Clock(came[3], "America/New_York"));
        Assert.Equal(3, Greetings().Count);
    }

    [Fact]
    public async Task A_day_that_is_cut_off_goes_on_where_it_was()
    {
        const int Customers = 1_200;
        var content = Daily("12:00", "Europe/Moscow");
        var time = new SimulatedTime(Afternoon.AddDays(-1));
        await using var first = TestBot.Create(business: time, channel: _channel).Start();
        first.ContentOrThrow = () => content;
        await first.Writer.AcceptAsync([.. Enumerable.Range(1, Customers).Select(chat => Says(chat, "/start guide"))], TestContext.Current.CancellationToken);
        await DueAsync(first);
        time.MoveTo(Afternoon.AddHours(-3));

        // Cut off after some pages, again and again.
        var bot = first;
        for (var n = 0; n < 4; n++)
        {
            using var cut = new CancellationTokenSource();
            var work = bot.Due.RunAsync(cut.Token);
            await Eventually.TrueAsync(() => work.IsCompleted || Query(bot, "SELECT cursor FROM schedules WHERE cursor IS NOT NULL").Count > 0 || n == 3, "a page");
            await cut.CancelAsync();
            await bot.CrashAsync();
            await work.ContinueWith(_ => { }, TaskScheduler.Default);
            bot = bot.Restart(channel: _channel).Start();
        }

        await DueAsync(bot);

        // Nobody has consented, so each of them has the reason, once.
        Assert.Equal([Customers.ToString(CultureInfo.InvariantCulture)], Query(bot,
            "SELECT count(*) FROM deliveries WHERE template = 'automation/greeting' AND reason = 'NoConsent'"));
        Assert.Equal([Customers.ToString(CultureInfo.InvariantCulture)], Query(bot,
            "SELECT count(DISTINCT profile_id) FROM deliveries WHERE template = 'automation/greeting'"));
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task No_answer_waits_behind_a_thousand_offers()
    {
        const int Customers = 1_000;
        var content = Daily("12:00", "Europe/Moscow");
        var time = new SimulatedTime(Afternoon.AddDays(-1));
        var telegram = new RecordingChannel();
        await using var bot = TestBot.Create(business: time, channel: telegram).Start();
        bot.ContentOrThrow = () => content;
        var chats = Enumerable.Range(1, Customers).Select(chat => new ChatAddress(ChatAddress.Telegram, 1, chat)).ToList();
        await bot.Writer.AcceptAsync([.. chats.Select(chat => Says(chat.Address, "/start") with { Chat = chat })], TestContext.Current.CancellationToken);
        await bot.Writer.StepAsync(transaction =>
        {
            foreach (var chat in chats)
            {
                var before = transaction.Load(chat);
                var agreed = before.Profile! with { Consents = [new("marketing", before.Chat!.Id)] };
                transaction.Apply(before, new Core.Turns.TurnResult.Outcome(before with { Profile = agreed }, []), time.GetUtcNow());
            }

            return true;
        }, TestContext.Current.CancellationToken);
        await SettleAsync(bot);
        await bot.Due.RunAsync(TestContext.Current.CancellationToken);
        time.MoveTo(Afternoon.AddHours(-3));

        // Telegram takes 30 a second, so most of them must wait; they wait where nothing else is.
        Assert.False(await bot.Due.RunAsync(TestContext.Current.CancellationToken));

        Assert.InRange(bot.Sender.Count, 1, Bot.Timing.DueWork.Room + 100);
        await bot.Writer.AcceptAsync([Says(1, "/menu") with { Chat = chats[0] }], TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => telegram.Sent.Count(message => message.Kind == MessageKind.Reply) > Customers, "the answer");
        Assert.True(bot.Sender.Count > 0, "The offers were through before the answer, so nothing is proved.");
    }

    [Fact]
    public async Task What_is_new_begins_with_its_next_time_not_with_one_that_has_passed()
    {
        var time = new SimulatedTime(Afternoon);
        await using var bot = TestBot.Create(business: time, channel: _channel).Start();
        var content = Daily("12:00", "Europe/Moscow");
        bot.ContentOrThrow = () => content;
        await GetsTheChecklistAsync(bot, 1);

        await DueAsync(bot);

        Assert.Empty(Greetings());
        Assert.Equal(Afternoon.AddMinutes(15), bot.Due.NextDue());
        time.MoveTo(Afternoon.AddDays(1).AddHours(-3));
        await DueAsync(bot);
        Assert.Single(Greetings());
    }

    [Fact]
    public async Task A_sequence_ends_when_a_step_of_it_is_set_aside()
    {
        var time = new SimulatedTime(Afternoon);
        await using var bot = TestBot.Create(business: time, channel: _channel).Start();
        await GetsTheChecklistAsync(bot, 1);
        time.MoveTo(Afternoon.AddMinutes(20));

        // The turns fail; what looks for the timers that are due does not.
        bot.ContentOrThrow = () => Thread.CurrentThread.Name == "writer" ? throw new InvalidOperationException("a fault of ours") : TestBot.Shipped;
        await DueAsync(bot);

        Assert.Equal(["5"], Query(bot, "SELECT ended FROM sequence_runs"));
        Assert.Single(Query(bot, "SELECT id FROM aside"));
    }

    [Fact]
    public async Task Automations_that_set_each_other_off_do_not_hold_up_the_rest()
    {
        var content = SomeContent.ShippedWith(("automations.yaml", yaml => $$"""
            {{yaml}}
              round:
                event: lead-magnet.delivered
                for: consent(marketing)
                do: [ record: lead-magnet.delivered ]
            """));
        await using var bot = TestBot.Create(channel: _channel).Start();
        bot.ContentOrThrow = () => content;
        await GetsTheChecklistAsync(bot, 1);

        await bot.Due.RunAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.NotEmpty(Query(bot, "SELECT count FROM automation_runs WHERE automation = 'round'"));
    }

    private static string Clock(DateTimeOffset at, string zone) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The shipped content with one automation more: a greeting for everyone, every day.</summary>
    private static Content Daily(string at, string zone) => SomeContent.ShippedWith(
        ("settings.yaml", yaml => yaml.Replace("Europe/Moscow", zone, StringComparison.Ordinal)
            .Replace("from: \"21:00\", to: \"09:00\"", "from: \"23:58\", to: \"23:59\"", StringComparison.Ordinal)),
        ("segments.yaml", yaml => yaml[..yaml.IndexOf("caps:", StringComparison.Ordinal)]),
        ("automations.yaml", yaml => $$"""
            {{yaml}}
              greeting:
                every: day
                at: "{{at}}"
                kind: marketing
                topic: tips
                say: { ru: Доброе утро!, en: Good morning! }
            """));

    private static Input.Message Says(long chat, string text) =>
        new($"simulation:{chat}:{text}:{Guid.CreateVersion7()}", new ChatAddress("simulation", 1, chat), new Person("Анна", "ru"), text);

    private async Task GetsTheChecklistAsync(TestBot bot, long chat)
    {
        foreach (var act in new[] { "/start guide", "[Согласен]", "Анна", $"anna{chat}@example.com", "[Да]" })
        {
            var address = new ChatAddress("simulation", 1, chat);
            Input input = Says(chat, act);
            if (act is ['[', .. var label, ']'])
            {
                var data = _channel.Sent.Where(message => message.Address == address).Select(message => message.Body.Keyboard).OfType<Keyboard.Inline>()
                    .SelectMany(keyboard => keyboard.Rows).SelectMany(row => row).Last(button => button.Label == label).Data!;
                input = new Input.Press(input.Key, address, input.From, data, "callback", 1);
            }

            await bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);
            await SettleAsync(bot);
        }
    }

    private static async Task LivesInAsync(TestBot bot, long chat, string? zone, SimulatedTime time) => await bot.Writer.StepAsync(transaction =>
    {
        var before = transaction.Load(new ChatAddress("simulation", 1, chat));
        transaction.Apply(before, new Core.Turns.TurnResult.Outcome(before with { Chat = before.Chat! with { Zone = zone } }, []), time.GetUtcNow());
        return true;
    }, TestContext.Current.CancellationToken);

    private static async Task DueAsync(TestBot bot)
    {
        await bot.Due.RunAsync(TestContext.Current.CancellationToken);
        await SettleAsync(bot);
    }

    private static async Task SettleAsync(TestBot bot)
    {
        while (bot.Sender.Count > 0 || bot.Store.Pending(default, 1).Count > 0)
        {
            await bot.Writer.StepAsync(_ => true, TestContext.Current.CancellationToken);
        }
    }

    private IEnumerable<string> Templates() => _channel.Sent.Select(message => message.Template);

    private List<OutboxMessage> Greetings() => [.. _channel.Sent.Where(message => message.Template == "automation/greeting")];

    private static List<string> Query(TestBot bot, string sql)
    {
        using var database = Connections.OpenReader(bot.Options.DatabasePath);
        return [.. database.Query<object>(sql).Select(row => Convert.ToString(((IDictionary<string, object>)row).Values.First(), CultureInfo.InvariantCulture)!)];
    }
}
