using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Profiles;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>A customer buys something: the purchase, the points that it is paid with, and those that it earns, in one turn.</summary>
internal static class SaleTurn
{
    public static void Run(Draft draft, Input.Bought bought)
    {
        var purchase = bought.Purchase;
        if (draft.Fact(new Query.PurchaseExists(purchase.Id)) is not Value.Boolean { Is: var isKept })
        {
            return;
        }

        if (isKept)
        {
            SaleNotices.Tell(draft, bought.By, Phrase.AdminSoldAlready, ("amount", new Value.Number(purchase.Amount)));
            Recognise(draft, bought);
        }
        else if (draft.Content.Loyalty is not { } rules)
        {
            WithoutPoints(draft, bought);
        }
        else if (draft.Fact(new Query.Account()) is Account account && new Ledger(draft, rules, account) is { Bought: { } before } ledger)
        {
            WithPoints(draft, bought, rules, ledger, rules.TierOf(before));
        }
    }

    private static void WithoutPoints(Draft draft, Input.Bought bought)
    {
        if (bought.Pay > Points.None)
        {
            SaleNotices.Tell(draft, bought.By, Phrase.AdminNotEnough, ("count", new Value.Number(0)));
            draft.Respond(RequestResult.NotEnough, 0);
            return;
        }

        Keep(draft, bought);
        SaleNotices.Tell(draft, bought.By, Phrase.AdminSold, ("amount", new Value.Number(bought.Purchase.Amount)), ("money", new Value.Number(bought.Purchase.Amount)),
            ("earned", new Value.Number(0)));
    }

    private static void WithPoints(Draft draft, Input.Bought bought, LoyaltyRules rules, Ledger ledger, Tier tier)
    {
        var (purchase, pay, now) = (bought.Purchase, bought.Pay, draft.Now);
        var most = Points.Least(rules.Cap(purchase.Amount), ledger.Account.Usable(now));
        if (pay > most)
        {
            // They may have been spent a moment ago at another desk. Nothing is bought: who stands at the desk decides anew.
            SaleNotices.Tell(draft, bought.By, Phrase.AdminNotEnough, ("count", new Value.Number(most.Count)));
            draft.Respond(RequestResult.NotEnough, most.Count);
            return;
        }

        Keep(draft, bought);
        ledger.Say(Phrase.PointsPurchase, ("amount", new Value.Number(purchase.Amount)));
        if (pay > Points.None)
        {
            ledger.Post(ledger.Account.Spend(pay, now, purchase.Id));
            ledger.Say(Phrase.PointsSpent, ("count", new Value.Number(pay.Count)));
        }

        var paid = purchase.Amount - pay.Count;
        var earned = LoyaltyRules.Earned(tier, paid);
        if (earned > Points.None)
        {
            var available = now + rules.Pending;
            ledger.Post(ledger.Account.Earn(new Lot(new LotId(draft.Ids.Next()), earned, earned, available, available + rules.Expires), purchase.Id));
            ledger.Say(available > now ? Phrase.PointsEarnedLater : Phrase.PointsEarned,
                ("count", new Value.Number(earned.Count)), ("available", new Value.Moment(available)), ("expires", new Value.Moment(available + rules.Expires)));
        }

        ledger.Record(BuiltInEvents.PointsSpent, pay);
        ledger.Record(BuiltInEvents.PointsEarned, earned);
        ledger.Retier();
        ledger.SayBalance();
        ledger.Plan();
        ledger.TellNow($"purchase:{purchase.Id}", Phrase.PointsPurchase);
        SaleNotices.Tell(draft, bought.By, Phrase.AdminSold, ("amount", new Value.Number(purchase.Amount)), ("money", new Value.Number(paid)),
            ("spent", pay > Points.None ? new Value.Number(pay.Count) : null), ("earned", new Value.Number(earned.Count)),
            ("balance", new Value.Number(ledger.Account.Usable(now).Count)));
    }

    private static void Keep(Draft draft, Input.Bought bought)
    {
        draft.AddPurchase(bought.Purchase);
        draft.Profile = draft.Profile with { LastActive = draft.Now };
        draft.Record(BuiltInEvents.Purchase, new KeyValuePair<string, Value>("amount", new Value.Number(bought.Purchase.Amount)));
        draft.Respond(RequestResult.Done);
    }

    /// <summary>A till that did not hear the answer tells the same again; another purchase under the same id is a mistake of the till's.</summary>
    private static void Recognise(Draft draft, Input.Bought bought)
    {
        if (bought.Request is not null)
        {
            var isSame = draft.Fact(new Query.Purchase(bought.Purchase.Id)) is PurchaseRecord known
                && known.Owner == draft.Profile.Id && known.Purchase.Amount == bought.Purchase.Amount && known.Paid == bought.Pay;
            draft.Respond(isSame ? RequestResult.Known : RequestResult.Differs);
        }
    }
}
