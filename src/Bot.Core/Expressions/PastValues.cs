using Bot.Core.Cases;
using Bot.Core.Profiles;
using Bot.Core.Surveys;
using Bot.Core.Turns;

namespace Bot.Core.Expressions;

/// <summary>What is counted and summed up over a customer's past. Asks the database only where the statistics do not tell already.</summary>
internal static class PastValues
{
    /// <summary>How often an event happened.</summary>
    public static decimal? EventCount(string @event, TimeSpan? within, Scope scope)
    {
        var since = Evaluation.Since(within, scope);
        return Count(@event, since, scope, new Query.EventCount(@event, since));
    }

    public static decimal? PurchaseCount(TimeSpan? within, Scope scope)
    {
        var since = Evaluation.Since(within, scope);
        return Count(BuiltInEvents.Purchase, since, scope, new Query.PurchaseCount(since));
    }

    /// <summary>In the business's currency; nothing if nothing was bought.</summary>
    public static decimal? PurchaseSum(TimeSpan? within, Scope scope)
    {
        var since = Evaluation.Since(within, scope);
        return Statistics(BuiltInEvents.Purchase, scope)?.Last >= since ? Fact(new Query.PurchaseSum(since), scope) : 0;
    }

    /// <summary>Missing if nothing was bought.</summary>
    public static decimal? PurchaseAverage(TimeSpan? within, Scope scope)
    {
        // Both are asked for at once.
        var sum = PurchaseSum(within, scope);
        var count = PurchaseCount(within, scope);
        return sum is { } whole && count is { } by ? Numbers.Calculate(whole, Calculation.DividedBy, by) : null;
    }

    public static DateTimeOffset? LastPurchase(Scope scope) =>
        Statistics(BuiltInEvents.Purchase, scope)?.Last is { } last && last >= Evaluation.Since(null, scope) ? last : null;

    /// <summary>How many Marketing messages arrived since the customer last did something.</summary>
    public static decimal? IgnoredMessages(Scope scope) =>
        scope.Snapshot.Profile is { } profile ? Fact(new Query.MarketingSince(profile.LastActive), scope) : 0;

    /// <summary>The score that the customer gave last; missing if they never did.</summary>
    public static decimal? LastScore(Scope scope) => Statistics(Nps.Scored, scope)?.Last is { } last && last >= Evaluation.Since(null, scope)
        ? Fact(new Query.LastNumber(Nps.Scored, Nps.Score), scope)
        : null;

    /// <summary>Whether staff have a complaint of the customer to see to.</summary>
    public static bool HasOpenCase(Scope scope) =>
        Statistics(BuiltInEvents.FeedbackOpened, scope) is not null && scope.Fact(new Query.OpenCase(CaseKind.Feedback)) is not null;

    private static decimal? Count(string @event, DateTimeOffset since, Scope scope, Query rows)
    {
        if (Statistics(@event, scope) is not { } statistics)
        {
            return 0;
        }

        if (statistics.First >= since)
        {
            return statistics.Count;
        }

        return statistics.Last < since ? 0 : Fact(rows, scope);
    }

    private static EventStatistics? Statistics(string @event, Scope scope) =>
        scope.Snapshot.Profile?.Events.TryGetValue(@event, out var statistics) is true && statistics.Count > 0 ? statistics : null;

    private static decimal? Fact(Query query, Scope scope) => (scope.Fact(query) as Value.Number)?.Amount;
}
