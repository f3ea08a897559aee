using Bot.Core.Cases;
using Bot.Core.Expressions;
using Bot.Core.Profiles;
using Bot.Core.Surveys;
using Bot.Storage.Sqlite;

namespace Bot.Storage.Segments;

/// <content>What is counted and summed up over a customer's past. As in memory the statistics come first, and rows where they do not tell.</content>
internal sealed partial class SegmentSql
{
    private const long Number = 10_000;

    /// <summary>Number of ten-thousandths in a hundredth.</summary>
    private const long OfHundredth = 100;

    /// <summary>The most that a sum may come to, in hundredths.</summary>
    private const long LargestSum = (long)(Numbers.Max * 100);

    private static string IgnoredMessages => $"""
        ({Number} * (SELECT count(*) FROM deliveries d
            WHERE d.profile_id = p.id AND d.kind = 2 AND d.status = 0 AND d.at > p.last_active_at))
        """;

    private string LastScore() => $"""
        (SELECT n.number FROM events e JOIN event_numbers n ON n.event_id = e.id AND n.name = {Parameter(Nps.Score)} AND n.kind = {Parameter(StoredValues.Code(ValueKind.Number))}
            WHERE e.profile_id = p.id AND e.event = {Parameter(Nps.Scored)} ORDER BY e.at DESC, e.id DESC LIMIT 1)
        """;

    private string OpenCase() =>
        $"EXISTS (SELECT 1 FROM cases c WHERE c.profile_id = p.id AND c.kind = {Parameter(CaseKind.Feedback)} AND c.solved_at IS NULL)";

    private string EventCount(Node.Count count)
    {
        var (since, name) = (Parameter(Since(count.Within)), Parameter(count.Event));
        return Counted(StatisticsOf(name), since,
            $"SELECT count(*) FROM events e WHERE e.profile_id IN (SELECT p.id UNION ALL SELECT m.id FROM profiles m WHERE m.merged_into = p.id) AND e.event = {name} AND e.at >= {since}");
    }

    private string PurchaseCount(TimeSpan? within)
    {
        var since = Parameter(Since(within));
        return Counted(Statistics(BuiltInEvents.Purchase), since, Purchases("count(*)", since));
    }

    private string PurchaseSum(TimeSpan? within)
    {
        var since = Parameter(Since(within));
        return $"coalesce((SELECT {Sum(since)} {Statistics(BuiltInEvents.Purchase)} AND s.last_at >= {since}), 0)";
    }

    private string PurchaseAverage(TimeSpan? within)
    {
        var since = Parameter(Since(within));
        return $"""
            (SELECT {SegmentFunctions.Name(Calculation.DividedBy)}({Sum(since)}, {Count(since, Purchases("count(*)", since))})
                {Statistics(BuiltInEvents.Purchase)} AND s.last_at >= {since})
            """;
    }

    private string LastPurchase() => $"(SELECT s.last_at {Statistics(BuiltInEvents.Purchase)})";

    /// <summary>The statistics of an event that happened, as <c>s</c>.</summary>
    private string Statistics(string @event) => StatisticsOf(Parameter(@event));

    private static string StatisticsOf(string name) =>
        $"FROM event_statistics s WHERE s.profile_id = p.id AND s.event = {name} AND s.count > 0";

    private static string Counted(string statistics, string since, string rows) => $"coalesce((SELECT {Count(since, rows)} {statistics}), 0)";

    private static string Count(string since, string rows) =>
        $"{Number} * CASE WHEN s.first_at >= {since} THEN s.count WHEN s.last_at < {since} THEN 0 ELSE ({rows}) END";

    private static string Sum(string since) => $"{OfHundredth} * min(coalesce(({Purchases("sum(u.amount - u.refunded)", since)}), 0), {LargestSum})";

    private static string Purchases(string what, string since) =>
        $"SELECT {what} FROM purchases u WHERE u.profile_id = p.id AND u.at >= {since}";

    /// <summary>From when on something counts.</summary>
    private long Since(TimeSpan? within) =>
        (within is { } length ? SegmentFunctions.Moved(now.ToUnixTimeMilliseconds(), -(long)length.TotalMilliseconds) : null)
        ?? SegmentFunctions.FirstMoment;
}
