using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Turns;

/// <summary>What the shipped content sends of its own accord; its words are in the transcripts.</summary>
public sealed class OwnAccordTests
{
    [Fact]
    public void Who_did_not_agree_to_Marketing_gets_none_of_it_and_each_message_says_why()
    {
        var customer = WithTheChecklist("Нет");

        Assert.Empty(customer.Waits(TimeSpan.FromDays(400)));
        Assert.Equal(
            [("welcome/hello", SkipReason.NoConsent), ("welcome/mistakes", SkipReason.NoConsent), ("welcome/story", SkipReason.NoConsent), ("welcome/offer", SkipReason.NoConsent)],
            customer.Effects.OfType<Effect.Skip>().Where(skip => skip.Template.StartsWith("welcome/", StringComparison.Ordinal)).Select(skip => (skip.Template, skip.Reason)));
    }

    [Fact]
    public void The_welcome_comes_once_however_often_the_checklist_is_taken()
    {
        var customer = WithTheChecklist("Да");
        customer.Says("гайд");

        Assert.Equal(4, customer.Waits(TimeSpan.FromDays(30)).Count);
        customer.Says("гайд");
        Assert.Empty(customer.Waits(TimeSpan.FromDays(30)));
    }

    [Fact]
    public void A_message_that_is_due_at_night_comes_in_the_morning()
    {
        var customer = new Customer(Some.Shipped);
        customer.Waits(TimeSpan.FromHours(8));
        Take(customer, "Да");

        var (at, _) = Assert.Single(customer.Waits(TimeSpan.FromDays(1)));

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.FromHours(3)), at);
    }

    [Fact]
    public void A_code_is_issued_only_with_the_message_that_shows_it()
    {
        var refusing = WithTheChecklist("Нет");
        var agreeing = WithTheChecklist("Да");
        refusing.Waits(TimeSpan.FromDays(20));
        var heard = agreeing.Waits(TimeSpan.FromDays(20));

        Assert.Empty(refusing.Effects.OfType<Effect.IssueCode>());
        var code = Assert.Single(agreeing.Effects.OfType<Effect.IssueCode>());
        Assert.Equal((15m, heard[^1].At + TimeSpan.FromDays(14)), (code.Percent, code.ValidUntil));
        Assert.Contains(code.Code, heard[^1].Body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_visit_that_is_booked_ends_the_welcome()
    {
        var customer = WithTheChecklist("Да");
        customer.Meets("booking.created");

        Assert.Empty(customer.Waits(TimeSpan.FromDays(30)));
        Assert.Equal(SequenceEnd.Goal, customer.Snapshot.Profile!.Sequences["welcome"].End);
    }

    [Fact]
    public void Who_was_called_back_in_vain_is_archived_and_who_returns_is_not_any_more()
    {
        var customer = WithTheChecklist("Да");
        customer.Buys(4500);

        customer.Waits(TimeSpan.FromDays(120));
        Assert.Contains("archived", customer.Snapshot.Profile!.Tags);
        customer.Says("/menu");
        customer.Waits(TimeSpan.FromDays(1));
        Assert.DoesNotContain("archived", customer.Snapshot.Profile!.Tags);
    }

    [Fact]
    public void Who_buys_after_the_first_call_back_is_not_called_again_and_not_archived()
    {
        var customer = WithTheChecklist("Да");
        customer.Buys(4500);
        customer.Waits(TimeSpan.FromDays(92));
        customer.Buys(3000);

        Assert.Empty(customer.Waits(TimeSpan.FromDays(30)));
        Assert.DoesNotContain("archived", customer.Snapshot.Profile!.Tags);
    }

    [Fact]
    public void Every_message_of_Marketing_has_the_way_out_below_it()
    {
        var customer = WithTheChecklist("Да");

        var heard = customer.Waits(TimeSpan.FromDays(30));

        Assert.All(heard, one => Assert.Equal("a.unsubscribe.tips", Assert.IsType<Keyboard.Inline>(one.Body.Keyboard).Rows[^1][0].Data));
    }

    private static Customer WithTheChecklist(string answer)
    {
        var customer = new Customer(Some.Shipped);
        Take(customer, answer);
        return customer;
    }

    private static void Take(Customer customer, string answer)
    {
        customer.Says("/start guide");
        customer.Presses("Согласен");
        customer.Presses("Анна");
        customer.SharesContact();
        customer.Presses(answer);
    }
}
