using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Privacy;

/// <summary>Forgets persons: what the tables of <see cref="PersonalTables"/> hold about them, in one transaction of whoever calls.</summary>
internal static class Erasure
{
    private const string Moment = "?2";

    public static void Run(SqliteConnection connection, ProfileId profile, DateTimeOffset now)
    {
        foreach (var table in PersonalTables.All.Reverse())
        {
            if (table.Erase is { } sql)
            {
                // Prepared each time: it is too rare to be kept.
                using var statement = new Statement(connection, sql);
                if (sql.Contains(Moment, StringComparison.Ordinal))
                {
                    statement.Run(profile.Value, now);
                }
                else
                {
                    statement.Run(profile.Value);
                }
            }
        }
    }

    /// <summary>Who was forgotten, and when, in the order of their ids.</summary>
    public static ImmutableSortedDictionary<long, long> All(SqliteConnection connection) =>
        connection.Query<(long Id, long At)>("SELECT id, erased_at FROM profiles WHERE erased_at IS NOT NULL")
            .ToImmutableSortedDictionary(row => row.Id, row => row.At);

    /// <summary>Tables that still hold something about somebody who was forgotten, and who; none if all is well.</summary>
    public static ImmutableArray<(string Table, long Profile)> Left(SqliteConnection connection)
    {
        var left = ImmutableArray.CreateBuilder<(string, long)>();
        foreach (var profile in All(connection).Keys)
        {
            foreach (var table in PersonalTables.All.Where(table => table.IsEmptied))
            {
                using var statement = new Statement(connection, table.Rows);
                using var row = statement.Query(profile);
                if (row.Read())
                {
                    left.Add((table.Name, profile));
                }
            }
        }

        return left.DrainToImmutable();
    }
}
