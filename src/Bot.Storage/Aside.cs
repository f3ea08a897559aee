using System.Collections.Immutable;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Bot.Storage;

/// <summary>An input that could not be handled.</summary>
/// <param name="Kind">What kind of input, for example <c>Message</c>.</param>
/// <param name="Error">The exception's type and a code.</param>
/// <param name="Input">As JSON; personal data; <see langword="null"/> once it was cleared.</param>
public sealed record AsideInput(long Id, string Key, string Kind, string Error, DateTimeOffset At, string? Input);

/// <summary>The inputs set aside: looked at beside a running bot, dropped only when none runs.</summary>
public static class Aside
{
    public static ImmutableArray<AsideInput> List(StoreOptions options)
    {
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        try
        {
            return Read(connection);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    /// <summary>Deletes one, or all without an id; answers how many were there.</summary>
    public static int Drop(StoreOptions options, long? id, TimeProvider clock, ILogger logger)
    {
        Connections.RefuseUnlessThere(options.DatabasePath);
        using var store = Store.Open(options with { WaitForLock = TimeSpan.Zero }, clock, logger);
        using var transaction = store.Begin();
        var dropped = transaction.DropAside(id);
        transaction.Commit();
        return dropped;
    }

    private static ImmutableArray<AsideInput> Read(SqliteConnection connection) =>
    [
        .. connection
            .Query<(long Id, string Key, string Kind, string Error, long At, string? Input)>(
                "SELECT id, key, kind, error, at, CAST(input AS TEXT) FROM aside ORDER BY id")
            .Select(row => new AsideInput(
                row.Id, row.Key, row.Kind, row.Error, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Input)),
    ];
}
