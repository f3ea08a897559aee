using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Profiles;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>A purchase is given back, whole or in part: the money, the points that it was paid with, and those that it earned.</summary>
internal static class RefundTurn
{
    public static void Run(Draft draft, Input.Refunded refunded)
    {
        var refund = refunded.Refund;

        // All asked for at once.
        var isKept = draft.Fact(new Query.RefundExists(refund.Id)) as Value.Boolean;
        var account = draft.Fact(new Query.Account()) as Account;
        var bought = draft.Fact(new Query.Purchase(refund.Purchase)) as PurchaseRecord;
        if (isKept is null || account is null)
        {
            return;
        }

        if (isKept.Is || bought is null || bought.Owner != draft.Profile.Id || refund.Amount > bought.Refundable)
        {
            SaleNotices.Tell(draft, refunded.By, Phrase.AdminRefundGone);
            Refuse(draft, refunded, isKept.Is, bought);
        }
        else
        {
            Refund(draft, refunded, account, bought);
        }
    }

    private static void Refund(Draft draft, Input.Refunded refunded, Account account, PurchaseRecord bought)
    {
        var refund = refunded.Refund;
        var posting = RefundPosting.Of(account, bought, refund, draft.Now, () => new LotId(draft.Ids.Next()));
        draft.AddRefund(refund, bought, posting.Short);
        draft.Post(posting.Posting);
        foreach (var (lot, change) in posting.Owes)
        {
            draft.Add(new Effect.Owe(lot, change));
        }

        var (returned, taken) = (posting.Posting.Of(EntryKind.Returned), posting.Posting.Of(EntryKind.TakenBack));
        draft.Record(BuiltInEvents.Refund, new KeyValuePair<string, Value>("amount", new Value.Number(refund.Amount)));
        draft.Respond(RequestResult.Done);
        SaleNotices.Tell(draft, refunded.By, Phrase.AdminRefunded, ("amount", new Value.Number(refund.Amount)), ("money", new Value.Number(posting.Money)),
            ("returned", Known(returned)), ("taken", Known(taken)), ("short", Known(posting.Short)));
        if (draft.Content.Loyalty is not { } rules)
        {
            return;
        }

        var ledger = new Ledger(draft, rules, posting.Posting.After);
        ledger.Record(BuiltInEvents.PointsReturned, returned);
        ledger.Record(BuiltInEvents.PointsTakenBack, taken);
        ledger.Say(Phrase.PointsRefund, ("amount", new Value.Number(refund.Amount)), ("money", new Value.Number(posting.Money)));
        Say(ledger, Phrase.PointsReturned, returned);
        Say(ledger, Phrase.PointsTakenBack, taken);
        ledger.Retier();
        ledger.SayBalance();
        ledger.Plan();
        ledger.TellNow($"refund:{refund.Id}", Phrase.PointsRefund);
    }

    /// <summary>What a program hears of it, that tells staff nothing.</summary>
    private static void Refuse(Draft draft, Input.Refunded refunded, bool isKept, PurchaseRecord? bought)
    {
        if (refunded.Request is null)
        {
            return;
        }

        if (isKept)
        {
            draft.Respond(draft.Fact(new Query.Refund(refunded.Refund.Id)) as Refund == refunded.Refund ? RequestResult.Known : RequestResult.Differs);
        }
        else if (bought is null || bought.Owner != draft.Profile.Id)
        {
            draft.Respond(RequestResult.Gone);
        }
        else
        {
            draft.Respond(RequestResult.TooMuch, (long)(bought.Refundable * 100));
        }
    }

    private static void Say(Ledger ledger, Phrase phrase, Points points)
    {
        if (points > Points.None)
        {
            ledger.Say(phrase, ("count", new Value.Number(points.Count)));
        }
    }

    private static Value.Number? Known(Points points) => points > Points.None ? new Value.Number(points.Count) : null;
}
