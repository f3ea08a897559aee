using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Bot.Storage.Turns;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Loyalty;

/// <summary>What a sale or a refund at the desk is prepared from, as of one moment, beside the writer. The turn that enters it looks again.</summary>
public sealed class SaleBooks : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly FactReader _facts;

    private SaleBooks(SqliteConnection connection)
    {
        _connection = connection;
        _transaction = connection.BeginTransaction(deferred: true);
        _facts = new FactReader(connection);
    }

    public static SaleBooks Open(StoreOptions options) => new(Connections.OpenReaderOfExisting(options.DatabasePath));

    /// <summary>Whose card has this code.</summary>
    public ProfileId? Cardholder(string code)
    {
        using var statement = new Statement(_connection, "SELECT profile_id FROM cards WHERE code = ?1");
        using var row = statement.Query(code);
        return row.Read() ? new ProfileId(row.Number(0)) : null;
    }

    /// <summary>What the customer is called; <see langword="null"/> if that is not known.</summary>
    public string? NameOf(ProfileId profile)
    {
        using var statement = new Statement(_connection, "SELECT text FROM profile_fields WHERE profile_id = ?1 AND name = 'name'");
        using var row = statement.Query(profile.Value);
        return row.Read() ? row.TextOrNull(0) : null;
    }

    public bool Exists(ProfileId profile)
    {
        using var statement = new Statement(_connection, "SELECT 1 FROM profiles WHERE id = ?1");
        using var row = statement.Query(profile.Value);
        return row.Read();
    }

    /// <summary>The answer to what a turn would ask.</summary>
    public Fact? Answer(Query query, ProfileId profile, DateTimeOffset now) => _facts.Answer(query, profile, now);

    /// <inheritdoc cref="WriteTransaction.Purchases"/>
    public ImmutableArray<Sold> Purchases(ProfileId profile, int limit) => Purchases(_connection, profile, limit);

    public void Dispose()
    {
        _facts.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    internal static ImmutableArray<Sold> Purchases(SqliteConnection connection, ProfileId profile, int limit)
    {
        // Prepared each time: it is too rare to be kept.
        using var statement = new Statement(connection, """
            SELECT id, at, amount, refunded FROM purchases WHERE profile_id = ?1 ORDER BY at DESC, id DESC LIMIT ?2
            """);
        using var row = statement.Query(profile.Value, (long)limit);
        var sold = ImmutableArray.CreateBuilder<Sold>();
        while (row.Read())
        {
            sold.Add(new Sold(row.Text(0), row.Moment(1), row.Number(2) / 100m, row.Number(3) / 100m));
        }

        return sold.DrainToImmutable();
    }
}

/// <summary>A purchase, and how much of it was refunded.</summary>
public sealed record Sold(string Id, DateTimeOffset At, decimal Amount, decimal Refunded);
