using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Purchases;
using Bot.Core.Turns;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

/// <content>Points: what the database itself does not let happen, whoever writes.</content>
public abstract partial class StoreCompliance
{
    [Fact]
    public void Lots_and_the_balance_go_with_each_entry()
    {
        var lot = Bought("p1", 100);
        Apply(before => before, new Effect.Post(new LedgerEntry(lot.Id, EntryKind.Expired, new Points(30))));

        var account = Assert.IsType<Account>(Answer(new Query.Account(), Load().Profile!.Id));
        Assert.Equal(70, account.Balance.Count);
        Assert.Equal(70, Assert.Single(account.Lots).Remaining.Count);
        Assert.Equal(70L, Scalar("SELECT balance FROM points_accounts"));
        Assert.Equal(70L, Scalar("SELECT sum(points) FROM points_ledger"));
    }

    [Fact]
    public void A_lot_that_would_fall_below_nothing_is_refused_as_a_constraint()
    {
        var lot = Bought("p1", 100);

        var refused = Assert.Throws<StoreException>(() => Apply(before => before, new Effect.Post(new LedgerEntry(lot.Id, EntryKind.Expired, new Points(101)))));

        Assert.Equal(StoreFault.Constraint, refused.Fault);
        Reopen();
        Assert.Equal(100L, Scalar("SELECT remaining FROM points_lots"));
        Assert.Equal(1, Count("points_ledger"));
    }

    [Fact]
    public void A_purchase_earns_once()
    {
        Bought("p1", 100);
        var second = Lot(50);

        var refused = Assert.Throws<StoreException>(() =>
            Apply(before => before, new Effect.Post(new LedgerEntry(second.Id, EntryKind.Earned, second.Points, "p1", Opens: second))));

        Assert.Equal(StoreFault.Constraint, refused.Fault);
    }

    [Fact]
    public void More_than_was_bought_is_never_refunded()
    {
        Bought("p1", 100);
        Apply(before => before, new Effect.AddRefund(new Refund("r1", "p1", 999.99m), Points.None));

        var refused = Assert.Throws<StoreException>(() => Apply(before => before, new Effect.AddRefund(new Refund("r2", "p1", 0.02m), Points.None)));

        Assert.Equal(StoreFault.Constraint, refused.Fault);
        Reopen();
        Assert.Equal(1, Count("refunds"));
        Assert.Equal(0.01m, Assert.IsType<PurchaseRecord>(Answer(new Query.Purchase("p1"), default)).Refundable);
    }

    [Fact]
    public void The_ledger_lots_and_refunds_are_not_rewritten()
    {
        Bought("p1", 100);
        Apply(before => before, new Effect.AddRefund(new Refund("r1", "p1", 1), Points.None));

        foreach (var sql in (string[])["UPDATE points_ledger SET points = 1", "DELETE FROM points_ledger", "UPDATE points_lots SET points = 200",
            "UPDATE points_lots SET expires_at = 9", "DELETE FROM points_lots", "UPDATE refunds SET amount = 1", "DELETE FROM refunds"])
        {
            Assert.ThrowsAny<Exception>(() => Scalar(sql));
        }
    }

    [Fact]
    public void A_purchase_is_answered_with_what_became_of_its_points()
    {
        var lot = Bought("p1", 100);
        Apply(before => before, new Effect.AddPurchase(new Purchase("p2", 500)), new Effect.Post(new LedgerEntry(lot.Id, EntryKind.Spent, new Points(60), "p2")));
        Apply(before => before, new Effect.AddRefund(new Refund("r1", "p1", 300), new Points(7)),
            new Effect.Post(new LedgerEntry(lot.Id, EntryKind.TakenBack, new Points(20), "p1", "r1")), new Effect.Owe(lot.Id, 7));

        var first = Assert.IsType<PurchaseRecord>(Answer(new Query.Purchase("p1"), default));
        Assert.Equal((700m, 60, 7), (first.Refundable, first.Used.Count, first.Settled.Count));
        Assert.Equal((20, 7), (first.Earned!.Remaining.Count, first.Earned.Owed.Count));
        var second = Assert.IsType<PurchaseRecord>(Answer(new Query.Purchase("p2"), default));
        Assert.Equal(60, second.Paid.Count);
        Assert.Equal(lot.Id, Assert.Single(second.Spent).Lot.Id);
        Assert.Null(second.Earned);
        Assert.Null(Answer(new Query.Purchase("p3"), default));
    }

    [Fact]
    public void A_code_is_redeemed_once_and_a_card_stays_the_same()
    {
        var profile = ApplyNew(new Effect.IssueCode("SAVE2345", 15, null, Some.Noon.AddDays(7), "test")).Profile!.Id;
        var card = Assert.IsType<Card>(Answer(new Query.Card(), profile));
        Assert.True(card.IsNew);
        Apply(before => before, new Effect.RedeemCode("SAVE2345"), new Effect.IssueCard(card.Code));

        Assert.Equal(StoreFault.Constraint, Assert.Throws<StoreException>(() => Apply(before => before, new Effect.RedeemCode("SAVE2345"))).Fault);
        Reopen();
        Assert.Equal(card with { IsNew = false }, Answer(new Query.Card(), profile));
        Assert.False(Assert.IsType<PersonalCode>(Answer(new Query.Code("SAVE2345"), default)).IsGood(Some.Noon));
    }

    /// <summary>A customer with a purchase of 1,000 that earned so many points.</summary>
    private Lot Bought(string purchase, long points)
    {
        var lot = Lot(points);
        ApplyNew(new Effect.AddPurchase(new Purchase(purchase, 1_000)), new Effect.Post(new LedgerEntry(lot.Id, EntryKind.Earned, lot.Points, purchase, Opens: lot)));
        return lot;
    }

    private Lot Lot(long points) => new(new LotId(Store.Ids.Next()), new Points(points), new Points(points), Some.Noon, Some.Noon.AddDays(365));
}
