using System.Collections.Concurrent;
using System.Globalization;
using Bot.Admin;
using Bot.Core.Bookings;
using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Staff;
using Bot.Core.Surveys;
using Bot.Storage.Backups;
using Bot.Tests.Support;

namespace Bot.Tests.Admin;

/// <summary>From a visit to a score, a case and its end, with a real database and a clock that is moved by hand.</summary>
public sealed class SurveyTests : IAsyncDisposable
{
    private const long Owner = 501;
    private static readonly ChatAddress Group = new(ChatAddress.Telegram, 1000, -700);
    private static readonly DateTimeOffset Afternoon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly SimulatedTime _time = new(Afternoon);
    private readonly TestBot _bot;
    private readonly ConcurrentQueue<StaffCommand> _asked = new();
    private int _keys;

    public SurveyTests()
    {
        _bot = TestBot.Create(business: _time);
        _bot.Writer.Committed += committed =>
        {
            foreach (var command in committed.Asked)
            {
                _asked.Enqueue(command);
            }
        };
        _bot.Start();
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();

    [Fact]
    public async Task A_low_score_is_told_at_once_asked_after_when_it_is_due_and_told_no_more_once_it_is_solved()
    {
        await ClaimAsync();
        await MeetAsync(1);
        await VisitAsync(1);

        await PressAsync(1, "3");

        var opened = Lines()[^1];
        Assert.Contains("Оценка: 3", opened.Html, StringComparison.Ordinal);
        await SayAsync(1, "Опоздали на два часа");
        Assert.Contains("Опоздали на два часа", Lines()[^1].Html, StringComparison.Ordinal);

        await MoveAsync(TimeSpan.FromHours(23));
        Assert.DoesNotContain(Lines(), line => line.Html.Contains("не решено", StringComparison.Ordinal));
        await MoveAsync(TimeSpan.FromHours(1));
        Assert.Single(Lines(), line => line.Html.Contains("не решено", StringComparison.Ordinal));

        await StaffPressAsync(DataOf(opened, "✅ Решено"));
        Assert.Contains("Обращение решено", Lines()[^1].Html, StringComparison.Ordinal);
        Assert.Single(_bot.Commits.SelectMany(commit => commit.Acknowledgements), answer => answer.UsedMessage == 77);
        var told = OfCases();
        await MoveAsync(TimeSpan.FromDays(9));
        Assert.Equal(told, OfCases());
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM events WHERE event = 'feedback.solved'"));
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM staff_audit WHERE what = 'case.solved' AND user_id = 501 AND subject IS NOT NULL"));
        Assert.Equal(0, await _bot.SqlAsync("SELECT count(*) FROM timers WHERE kind = 9"));
    }

    [Fact]
    public async Task A_ten_is_asked_for_a_review_once_and_the_customer_for_a_score_not_again_within_ninety_days()
    {
        await MeetAsync(1);
        await VisitAsync(1);
        await PressAsync(1, "10");
        await SayAsync(1, "Всё понравилось");

        await MoveAsync(TimeSpan.FromDays(3));
        Assert.Single(Templates(), "automation/review-request");

        await VisitAsync(1);
        Assert.Single(Templates(), "nps/score");

        await MoveAsync(TimeSpan.FromDays(89.5));
        await VisitAsync(1);
        Assert.Equal(2, Templates().Count(template => template == "nps/score"));
        await PressAsync(1, "9");
        await MoveAsync(TimeSpan.FromDays(4));
        Assert.Single(Templates(), "automation/review-request");
        Assert.Equal(0, await _bot.SqlAsync("SELECT count(*) FROM cases"));
    }

    [Fact]
    public async Task Killed_in_the_middle_a_case_is_still_asked_after_once()
    {
        await MeetAsync(1);
        await VisitAsync(1);
        await PressAsync(1, "0");
        await _bot.CrashAsync();

        _time.MoveTo(_time.GetUtcNow() + TimeSpan.FromHours(25));
        await using var back = _bot.Restart(channel: _bot.Channel).Start();
        await back.Due.RunAsync(TestContext.Current.CancellationToken);
        await back.Due.RunAsync(TestContext.Current.CancellationToken);

        Assert.Single(back.Store.Admin.After(0, 99), line => line.Body.Html.Contains("не решено", StringComparison.Ordinal));
        Assert.Equal(1, await back.SqlAsync("SELECT count(*) FROM cases"));
    }

    [Fact]
    public async Task Others_and_forged_presses_solve_nothing()
    {
        await ClaimAsync();
        await MeetAsync(1);
        await VisitAsync(1);
        await PressAsync(1, "3");
        var solve = DataOf(Lines()[^1], "✅ Решено");

        await AcceptAsync(new Input.StaffPress(Key(), Group, new Person("Чужой", "ru", 666), solve, "cb", 1));
        await AcceptAsync(new Input.StaffPress(Key(), Group with { Address = -701 }, new Person("Анна", "ru", Owner), solve, "cb", 1));
        await AcceptAsync(new Input.Press(Key(), Address(1), new Person("Анна", "ru", 1), solve, "cb", 1));
        await StaffPressAsync("s.solved.1");
        Assert.Contains("уже решено", Lines()[^1].Html, StringComparison.Ordinal);
        await StaffPressAsync($"{solve}.yes");
        await StaffPressAsync("s.solved.99999999999999999999");

        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM cases WHERE solved_at IS NULL AND done IS NULL"));
        Assert.Equal(0, await _bot.SqlAsync("SELECT count(*) FROM events WHERE event = 'feedback.solved'"));
    }

    [Fact]
    public async Task Cases_are_listed_with_a_button_each_and_shown_with_all_that_was_said()
    {
        await ClaimAsync();
        Assert.Contains("Пусто", (await AskAsync("/cases")).Html, StringComparison.OrdinalIgnoreCase);
        await MeetAsync(1);
        await VisitAsync(1);
        await PressAsync(1, "3");
        await SayAsync(1, "Опоздали & <ушли>");

        var list = await AskAsync("/cases");

        Assert.Contains("1", list.Html, StringComparison.Ordinal);
        var button = Assert.Single(((Keyboard.Inline)list.Keyboard!).Rows).Single();
        Assert.Equal("Анна · 3", button.Label);
        var card = await PressedAsync(button.Data!);
        Assert.Contains("Опоздали &amp; &lt;ушли&gt;", card.Html, StringComparison.Ordinal);
        Assert.Contains("Сделано: пока ничего", card.Html, StringComparison.Ordinal);
        await StaffPressAsync(DataOf(card, "☎️ Позвонили"));
        Assert.Equal("Анна · 3 · ☎️ Позвонили", ((Keyboard.Inline)(await AskAsync("/cases")).Keyboard!).Rows[0][0].Label);
    }

    [Fact]
    public async Task The_readiness_to_recommend_is_told_by_month_with_its_margin_and_the_words_that_several_used()
    {
        await ClaimAsync();
        await ScoreAsync(1, 9, 10, 9, 10, 9, 10, 8, 7, 3, 6);
        _time.MoveTo(Afternoon.AddDays(30));
        await ScoreAsync(2, 10, 0);
        _time.MoveTo(Afternoon.AddDays(31));
        await AcceptAsync(new Input.Event(Key(), Address(1), Nps.Words, [new(Nps.Text, new Value.Text("Мастер опоздал"))]));
        await AcceptAsync(new Input.Event(Key(), Address(2), Nps.Words, [new(Nps.Text, new Value.Text("мастера ждали час"))]));

        var html = (await AskAsync("/nps")).Html;

        Assert.Contains("<b>NPS: +33</b> ± 48", html, StringComparison.Ordinal);
        Assert.Contains("9–10: 7, 7–8: 2, 0–6: 3", html, StringComparison.Ordinal);
        Assert.Contains("2026-11: +40 ± 50 (ответов: 10)", html, StringComparison.Ordinal);
        Assert.Contains("2026-12: слишком мало ответов, чтобы судить (ответов: 2)", html, StringComparison.Ordinal);
        Assert.Contains("мастер (2)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("опоздал", html, StringComparison.Ordinal);
        Assert.DoesNotContain("По услугам", html, StringComparison.Ordinal);
        Assert.Contains("слишком мало", (await AskAsync("/nps 7d")).Html, StringComparison.Ordinal);
        await AcceptAsync(Said("/nps неделя"));
        Assert.Contains("/nps 90d", Lines()[^1].Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_that_is_done_is_asked_about_and_its_score_told_by_service_and_specialist()
    {
        await ClaimAsync();
        await ScoreAsync(2, 9, 9, 9);
        int[] workdays = [1, 2, 3, 4, 7, 8];
        for (var chat = 11; chat <= 21; chat++)
        {
            var start = new DateTimeOffset(2026, 12, workdays[(chat - 11) / 2], chat % 2 == 0 ? 15 : 10, 0, 0, TimeSpan.FromHours(3));
            var (service, specialist) = chat == 21 ? ("apartment", "oleg") : ("windows", "irina");
            await MeetAsync(chat);
            await AcceptAsync(new Input.VisitBooked(Key(), Address(chat), service, specialist, start));
        }

        await MoveAsync(TimeSpan.FromDays(14));
        for (var chat = 11; chat <= 21; chat++)
        {
            var visit = new BookingId(await _bot.SqlAsync($"SELECT b.id FROM bookings b JOIN chats c ON c.id = b.chat_id WHERE c.address = {chat}"));
            await AcceptAsync(new Input.VisitChanged(Key(), Address(chat), visit, BookingAct.Complete));
        }

        await MoveAsync(TimeSpan.FromHours(2));
        for (var chat = 11; chat <= 21; chat++)
        {
            await PressAsync(chat, chat == 21 ? "3" : "10");
        }

        // A visit that is written down elsewhere is asked about too, and counted for neither.
        await VisitAsync(2);
        await PressAsync(2, "9");

        var html = (await AskAsync("/nps")).Html;

        Assert.Contains("<b>По услугам</b>\nМытьё окон: +100 ± 0 (ответов: 10)\nУборка квартиры: слишком мало ответов, чтобы судить (ответов: 1)\n\n", html, StringComparison.Ordinal);
        Assert.Contains("<b>По специалистам</b>\nИрина: +100 ± 0 (ответов: 10)\nОлег: слишком мало ответов, чтобы судить (ответов: 1)\n\n", html, StringComparison.Ordinal);
        Assert.Equal(12, Templates().Count(template => template == "nps/score"));
        Assert.Equal(0, await _bot.SqlAsync("SELECT count(*) FROM aside"));
    }

    [Fact]
    public async Task A_survey_of_ones_own_is_told_question_by_question()
    {
        await ClaimAsync();
        foreach (var (chat, quality, why) in new[] { (1L, 5m, "price"), (2L, 4m, "price"), (3L, 2m, "near") })
        {
            await MeetAsync(chat);
            await AcceptAsync(new Input.Event(Key(), Address(chat), "survey-services.quality", [new("score", new Value.Number(quality))]));
            await AcceptAsync(new Input.Event(Key(), Address(chat), "survey-services.why", [new("reason", new Value.Choice(why))]));
        }

        var which = await AskAsync("/survey");
        var buttons = ((Keyboard.Inline)which.Keyboard!).Rows.SelectMany(row => row).ToList();
        Assert.Equal(["s.survey.nps", "s.survey.survey-services"], buttons.Select(button => button.Data));
        var html = (await PressedAsync(buttons[1].Data!)).Html;

        Assert.Contains("Опрос об услугах", html, StringComparison.Ordinal);
        Assert.Contains("Ответов: 3, в среднем 3,7\n2: 1 · 4: 1 · 5: 1", html, StringComparison.Ordinal);
        Assert.Contains("Ответов: 0, в среднем —", html, StringComparison.Ordinal);
        Assert.Contains("Цена: 2\nУдобно и близко: 1", html, StringComparison.Ordinal);
        Assert.Equal(html, (await AskAsync("/survey survey-services")).Html);
        Assert.NotNull((await AskAsync("/survey contact")).Keyboard);
    }

    [Fact]
    public async Task The_week_in_numbers_has_the_score_what_is_open_and_why_customers_left()
    {
        await ScoreAsync(1, 9, 10, 9, 10, 9, 10, 8, 7, 3, 6);
        await VisitAsync(1);
        await PressAsync(1, "3");
        await SayAsync(1, "/stop");
        await PressAsync(1, "Слишком часто");
        await MoveAsync(TimeSpan.FromDays(2));

        var now = _time.GetUtcNow();
        var html = string.Concat(Digest.Of(TestBot.Shipped, _bot.Options, now.AddDays(-14), now.AddDays(-7), now).Select(body => body.Html));

        Assert.Contains("NPS: +27 ± 51 (ответов: 11)", html, StringComparison.Ordinal);
        Assert.Contains("Открытых обращений: 1, из них просрочено: 1", html, StringComparison.Ordinal);
        Assert.Contains("Почему отписались: Слишком часто: 1", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NPS", string.Concat(Digest.Of(TestBot.Shipped, _bot.Options, now, now.AddDays(7), now.AddDays(14)).Select(body => body.Html)), StringComparison.Ordinal);
    }

    private static ChatAddress Address(long chat) => new(ChatAddress.Telegram, 1000, chat);

    private string Key() => $"key-{++_keys}";

    private Task ClaimAsync() => AcceptAsync(Said($"/claim {_bot.Code.Text}"));

    private Input.StaffMessage Said(string text) => new(Key(), Group, new Person("Анна", "ru", Owner), text, null);

    private async Task AcceptAsync(Input input)
    {
        await _bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);
        await SettleAsync();
    }

    private Task StaffPressAsync(string data) => AcceptAsync(new Input.StaffPress(Key(), Group, new Person("Анна", "ru", Owner), data, "cb", 77));

    private Task SayAsync(long chat, string text) => AcceptAsync(new Input.Message(Key(), Address(chat), new Person("Анна", "ru"), text));

    private Task PressAsync(long chat, string label) => AcceptAsync(new Input.Press(Key(), Address(chat), new Person("Анна", "ru"),
        DataOf(_bot.Channel.Sent.Where(message => message.Address == Address(chat)).Last(message => message.Body.Keyboard is Keyboard.Inline).Body, label), "callback", 1));

    /// <summary>A customer who gave their contact and wants offers.</summary>
    private async Task MeetAsync(long chat)
    {
        await SayAsync(chat, "/start guide");
        await PressAsync(chat, "Согласен");
        await SayAsync(chat, "Анна");
        await SayAsync(chat, string.Create(CultureInfo.InvariantCulture, $"anna{chat}@example.com"));
        await PressAsync(chat, "Да");
        _time.MoveTo(_time.GetUtcNow().AddMinutes(1));
        await AcceptAsync(new Input.Bought(Address(chat), new Core.Purchases.Purchase($"p-{chat}", 1_500)));
    }

    /// <summary>A visit, and the two hours after it.</summary>
    private async Task VisitAsync(long chat)
    {
        await AcceptAsync(new Input.Event(Key(), Address(chat), BuiltInEvents.BookingDone, []));
        await MoveAsync(TimeSpan.FromHours(2));
    }

    private async Task ScoreAsync(long chat, params int[] scores)
    {
        await MeetAsync(chat);
        foreach (var score in scores)
        {
            await AcceptAsync(new Input.Event(Key(), Address(chat), Nps.Scored, [new(Nps.Score, new Value.Number(score))]));
        }
    }

    private async Task MoveAsync(TimeSpan by)
    {
        _time.MoveTo(_time.GetUtcNow() + by);
        await _bot.Due.RunAsync(TestContext.Current.CancellationToken);
        await SettleAsync();
    }

    private async Task SettleAsync()
    {
        while (_bot.Sender.Count > 0 || _bot.Store.Pending(default, 1).Count > 0)
        {
            await _bot.Writer.StepAsync(_ => true, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What staff asked for, answered as beside the writer.</summary>
    private async Task<Body> AskAsync(string text)
    {
        await AcceptAsync(Said(text));
        return Answered();
    }

    private async Task<Body> PressedAsync(string data)
    {
        await StaffPressAsync(data);
        return Answered();
    }

    private Body Answered()
    {
        Assert.True(_asked.TryDequeue(out var command));
        return new AdminAnswers(() => TestBot.Shipped, _bot.Store, _bot.Options, new BackupOptions(_bot.Options, "", "", null), _time, TimeProvider.System)
            .To(command).Last();
    }

    /// <summary>Without the week in numbers, and without what came too late because the clock jumped over it.</summary>
    private int OfCases() => Lines().Count(line => !line.Html.StartsWith("📊", StringComparison.Ordinal)
        && !line.Html.Contains("automation/come-again", StringComparison.Ordinal));

    private List<Body> Lines() => [.. _bot.Store.Admin.After(0, 999).Select(line => line.Body)];

    private IEnumerable<string> Templates() => _bot.Channel.Sent.Select(message => message.Template);

    private static string DataOf(Body body, string label) =>
        ((Keyboard.Inline)body.Keyboard!).Rows.SelectMany(row => row).First(button => button.Label == label).Data!;
}
