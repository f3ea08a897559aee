using System.Globalization;
using Bot.Core.Inputs;
using Bot.Core.Purchases;
using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Purchases;

public sealed class PurchaseTests
{
    [Theory]
    [InlineData("0.01")]
    [InlineData("1000000000")]
    public void A_purchase_comes_to_what_somebody_can_pay(string amount) => Assert.Null(Of("till-1", amount).Fault);

    [Theory]
    [InlineData("till-1", "0", "more than 0 and at most 1000000000")]
    [InlineData("till-1", "-1", "more than 0 and at most 1000000000")]
    [InlineData("till-1", "1000000000.01", "more than 0 and at most 1000000000")]
    [InlineData("till-1", "79228162514264337593543950335", "more than 0 and at most 1000000000")]
    [InlineData("till-1", "0.001", "at most two decimals")]
    [InlineData("", "1", "1 to 64 characters")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "1", "1 to 64 characters")]
    public void Any_other_is_refused_with_what_is_allowed(string id, string amount, string allowed)
    {
        var purchase = Of(id, amount);

        Assert.Contains(allowed, purchase.Fault, StringComparison.Ordinal);
        Assert.Contains(allowed, Assert.Throws<ArgumentException>(() => new Input.Bought(Some.Address, purchase)).Message, StringComparison.Ordinal);
    }

    private static Purchase Of(string id, string amount) => new(id, decimal.Parse(amount, CultureInfo.InvariantCulture));
}
