using Bot.Core.Bookings;
using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Surveys;

/// <summary>Who would recommend the business after a visit that was booked here is asked for a public review, once.</summary>
public sealed class ReviewTests
{
    private const string Asked = "Расскажете о нас другим?";

    [Fact]
    public void Three_days_after_a_ten_for_a_booked_visit_and_never_again()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/start guide");
        customer.Presses("Согласен");
        customer.Presses("Анна");
        customer.SharesContact();
        customer.Presses("Да");
        var requests = 0;
        for (var visit = 0; visit < 2; visit++)
        {
            customer.IsBooked("windows", TuesdayAfter(customer.Now));
            Assert.Equal(visit + 1, customer.Snapshot.Profile!.Bookings.Count);
            customer.Waits(customer.Visit.End - customer.Now);
            customer.IsTreated(BookingAct.Complete);
            customer.Waits(TimeSpan.FromHours(3));
            customer.Presses("10");
            customer.Says("Всё");
            requests += customer.Waits(TimeSpan.FromDays(4)).Count(heard => heard.Body.Html.Contains(Asked, StringComparison.Ordinal));
            Assert.Equal(1, requests);
            customer.Waits(TimeSpan.FromDays(visit == 0 ? 90 : 10));
        }
    }

    /// <summary>A Tuesday at ten in Moscow, two days ahead or more.</summary>
    private static DateTimeOffset TuesdayAfter(DateTimeOffset now)
    {
        var day = now.UtcDateTime.Date.AddDays(2);
        while (day.DayOfWeek != DayOfWeek.Tuesday)
        {
            day = day.AddDays(1);
        }

        return new DateTimeOffset(day.AddHours(7), TimeSpan.Zero);
    }
}
