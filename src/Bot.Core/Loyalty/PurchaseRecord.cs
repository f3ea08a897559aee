using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Core.Purchases;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>What is kept of one purchase and of the points that came of it.</summary>
/// <param name="Owner">Who bought.</param>
/// <param name="Refunded">So much of the amount was refunded before.</param>
/// <param name="Spent">The points that it was paid with, in the order in which they were used.</param>
/// <param name="Earned">The lot that it opened, or <see langword="null"/>.</param>
/// <param name="Used">Points of that lot, and of those that it is the origin of, that other purchases were paid with and that did not come back.</param>
/// <param name="Settled">For points used so: what earlier refunds took from other lots, or could not take from any.</param>
public sealed record PurchaseRecord(
    Purchase Purchase, ProfileId Owner, DateTimeOffset At, decimal Refunded, ImmutableArray<SpentFrom> Spent, Lot? Earned, Points Used, Points Settled)
    : Fact
{
    /// <summary>What can still be refunded.</summary>
    public decimal Refundable => Purchase.Amount - Refunded;

    /// <summary>The points that it was paid with.</summary>
    public Points Paid => Points.Sum(Spent.Select(from => from.Points));
}

/// <summary>Points of a lot that a purchase was paid with.</summary>
/// <param name="Lot">As it is now.</param>
public sealed record SpentFrom(Lot Lot, Points Points);

/// <summary>Some or all of a purchase is given back.</summary>
/// <param name="Id">What makes it this refund and no other.</param>
/// <param name="Amount">Of the purchase's amount; in money and points as it was paid.</param>
public sealed record Refund(string Id, string Purchase, decimal Amount) : Fact
{
    private const int MaxId = 96;

    /// <summary>Why it cannot be taken in, or <see langword="null"/>.</summary>
    public string? Fault => this switch
    {
        { Id.Length: 0 or > MaxId } => $"The id of a refund has 1 to {MaxId} characters.",
        { Amount: <= 0 } => "The amount of a refund is more than 0.",
        _ when decimal.Round(Amount, 2) != Amount => "The amount of a refund has at most two decimals.",
        _ => null,
    };
}
