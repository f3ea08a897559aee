using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Bookings;

/// <summary>Visits of a customer, as the customer and staff meet them. It is Saturday, 15:00 in Moscow, when each begins.</summary>
public sealed class BookingTests
{
    private const string Windows = "Мытьё окон, 2\u00a0400\u00a0₽";
    private const string Book = "✅ Записаться";
    private const string Move = "🔁 Перенести";
    private const string Cancel = "✖️ Отменить";
    private const string Hour = "Напоминаем";
    private const string Today = "Сегодня в";

    [Fact]
    public void A_visit_booked_inside_of_a_reminders_window_gets_that_reminder_no_more()
    {
        var customer = Known();
        customer.Waits(TimeSpan.FromDays(1));

        Books(customer, "Ирина", "23", "14:00");
        var heard = customer.Waits(TimeSpan.FromDays(1)).Select(one => one.Body.Html).ToList();

        Assert.DoesNotContain(heard, text => text.StartsWith(Hour, StringComparison.Ordinal));
        Assert.Single(heard, text => text.StartsWith(Today, StringComparison.Ordinal));
    }

    [Fact]
    public void A_visit_can_be_moved_by_ten_minutes_over_its_own_time()
    {
        var customer = Known(("services.yaml", Services().Replace("step: 30m", "step: 5m", StringComparison.Ordinal)));
        Books(customer, "Ирина", "24", "10:00");
        var first = customer.Visit;

        customer.Presses(Move);
        customer.Presses("24");
        customer.Presses("10:10");
        customer.Presses(Book);

        Assert.Equal(first.Id, customer.Visit.Id);
        Assert.Equal(first.Start.AddMinutes(10), customer.Visit.Start);
        Assert.Equal(first.Revision + 1, customer.Visit.Revision);
        Assert.Single(customer.Snapshot.Profile!.Bookings);
        Assert.Single(customer.Waits(TimeSpan.FromDays(2)), heard => heard.Body.Html.StartsWith(Hour, StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_that_is_taken_between_choosing_and_booking_is_told_and_another_is_offered()
    {
        var customer = Known();
        Chooses(customer, "Ирина", "24", "10:00");
        customer.LosesTo("irina", At(24, 10, 30), At(24, 11, 0));

        var seen = customer.Presses(Book);

        Assert.Contains("только что заняли", seen.Messages[0].Html, StringComparison.Ordinal);
        Assert.Contains("Во сколько?", seen.Messages[1].Html, StringComparison.Ordinal);
        Assert.DoesNotContain("10:00", Labels(seen.Messages[1]));
        Assert.Empty(customer.Snapshot.Profile!.Bookings);
    }

    [Fact]
    public void Anyone_is_whoever_has_the_least_to_do_that_day()
    {
        var customer = Known();
        customer.LosesTo("irina", At(24, 15, 0), At(24, 18, 0));

        Chooses(customer, "Кто угодно", "24", "11:00");
        customer.Presses(Book);

        Assert.Equal("oleg", customer.Visit.Specialist);
    }

    [Fact]
    public void Who_lives_by_another_clock_is_told_that_times_are_the_businesss()
    {
        const string Note = "Время наше, местное: сейчас у нас 15:0";
        var (near, far) = (Known(), Known());
        far.LivesIn("Asia/Vladivostok");

        Assert.DoesNotContain(Note, Chooses(near, "Ирина", "24", "10:00").Text, StringComparison.Ordinal);
        Assert.Contains("24\u00a0ноября в 10:00", Chooses(far, "Ирина", "24", "10:00").Text, StringComparison.Ordinal);
        Assert.Contains(Note, far.Presses(Book).Text, StringComparison.Ordinal);
        Assert.Contains(far.Waits(TimeSpan.FromDays(2)), heard => heard.Body.Html.StartsWith(Hour, StringComparison.Ordinal)
            && heard.Body.Html.Contains("Время наше, местное", StringComparison.Ordinal));
    }

    [Fact]
    public void A_visit_of_a_service_that_is_gone_stays_and_moving_it_leads_to_a_person()
    {
        var customer = Known();
        Books(customer, "Ирина", "24", "10:00");
        customer.Content = Some.ShippedWith(("services.yaml", Services().Replace("  windows:\n", "  glass:\n", StringComparison.Ordinal)));

        Assert.Contains("Позвоните", customer.Presses(Move).Text, StringComparison.Ordinal);
        Assert.Contains("Мытьё окон", customer.Says("/visits").Text, StringComparison.Ordinal);
        customer.Presses(Cancel);
        customer.Presses("Да, отменить");

        Assert.Equal(BookingState.Cancelled, customer.Visit.State);
    }

    [Fact]
    public void What_no_longer_fits_is_known_with_its_reason()
    {
        var customer = Known();
        Books(customer, "Ирина", "24", "10:00");
        var (visit, zone) = (customer.Visit, Some.Shipped.Settings.Zone);

        Assert.Null(Conflicts.Of(visit, Some.Shipped.Catalog!, zone));
        Assert.Equal(Phrase.AdminOutsideHours, Of("  - 2026-12-31", "  - 2026-11-24"));
        Assert.Equal(Phrase.AdminServiceGone, Of("  windows:\n", "  glass:\n"));
        Assert.Equal(Phrase.AdminSpecialistGone, Of("    duration: 1h\n", "    duration: 1h\n    specialists: [oleg]\n"));

        Phrase? Of(string old, string now) =>
            Conflicts.Of(visit, Some.ShippedWith(("services.yaml", Services().Replace(old, now, StringComparison.Ordinal))).Catalog!, zone);
    }

    [Fact]
    public void A_button_under_a_visit_works_for_its_customer_alone()
    {
        var (customer, other) = (Known(), new Customer(Some.Shipped, chat: 43));
        Books(customer, "Ирина", "24", "10:00");

        var seen = other.PressesData($"a.booking.cancel-booking.{customer.Visit.Id.Value}");

        Assert.NotNull(seen.Notice);
        Assert.Empty(seen.Messages);
        Assert.Null(other.Snapshot.Conversation);
    }

    [Fact]
    public void Nobody_books_up_the_calendar()
    {
        var customer = Known();
        foreach (var day in (string[])["24", "25", "26"])
        {
            Books(customer, "Ирина", day, "10:00");
        }

        var seen = Chooses(customer, "Ирина", "27", "10:00");

        Assert.Contains("впереди уже столько визитов", seen.Text, StringComparison.Ordinal);
        Assert.Null(customer.Snapshot.Conversation);
        Assert.Equal(3, customer.Snapshot.Profile!.Bookings.Count);
    }

    [Fact]
    public void What_staff_book_is_told_to_the_customer_with_a_file_and_reminded_of()
    {
        var customer = Known();

        var seen = customer.IsBooked("windows", At(24, 11, 0));

        var told = Assert.Single(seen.Messages);
        Assert.Contains("Записали вас: Мытьё окон, 24\u00a0ноября в 11:00", told.Html, StringComparison.Ordinal);
        Assert.StartsWith("BEGIN:VCALENDAR", told.Attachment!.Content, StringComparison.Ordinal);
        Assert.Equal(["Перенести", "Отменить"], Labels(told));
        Assert.Single(customer.Waits(TimeSpan.FromDays(2)), heard => heard.Body.Html.StartsWith(Hour, StringComparison.Ordinal));
    }

    [Fact]
    public void Who_cannot_be_told_is_left_to_staff_to_call()
    {
        var customer = Known();
        Books(customer, "Ирина", "24", "10:00");
        customer.Blocks();

        var seen = customer.IsTreated(BookingAct.Cancel);

        Assert.Empty(seen.Messages);
        Assert.Contains(customer.Effects, effect => effect is Effect.Skip { Reason: SkipReason.Blocked });
        Assert.Contains(customer.Effects.OfType<Effect.Notify>(), notify => notify.Body.Html.Contains("Сообщите сами", StringComparison.Ordinal));
    }

    [Fact]
    public void A_slip_of_staff_is_taken_back_and_what_followed_from_it_is_not_said()
    {
        var customer = Known();
        Books(customer, "Ирина", "24", "10:00");
        customer.IsTreated(BookingAct.Miss);
        customer.IsTreated(BookingAct.Complete);

        var heard = customer.Waits(TimeSpan.FromHours(5)).Select(one => one.Body.Html).ToList();

        Assert.DoesNotContain(heard, text => text.Contains("не встретились", StringComparison.Ordinal));
        Assert.Contains(heard, text => text.Contains("спасибо, что выбрали", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reminder_that_comes_late_still_goes_out_before_the_visit_and_never_after_it()
    {
        var (late, tooLate) = (Known(), Known());
        Books(late, "Ирина", "24", "14:00");
        Books(tooLate, "Ирина", "24", "14:00");
        late.Late = TimeSpan.FromHours(20);
        tooLate.Late = TimeSpan.FromHours(25);

        Assert.Contains(late.Waits(TimeSpan.FromDays(5)), heard => heard.Body.Html.StartsWith(Hour, StringComparison.Ordinal));
        Assert.DoesNotContain(tooLate.Waits(TimeSpan.FromDays(5)), heard => heard.Body.Html.StartsWith(Hour, StringComparison.Ordinal));
        Assert.Contains(tooLate.Effects, effect => effect is Effect.Skip { Reason: SkipReason.TooLate, Template: "automation/visit-reminder" });
    }

    [Theory]
    [InlineData(BookingState.Pending, "Confirm Arrive Complete Miss Cancel Move")]
    [InlineData(BookingState.Confirmed, "Arrive Complete Miss Cancel Move")]
    [InlineData(BookingState.Arrived, "Complete Miss Cancel")]
    [InlineData(BookingState.Done, "Miss")]
    [InlineData(BookingState.NoShow, "Complete")]
    [InlineData(BookingState.Cancelled, "")]
    public void Each_state_leads_only_where_it_may(BookingState state, string acts) =>
        Assert.Equal(acts, string.Join(' ', Enum.GetValues<BookingAct>().Where(act => state.After(act) is not null)));

    private static string Services() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "dialogs", "services.yaml")).ReplaceLineEndings("\n");

    private static Customer Known(params (string File, string Yaml)[] changes)
    {
        var customer = new Customer(changes.Length == 0 ? Some.Shipped : Some.ShippedWith(changes));
        Agrees(customer);
        customer.Says("/menu");
        return customer;
    }

    private static void Agrees(Customer customer)
    {
        customer.Says("/book");
        customer.Presses("Согласен");
        customer.Says("Анна");
        customer.SharesContact();
    }

    private static Customer.Seen Chooses(Customer customer, string specialist, string day, string time)
    {
        customer.Says("/book");
        customer.Presses(Windows);
        customer.Presses(specialist);
        customer.Presses(day);
        return customer.Presses(time);
    }

    private static void Books(Customer customer, string specialist, string day, string time)
    {
        Chooses(customer, specialist, day, time);
        customer.Presses(Book);
    }

    private static DateTimeOffset At(int day, int hour, int minute) => new(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(3));

    private static IEnumerable<string> Labels(Body body) => ((Keyboard.Inline)body.Keyboard!).Rows.SelectMany(row => row).Select(button => button.Label);
}
