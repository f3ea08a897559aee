using Bot.Core.Bookings;
using Bot.Core.Consents;
using Bot.Core.Inputs;
using Bot.Core.Profiles;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Privacy;

/// <summary>A customer wants to be forgotten: who hears of it when, and what becomes of visits, points and subscriptions.</summary>
public sealed class ErasureTests
{
    private const string Yes = "Да, удалить";
    private readonly Customer _customer = new(Some.Shipped);

    [Fact]
    public void It_is_done_after_a_month_by_itself_and_staff_are_reminded_a_week_and_a_day_before()
    {
        BecomesKnown();
        Asks();
        var asked = _customer.Now;

        var heard = _customer.Waits(TimeSpan.FromDays(31));

        Assert.Equal([asked.AddDays(30)], heard.Where(one => one.Body.Html.Contains("Ваши данные удаляются", StringComparison.Ordinal)).Select(one => one.At));
        Assert.Single(_customer.Effects.OfType<Effect.Erase>());
        Assert.Equal(1, Told("Просят удалить данные"));
        Assert.Equal(2, Told("Скоро удалятся данные"));
        Assert.Equal(1, Told("Данные удалены"));
    }

    [Fact]
    public void The_last_message_is_said_before_it_is_done_and_the_line_about_it_names_nobody()
    {
        BecomesKnown();
        Orders();
        Assert.Empty(_customer.Effects.OfType<Effect.Erase>());

        _customer.Waits(TimeSpan.FromMinutes(6));

        Assert.Single(_customer.Effects.OfType<Effect.Erase>());
        var proof = _customer.Effects.OfType<Effect.Notify>().Last().Body.Html;
        Assert.Contains(_customer.Snapshot.Profile!.Id.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), proof, StringComparison.Ordinal);
        Assert.DoesNotContain("Анна", proof, StringComparison.Ordinal);
        Assert.DoesNotContain("+79991234567", proof, StringComparison.Ordinal);
    }

    [Fact]
    public void Marketing_ends_when_it_is_asked_for_and_does_not_begin_again_when_it_is_taken_back()
    {
        BecomesKnown();
        Asks();
        Assert.DoesNotContain(_customer.Snapshot.Profile!.Consents, consent => consent.Purpose == Purpose.Marketing);
        Assert.Contains(_customer.Snapshot.Profile.Consents, consent => consent.Purpose == Purpose.PersonalData);

        Assert.Contains("всё остаётся", _customer.Presses("Не удалять").Text, StringComparison.Ordinal);

        Assert.Equal(1, Told("Передумали"));
        _customer.Waits(TimeSpan.FromDays(40));
        Assert.Empty(_customer.Effects.OfType<Effect.Erase>());
        Assert.DoesNotContain(_customer.Snapshot.Profile.Consents, consent => consent.Purpose == Purpose.Marketing);
    }

    [Fact]
    public void Who_asks_again_after_a_change_of_mind_has_a_month_from_then_on()
    {
        BecomesKnown();
        Asks();
        _customer.Waits(TimeSpan.FromDays(20));
        _customer.Presses("Не удалять");
        Asks();

        _customer.Waits(TimeSpan.FromDays(29));
        Assert.Empty(_customer.Effects.OfType<Effect.Erase>());
        _customer.Waits(TimeSpan.FromDays(2));
        Assert.Single(_customer.Effects.OfType<Effect.Erase>());
    }

    [Fact]
    public void Who_asks_twice_hears_the_same_day_and_staff_hear_it_once()
    {
        BecomesKnown();
        Asks();
        _customer.Waits(TimeSpan.FromDays(3));

        Assert.Contains("уже просили", Asks().Text, StringComparison.Ordinal);

        Assert.Equal(1, Told("Просят удалить данные"));
        _customer.Waits(TimeSpan.FromDays(28));
        Assert.Single(_customer.Effects.OfType<Effect.Erase>());
    }

    [Fact]
    public void Who_could_not_be_forgotten_in_time_and_asks_again_is_not_put_off_to_a_day_that_is_past()
    {
        BecomesKnown();
        Asks();
        _customer.IsRestoredAfter(TimeSpan.FromDays(40));

        Assert.Contains("удаляются", Asks().Text, StringComparison.Ordinal);
        _customer.Waits(TimeSpan.FromMinutes(2));
        Assert.NotEmpty(_customer.Effects.OfType<Effect.Erase>());
    }

    [Fact]
    public void Who_asks_again_after_the_farewell_is_not_put_off_for_another_month()
    {
        BecomesKnown();
        Asks();
        _customer.Waits(TimeSpan.FromDays(30));
        Assert.Empty(_customer.Effects.OfType<Effect.Erase>());

        Asks();
        _customer.Waits(TimeSpan.FromMinutes(2));

        Assert.NotEmpty(_customer.Effects.OfType<Effect.Erase>());
    }

    [Fact]
    public void Staff_who_delete_at_once_end_marketing_at_once()
    {
        BecomesKnown();

        Orders();

        Assert.DoesNotContain(_customer.Snapshot.Profile!.Consents, consent => consent.Purpose == Purpose.Marketing);
        Assert.All(_customer.Snapshot.Profile.Sequences.Values, run => Assert.False(run.IsRunning));
    }

    [Fact]
    public void A_change_of_mind_in_the_last_minute_still_counts()
    {
        BecomesKnown();
        Asks();
        Orders();

        _customer.PressesData(new PressData.Keep().ToString());
        _customer.Waits(TimeSpan.FromDays(40));

        Assert.Empty(_customer.Effects.OfType<Effect.Erase>());
    }

    [Fact]
    public void An_old_button_to_keep_the_data_does_nothing_where_nothing_is_to_be_deleted()
    {
        BecomesKnown();

        Assert.Equal("Эта кнопка уже не действует.", _customer.PressesData(new PressData.Keep().ToString()).Notice);
        Assert.False(_customer.Snapshot.Profile!.Events.ContainsKey(BuiltInEvents.ErasureWithdrawn));
    }

    [Fact]
    public void Visits_ahead_are_called_off_points_lapse_and_what_was_stays()
    {
        BecomesKnown();
        _customer.Buys(3200);
        _customer.IsBooked("windows", InThreeDays());
        Assert.True(_customer.Account.Balance > Core.Loyalty.Points.None);

        Orders();
        Assert.True(_customer.Visit.IsOpen);
        _customer.Waits(TimeSpan.FromMinutes(6));

        Assert.Equal(BookingState.Cancelled, _customer.Visit.State);
        var line = _customer.Effects.OfType<Effect.Notify>().Single(one => one.Body.Html.Contains("тмен", StringComparison.Ordinal)).Body.Html;
        Assert.Contains("Мытьё окон", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Анна", line, StringComparison.Ordinal);
        var effects = _customer.Effects.Select(effect => effect.GetType().Name).ToList();
        Assert.True(effects.LastIndexOf(nameof(Effect.Notify)) > effects.IndexOf(nameof(Effect.Erase)));

        Assert.Equal(Core.Loyalty.Points.None, _customer.Account.Balance);
        Assert.Empty(_customer.Snapshot.Profile!.Consents);
        Assert.Equal(1, _customer.Snapshot.Profile.Events[BuiltInEvents.Purchase].Count);
    }

    [Fact]
    public void Who_cannot_be_written_to_is_forgotten_without_a_word()
    {
        BecomesKnown();
        _customer.Blocks();

        Assert.Empty(Orders().Messages);
        Assert.Empty(_customer.Waits(TimeSpan.FromMinutes(6)));

        Assert.Single(_customer.Effects.OfType<Effect.Erase>());
    }

    [Fact]
    public void After_a_restore_it_is_done_all_the_same_and_nothing_is_sent()
    {
        BecomesKnown();
        Asks();
        _customer.IsRestoredAfter(TimeSpan.FromDays(31));

        Assert.DoesNotContain(_customer.Waits(TimeSpan.FromHours(1)), one => one.Body.Html.Contains("удаляются", StringComparison.Ordinal));

        Assert.Single(_customer.Effects.OfType<Effect.Erase>());
    }

    private void BecomesKnown()
    {
        _customer.Says("/start guide");
        _customer.Presses("Согласен");
        _customer.Presses("Анна");
        _customer.SharesContact();
        _customer.Presses("Да");
    }

    private Customer.Seen Asks()
    {
        _customer.Says("удалите мои данные");
        return _customer.Presses(Yes);
    }

    private Customer.Seen Orders() => _customer.Does(new Input.ErasureOrdered($"staff:{_customer.Effects.Count}", _customer.Address));

    private DateTimeOffset InThreeDays() => new(_customer.Now.UtcDateTime.Date.AddDays(3).AddHours(7), TimeSpan.Zero);

    private int Told(string words) =>
        _customer.Effects.OfType<Effect.Notify>().Count(line => line.Body.Html.Contains(words, StringComparison.Ordinal));
}
