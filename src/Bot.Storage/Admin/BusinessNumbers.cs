using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Admin;

/// <summary>Somebody who left a contact.</summary>
/// <param name="At">When they first agreed that it is kept.</param>
public readonly record struct Lead(ProfileId Profile, DateTimeOffset At, string? Source, string? Name, string? Contact);

/// <summary>How many customers stand at, or ended at, a state of a dialog.</summary>
public readonly record struct FunnelStep(string Dialog, string State, long Finished, long Left, long Open);

/// <summary>The business's numbers, counted beside a running bot from what happened. Whole tables may be read.</summary>
public static class BusinessNumbers
{
    /// <summary>The latest of those who left a contact since a moment and have not taken it back, the newest first.</summary>
    public static ImmutableArray<Lead> LeadsSince(StoreOptions options, DateTimeOffset from, int limit) => Read(options, connection => connection
        .Query<(long Profile, long At, string? Source, string? Name, string? Contact)>(Leads("""
            l.profile_id, l.at, p.first_source,
            (SELECT text FROM profile_fields f WHERE f.profile_id = p.id AND f.name = 'name'),
            coalesce((SELECT text FROM profile_fields f WHERE f.profile_id = p.id AND f.name = 'phone'),
                (SELECT text FROM profile_fields f WHERE f.profile_id = p.id AND f.name = 'email'))
            """) + " ORDER BY l.at DESC, l.profile_id DESC LIMIT @limit", new { from = from.ToUnixTimeMilliseconds(), to = long.MaxValue, limit })
        .Select(row => new Lead(new ProfileId(row.Profile), DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Source, row.Name, row.Contact))
        .ToImmutableArray());

    /// <summary>How many they are by where they came from, the most first.</summary>
    public static ImmutableArray<(string? Source, long Count)> LeadsBySource(StoreOptions options, DateTimeOffset from) =>
        Read(options, connection => LeadsBySource(connection, Between(from, DateTimeOffset.MaxValue)));

    /// <summary>All that happened from one moment to before another, in one read.</summary>
    public static PeriodNumbers Of(StoreOptions options, DateTimeOffset from, DateTimeOffset to) => Read(options, connection =>
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        var period = Between(from, to);
        return new PeriodNumbers(
            LeadsBySource(connection, period),
            Changes(connection, period, given: true),
            Changes(connection, period, given: false),
            connection.ExecuteScalar<long>("SELECT count(*) FROM chats WHERE blocked_at >= @from AND blocked_at < @to", period),
            Funnels(connection, period),
            Sequences(connection, period),
            Messages(connection, period));
    });

    private static ImmutableArray<(string? Source, long Count)> LeadsBySource(SqliteConnection connection, object period) =>
        [.. connection.Query<(string?, long)>(Leads("p.first_source, count(*)") + " GROUP BY 1 ORDER BY 2 DESC, 1", period)];

    private static long Changes(SqliteConnection connection, object period, bool given) => connection.ExecuteScalar<long>($"""
        SELECT count(DISTINCT profile_id) FROM consents
        WHERE purpose = 'marketing' AND given = {(given ? 1 : 0)} AND at >= @from AND at < @to
        """, period);

    private static ImmutableArray<FunnelStep> Funnels(SqliteConnection connection, object period) =>
    [
        .. connection.Query<(string Dialog, string State, long Finished, long Left, long Open)>("""
            SELECT dialog, state, count(*) FILTER (WHERE ended = 0), count(*) FILTER (WHERE ended IN (1, 2)), count(*) FILTER (WHERE ended IS NULL)
            FROM conversations WHERE started_at >= @from AND started_at < @to GROUP BY dialog, state ORDER BY dialog, min(id)
            """, period).Select(row => new FunnelStep(row.Dialog, row.State, row.Finished, row.Left, row.Open)),
    ];

    private static ImmutableArray<SequenceNumber> Sequences(SqliteConnection connection, object period) =>
    [
        .. connection.Query<(string Sequence, long? Ended, long Count)>("""
            SELECT sequence, ended, count(*) FROM sequence_runs WHERE started_at >= @from AND started_at < @to GROUP BY 1, 2 ORDER BY 1, 2
            """, period)
            .GroupBy(row => row.Sequence)
            .Select(rows => new SequenceNumber(rows.Key, rows.Sum(row => row.Count),
                rows.Where(row => row.Ended is not null).ToImmutableDictionary(row => (SequenceEnd)row.Ended!.Value, row => row.Count))),
    ];

    private static ImmutableArray<CauseNumber> Messages(SqliteConnection connection, object period) =>
    [
        .. connection.Query<(string Cause, long Status, string? Reason, long Count)>("""
            SELECT cause, status, CASE status WHEN 3 THEN reason END, count(*) FROM deliveries
            WHERE at >= @from AND at < @to
                AND (cause GLOB 'sequence:*' OR cause GLOB 'automation:*' OR cause GLOB 'silence:*' OR cause GLOB 'broadcast:*')
            GROUP BY 1, 2, 3
            ORDER BY 1, 2, 4 DESC, 3
            """, period).Select(row => new CauseNumber(row.Cause, (DeliveryStatus)row.Status, row.Reason, row.Count)),
    ];

    private static object Between(DateTimeOffset from, DateTimeOffset to) => new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() };

    private static string Leads(string columns) => $"""
        WITH leads AS (
            SELECT profile_id, min(at) AS at FROM consents WHERE purpose = 'personal-data' AND given = 1 GROUP BY profile_id HAVING min(at) >= @from AND min(at) < @to)
        SELECT {columns} FROM leads l JOIN profiles p ON p.id = l.profile_id
        WHERE EXISTS (SELECT 1 FROM profile_fields f WHERE f.profile_id = l.profile_id AND f.name IN ('phone', 'email'))
        """;

    private static T Read<T>(StoreOptions options, Func<SqliteConnection, T> read)
    {
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        try
        {
            return read(connection);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }
}
