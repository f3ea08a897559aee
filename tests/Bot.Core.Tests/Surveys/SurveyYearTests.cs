using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Surveys;

/// <summary>Over a year of visits each survey is asked in its rhythm, and neither its own pause nor the other survey keeps it back for ever.</summary>
public sealed class SurveyYearTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(45)]
    [InlineData(90)]
    [InlineData(100)]
    public void A_pause_and_a_rhythm_do_not_block_each_other(int daysBetweenVisits)
    {
        var customer = new Customer(Some.Shipped);
        GetsTheChecklistAndAgrees(customer);
        var (nps, services) = (new List<DateTimeOffset>(), new List<DateTimeOffset>());

        for (var day = 0; day < 365; day += daysBetweenVisits)
        {
            customer.Buys(2_000);
            customer.Meets(BuiltInEvents.BookingDone);
            foreach (var (at, body) in customer.Waits(TimeSpan.FromDays(daysBetweenVisits)))
            {
                if (body.Html.Contains("готовы рекомендовать", StringComparison.Ordinal))
                {
                    nps.Add(at);
                }
                else if (body.Html.Contains("шесть коротких вопросов", StringComparison.Ordinal))
                {
                    services.Add(at);
                }
            }

            // Some answer late, which must move nothing.
            if (nps.Count > 0 && customer.Snapshot.Conversation is { Top.Dialog: "nps" })
            {
                customer.Says("10");
                customer.Says("/menu");
            }
        }

        AreApart(nps, 89.7);
        AreApart(services, 179.7);
        AreApart([.. nps.Concat(services).Order()], 29.9);

        // As often as the visits let it: a visit that falls into the pause waits for the next one.
        var rhythm = Math.Ceiling(90.0 / daysBetweenVisits) * daysBetweenVisits;
        Assert.InRange(nps.Count, (int)(365 / (rhythm + 30)), (int)(365 / 89.7) + 1);
        Assert.InRange(services.Count, 1, 3);
    }

    [Fact]
    public void A_visit_ninety_days_later_to_the_minute_is_asked_about_again()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/start");
        var asked = 0;
        for (var visit = 0; visit < 4; visit++)
        {
            customer.Meets(BuiltInEvents.BookingDone);
            asked += customer.Waits(TimeSpan.FromDays(90)).Count(heard => heard.Body.Html.Contains("готовы рекомендовать", StringComparison.Ordinal));
        }

        Assert.Equal(4, asked);
    }

    [Fact]
    public void Who_never_answers_is_not_asked_more_often_for_that()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/start");
        for (var visit = 0; visit < 12; visit++)
        {
            customer.Meets(BuiltInEvents.BookingDone);
            customer.Waits(TimeSpan.FromDays(7));
        }

        Assert.Single(customer.Effects.OfType<Effect.Say>(), say => say is { Kind: MessageKind.Service, Template: "nps/score" });
    }

    private static void AreApart(List<DateTimeOffset> moments, double days) =>
        Assert.All(moments.Zip(moments.Skip(1)), pair => Assert.True((pair.Second - pair.First).TotalDays >= days, $"{pair.First:u} and {pair.Second:u}"));

    private static void GetsTheChecklistAndAgrees(Customer customer)
    {
        customer.Says("/start guide");
        customer.Presses("Согласен");
        customer.Presses("Анна");
        customer.SharesContact();
        customer.Presses("Да");
    }
}
