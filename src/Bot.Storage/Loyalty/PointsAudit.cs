using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Loyalty;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Loyalty;

/// <summary>Proves that points add up, beside a running bot, from the ledger's own entries: nothing is repaired.</summary>
public static class PointsAudit
{
    private const string Accounts = """
        SELECT p.profile_id, coalesce(a.balance, 0), coalesce(l.points, 0), coalesce(e.points, 0)
        FROM (SELECT profile_id FROM points_accounts UNION SELECT profile_id FROM points_lots UNION SELECT profile_id FROM points_ledger) p
        LEFT JOIN points_accounts a ON a.profile_id = p.profile_id
        LEFT JOIN (SELECT profile_id, sum(remaining) AS points FROM points_lots GROUP BY profile_id) l ON l.profile_id = p.profile_id
        LEFT JOIN (SELECT profile_id, sum(points) AS points FROM points_ledger GROUP BY profile_id) e ON e.profile_id = p.profile_id
        WHERE coalesce(a.balance, 0) <> coalesce(l.points, 0) OR coalesce(a.balance, 0) <> coalesce(e.points, 0)
        """;

    private const string Lots = """
        SELECT l.id, l.profile_id, l.remaining, coalesce(e.points, 0) FROM points_lots l
        LEFT JOIN (SELECT lot_id, sum(points) AS points FROM points_ledger GROUP BY lot_id) e ON e.lot_id = l.id
        WHERE l.remaining <> coalesce(e.points, 0)
        """;

    private const string Refunds = """
        SELECT p.id, p.refunded, coalesce(r.amount, 0) FROM purchases p
        LEFT JOIN (SELECT purchase_id, sum(amount) AS amount FROM refunds GROUP BY purchase_id) r ON r.purchase_id = p.id
        WHERE p.refunded <> coalesce(r.amount, 0)
        """;

    private const string Spent = """
        SELECT p.id, -sum(e.points), p.amount FROM points_ledger e JOIN purchases p ON p.id = e.purchase_id
        WHERE e.kind = 1 GROUP BY p.id HAVING -sum(e.points) * 100 > p.amount
        """;

    private const string Counts = """
        SELECT (SELECT count(*) FROM points_accounts), (SELECT count(*) FROM points_lots), (SELECT count(*) FROM points_ledger)
        """;

    /// <param name="rules">By which tiers are worked out anew; <see langword="null"/> if there are none.</param>
    public static AuditReport Of(StoreOptions options, LoyaltyRules? rules)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        try
        {
            // All of it as of one moment, whatever the bot writes meanwhile.
            using var transaction = connection.BeginTransaction(deferred: true);
            var faults = ImmutableArray.CreateBuilder<string>();
            faults.AddRange(Lines(connection, Accounts, row =>
                $"customer {row.Number(0)}: the balance is {row.Number(1)}, the lots hold {row.Number(2)}, the entries come to {row.Number(3)}"));
            faults.AddRange(Lines(connection, Lots, row => $"lot {row.Number(0)} of customer {row.Number(1)}: {row.Number(2)} are left, the entries come to {row.Number(3)}"));
            faults.AddRange(Lines(connection, Refunds, row => $"purchase {row.Text(0)}: {Money(row.Number(1))} is refunded, the refunds come to {Money(row.Number(2))}"));
            faults.AddRange(Lines(connection, Spent, row => $"purchase {row.Text(0)}: paid with {row.Number(1)} points, and it cost {Money(row.Number(2))}"));
            var note = Tiers(connection, rules, faults);
            using var counts = new Statement(connection, Counts);
            using var row = counts.Query();
            row.Read();
            return new AuditReport(row.Number(0), row.Number(1), row.Number(2), faults.ToImmutable(), note);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    private delegate string Line(Rows row);

    private static List<string> Lines(SqliteConnection connection, string sql, Line line)
    {
        using var statement = new Statement(connection, sql);
        using var row = statement.Query();
        var lines = new List<string>();
        while (row.Read())
        {
            lines.Add(line(row));
        }

        return lines;
    }

    /// <summary>Works all tiers out anew; answers why they are not, if they are not.</summary>
    private static string? Tiers(SqliteConnection connection, LoyaltyRules? rules, ImmutableArray<string>.Builder faults)
    {
        if (rules is null)
        {
            return "There is no loyalty.yaml that can be read, so tiers are not compared.";
        }

        if (SweptAt(connection, rules) is not { } at)
        {
            return "Tiers are being worked out by a new loyalty.yaml, so they are not compared yet.";
        }

        // Those that a timer is about to look at are not judged before it has.
        using var waiting = new Statement(connection, """
            SELECT 1 FROM timers t JOIN chats c ON c.id = t.chat_id LEFT JOIN points_accounts a ON a.profile_id = c.profile_id
            WHERE c.profile_id = ?1 AND t.kind = 7 AND (t.waits IS NOT NULL OR t.id IS NOT a.timer_id) LIMIT 1
            """);
        using var tiers = new Statement(connection, TierReader.Tiers);
        using var row = tiers.Query(0, at, (long)rules.Window.TotalMilliseconds, -1);
        while (row.Read())
        {
            var (profile, tier, bought) = (row.Number(0), row.TextOrNull(1), row.Number(2) / 100m);
            if (!TierReader.Stands(tier, bought, rules) && !Any(waiting, profile))
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture,
                    $"customer {profile}: the tier is {tier ?? "none"}, but {bought:0.##} in the window make it {rules.TierOf(bought).Id}"));
            }
        }

        return null;
    }

    private static bool Any(Statement statement, long profile)
    {
        using var row = statement.Query(profile);
        return row.Read();
    }

    /// <summary>As of when all tiers were last worked out by these rules.</summary>
    private static DateTimeOffset? SweptAt(SqliteConnection connection, LoyaltyRules rules)
    {
        using var statement = new Statement(connection, "SELECT last_period FROM schedules WHERE name = ?1 AND cursor IS NULL");
        using var row = statement.Query(TierReader.Schedule);
        return row.Read() && row.Text(0).Split(' ', 2) is [var moment, var key] && key == rules.Key
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(moment, CultureInfo.InvariantCulture))
            : null;
    }

    private static string Money(long hundredths) => (hundredths / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>What an audit found.</summary>
/// <param name="Faults">What does not add up; empty if everything does.</param>
/// <param name="Note">What could not be looked at, and why.</param>
public sealed record AuditReport(long Accounts, long Lots, long Entries, ImmutableArray<string> Faults, string? Note);
