namespace Bot.Storage.Segments;

/// <content>Points and tiers. A lot that has expired counts for nothing from that very moment on, written off or not.</content>
internal sealed partial class SegmentSql
{
    private string Points(string which)
    {
        var at = Parameter(now);
        return $"""
            ({Number} * (SELECT coalesce(sum(l.remaining), 0) FROM points_lots l
                WHERE l.profile_id = p.id AND l.remaining > 0 AND {which.Replace("{0}", at, StringComparison.Ordinal)}))
            """;
    }

    private string ExpiringPoints(TimeSpan within)
    {
        // Without such a moment all that there is expires before.
        var by = SegmentFunctions.Moved(now.ToUnixTimeMilliseconds(), (long)within.TotalMilliseconds) ?? long.MaxValue;
        return Points($"l.available_at <= {{0}} AND l.expires_at > {{0}} AND l.expires_at <= {Parameter(by)}");
    }

    private string NextExpiry()
    {
        var at = Parameter(now);
        return $"""
            (SELECT min(l.expires_at) FROM points_lots l
                WHERE l.profile_id = p.id AND l.remaining > 0 AND l.available_at <= {at} AND l.expires_at > {at})
            """;
    }
}
