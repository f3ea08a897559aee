using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Privacy;

/// <summary>A customer whose data is to be deleted.</summary>
/// <param name="Asked">When that was asked for.</param>
public sealed record PendingErasure(ProfileId Profile, string? Name, string? Contact, DateTimeOffset Asked);

/// <summary>Reads whose data is to be deleted, beside a running bot.</summary>
public static class PendingErasures
{
    /// <summary>Those who asked first come first.</summary>
    public static ImmutableArray<PendingErasure> List(StoreOptions options, int limit)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        try
        {
            // As the turn sees it: asked for, and not taken back since.
            return
            [
                .. connection.Query<(long Profile, string? Name, string? Contact, long Asked)>("""
                    SELECT s.profile_id,
                        (SELECT text FROM profile_fields f WHERE f.profile_id = s.profile_id AND f.name = 'name'),
                        coalesce((SELECT text FROM profile_fields f WHERE f.profile_id = s.profile_id AND f.name = 'phone'),
                            (SELECT text FROM profile_fields f WHERE f.profile_id = s.profile_id AND f.name = 'email')),
                        s.last_at
                    FROM event_statistics s JOIN profiles p ON p.id = s.profile_id AND p.erased_at IS NULL
                    LEFT JOIN event_statistics w ON w.profile_id = s.profile_id AND w.event = 'erasure.withdrawn'
                    WHERE s.event = 'erasure.requested' AND (w.last_at IS NULL OR w.last_at < s.last_at)
                    ORDER BY s.last_at, s.profile_id LIMIT @limit
                    """, new { limit }).Select(row => new PendingErasure(new ProfileId(row.Profile), row.Name, row.Contact,
                        DateTimeOffset.FromUnixTimeMilliseconds(row.Asked))),
            ];
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }
}
