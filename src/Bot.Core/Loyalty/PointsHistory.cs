using System.Collections.Immutable;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>The latest changes of a customer's points, the latest first.</summary>
public sealed record PointsHistory(ImmutableArray<PointsChange> Changes) : Fact;

/// <summary>What one act did to the points, over all lots.</summary>
/// <param name="Amount">Of the purchase behind it, in the business's currency.</param>
public sealed record PointsChange(DateTimeOffset At, EntryKind Kind, Points Points, decimal? Amount);
