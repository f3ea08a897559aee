using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>
/// What a customer has in points. All that happens to points is worked out here, on values alone: what comes of it is a <see cref="Posting"/>.
/// </summary>
/// <param name="Lots">Those with anything left, the one that expires first at the beginning.</param>
/// <param name="Tier">The id of the tier as it was last worked out; <see langword="null"/> before the first purchase.</param>
/// <param name="Timer">What looks at the account when the next lot is to be warned of or expires.</param>
public sealed record Account(ImmutableArray<Lot> Lots, string? Tier = null, Timer? Timer = null) : Fact
{
    /// <summary>Of who never had any.</summary>
    public static readonly Account Empty = new([]);

    /// <summary>All that is left, also what cannot be used yet and what has expired but is not written off.</summary>
    public Points Balance => Points.Sum(Lots.Select(lot => lot.Remaining));

    /// <summary>What can be used now.</summary>
    public Points Usable(DateTimeOffset now) => Points.Sum(Lots.Where(lot => lot.IsUsable(now)).Select(lot => lot.Remaining));

    /// <summary>What can be used later.</summary>
    public Points Pending(DateTimeOffset now) => Points.Sum(Lots.Where(lot => lot.AvailableAt > now).Select(lot => lot.Remaining));

    /// <summary>What can be used now and expires by a moment, that moment included.</summary>
    public Points Expiring(DateTimeOffset now, DateTimeOffset by) =>
        Points.Sum(Lots.Where(lot => lot.IsUsable(now) && lot.ExpiresAt <= by).Select(lot => lot.Remaining));

    /// <summary>When the next of what can be used now expires.</summary>
    public DateTimeOffset? NextExpiry(DateTimeOffset now) => Lots.FirstOrDefault(lot => lot.IsUsable(now))?.ExpiresAt;

    /// <summary>Opens a lot, full, for a purchase.</summary>
    public Posting Earn(Lot lot, string purchase) =>
        new(With(lot), [new LedgerEntry(lot.Id, EntryKind.Earned, lot.Points, purchase, Opens: lot)]);

    /// <summary>Opens a lot, full, without a purchase.</summary>
    public Posting Grant(Lot lot) => new(With(lot), [new LedgerEntry(lot.Id, EntryKind.Granted, lot.Points, Opens: lot)]);

    /// <summary>Uses points, those first that expire first.</summary>
    /// <exception cref="InvalidOperationException">There are not so many that can be used now.</exception>
    public Posting Spend(Points points, DateTimeOffset now, string purchase)
    {
        var (posting, left) = Take(points, lot => lot.IsUsable(now), EntryKind.Spent, purchase, null);
        return left == Points.None ? posting : throw new InvalidOperationException("There are not so many points.");
    }

    /// <summary>Writes off what has expired.</summary>
    public Posting Expire(DateTimeOffset now) => Take(Balance, lot => lot.IsExpired(now), EntryKind.Expired, null, null).Posting;

    /// <summary>Writes everything off: the customer is no more.</summary>
    public Posting Lapse() => Take(Balance, _ => true, EntryKind.Expired, null, null).Posting;

    /// <summary>Takes from lots in their order as far as they have it, and answers what is left to be taken.</summary>
    internal (Posting Posting, Points Left) Take(Points points, Func<Lot, bool> from, EntryKind kind, string? purchase, string? refund)
    {
        var posting = new Posting(this, []);
        foreach (var lot in Lots.Where(from))
        {
            var taken = Points.Least(points, lot.Remaining);
            points -= taken;
            posting = taken == Points.None ? posting : posting.And(new LedgerEntry(lot.Id, kind, taken, purchase, refund), lot with { Remaining = lot.Remaining - taken });
        }

        return (posting, points);
    }

    /// <summary>The lot as it is by now, if anything is left of it.</summary>
    internal Lot? Find(LotId id) => Lots.FirstOrDefault(lot => lot.Id == id);

    /// <summary>The account with this lot as it is now.</summary>
    internal Account With(Lot changed) => this with
    {
        Lots =
        [
            .. Lots.Where(lot => lot.Id != changed.Id).Append(changed).Where(lot => lot.Remaining > Points.None)
                .OrderBy(lot => lot.ExpiresAt).ThenBy(lot => lot.Id.Value),
        ],
    };
}

/// <summary>What happened to an account, ready to be written down.</summary>
/// <param name="After">The account after it.</param>
/// <param name="Entries">In the order in which they are to be written: no lot falls below nothing on the way.</param>
public sealed record Posting(Account After, ImmutableArray<LedgerEntry> Entries)
{
    /// <summary>The points of the entries of a kind.</summary>
    public Points Of(EntryKind kind) => Points.Sum(Entries.Where(entry => entry.Kind == kind).Select(entry => entry.Points));

    internal Posting And(LedgerEntry entry, Lot lot) => new(After.With(lot), Entries.Add(entry));
}
