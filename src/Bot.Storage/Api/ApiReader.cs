using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Core.Profiles;
using Bot.Core.Turns;
using Bot.Storage.Admin;
using Bot.Storage.Lists;
using Bot.Storage.Sqlite;
using Bot.Storage.Turns;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Api;

/// <summary>What other programs are answered from, on a connection of its own, beside the writer. Thread-safe.</summary>
public sealed class ApiReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly SnapshotReader _snapshots;
    private readonly CustomerRecognition _customers;
    private readonly SaleStatements _sales;
    private readonly Statement _decision;
    private readonly Statement _chat;
    private readonly Statement _consents;
    private readonly Statement _purchases;
    private readonly Statement _open;

    internal ApiReader(string path)
    {
        _connection = Connections.OpenReader(path);
        _snapshots = new SnapshotReader(_connection);
        _customers = new CustomerRecognition(_connection);
        _sales = new SaleStatements(_connection);
        _decision = new Statement(_connection, "SELECT fingerprint, result, subject FROM requests WHERE key = ?1");
        _chat = new Statement(_connection, StaffWriter.SelectBestChat);
        _consents = new Statement(_connection, """
            SELECT f.purpose, h.channel, max(c.at) FROM consents_in_force f
            JOIN chats h ON h.id = f.chat_id
            JOIN consents c ON c.purpose = f.purpose AND c.given = 1 AND c.chat_id = f.chat_id
                AND c.profile_id IN (SELECT ?1 UNION ALL SELECT id FROM profiles WHERE merged_into = ?1)
            WHERE f.profile_id = ?1
            GROUP BY f.purpose, f.chat_id ORDER BY 1, 2
            """);
        _purchases = new Statement(_connection, "SELECT count(*), coalesce(sum(amount - refunded), 0) FROM purchases WHERE profile_id = ?1");
        _open = new Statement(_connection,
            $"SELECT 1 FROM chats WHERE profile_id = ?1 AND blocked_at IS NULL AND channel <> '{ChatAddress.Staff}' LIMIT 1");
    }

    /// <summary>What was decided on the request with this key, or <see langword="null"/> if nothing was.</summary>
    public Decision? DecisionOn(string key) => Read(() =>
    {
        using var row = _decision.Query(key);
        return row.Read() ? new Decision(row.Text(0), (RequestResult)row.Number(1), row.IsNull(2) ? null : row.Number(2)) : null;
    });

    /// <summary>Who is known by a mark; a profile that became a part of another leads there. <see langword="null"/> if nobody is.</summary>
    public CustomerPlace? Find(CustomerMark mark) => Read(() => _customers.Find(mark) is { } profile && ChatOf(profile) is { } chat
        ? new CustomerPlace(profile, chat)
        : (CustomerPlace?)null);

    /// <summary>What is known of somebody whom <see cref="Find"/> found.</summary>
    /// <param name="window">From when on purchases count for the tier.</param>
    public CustomerState Customer(ProfileId profile, DateTimeOffset window, DateTimeOffset now) => Read(() =>
    {
        // All of it as of one moment.
        using var transaction = _connection.BeginTransaction(deferred: true);
        var consents = ImmutableArray.CreateBuilder<(string, string, DateTimeOffset)>();
        using (var row = _consents.Query(profile.Value))
        {
            while (row.Read())
            {
                consents.Add((row.Text(0), row.Text(1), row.Moment(2)));
            }
        }

        using var bought = _purchases.Query(profile.Value);
        bought.Read();
        using var open = _open.Query(profile.Value);
        return new CustomerState(
            _snapshots.LoadProfile(profile),
            consents.DrainToImmutable(),
            (Account)_snapshots.Answer(new Query.Account(), profile, now)!,
            bought.Number(0),
            bought.Number(1) / 100m,
            ((Value.Number)_snapshots.Answer(new Query.PurchaseSum(window), profile, now)!).Amount,
            open.Read());
    });

    /// <summary>A purchase, whoever made it.</summary>
    public SaleState? Purchase(string id) => Read(() => _sales.Purchase(id));

    /// <summary>A refund, of whichever purchase.</summary>
    public RefundState? Refund(string id) => Read(() => _sales.Refund(id));

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var statement in (ReadOnlySpan<Statement>)[_decision, _chat, _consents, _purchases, _open])
            {
                statement.Dispose();
            }

            _sales.Dispose();
            _customers.Dispose();
            _snapshots.Dispose();
            _connection.Dispose();
        }
    }

    private ChatAddress? ChatOf(ProfileId profile)
    {
        using var row = _chat.Query(profile.Value);
        return row.Read() ? new ChatAddress(row.Text(0), row.Number(1), row.Number(2)) : null;
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            try
            {
                return read();
            }
            catch (SqliteException e)
            {
                throw StoreException.From(e);
            }
        }
    }
}
