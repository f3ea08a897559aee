using Bot.Core.Broadcasts;
using Bot.Core.Ids;

namespace Bot.Core.Tests.Broadcasts;

public sealed class ArmsTests
{
    [Fact]
    public void A_customer_draws_the_same_lot_for_ever_and_another_in_another_experiment()
    {
        var lots = Enumerable.Range(1, 1_000).Select(id => (Spring: Arms.Lot("spring", new ProfileId(id)), Autumn: Arms.Lot("autumn", new ProfileId(id)))).ToList();

        Assert.All(lots, lot => Assert.InRange(lot.Spring, 0, 0.999999999999));
        Assert.All(lots, lot => Assert.NotEqual(lot.Spring, lot.Autumn));
        Assert.Equal(Arms.Lot("spring", new ProfileId(7)), Arms.Lot("spring", new ProfileId(7)));

        // It is stored nowhere as such: a build that drew others would give half the customers another variant.
        Assert.Equal(0.4459, Arms.Lot("spring", new ProfileId(7)), 4);
    }

    [Theory]
    [InlineData(2, 0.1, 0.1)]
    [InlineData(2, 0.5, 0)]
    [InlineData(4, 0.05, 0.3)]
    [InlineData(3, 0, 0)]
    public void Of_many_customers_each_variant_gets_its_share(int variants, double sample, double holdOut)
    {
        const int Customers = 100_000;
        var drawn = Enumerable.Range(1, Customers)
            .Select(id => Arms.Draw(Arms.Lot("shares", new ProfileId(id * 4_194_304L)), variants, (decimal)sample, (decimal)holdOut))
            .GroupBy(arm => arm ?? 99).ToDictionary(group => group.Key, group => (double)group.Count() / Customers);

        Assert.Equal(holdOut, drawn.GetValueOrDefault(Arms.HeldOut), 0.01);
        for (var variant = 0; variant < variants; variant++)
        {
            Assert.Equal(sample, drawn.GetValueOrDefault(variant), 0.01);
        }

        Assert.Equal(1 - holdOut - (variants * sample), drawn.GetValueOrDefault(99), 0.01);
        Assert.DoesNotContain(drawn.Keys, arm => arm >= variants && arm != 99);
    }
}
