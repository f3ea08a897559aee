using System.Collections.Immutable;
using Bot.Core.Broadcasts;
using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Broadcasts;

/// <summary>What became of broadcasts, read on a connection of its own, a stretch of recipients at a time.</summary>
public static class BroadcastNumbers
{
    /// <summary>How long after a message something counts as its effect.</summary>
    public static readonly TimeSpan Effect = TimeSpan.FromDays(7);

    private const long Scanned = 20_000;
    private static readonly TimeSpan Reaction = TimeSpan.FromDays(1);

    /// <summary>How many recipients stand in which state.</summary>
    public static RecipientCounts Counts(StoreOptions options, BroadcastId broadcast)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        using var statement = new Statement(connection, "SELECT state, count(*) FROM recipients WHERE broadcast_id = ?1 GROUP BY state");
        var counts = ImmutableDictionary.CreateBuilder<RecipientState, long>();
        using var row = statement.Query(broadcast.Value);
        while (row.Read())
        {
            counts[(RecipientState)row.Number(0)] = row.Number(1);
        }

        return new RecipientCounts(counts.ToImmutable());
    }

    /// <summary>What a broadcast brought about so far.</summary>
    public static BroadcastReport Report(StoreOptions options, Broadcast broadcast)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(broadcast);
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        var arms = new Dictionary<int, ArmReport>();
        var states = new Dictionary<RecipientState, long>();
        var reasons = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (after, upTo) in Stretches(connection, broadcast.Id))
        {
            using var statement = new Statement(connection, Sql);
            using var row = statement.Query(broadcast.Id.Value, after, upTo, (long)Reaction.TotalMilliseconds, (long)Effect.TotalMilliseconds, broadcast.Plan.Goal);
            while (row.Read())
            {
                var (state, reason, count) = ((RecipientState)row.Number(1), row.TextOrNull(2), row.Number(3));
                states[state] = states.GetValueOrDefault(state) + count;
                if (state is RecipientState.Skipped && reason is not null)
                {
                    reasons[reason] = reasons.GetValueOrDefault(reason) + count;
                }

                var isHeldOut = state is RecipientState.Skipped && reason == nameof(SkipReason.HeldOut);
                if (state == RecipientState.Sent || isHeldOut)
                {
                    var arm = isHeldOut ? Arms.HeldOut : (int)row.Number(0);
                    var known = arms.GetValueOrDefault(arm) ?? new ArmReport(0, 0, 0, 0, 0, 0, 0);
                    arms[arm] = new ArmReport(known.Sent + count, known.Clicked + row.Number(4), known.Reacted + row.Number(5),
                        known.Unsubscribed + row.Number(6), known.Blocked + row.Number(7), known.Converted + row.Number(8),
                        known.Revenue + (row.Number(9) / 100m));
                }
            }
        }

        return new BroadcastReport(new RecipientCounts(states.ToImmutableDictionary()), reasons.ToImmutableSortedDictionary(StringComparer.Ordinal),
            arms.ToImmutableSortedDictionary());
    }

    /// <summary>Each recipient and what became of them, in the order of their ids.</summary>
    public static IEnumerable<RecipientLine> Lines(StoreOptions options, BroadcastId broadcast)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        foreach (var (after, upTo) in Stretches(connection, broadcast))
        {
            using var statement = new Statement(connection, """
                SELECT profile_id, variant, state, reason, ended_at, clicked_at FROM recipients
                WHERE id > ?2 AND id <= ?3 AND broadcast_id = ?1
                ORDER BY id
                """);
            foreach (var line in Read(statement, broadcast, after, upTo))
            {
                yield return line;
            }
        }
    }

    // What a customer who was held out did counts from when the recipients were written down.
    private const string Sql = """
        SELECT r.variant, r.state, r.reason, count(*),
            sum(r.clicked_at IS NOT NULL),
            sum(CASE WHEN r.state = 2 THEN r.clicked_at IS NOT NULL
                OR EXISTS (SELECT 1 FROM profiles p WHERE p.id = r.profile_id AND p.last_active_at > r.ended_at AND p.last_active_at <= r.ended_at + ?4)
                OR EXISTS (SELECT 1 FROM events e WHERE e.profile_id = r.profile_id AND e.at > r.ended_at AND e.at <= r.ended_at + ?4) END),
            sum(CASE WHEN r.state = 2 THEN
                EXISTS (SELECT 1 FROM consents c WHERE c.profile_id = r.profile_id AND c.purpose = 'marketing' AND c.given = 0
                    AND c.at > r.ended_at AND c.at <= r.ended_at + ?5)
                OR EXISTS (SELECT 1 FROM events e WHERE e.profile_id = r.profile_id AND e.event = 'topic.off'
                    AND e.at > r.ended_at AND e.at <= r.ended_at + ?5) END),
            sum(CASE WHEN r.state = 2 THEN
                EXISTS (SELECT 1 FROM chats c WHERE c.id = r.chat_id AND c.blocked_at > r.ended_at AND c.blocked_at <= r.ended_at + ?5) END),
            sum(CASE WHEN r.state = 2 OR r.reason = 'HeldOut' THEN
                EXISTS (SELECT 1 FROM events e WHERE e.profile_id = r.profile_id AND e.event = ?6
                    AND e.at > r.ended_at AND e.at <= r.ended_at + ?5) END),
            sum(CASE WHEN r.state = 2 THEN
                (SELECT sum(u.amount) FROM purchases u WHERE u.profile_id = r.profile_id AND u.at > r.ended_at AND u.at <= r.ended_at + ?5) END)
        FROM recipients r
        WHERE r.id > ?2 AND r.id <= ?3 AND r.broadcast_id = ?1
        GROUP BY r.variant, r.state, r.reason
        """;

    private static List<RecipientLine> Read(Statement statement, BroadcastId broadcast, long after, long upTo)
    {
        var lines = new List<RecipientLine>();
        using var row = statement.Query(broadcast.Value, after, upTo);
        while (row.Read())
        {
            lines.Add(new RecipientLine(new ProfileId(row.Number(0)), row.IsNull(1) ? null : (int)row.Number(1), (RecipientState)row.Number(2),
                row.TextOrNull(3), row.MomentOrNull(4), row.MomentOrNull(5)));
        }

        return lines;
    }

    /// <summary>The ids of a broadcast's recipients in stretches: those of one broadcast lie close together, and one read is kept short.</summary>
    private static List<(long After, long UpTo)> Stretches(SqliteConnection connection, BroadcastId broadcast)
    {
        var stretches = new List<(long After, long UpTo)>();
        using var ends = new Statement(connection, "SELECT min(id), max(id) FROM recipients WHERE broadcast_id = ?1");
        long after, last;
        using (var row = ends.Query(broadcast.Value))
        {
            if (!row.Read() || row.IsNull(0))
            {
                return stretches;
            }

            (after, last) = (row.Number(0) - 1, row.Number(1));
        }

        using var stretch = new Statement(connection, "SELECT max(id) FROM (SELECT id FROM recipients WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3)");
        while (after < last)
        {
            using var row = stretch.Query(after, last, Scanned);
            row.Read();
            var upTo = row.Number(0);
            stretches.Add((after, upTo));
            after = upTo;
        }

        return stretches;
    }
}

/// <summary>A recipient in the file of a broadcast.</summary>
public readonly record struct RecipientLine(
    ProfileId Profile, int? Variant, RecipientState State, string? Reason, DateTimeOffset? EndedAt, DateTimeOffset? ClickedAt);
