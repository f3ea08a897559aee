using Bot.Core.Loyalty;
using Bot.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Core.Tests.Loyalty;

/// <summary>Any number of purchases, payments with points, refunds and days, some of them told twice: the ledger always has what the naive shop has.</summary>
public sealed class LedgerProperties
{
    private const int Acts = 40;

    [Fact]
    public void The_ledger_agrees_with_single_points_counted_one_by_one() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => Lives(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static void Lives(Random random)
    {
        var rules = Some.Shipped.Loyalty! with
        {
            Pending = random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromDays(3),
            Expires = TimeSpan.FromDays(random.Next(2) == 0 ? 30 : 365),
            Window = TimeSpan.FromDays(random.Next(2) == 0 ? 60 : 365),
            Redeem = random.Next(4) == 0 ? 100 : 30,
        };
        var customer = new Customer(Some.Shipped with { Loyalty = rules });
        customer.Says("/menu");
        var shop = new NaiveShop(rules);
        for (var act = 0; act < Acts; act++)
        {
            Act(random, customer, shop, rules, act);
            Agrees(customer, shop);
        }
    }

    private static void Act(Random random, Customer customer, NaiveShop shop, LoyaltyRules rules, int act)
    {
        var sales = shop.Sales.ToList();
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                var amount = random.Next(3) == 0 ? random.Next(1, 100_000) / 100m : random.Next(1, 40_000);
                var most = (int)Math.Min(shop.Usable(customer.Now), Math.Floor(amount * rules.Redeem / 100));

                // Sometimes more than can be, sometimes a purchase that was told already.
                var pay = random.Next(5) switch { 0 => most + 1, 1 or 2 => most, 3 => random.Next(most + 1), _ => 0 };
                var id = sales.Count > 0 && random.Next(6) == 0 ? sales[random.Next(sales.Count)] : $"p{act}";
                var isNew = shop.Buy(id, amount, pay, customer.Now);
                var count = customer.Points.Entries.Count();
                customer.Buys(id, amount, pay);
                Assert.True(isNew || count == customer.Points.Entries.Count());
                break;
            case 3 or 4 when sales.Count > 0:
                var sale = sales[random.Next(sales.Count)];
                var left = shop.Left(sale);
                var part = random.Next(3) == 0 || left < 1 ? left : Math.Round(left * random.Next(1, 100) / 100, 2);
                if (part > 0)
                {
                    var refund = $"r{(random.Next(6) == 0 ? act - 1 : act)}";
                    shop.Refund(refund, sale, part, customer.Now);
                    customer.IsRefunded(refund, sale, part);
                }

                break;
            case 5 when customer.Points.Lots.Where(lot => lot.Remaining > Points.None && lot.ExpiresAt > customer.Now).ToList() is { Count: > 0 } lots:
                // To the millisecond: a moment before it points are good, at it they are not.
                var until = lots[random.Next(lots.Count)].ExpiresAt;
                if (until - customer.Now > TimeSpan.FromMilliseconds(1))
                {
                    customer.Waits(until - customer.Now - TimeSpan.FromMilliseconds(1));
                    Expire(customer, shop);
                    Agrees(customer, shop);
                }

                customer.Waits(until - customer.Now);
                break;
            default:
                customer.Waits(TimeSpan.FromMinutes(random.Next(1, 40 * 24 * 60)));
                break;
        }

        Expire(customer, shop);
    }

    /// <summary>The product writes expired points off when nobody sleeps; the naive shop as far as the product did.</summary>
    private static void Expire(Customer customer, NaiveShop shop)
    {
        var writtenOff = customer.Points.Entries.Where(entry => entry.Kind == EntryKind.Expired).Select(entry => entry.Lot).ToHashSet();
        if (writtenOff.Count > 0)
        {
            shop.Expire(customer.Points.Lots.Where(lot => writtenOff.Contains(lot.Id)).Max(lot => lot.ExpiresAt));
        }
    }

    private static void Agrees(Customer customer, NaiveShop shop)
    {
        var account = customer.Account;
        Assert.Equal(shop.Usable(customer.Now), account.Usable(customer.Now).Count);
        Assert.Equal(account.Balance.Count, customer.Points.Entries.Sum(entry => entry.Change));
        Assert.All(customer.Points.Lots, lot => Assert.Equal(lot.Remaining.Count, customer.Points.Entries.Where(entry => entry.Lot == lot.Id).Sum(entry => entry.Change)));
        if (!account.Lots.Any(lot => lot.IsExpired(customer.Now)))
        {
            Assert.Equal(shop.Held, account.Balance.Count);
        }
    }
}
