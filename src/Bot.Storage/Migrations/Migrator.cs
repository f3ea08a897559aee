using System.Collections.Immutable;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Bot.Storage.Migrations;

/// <summary>
/// Brings a database up to this program's schema. Each migration and its record are one transaction, so a process killed in the
/// middle leaves the schema as before, and the next start goes on from there.
/// </summary>
internal static class Migrator
{
    private sealed record Applied(long Number, string Name, string Hash);

    /// <param name="name">The file as its owner knows it, for messages.</param>
    /// <param name="copyFirst">A copy is made of a database that is changed.</param>
    public static void Migrate(SqliteConnection connection, ImmutableArray<Migration> known, string name, bool copyFirst,
        DateTimeOffset now, ILogger logger)
    {
        var applied = Check(connection, known, name);
        foreach (var (index, migration) in known.Index().Skip(applied.Count))
        {
            if (copyFirst && index > 0 && index == applied.Count)
            {
                var copy = DatabaseCopy.MakeBefore(connection, migration, now);
                logger.LogInformation("The database was copied to {Copy} before it is migrated; the copy is deleted after a week", copy);
            }

            Apply(connection, migration, now);
            logger.LogInformation("The database is migrated to {Migration}", migration.Name);
        }
    }

    /// <summary>Throws if the database needs another program than this one.</summary>
    public static void RefuseUnlessCurrent(SqliteConnection connection, ImmutableArray<Migration> known, string name)
    {
        if (Check(connection, known, name).Count < known.Length)
        {
            throw new StoreRefusedException($"{name} has an older schema: start the bot once, so that it is migrated.");
        }
    }

    /// <summary>The number of the last migration applied, 0 for none.</summary>
    public static int Schema(SqliteConnection connection) => (int)(ReadApplied(connection).LastOrDefault()?.Number ?? 0);

    private static List<Applied> Check(SqliteConnection connection, ImmutableArray<Migration> known, string name)
    {
        var applied = ReadApplied(connection);
        if (applied.Count == 0 && connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master") > 0)
        {
            throw new StoreRefusedException($"{name} is a database of another program: give the bot a file of its own.");
        }

        if (applied.Count > known.Length)
        {
            throw new StoreRefusedException($"{name} was written by a newer bot (schema {applied[^1].Number}, this one knows "
                + $"{known[^1].Number}): run that version, or restore a backup that this one made.");
        }

        var changed = applied.Zip(known)
            .FirstOrDefault(pair => (pair.First.Number, pair.First.Hash) != (pair.Second.Number, pair.Second.Hash));
        if (changed != default)
        {
            throw new StoreRefusedException($"{name} was made with another {changed.First.Name} than this bot's: "
                + "run the version that made it; an applied migration must never be changed.");
        }

        return applied;
    }

    private static List<Applied> ReadApplied(SqliteConnection connection) =>
        connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'") == 0
            ? []
            : connection.Query<Applied>("SELECT number, name, hash FROM migrations ORDER BY number").AsList();

    private static void Apply(SqliteConnection connection, Migration migration, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(migration.Sql, transaction: transaction);
        connection.Execute(
            "INSERT INTO migrations (number, name, hash, applied_at) VALUES (@Number, @Name, @Hash, @at)",
            new { migration.Number, migration.Name, migration.Hash, at = now.ToUnixTimeMilliseconds() },
            transaction);
        transaction.Commit();
    }
}
