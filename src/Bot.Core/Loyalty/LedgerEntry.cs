using Bot.Core.Ids;

namespace Bot.Core.Loyalty;

/// <summary>One line of the points ledger: what one lot gained or lost. Never changed and never deleted.</summary>
/// <param name="Points">Never 0; the kind says whether they come or go.</param>
/// <param name="Purchase">The purchase behind it.</param>
/// <param name="Refund">The refund behind it.</param>
/// <param name="Opens">The lot, if this entry is its first; it then begins empty.</param>
public sealed record LedgerEntry(LotId Lot, EntryKind Kind, Points Points, string? Purchase = null, string? Refund = null, Lot? Opens = null)
{
    /// <summary>What it does to the lot and to the balance.</summary>
    public long Change => Kind switch
    {
        EntryKind.Earned or EntryKind.Returned or EntryKind.Granted => Points.Count,
        EntryKind.Spent or EntryKind.TakenBack or EntryKind.Expired => -Points.Count,
    };
}

/// <summary>Why points came or went. The numbers are stored and must never change.</summary>
public enum EntryKind
{
    /// <summary>For a purchase.</summary>
    Earned = 0,

    /// <summary>A purchase was paid with them.</summary>
    Spent = 1,

    /// <summary>A purchase that was paid with them was refunded.</summary>
    Returned = 2,

    /// <summary>A purchase that they were earned with was refunded.</summary>
    TakenBack = 3,

    /// <summary>Their time was over.</summary>
    Expired = 4,

    /// <summary>As a thank-you, without a purchase.</summary>
    Granted = 5,
}
