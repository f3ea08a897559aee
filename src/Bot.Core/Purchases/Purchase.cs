namespace Bot.Core.Purchases;

/// <summary>Something a customer paid for. Kept for ever; the same id is the same purchase.</summary>
/// <param name="Id">The till's or the site's own, 1-64 characters.</param>
/// <param name="Amount">In the business's currency, more than zero, at most <see cref="MaxAmount"/> and two decimals.</param>
public sealed record Purchase(string Id, decimal Amount)
{
    /// <summary>So that a slip at the till is noticed, and the sum of all that a customer buys stays far below the highest number.</summary>
    public const decimal MaxAmount = 1_000_000_000;

    private const int MaxId = 64;

    /// <summary>Why it cannot be taken in, or <see langword="null"/>.</summary>
    public string? Fault => this switch
    {
        { Id.Length: 0 or > MaxId } => $"The id of a purchase has 1 to {MaxId} characters.",
        { Amount: <= 0 or > MaxAmount } => $"The amount of a purchase is more than 0 and at most {MaxAmount:F0}.",
        _ when decimal.Round(Amount, 2) != Amount => "The amount of a purchase has at most two decimals.",
        _ => null,
    };
}
