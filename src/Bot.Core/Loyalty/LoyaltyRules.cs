using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Dialogs;

namespace Bot.Core.Loyalty;

/// <summary><c>loyalty.yaml</c>: what purchases earn, and what points are good for.</summary>
/// <param name="Tiers">From the lowest, which everybody has, to the highest. At least one.</param>
/// <param name="Window">What was bought in so long a time decides on the tier.</param>
/// <param name="Redeem">How many percent of a purchase can be paid with points, 0-100.</param>
/// <param name="Expires">How long points are good from when they can be used.</param>
/// <param name="Warning">How long before they expire the customer is told.</param>
/// <param name="Pending">How long after the purchase its points can be used.</param>
public sealed record LoyaltyRules(
    ImmutableArray<Tier> Tiers, TimeSpan Window, decimal Redeem, TimeSpan Expires, TimeSpan Warning, TimeSpan Pending)
{
    /// <summary>The same as long as tiers are worked out in the same way.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture,
        $"{string.Join(',', Tiers.Select(tier => string.Create(CultureInfo.InvariantCulture, $"{tier.Id}:{tier.From:0.##}")))} {Window.TotalMinutes}m");

    /// <summary>The tier of who bought so much in the window.</summary>
    public Tier TierOf(decimal bought) => Tiers.Last(tier => tier.From <= bought || tier == Tiers[0]);

    /// <summary>The tier above, or <see langword="null"/> at the top.</summary>
    public Tier? After(Tier tier) => Tiers.SkipWhile(other => other != tier).Skip(1).FirstOrDefault();

    /// <summary>The most points that a purchase can be paid with; whole ones, rounded down.</summary>
    public Points Cap(decimal amount) => new((long)(amount * Redeem / 100));

    /// <summary>What a purchase earns, of which so much was paid in money; whole points, rounded down.</summary>
    public static Points Earned(Tier tier, decimal paid) => new((long)(paid * tier.Rate / 100));

    /// <summary>The moment from which on purchases count for the tier.</summary>
    public DateTimeOffset WindowBegin(DateTimeOffset now) => now - Window;
}

/// <summary>A loyalty level.</summary>
/// <param name="From">What must have been bought for it in the window, in the business's currency.</param>
/// <param name="Rate">Points for each 100 paid.</param>
public sealed record Tier(string Id, Text Name, decimal From, decimal Rate);
