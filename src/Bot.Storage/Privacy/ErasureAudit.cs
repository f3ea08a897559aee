using System.Collections.Immutable;
using System.Globalization;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Privacy;

/// <summary>Proves, beside a running bot, that nothing is left of customers who were forgotten.</summary>
/// <param name="Erased">How many were.</param>
/// <param name="Faults">What is left of whom; empty if nothing is.</param>
public sealed record ErasureAudit(int Erased, ImmutableArray<string> Faults)
{
    public static ErasureAudit Of(StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        try
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            return new ErasureAudit(Erasure.All(connection).Count,
            [
                .. Erasure.Left(connection).Select(left => string.Create(CultureInfo.InvariantCulture,
                    $"customer {left.Profile} was deleted, and {left.Table} still has something of them")),
            ]);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }
}
