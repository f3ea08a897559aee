using Bot.Admin;
using Bot.Core.Bookings;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Tests.Support;

namespace Bot.Tests.Bookings;

/// <summary>Visits down the one path: a real database, a real writer, many at once.</summary>
public sealed class BookingTests
{
    private static readonly DateTimeOffset Tuesday = new(2026, 11, 24, 10, 0, 0, TimeSpan.FromHours(3));

    /// <summary>15:00 in Moscow, on the Saturday before.</summary>
    private readonly SimulatedTime _time = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    private int _keys;

    [Fact]
    public async Task Fifty_customers_race_for_one_time_and_one_of_them_has_it()
    {
        const int Customers = 50;
        await using var bot = TestBot.Create(business: _time).Start(sends: false);
        await Task.WhenAll(Enumerable.Range(1, Customers).Select(chat => ComesToTheTimesAsync(bot, chat)));

        // All hold the same button, and some press at once what they see next.
        await Task.WhenAll(Enumerable.Range(1, Customers).Select(chat => PressAsync(bot, chat, "10:00")));
        await Task.WhenAll(Enumerable.Range(1, Customers).Where(chat => Last(bot, chat).Has("✅ Записаться")).Select(chat => PressAsync(bot, chat, "✅ Записаться")));

        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM bookings"));
        Assert.Equal(0, await bot.SqlAsync("SELECT count(*) FROM aside"));
        Assert.Equal(1, Enumerable.Range(1, Customers).Count(chat => Last(bot, chat).Html.Contains("Ждём вас", StringComparison.Ordinal)));

        // Everybody else is shown what is left, and not that time.
        Assert.Equal(Customers - 1, Enumerable.Range(1, Customers).Count(chat => Last(bot, chat).Html.Contains("Во сколько?", StringComparison.Ordinal)
            && !Last(bot, chat).Has("10:00") && Last(bot, chat).Has("12:00")));
    }

    [Fact]
    public async Task A_visit_that_staff_book_and_call_off_is_told_once_each_and_only_when_it_is_confirmed()
    {
        await using var bot = TestBot.Create(business: _time).Start(sends: false);
        await bot.TakeAsync("c1", "/start");
        var profile = new ProfileId(await bot.SqlAsync("SELECT id FROM profiles"));
        var step = new TimeStep(ShortName.Of("irina"), Start: Tuesday);

        await StaffPressesAsync(bot, BookingPresses.Book(profile, ShortName.Of("windows"), step));
        Assert.Equal(0, await bot.SqlAsync("SELECT count(*) FROM bookings"));
        var yes = Assert.Single(Buttons(Answer(bot, new BookingCommand.Choose(profile, ShortName.Of("windows"), step))));
        await StaffPressesAsync(bot, yes.Data!);
        await StaffPressesAsync(bot, yes.Data!);

        // The second time it is taken: by the same visit.
        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM bookings"));
        Assert.Contains("Записали вас: Мытьё окон", Last(bot, 42).Html, StringComparison.Ordinal);
        var visit = new BookingId(await bot.SqlAsync("SELECT id FROM bookings"));
        await StaffPressesAsync(bot, BookingPresses.Change(visit, BookingAct.Cancel));
        Assert.Equal(0, await bot.SqlAsync("SELECT state FROM bookings"));
        await StaffPressesAsync(bot, Assert.Single(Buttons(Answer(bot, new BookingCommand.Change(visit, BookingAct.Cancel, false)))).Data!);

        Assert.Equal(5, await bot.SqlAsync("SELECT state FROM bookings"));
        Assert.Contains("отменён", Last(bot, 42).Html, StringComparison.Ordinal);
        Assert.Equal(0, await bot.SqlAsync("SELECT count(*) FROM timers WHERE booking_id IS NOT NULL"));
        Assert.Equal(0, await bot.SqlAsync("SELECT count(*) FROM slot_cells"));
        Assert.Equal(2, await bot.SqlAsync("SELECT count(*) FROM staff_audit WHERE what = 'visit.cancelled'"));
        Assert.Contains(bot.Store.Admin.After(0, 20), line => line.Body.Html.Contains("записано и сообщено", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Staff_move_a_visit_by_buttons_to_who_else_is_free()
    {
        await using var bot = TestBot.Create(business: _time).Start(sends: false);
        var visit = await BookedAsync(bot);

        var who = Answer(bot, new BookingCommand.Move(visit, default));
        var days = Answer(bot, Pressed(who, "Олег"));
        var times = Answer(bot, Pressed(days, "25.11"));
        Assert.DoesNotContain(Buttons(times), button => button.Label == "09:00");
        var sure = Answer(bot, Pressed(times, "10:00"));
        Assert.Contains("Перенести?", sure.Html, StringComparison.Ordinal);
        await StaffPressesAsync(bot, Assert.Single(Buttons(sure)).Data!);

        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM bookings WHERE specialist = 'oleg' AND revision = 1"));
        Assert.Contains("перенесён", Last(bot, 42).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_a_day_leads_to_each_visit_and_what_can_be_done_with_it()
    {
        await using var bot = TestBot.Create(business: _time).Start(sends: false);
        var visit = await BookedAsync(bot);

        var day = Answer(bot, new BookingCommand.Day("bookings", null, new TypedDay(24, 11, null)));
        Assert.Contains("1 визит", day.Html, StringComparison.Ordinal);
        Assert.Contains("10:00", day.Html, StringComparison.Ordinal);
        Assert.Contains("записей нет", Answer(bot, new BookingCommand.Day("today", 0)).Html, StringComparison.Ordinal);
        var card = Answer(bot, Pressed(day, Buttons(day)[0].Label));
        Assert.Equal(6, Buttons(card).Count);
        await StaffPressesAsync(bot, Buttons(card).Single(button => button.Label.Contains("Состоялся", StringComparison.Ordinal)).Data!);

        Assert.Equal((long)BookingState.Done, await bot.SqlAsync("SELECT state FROM bookings"));
        Assert.Equal(2, Buttons(Answer(bot, new BookingCommand.Visit(visit))).Count);
    }

    [Fact]
    public async Task Buttons_about_visits_that_others_press_change_nothing()
    {
        await using var bot = TestBot.Create(business: _time).Start(sends: false);
        var visit = await BookedAsync(bot);

        await AcceptAsync(bot, new Input.Press("forged", Address(77), new Person("Х", "ru", 77), BookingPresses.Change(visit, BookingAct.Cancel, true), "cb", 1));

        Assert.Equal(0, await bot.SqlAsync("SELECT state FROM bookings"));
        Assert.Equal(0, await bot.SqlAsync("SELECT count(*) FROM staff_audit WHERE what LIKE 'visit%'"));
    }

    [Fact]
    public async Task Case_29_a_reminder_of_a_visit_that_is_called_off_between_its_commit_and_the_call_is_not_sent()
    {
        await using var bot = TestBot.Create(business: _time);
        var (gate, inFlight) = (new TaskCompletionSource(), new TaskCompletionSource());
        bot.Channel.Answer = async message =>
        {
            if (message.Body.Html == "first")
            {
                inFlight.TrySetResult();
                await gate.Task;
            }

            return new SendOutcome.Sent(1);
        };
        bot.Start();
        var visit = await BookedAsync(bot);
        await Eventually.TrueAsync(() => bot.Channel.Texts.Any(text => text.Contains("Записали вас", StringComparison.Ordinal)), "the confirmation");
        await bot.SayAsync(42, (MessageKind.Reply, "first"));
        await inFlight.Task;
        await bot.Writer.StepAsync(transaction =>
        {
            var before = transaction.Load(Address(42));
            return transaction.Apply(before, new TurnResult.Outcome(before,
                [new Effect.Say(MessageKind.Service, "automation:visit-reminder", "automation/visit-reminder", new Body("reminder")) { Booking = visit }]), _time.GetUtcNow());
        }, TestContext.Current.CancellationToken);

        await AcceptAsync(bot, new Input.VisitChanged("cancel", Address(42), visit, BookingAct.Cancel));
        gate.SetResult();
        await Eventually.TrueAsync(() => bot.Channel.Texts.Any(text => text.Contains("отменён", StringComparison.Ordinal)), "the customer hears of it");

        Assert.DoesNotContain("reminder", bot.Channel.Texts);
        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM deliveries WHERE template = 'automation/visit-reminder' AND status = 3 AND reason = 'VisitChanged'"));
    }

    [Fact]
    public async Task Staff_hear_once_of_a_visit_that_has_no_room_any_more()
    {
        await using var bot = TestBot.Create(business: _time).Start(sends: false);
        await BookedAsync(bot);
        var check = new BookingCheck(bot.Store, bot.Writer, bot.Business);
        await check.RunAsync(TestBot.Shipped, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(bot.Store.Admin.After(0, 20), line => line.Body.Html.Contains("Визит стоит", StringComparison.Ordinal));
        var holiday = TestBot.Shipped with
        {
            Catalog = TestBot.Shipped.Catalog! with { Holidays = [new DayRange(new DateOnly(2026, 11, 24), new DateOnly(2026, 11, 24))] },
        };

        await check.RunAsync(holiday, TestContext.Current.CancellationToken);
        await check.RunAsync(holiday, TestContext.Current.CancellationToken);

        Assert.Single(bot.Store.Admin.After(0, 20), line => line.Body.Html.Contains("Визит стоит, хотя в это время теперь не работают", StringComparison.Ordinal));
        Assert.Equal(0, await bot.SqlAsync("SELECT state FROM bookings"));
    }

    private static ChatAddress Address(long chat) => new(ChatAddress.Telegram, 1000, chat);

    private static async Task<BookingId> BookedAsync(TestBot bot)
    {
        await bot.TakeAsync("start", "/start");
        await AcceptAsync(bot, new Input.VisitBooked("visit", Address(42), "windows", "irina", Tuesday));
        return new BookingId(await bot.SqlAsync("SELECT id FROM bookings"));
    }

    private async Task ComesToTheTimesAsync(TestBot bot, long chat)
    {
        await SayAsync(bot, chat, "/book");
        await PressAsync(bot, chat, "Согласен");
        await SayAsync(bot, chat, "Анна");
        await SayAsync(bot, chat, "+79991234567");
        await SayAsync(bot, chat, "Мытьё окон");
        await SayAsync(bot, chat, "Ирина");
        await SayAsync(bot, chat, "24.11");
    }

    private Task SayAsync(TestBot bot, long chat, string text) => bot.TakeAsync($"t{Interlocked.Increment(ref _keys)}", text, chat);

    private Task PressAsync(TestBot bot, long chat, string label) => AcceptAsync(bot, new Input.Press($"p{Interlocked.Increment(ref _keys)}", Address(chat),
        new Person("Анна", "ru"), Last(bot, chat).Buttons.First(button => button.Label == label).Data!, "cb", 1));

    private Task StaffPressesAsync(TestBot bot, string data) => AcceptAsync(bot,
        new Input.StaffPress($"s{Interlocked.Increment(ref _keys)}", new ChatAddress(ChatAddress.Demo, 0, 0), new Person("", null, 0), data, "cb", 1));

    private static Task AcceptAsync(TestBot bot, Input input) => bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);

    private (string Html, Keyboard? Keyboard) Answer(TestBot bot, BookingCommand command) =>
        new BookingAnswers(TestBot.Shipped, bot.Store, _time).To(new AdminTexts(TestBot.Shipped, _time.GetUtcNow()), command);

    private static BookingCommand Pressed((string Html, Keyboard? Keyboard) answer, string label) =>
        (BookingCommand)StaffPress.Read(Buttons(answer).Single(button => button.Label == label).Data!)!;

    private static List<InlineButton> Buttons((string Html, Keyboard? Keyboard) answer) => [.. ((Keyboard.Inline)answer.Keyboard!).Rows.SelectMany(row => row)];

    /// <summary>The last message to a chat that has something to press or to read.</summary>
    private static Shown Last(TestBot bot, long chat) => bot.Commits.SelectMany(commit => commit.Messages).Where(message => message.Address == Address(chat))
        .OrderBy(message => message.Id.Value).Select(message => new Shown(message.Body)).Last();

    private sealed record Shown(Body Body)
    {
        public string Html => Body.Html;

        public IEnumerable<InlineButton> Buttons => (Body.Keyboard as Keyboard.Inline)?.Rows.SelectMany(row => row) ?? [];

        public bool Has(string label) => Buttons.Any(button => button.Label == label);
    }
}
