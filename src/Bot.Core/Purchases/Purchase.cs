namespace Bot.Core.Purchases;

/// <summary>Something a customer paid for. Kept for ever; the same id is the same purchase.</summary>
/// <param name="Id">The till's or the site's own, 1-64 characters.</param>
/// <param name="Amount">In the business's currency, more than zero, at most two decimals.</param>
public sealed record Purchase(string Id, decimal Amount);
