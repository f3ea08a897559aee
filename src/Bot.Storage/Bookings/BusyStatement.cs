using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Ids;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Bookings;

/// <summary>What is taken of a specialist.</summary>
internal sealed class BusyStatement(SqliteConnection connection) : IDisposable
{
    /// <summary>No visit with what follows it is longer: so far back something may have begun that still goes on.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    private readonly Statement _busy = new(connection, """
        SELECT start_at, free_at FROM bookings
        WHERE specialist = ?1 AND start_at > ?2 AND start_at < ?3 AND state NOT IN (4, 5) AND id IS NOT ?4
        UNION ALL
        SELECT from_at, to_at FROM holds
        WHERE specialist = ?1 AND from_at > ?2 AND from_at < ?3 AND until > ?5 AND profile_id <> ?6
        """);

    public ImmutableArray<Busy> Read(Query.Busy query, ProfileId profile, DateTimeOffset now)
    {
        var busy = ImmutableArray.CreateBuilder<Busy>();
        using var row = _busy.Query(query.Specialist, query.From - Longest, query.To, query.Except?.Value, now, profile.Value);
        while (row.Read())
        {
            busy.Add(new Busy(row.Moment(0), row.Moment(1)));
        }

        return busy.ToImmutable();
    }

    public void Dispose() => _busy.Dispose();
}
