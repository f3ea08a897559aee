using Bot.Core.Dialogs;
using Bot.Core.Loyalty;
using Bot.Core.Profiles;
using Bot.Core.Tests.Dialogs;
using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Loyalty;

/// <summary>Points as a thank-you: at once, once for each time, and for no level.</summary>
public sealed class RewardTests
{
    private const string Dialog = """
        dialog: gift
        about: { ru: Подарок, en: A gift }
        opens:
          - command: gift
        states:
          thanks:
            do:
              - points: { add: 100 }
            say: { ru: "На счёте {{ points }}, {{ tier.name }}", en: "You have {{ points }}, {{ tier.name }}" }
            goto: end
        """;

    [Fact]
    public void They_are_there_at_once_expire_as_others_do_and_pay_for_a_purchase()
    {
        var customer = new Customer(WithGift());

        Assert.Contains("На счёте 100, Базовый", customer.Says("/gift").Text, StringComparison.Ordinal);

        var lot = Assert.Single(customer.Account.Lots);
        Assert.Equal((100, customer.Now, customer.Now.AddDays(365)), (lot.Points.Count, lot.AvailableAt, lot.ExpiresAt));
        Assert.Null(customer.Account.Tier);
        Assert.Equal(1, customer.Snapshot.Profile!.Events[BuiltInEvents.PointsGranted].Count);
        Assert.NotNull(customer.Account.Timer);

        customer.Buys(1000, pay: 100);
        Assert.Equal(new Points(45), customer.Account.Balance);
    }

    [Fact]
    public void Each_time_is_a_gift_of_its_own_and_all_of_them_stand_in_the_history()
    {
        var customer = new Customer(WithGift());
        customer.Says("/gift");
        customer.Says("/gift");

        Assert.Equal(new Points(200), customer.Account.Balance);
        customer.Says("/points");
        Assert.Contains("+100, подарок", customer.Presses("История").Text, StringComparison.Ordinal);
    }

    private static Content WithGift() => ContentLoader.Load(Shipped.Source with { Yaml = Shipped.Source.Yaml.Add("gift.yaml", Dialog) }).Content!;
}
