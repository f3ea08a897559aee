using System.Collections.Immutable;
using Bot.Core.Ids;

namespace Bot.Core.Loyalty;

/// <summary>What a refund does to the points of a customer.</summary>
/// <param name="Posting">The entries.</param>
/// <param name="Owes">Roots of whose points more, or fewer, are owed from now on than before.</param>
/// <param name="Money">What is paid back in money; the rest of the amount came back as points.</param>
/// <param name="Short">Points that were to be taken back and are used up. They are no debt: nothing that is earned later pays for them.</param>
public sealed record RefundPosting(Posting Posting, ImmutableArray<(LotId Lot, long Change)> Owes, decimal Money, Points Short)
{
    /// <summary>
    /// Works a refund out. Of what was paid with points, and of what was earned, goes the same share as of the amount; shares are counted from
    /// the beginning, so that many small refunds come to exactly what one whole refund does.
    /// </summary>
    /// <param name="refund">Of at most what can still be refunded.</param>
    /// <param name="nextLot">Makes the id of a lot.</param>
    public static RefundPosting Of(Account account, PurchaseRecord bought, Refund refund, DateTimeOffset now, Func<LotId> nextLot)
    {
        var (before, after) = (bought.Refunded, bought.Refunded + refund.Amount);
        if (refund.Amount <= 0 || after > bought.Purchase.Amount)
        {
            throw new ArgumentException("More is refunded than was bought.", nameof(refund));
        }

        var returned = Share(bought.Paid, after, bought) - Share(bought.Paid, before, bought);
        var draft = new Draft(new Posting(account, []), []);
        draft = Return(draft, bought, refund, Share(bought.Paid, before, bought), returned, now, nextLot);

        var earned = bought.Earned?.Points ?? Points.None;
        var due = Share(earned, bought.Purchase.Amount - before, bought) - Share(earned, bought.Purchase.Amount - after, bought);
        (draft, var isShort) = TakeBack(draft, bought, refund, due, now);
        return new RefundPosting(draft.Posting, draft.Owes, refund.Amount - returned.Count, isShort);
    }

    private readonly record struct Draft(Posting Posting, ImmutableArray<(LotId Lot, long Change)> Owes);

    private static Points Share(Points points, decimal amount, PurchaseRecord of) => new((long)(points.Count * amount / of.Purchase.Amount));

    /// <summary>
    /// Gives points back, those first that were used last: to their own lots, with the time that these still have. Where a lot has expired
    /// meanwhile a new one gets the time that its points had when they were used.
    /// </summary>
    private static Draft Return(
        Draft draft, PurchaseRecord bought, Refund refund, Points skip, Points points, DateTimeOffset now, Func<LotId> nextLot)
    {
        foreach (var (was, used) in bought.Spent.Reverse().Select(from => (from.Lot, from.Points)))
        {
            var before = Points.Least(skip, used);
            skip -= before;
            var back = Points.Least(points, used - before);
            points -= back;

            // What was to be taken back of this lot and was used up is taken now: points of a refunded purchase do not come back this way. It is
            // no part of what this purchase earned, so it does not stand under it.
            var paid = new Points(-draft.Owes.Where(owe => owe.Lot == was.Root).Sum(owe => owe.Change));
            var owed = Points.Least(back, Points.Beyond(was.Owed, paid));
            if (owed > Points.None)
            {
                var lot = draft.Posting.After.Find(was.Id) ?? was with { Remaining = Points.None };
                var posting = draft.Posting
                    .And(new LedgerEntry(was.Id, EntryKind.Returned, owed, bought.Purchase.Id, refund.Id), lot with { Remaining = lot.Remaining + owed })
                    .And(new LedgerEntry(was.Id, EntryKind.TakenBack, owed, Refund: refund.Id), lot);
                draft = new(posting, draft.Owes.Add((was.Root, -owed.Count)));
            }

            draft = draft with { Posting = Return(draft.Posting, was, back - owed, bought, refund, now, nextLot) };
        }

        return draft;
    }

    private static Posting Return(
        Posting posting, Lot was, Points points, PurchaseRecord bought, Refund refund, DateTimeOffset now, Func<LotId> nextLot)
    {
        if (points == Points.None)
        {
            return posting;
        }

        if (was.IsExpired(now))
        {
            var opened = new Lot(nextLot(), points, points, now, now + (was.ExpiresAt - bought.At), Origin: was.Root);
            return posting.And(new LedgerEntry(opened.Id, EntryKind.Returned, points, bought.Purchase.Id, refund.Id, opened), opened);
        }

        var lot = posting.After.Find(was.Id) ?? was with { Remaining = Points.None };
        return posting.And(new LedgerEntry(was.Id, EntryKind.Returned, points, bought.Purchase.Id, refund.Id), lot with { Remaining = lot.Remaining + points });
    }

    /// <summary>
    /// Takes earned points back: of their own lot, then for those that were used of the other lots, the ones that expire first. What expired
    /// unused is not asked for again. The balance never falls below nothing: what is not there is <see cref="Short"/>.
    /// </summary>
    private static (Draft Draft, Points Short) TakeBack(Draft draft, PurchaseRecord bought, Refund refund, Points due, DateTimeOffset now)
    {
        if (bought.Earned is not { } earned)
        {
            return (draft, Points.None);
        }

        var (own, left) = draft.Posting.After.Take(due, lot => lot.Root == earned.Id, EntryKind.TakenBack, bought.Purchase.Id, refund.Id);
        var used = Points.Least(left, Points.Beyond(bought.Used, bought.Settled));
        var (others, isShort) = own.After.Take(used, lot => lot.Root != earned.Id && !lot.IsExpired(now), EntryKind.TakenBack, bought.Purchase.Id, refund.Id);
        var posting = new Posting(others.After, [.. draft.Posting.Entries, .. own.Entries, .. others.Entries]);
        return (new Draft(posting, isShort == Points.None ? draft.Owes : draft.Owes.Add((earned.Id, isShort.Count))), isShort);
    }
}
