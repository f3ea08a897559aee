using System.Collections.Immutable;
using Bot.Core.Ids;
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
            """) + " ORDER BY l.at DESC, l.profile_id DESC LIMIT @limit", new { from = from.ToUnixTimeMilliseconds(), limit })
        .Select(row => new Lead(new ProfileId(row.Profile), DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Source, row.Name, row.Contact))
        .ToImmutableArray());

    /// <summary>How many they are by where they came from, the most first.</summary>
    public static ImmutableArray<(string? Source, long Count)> LeadsBySource(StoreOptions options, DateTimeOffset from) => Read(options, connection =>
        connection.Query<(string?, long)>(Leads("p.first_source, count(*)") + " GROUP BY 1 ORDER BY 2 DESC, 1",
            new { from = from.ToUnixTimeMilliseconds() }).ToImmutableArray());

    /// <summary>How far the conversations that began since a moment came.</summary>
    public static ImmutableArray<FunnelStep> Funnels(StoreOptions options, DateTimeOffset from) => Read(options, connection => connection
        .Query<(string Dialog, string State, long Finished, long Left, long Open)>("""
            SELECT dialog, state, count(*) FILTER (WHERE ended = 0), count(*) FILTER (WHERE ended IN (1, 2)), count(*) FILTER (WHERE ended IS NULL)
            FROM conversations WHERE started_at >= @from GROUP BY dialog, state ORDER BY dialog, min(id)
            """, new { from = from.ToUnixTimeMilliseconds() })
        .Select(row => new FunnelStep(row.Dialog, row.State, row.Finished, row.Left, row.Open))
        .ToImmutableArray());

    private static string Leads(string columns) => $"""
        WITH leads AS (
            SELECT profile_id, min(at) AS at FROM consents WHERE purpose = 'personal-data' AND given = 1 GROUP BY profile_id HAVING min(at) >= @from)
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
