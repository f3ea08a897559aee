using Bot.Core.Broadcasts;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Storage.Broadcasts;
using Bot.Tests.Support;

namespace Bot.Tests.Broadcasts;

/// <summary>Broadcasts from the owner's words to the last recipient, over the real writer, database and sender.</summary>
public sealed class BroadcastTests
{
    [Fact]
    public async Task Everybody_with_a_consent_gets_it_once_with_a_way_out_and_the_report_adds_up()
    {
        await using var mailing = await Mailing.WithAsync(300);
        await mailing.Bot.SqlAsync("DELETE FROM consents_in_force WHERE profile_id <= 20");
        await mailing.Bot.SqlAsync("UPDATE chats SET blocked_at = 1 WHERE profile_id BETWEEN 21 AND 25");
        await mailing.Bot.SqlAsync("INSERT INTO topics_off (profile_id, topic) SELECT id, 'offers' FROM profiles WHERE id BETWEEN 26 AND 32");
        await mailing.Bot.SqlAsync("UPDATE profiles SET paused_until = 99999999999999 WHERE id = 33");

        await mailing.SayAsync("/broadcast Скидка 15 % до пятницы");
        await mailing.SayAsync("/set topic offers");
        Assert.Contains("267", mailing.Told, StringComparison.Ordinal);
        await mailing.SendAsync();
        await mailing.DoneAsync();

        var sent = mailing.Bot.Channel.Sent.ToList();
        Assert.Equal(267, sent.Select(message => message.Chat).Distinct().Count());
        Assert.Equal(267, sent.Count);
        Assert.All(sent, message => Assert.Equal("a.unsubscribe.offers", ((Keyboard.Inline)message.Body.Keyboard!).Rows[^1][0].Data));
        Assert.Equal(BroadcastState.Finished, mailing.Broadcast().State);
        Assert.Equal((300, 267, 33), (mailing.Counts().All, mailing.Count(RecipientState.Sent), mailing.Count(RecipientState.Skipped)));
        Assert.Equal(267, await mailing.Bot.SqlAsync("SELECT count(*) FROM deliveries WHERE cause = 'broadcast:1' AND status = 0"));
        Assert.Contains("доставлено 267", mailing.Told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_topic_it_asks_and_a_draft_that_changed_since_the_question_is_not_sent()
    {
        await using var mailing = await Mailing.WithAsync(5);
        await mailing.SayAsync("/broadcast Привет");
        await mailing.PressAsync("s.b.1.start");
        Assert.Equal(BroadcastState.Draft, mailing.Broadcast().State);

        await mailing.PressAsync("s.b.1.topic.offers");
        await mailing.PressAsync("s.b.1.start");
        var yes = ((Keyboard.Inline)mailing.Bot.Store.Admin.After(0, 100)[^1].Body.Keyboard!).Rows[0][0].Data!;
        await mailing.SayAsync("/set segment all");
        await mailing.SayAsync("/set goal booking.done");
        await mailing.PressAsync(yes);
        await mailing.DoneAsync();

        Assert.Equal(BroadcastState.Draft, mailing.Broadcast().State);
        Assert.Empty(mailing.Bot.Channel.Sent);
    }

    [Fact]
    public async Task Who_unsubscribes_while_it_is_under_way_gets_nothing_more()
    {
        await using var mailing = await Mailing.WithAsync(200);
        var gate = new TaskCompletionSource();
        mailing.Bot.Channel.Answer = async message =>
        {
            await gate.Task;
            return new SendOutcome.Sent(message.Id.Value);
        };
        await BeginAsync(mailing, "Привет");
        while (mailing.Pump.Count == 0)
        {
            await mailing.Pump.RunAsync(TestContext.Current.CancellationToken);
        }

        await Eventually.TrueAsync(() => mailing.Bot.Channel.InFlight == 64, "as many are on their way as can be");
        var reached = mailing.Bot.Channel.Sent.Select(message => message.Profile.Value).ToHashSet();

        var others = Enumerable.Range(1, 200).Where(id => !reached.Contains(id)).ToList();
        foreach (var id in others)
        {
            await mailing.Bot.Writer.AcceptAsync([new Input.Message($"stop:{id}", new ChatAddress("web", 0, id), null, "/stop")], TestContext.Current.CancellationToken);
        }

        gate.SetResult();
        await mailing.DoneAsync();

        var marketing = mailing.Bot.Channel.Sent.Where(message => message.Kind == MessageKind.Marketing).Select(message => (int)message.Profile.Value).ToHashSet();
        Assert.Empty(marketing.Intersect(others));
        Assert.Equal((200, others.Count), (mailing.Counts().All, mailing.Count(RecipientState.Skipped)));
    }

    [Fact]
    public async Task A_pause_stops_it_and_a_cancel_ends_it_with_exact_counts()
    {
        await using var mailing = await Mailing.WithAsync(300);
        await BeginAsync(mailing, "Привет");
        mailing.Bot.Channel.Answer = async message =>
        {
            if (mailing.Bot.Channel.Sent.Count == 50)
            {
                await mailing.PressAsync("s.b.1.pause");
            }

            return new SendOutcome.Sent(message.Id.Value);
        };

        await mailing.DoneAsync();
        var sent = mailing.Bot.Channel.Sent.Count;
        Assert.InRange(sent, 50, 50 + 64);
        Assert.Equal((BroadcastState.Paused, sent), (mailing.Broadcast().State, (int)mailing.Count(RecipientState.Sent)));

        await mailing.DoneAsync();
        Assert.Equal(sent, mailing.Bot.Channel.Sent.Count);

        mailing.Bot.Channel.Answer = message => Task.FromResult<SendOutcome>(new SendOutcome.Sent(message.Id.Value));
        await mailing.PressAsync("s.b.1.resume");
        await mailing.PressAsync("s.b.1.cancel");
        Assert.Equal(BroadcastState.Running, mailing.Broadcast().State);
        await mailing.PressAsync("s.b.1.cancel.yes");
        await mailing.DoneAsync();
        Assert.Equal(BroadcastState.Cancelled, mailing.Broadcast().State);
        Assert.Equal(300, mailing.Count(RecipientState.Sent) + mailing.Count(RecipientState.Skipped));
        Assert.Equal(mailing.Bot.Channel.Sent.Count, mailing.Count(RecipientState.Sent));
    }

    [Fact]
    public async Task Too_many_errors_pause_it_and_the_owner_is_told()
    {
        await using var mailing = await Mailing.WithAsync(500);
        await BeginAsync(mailing, "Привет");
        mailing.Bot.Channel.Answer = message => Task.FromResult<SendOutcome>(
            message.Profile.Value % 2 == 0 ? new SendOutcome.Rejected("400 no") : new SendOutcome.Sent(1));

        await mailing.DoneAsync();

        Assert.Equal((BroadcastState.Paused, PauseReason.Errors), (mailing.Broadcast().State, mailing.Broadcast().PausedFor));
        Assert.InRange(mailing.Bot.Channel.Sent.Count, ErrorWatch.AtLeast, 300);
        Assert.Contains(mailing.Bot.Store.Admin.After(0, 100), line => line.Body.Html.Contains("слишком много ошибок", StringComparison.Ordinal));

        mailing.Bot.Channel.Answer = _ => Task.FromResult<SendOutcome>(new SendOutcome.Sent(1));
        await mailing.PressAsync("s.b.1.resume");
        await mailing.DoneAsync();
        Assert.Equal(BroadcastState.Finished, mailing.Broadcast().State);
        Assert.Equal(500, mailing.Bot.Channel.Sent.Select(message => message.Profile).Distinct().Count());
        Assert.Equal(500, mailing.Bot.Channel.Sent.Count);
    }

    [Fact]
    public async Task What_became_uncertain_is_unknown_and_what_was_told_to_wait_waits()
    {
        var time = Mailing.Noon;
        await using var mailing = await Mailing.WithAsync(40, TestBot.Create(business: time, channel: new RecordingChannel { Name = "web" }));
        await BeginAsync(mailing, "Привет");
        var tries = new System.Collections.Concurrent.ConcurrentDictionary<long, int>();
        mailing.Bot.Channel.Answer = message => Task.FromResult<SendOutcome>((message.Profile.Value, tries.AddOrUpdate(message.Profile.Value, 1, (_, n) => n + 1)) switch
        {
            (1, _) => new SendOutcome.Unknown("timeout"),
            (2, 1) => new SendOutcome.RetryAfter(TimeSpan.FromMilliseconds(50)),
            (3, 1) => new SendOutcome.NotSent("no way"),
            (4, _) => new SendOutcome.Blocked("403"),
            (5, _) => new SendOutcome.Rejected("400"),
            _ => new SendOutcome.Sent(message.Id.Value),
        });

        await mailing.DoneAsync();
        Assert.Equal((BroadcastState.Running, 2), (mailing.Broadcast().State, (int)mailing.Count(RecipientState.Waiting)));
        time.MoveTo(time.GetUtcNow() + TimeSpan.FromMinutes(1));
        await mailing.DoneAsync();

        Assert.Equal((37, 1, 1, 1), (mailing.Count(RecipientState.Sent), mailing.Count(RecipientState.Unknown), mailing.Count(RecipientState.Blocked),
            mailing.Count(RecipientState.Failed)));
        Assert.Equal(BroadcastState.Finished, mailing.Broadcast().State);
        Assert.Equal((1, 2, 2), (tries[1], tries[2], tries[3]));
        Assert.Equal(1, await mailing.Bot.SqlAsync("SELECT count(*) FROM chats WHERE profile_id = 4 AND blocked_at IS NOT NULL"));
    }

    [Fact]
    public async Task Nobody_gets_two_variants_of_one_experiment_also_over_two_broadcasts_of_it()
    {
        await using var mailing = await Mailing.WithAsync(1_000);
        await mailing.SayAsync("/broadcast Вариант один");
        await mailing.SayAsync("/variant Вариант два");
        await mailing.SayAsync("/set topic offers");
        await mailing.SayAsync("/set split 20% 10% spring");
        await mailing.SendAsync();
        await mailing.DoneAsync();

        var first = ByProfile(mailing);
        Assert.Equal(BroadcastState.Running, mailing.Broadcast().State);
        Assert.InRange(first.Count(one => one.Value == "Вариант один"), 150, 250);
        Assert.InRange(first.Count(one => one.Value == "Вариант два"), 150, 250);
        Assert.InRange(mailing.Count(RecipientState.Skipped), 70, 130);

        await mailing.PressAsync("s.b.1.win.B");
        await mailing.PressAsync("s.b.1.win.B.yes");
        await mailing.DoneAsync();
        Assert.Equal(BroadcastState.Finished, mailing.Broadcast().State);
        var all = ByProfile(mailing);
        Assert.Equal(["HeldOut"], BroadcastNumbers.Report(mailing.Bot.Options, mailing.Broadcast()).Reasons.Keys);
        Assert.Equal(1_000 - mailing.Count(RecipientState.Skipped), all.Count);

        // The caps of the shipped content would keep a second one back.
        await mailing.Bot.SqlAsync("DELETE FROM deliveries");
        await mailing.SayAsync("/broadcast Вариант один");
        await mailing.SayAsync("/variant Вариант два");
        await mailing.SayAsync("/set topic offers");
        await mailing.SayAsync("/set split 30% 0% spring");
        await mailing.SendAsync(2);
        await mailing.DoneAsync();

        var texts = mailing.Bot.Channel.Sent.GroupBy(message => message.Profile.Value).ToDictionary(group => group.Key, group => group.Select(message => message.Body.Html).Distinct().ToList());
        Assert.All(texts, one => Assert.Single(one.Value));
        Assert.Equal(all.Count, texts.Count);
        Assert.Contains("данных мало", Report(mailing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_decided_on_an_old_look_does_not_touch_a_message_that_is_on_its_way()
    {
        await using var mailing = await Mailing.WithAsync(1);
        await BeginAsync(mailing, "Привет");
        OutboxMessage? sent = null;
        mailing.Bot.Channel.Answer = async message =>
        {
            sent = message;
            await mailing.Bot.Writer.StepAsync(transaction =>
            {
                transaction.Broadcasts.Skip(new RecipientId(message.Id.Value), Core.Gate.SkipReason.Cap, mailing.Bot.Business.GetUtcNow());
                transaction.Broadcasts.Wait(new RecipientId(message.Id.Value), mailing.Bot.Business.GetUtcNow().AddDays(1), null);
                return true;
            }, TestContext.Current.CancellationToken);
            return new SendOutcome.Sent(7);
        };

        await mailing.DoneAsync();

        Assert.NotNull(sent);
        Assert.Equal((1, BroadcastState.Finished), (mailing.Count(RecipientState.Sent), mailing.Broadcast().State));
    }

    [Fact]
    public async Task In_their_own_time_each_gets_it_at_ten()
    {
        var time = new SimulatedTime(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        await using var mailing = await Mailing.WithAsync(30, TestBot.Create(business: time, channel: new RecordingChannel { Name = "web" }));
        await mailing.Bot.SqlAsync("UPDATE chats SET zone = CASE WHEN profile_id <= 10 THEN 'Asia/Vladivostok' WHEN profile_id <= 20 THEN 'Europe/Kaliningrad' END");
        await mailing.SayAsync("/broadcast Доброе утро");
        await mailing.SayAsync("/set topic offers");
        await mailing.SayAsync("/set local 10:00");
        await mailing.SendAsync();

        var hours = new List<(int Hour, int Sent)>();
        for (var at = time.GetUtcNow(); at < new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero); at += TimeSpan.FromHours(1))
        {
            time.MoveTo(at);
            var before = mailing.Bot.Channel.Sent.Count;
            await mailing.DoneAsync();
            if (mailing.Bot.Channel.Sent.Count > before)
            {
                hours.Add((at.Hour, mailing.Bot.Channel.Sent.Count - before));
            }
        }

        // Vladivostok is ten hours ahead of UTC, Moscow three, Kaliningrad two.
        Assert.Equal([(0, 10), (7, 10), (8, 10)], hours);
        Assert.Equal(BroadcastState.Finished, mailing.Broadcast().State);
    }

    [Fact]
    public async Task At_night_it_waits_for_the_morning_and_is_not_too_late_for_that()
    {
        var time = new SimulatedTime(new DateTimeOffset(2026, 11, 21, 19, 0, 0, TimeSpan.Zero));
        await using var mailing = await Mailing.WithAsync(10, TestBot.Create(business: time, channel: new RecordingChannel { Name = "web" }));
        await BeginAsync(mailing, "Привет");
        await mailing.DoneAsync();
        Assert.Empty(mailing.Bot.Channel.Sent);

        time.MoveTo(mailing.Pump.NextDue()!.Value);
        await mailing.DoneAsync();

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero), time.GetUtcNow());
        Assert.Equal(10, mailing.Count(RecipientState.Sent));
    }

    [Fact]
    public async Task A_click_is_counted_once_and_a_link_that_was_not_made_here_leads_nowhere()
    {
        await using var mailing = await Mailing.WithAsync(3, publicUrl: new Uri("https://salon.example.com/bot"));
        await mailing.SayAsync("/broadcast Привет");
        await mailing.SayAsync("/set topic offers");
        await mailing.SayAsync("/set link Смотреть = https://example.com/page?a=1&b=2");
        await mailing.SendAsync();
        await mailing.DoneAsync();

        var message = mailing.Bot.Channel.Sent.First();
        var url = ((Keyboard.Inline)message.Body.Keyboard!).Rows[0][0].Url!;
        Assert.StartsWith("https://salon.example.com/bot/r/", url, StringComparison.Ordinal);
        var code = url[^24..];
        Assert.Equal(new RecipientId(message.Id.Value), mailing.Links.Read(code));
        Assert.Equal((message.Address, "https://example.com/page?a=1&b=2"), mailing.Bot.Store.Broadcasts.Link(new RecipientId(message.Id.Value)));
        for (var i = 0; i < code.Length; i++)
        {
            Assert.Null(mailing.Links.Read(code[..i] + (code[i] == 'A' ? 'B' : 'A') + code[(i + 1)..]));
        }

        Assert.All(["", "x", code + "A", code[1..], new string('A', 24)], forged => Assert.Null(mailing.Links.Read(forged)));
        for (var i = 0; i < 2; i++)
        {
            await mailing.Bot.Writer.AcceptAsync([new Input.Clicked(message.Address, new RecipientId(message.Id.Value))], TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, await mailing.Bot.SqlAsync("SELECT count(*) FROM recipients WHERE clicked_at IS NOT NULL"));
        Assert.Equal(1, await mailing.Bot.SqlAsync("SELECT count(*) FROM events WHERE event = 'broadcast.clicked'"));
        Assert.Contains("33.3 % (1 из 3)", Report(mailing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_button_of_a_broadcast_opens_its_dialog_for_its_customer_alone()
    {
        await using var mailing = await Mailing.WithAsync(2);
        await mailing.SayAsync("/broadcast Привет");
        await mailing.SayAsync("/set topic offers");
        await mailing.SayAsync("/set button Настроить = preferences");
        await mailing.SendAsync();
        await mailing.DoneAsync();
        var message = mailing.Bot.Channel.Sent.First();
        var data = ((Keyboard.Inline)message.Body.Keyboard!).Rows[0][0].Data!;
        var other = mailing.Bot.Channel.Sent.Single(one => one.Id != message.Id);

        await mailing.Bot.Writer.AcceptAsync([new Input.Press("theirs", other.Address, null, data, "cb", 1)], TestContext.Current.CancellationToken);
        Assert.Equal(0, await mailing.Bot.SqlAsync("SELECT count(*) FROM conversations"));
        await mailing.Bot.Writer.AcceptAsync([new Input.Press("own", message.Address, null, data, "cb", 1)], TestContext.Current.CancellationToken);

        Assert.Equal(1, await mailing.Bot.SqlAsync($"SELECT count(*) FROM conversations WHERE dialog = 'preferences' AND chat_id = {message.Chat.Value}"));
        Assert.Equal(1, await mailing.Bot.SqlAsync("SELECT count(*) FROM recipients WHERE clicked_at IS NOT NULL"));
    }

    [Fact]
    public async Task What_was_sent_can_be_changed_and_taken_back()
    {
        await using var mailing = await Mailing.WithAsync(120);
        mailing.Bot.Channel.Answer = message => Task.FromResult<SendOutcome>(new SendOutcome.Sent(message.Profile.Value + 5_000));
        await BeginAsync(mailing, "Скидка 15 %");
        await mailing.DoneAsync();
        mailing.Bot.Channel.Sent.Clear();

        await mailing.SayAsync("/edit 1 Скидка 20 %");
        await mailing.DoneAsync();
        Assert.Empty(mailing.Bot.Channel.Sent);
        await mailing.PressAsync("s.b.1.edit.yes");
        await mailing.DoneAsync();

        Assert.Equal(120, mailing.Bot.Channel.Sent.Select(message => message.Profile).Distinct().Count());
        Assert.All(mailing.Bot.Channel.Sent, message =>
        {
            Assert.Equal("Скидка 20 %", message.Body.Html);
            Assert.Equal((message.Profile.Value + 5_000, 1), (message.Place!.Edits, message.Broadcast!.Revision));
        });

        mailing.Bot.Channel.Sent.Clear();
        await mailing.PressAsync("s.b.1.recall");
        await mailing.PressAsync("s.b.1.recall.yes");
        await mailing.DoneAsync();
        Assert.Equal(120, mailing.Bot.Channel.Sent.Count);
        Assert.All(mailing.Bot.Channel.Sent, message => Assert.Equal("", message.Body.Html));
        await mailing.DoneAsync();
        Assert.Equal(120, mailing.Bot.Channel.Sent.Count);
    }

    [Fact]
    public async Task Killed_again_and_again_nobody_gets_it_twice_and_everybody_comes_to_an_end()
    {
        const int Customers = 1_500;
        var got = new System.Collections.Concurrent.ConcurrentDictionary<long, int>();
        RecordingChannel Channel() => new()
        {
            Name = "web",
            Answer = async message =>
            {
                got.AddOrUpdate(message.Profile.Value, 1, (_, n) => n + 1);
                await Task.Yield();
                return new SendOutcome.Sent(message.Id.Value);
            },
        };
        var mailing = await Mailing.WithAsync(Customers, TestBot.Create(business: Mailing.Noon, channel: Channel()));
        await BeginAsync(mailing, "Привет");
        var random = new Random(5);
        for (var kill = 0; kill < 10; kill++)
        {
            var until = got.Count + random.Next(20, 150);
            for (var runs = 0; got.Count < until && runs < 5_000; runs++)
            {
                await mailing.Pump.RunAsync(TestContext.Current.CancellationToken);
                await Task.Yield();
            }

            await mailing.Pump.StopAsync();
            await mailing.Bot.CrashAsync();
            mailing = Mailing.Start(mailing.Bot.Restart(channel: Channel()));
        }

        await mailing.DoneAsync();

        Assert.Equal(BroadcastState.Finished, mailing.Broadcast().State);
        Assert.All(got, one => Assert.Equal(1, one.Value));
        Assert.Equal(Customers, mailing.Count(RecipientState.Sent) + mailing.Count(RecipientState.Unknown));
        Assert.InRange(mailing.Count(RecipientState.Unknown), 0, 10 * 64);
        Assert.InRange(got.Count, mailing.Count(RecipientState.Sent), Customers);
        await mailing.DisposeAsync();
    }

    private static async Task BeginAsync(Mailing mailing, string text)
    {
        await mailing.SayAsync($"/broadcast {text}");
        await mailing.SayAsync("/set topic offers");
        await mailing.SendAsync();
    }

    private static Dictionary<long, string> ByProfile(Mailing mailing) =>
        mailing.Bot.Channel.Sent.ToDictionary(message => message.Profile.Value, message => message.Body.Html);

    private static string Report(Mailing mailing, long number = 1)
    {
        mailing.PressAsync($"s.b.{number}.report").GetAwaiter().GetResult();
        return mailing.Told;
    }
}
