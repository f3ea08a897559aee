using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Core.Profiles;
using Bot.Core.Purchases;
using Bot.Core.Turns;
using Bot.Storage.Api;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

/// <content>Requests of other programs: what is kept of them, and what they are answered from.</content>
public abstract partial class StoreCompliance
{
    [Fact]
    public void What_was_decided_is_kept_with_what_it_decided_on_and_goes_with_the_key_of_its_input()
    {
        ApplyNew(new Effect.Respond(new Request("api:1", "f1"), RequestResult.NotEnough, 160), new Effect.Respond(new Request("api:2", "f2"), RequestResult.Done, null));
        InTransaction(transaction => transaction.TryAddKey("api:1", Some.Noon.AddHours(1)));

        Assert.Equal(new Decision("f1", RequestResult.NotEnough, 160), Store.Api.DecisionOn("api:1"));
        Assert.Equal(new Decision("f2", RequestResult.Done, null), Store.Api.DecisionOn("api:2"));
        Assert.Null(Store.Api.DecisionOn("api:3"));

        TidyAll(Some.Noon.AddHours(72).AddMilliseconds(1));
        Assert.NotNull(Store.Api.DecisionOn("api:1"));
        Assert.Null(Store.Api.DecisionOn("api:2"));

        TidyAll(Some.Noon.AddHours(73).AddMilliseconds(1));
        Assert.Null(Store.Api.DecisionOn("api:1"));
    }

    [Fact]
    public void A_request_is_decided_once()
    {
        ApplyNew(new Effect.Respond(new Request("api:1", "f1"), RequestResult.Done, null));

        var refused = Assert.Throws<StoreException>(() => ApplyNew(new Effect.Respond(new Request("api:1", "f1"), RequestResult.Done, null)));

        Assert.Equal(StoreFault.Constraint, refused.Fault);
    }

    [Fact]
    public void What_a_purchase_and_a_refund_did_to_the_points_is_read_as_it_was_right_after_them()
    {
        var lot = new Lot(new LotId(Store.Ids.Next()), new Points(50), new Points(50), Some.Noon, Some.Noon.AddDays(365));
        var id = ApplyNew(new Effect.AddPurchase(new Purchase("p1", 1_000)), new Effect.Post(new LedgerEntry(lot.Id, EntryKind.Earned, new Points(50), "p1", Opens: lot))).Profile!.Id;
        Apply(before => before, new Effect.AddPurchase(new Purchase("p2", 100.5m)), new Effect.Post(new LedgerEntry(lot.Id, EntryKind.Spent, new Points(30), "p2")));
        Apply(before => before, new Effect.AddRefund(new Refund("r1", "p2", 50m), Points.None),
            new Effect.Post(new LedgerEntry(lot.Id, EntryKind.Returned, new Points(15), "p2", "r1")));

        Assert.Equal(new SaleState("p1", id, 1_000, 0, Some.Noon, 0, 50, 50), Store.Api.Purchase("p1"));
        Assert.Equal(new SaleState("p2", id, 100.5m, 50, Some.Noon, 30, 0, 20), Store.Api.Purchase("p2"));
        Assert.Equal(70.5m, Store.Api.Purchase("p2")!.Money);
        Assert.Equal(new RefundState("r1", "p2", 50, 15, 0, 35), Store.Api.Refund("r1"));
        Assert.Equal(35, Store.Api.Refund("r1")!.Money);
        Assert.Null(Store.Api.Purchase("p3"));
        Assert.Null(Store.Api.Refund("r2"));
        Assert.Equal(new Refund("r1", "p2", 50), InTransaction(transaction => transaction.Answer(new Query.Refund("r1"), id, Some.Noon)));
        Assert.Null(InTransaction(transaction => transaction.Answer(new Query.Refund("r2"), id, Some.Noon)));
    }

    [Fact]
    public void A_customer_is_found_by_each_mark_and_one_that_became_a_part_of_another_leads_there()
    {
        var anna = Brought(1, ("phone", "+79991234567"), ("email", "anna@example.com"));
        var other = Brought(2, ("email", "boris@example.com"));
        InTransaction(transaction =>
        {
            var before = transaction.Load(Place with { Address = 1 });
            return transaction.Apply(before, Some.Outcome(before, new Effect.IssueCard("K7QM4XPD"), new Effect.TakeOver(other)), Some.Noon);
        });

        Assert.All((CustomerMark[])[new CustomerMark.ById(anna), new CustomerMark.ById(other), new CustomerMark.ByPhone("+79991234567"),
            new CustomerMark.ByEmail("ANNA@example.com"), new CustomerMark.ByCard("K7QM4XPD")], mark => Assert.Equal(anna, Store.Api.Find(mark)?.Profile));
        Assert.All((CustomerMark[])[new CustomerMark.ById(new ProfileId(5)), new CustomerMark.ByPhone("+79990000000"),
            new CustomerMark.ByEmail("boris@example.com"), new CustomerMark.ByCard("ABCDEFGH")], mark => Assert.Null(Store.Api.Find(mark)));
    }
}
