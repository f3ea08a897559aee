using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Turns;

/// <summary>Who leaves may say why, with one tap and without being held up.</summary>
public sealed class UnsubscriptionTests
{
    private readonly Customer _customer = new(Some.Shipped, language: "en");

    [Fact]
    public void A_reason_is_kept_and_told_to_staff_in_their_language()
    {
        Agrees();
        _customer.Says("/stop");

        Assert.Equal("Thank you, we will keep it in mind.", _customer.Presses("Too often").Notice);

        var record = Assert.Single(_customer.Effects.OfType<Effect.Record>(), one => one.Event == BuiltInEvents.StoppedReason);
        Assert.Equal([new("reason", new Core.Expressions.Value.Choice("often"))], record.With);
        Assert.Contains("Слишком часто", _customer.Effects.OfType<Effect.Notify>().Last().Body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_said_once_for_each_time_of_leaving()
    {
        Agrees();
        _customer.Says("/stop");
        _customer.Presses("Too often");

        Assert.Equal("This button is no longer valid.", _customer.Presses("Something else").Notice);

        Agrees();
        _customer.Says("/stop");
        _customer.Presses("Something else");
        Assert.Equal(2, _customer.Snapshot.Profile!.Events[BuiltInEvents.StoppedReason].Count);
    }

    [Theory]
    [InlineData("a.reason.often")]
    [InlineData("a.reason.")]
    [InlineData("a.reason")]
    public void Who_did_not_leave_has_no_reason(string data)
    {
        Agrees();

        Assert.Equal("This button is no longer valid.", _customer.PressesData(data).Notice);

        Assert.DoesNotContain(BuiltInEvents.StoppedReason, _customer.Snapshot.Profile!.Events.Keys);
    }

    [Fact]
    public void What_is_not_offered_is_no_reason()
    {
        Agrees();
        _customer.Says("/stop");

        Assert.Equal("This button is no longer valid.", _customer.PressesData("a.reason.rude").Notice);
    }

    [Fact]
    public void Without_reasons_in_the_settings_nobody_is_asked()
    {
        _customer.Content = Some.Shipped with { Settings = Some.Shipped.Settings with { Reasons = [] } };
        Agrees();

        Assert.Null(Assert.Single(_customer.Says("/stop").Messages).Keyboard);
    }

    [Fact]
    public void Whoever_was_asked_why_can_go_on_with_anything_else()
    {
        Agrees();
        _customer.Says("/stop");

        Assert.Contains("short questions", _customer.Says("/start guide").Text, StringComparison.Ordinal);
        Assert.IsType<Keyboard.Inline>(_customer.Says("/menu").Messages[^1].Keyboard);
    }

    private void Agrees()
    {
        _customer.Says("/settings");
        _customer.Presses("Topics of messages");
        _customer.Presses("Please do");
    }
}
