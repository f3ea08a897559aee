using System.Collections.Immutable;

namespace Bot.Core.Broadcasts;

/// <summary>What a broadcast brought about. Whatever is counted, the states add up to all recipients.</summary>
/// <param name="Reasons">Of those who were not reached, how many for which reason.</param>
/// <param name="Arms">By variant, and <see cref="Broadcasts.Arms.HeldOut"/> for those who were to get nothing.</param>
public sealed record BroadcastReport(RecipientCounts Counts, ImmutableSortedDictionary<string, long> Reasons, ImmutableSortedDictionary<int, ArmReport> Arms)
{
    /// <summary>All variants together, without those held out.</summary>
    public ArmReport Total => Arms.Where(arm => arm.Key != Broadcasts.Arms.HeldOut).Select(arm => arm.Value)
        .Aggregate(new ArmReport(0, 0, 0, 0, 0, 0, 0), (sum, arm) => new ArmReport(sum.Sent + arm.Sent, sum.Clicked + arm.Clicked, sum.Reacted + arm.Reacted,
            sum.Unsubscribed + arm.Unsubscribed, sum.Blocked + arm.Blocked, sum.Converted + arm.Converted, sum.Revenue + arm.Revenue));
}

/// <summary>What came of one variant.</summary>
/// <param name="Sent">How many have it; of those held out how many there are.</param>
/// <param name="Clicked">Pressed its button or followed its link.</param>
/// <param name="Reacted">Clicked, or did anything else with the bot within a day.</param>
/// <param name="Unsubscribed">Took the consent back or switched a topic off within a week.</param>
/// <param name="Blocked">Blocked the bot within a week.</param>
/// <param name="Converted">Came to the goal within a week.</param>
/// <param name="Revenue">What they bought within a week, in the business's currency.</param>
public sealed record ArmReport(long Sent, long Clicked, long Reacted, long Unsubscribed, long Blocked, long Converted, decimal Revenue);
