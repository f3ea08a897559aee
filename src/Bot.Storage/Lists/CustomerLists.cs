using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Lists;
using Bot.Core.Profiles;
using Bot.Storage.Segments;
using Bot.Storage.Sqlite;
using Bot.Storage.Turns;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Lists;

/// <summary>A customer as they stand in a list.</summary>
/// <param name="Consents">Those in force, and the channel of each.</param>
/// <param name="Spent">All purchases together, in the business's currency.</param>
/// <param name="IsBlocked">Whether nothing can be written to them; <see langword="null"/> if they never wrote.</param>
public sealed record ListedCustomer(
    Profile Profile, ImmutableArray<(string Purpose, string Channel)> Consents, long Purchases, decimal Spent, bool? IsBlocked);

/// <summary>Some of those in a list.</summary>
/// <param name="Cursor">Go on after it; <see langword="null"/> at the end.</param>
public sealed record CustomerPage(ImmutableArray<ListedCustomer> Customers, ProfileId? Cursor);

/// <summary>Reads lists of customers beside a running bot, in short reads: a long one would keep the database's log from being merged. For one thread.</summary>
public sealed class CustomerLists : IDisposable
{
    private const int Scanned = 20_000;
    private const int PageSize = 250;

    private readonly SqliteConnection _connection;
    private readonly SnapshotReader _snapshots;
    private readonly CustomerRecognition _customers;
    private readonly Statement _stretch;
    private readonly Statement _consents;
    private readonly Statement _purchases;
    private readonly Statement _chats;
    private readonly Statement _note;

    private CustomerLists(SqliteConnection connection)
    {
        _connection = connection;
        SegmentFunctions.Register(connection);
        _snapshots = new SnapshotReader(connection);
        _customers = new CustomerRecognition(connection);
        _stretch = new Statement(connection, "SELECT max(id), count(*) FROM (SELECT id FROM profiles WHERE id > ?1 ORDER BY id LIMIT ?2)");
        _consents = new Statement(connection,
            "SELECT f.purpose, c.channel FROM consents_in_force f JOIN chats c ON c.id = f.chat_id WHERE f.profile_id = ?1 ORDER BY 1, 2");
        _purchases = new Statement(connection, "SELECT count(*), coalesce(sum(amount), 0) FROM purchases WHERE profile_id = ?1");
        _chats = new Statement(connection, $"SELECT count(*), count(blocked_at) FROM chats WHERE profile_id = ?1 AND channel <> '{ChatAddress.Staff}'");
        _note = new Statement(connection, "SELECT 1 FROM profile_notes WHERE profile_id = ?1 AND text = ?2");
    }

    public static CustomerLists Open(StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new CustomerLists(Connections.OpenReaderOfExisting(options.DatabasePath));
    }

    /// <summary>The next customers whom a condition fits, in the order of their ids; <see langword="null"/> fits everybody.</summary>
    /// <param name="after">The cursor of the page before; at the beginning 0.</param>
    public CustomerPage Page(Expression? condition, Settings settings, DateTimeOffset now, ProfileId after) => Read(() =>
    {
        // All of a page is as of one moment.
        using var transaction = _connection.BeginTransaction(deferred: true);
        var (upTo, isLast) = Stretch(after);
        var sql = new SegmentSql(settings, now);
        var ids = new List<ProfileId>();
        using (var statement = new Statement(_connection, $"""
            SELECT p.id FROM profiles p
            WHERE p.id > {sql.Parameter(after.Value)} AND p.id <= {sql.Parameter(upTo.Value)} AND p.merged_into IS NULL AND p.erased_at IS NULL
                AND {(condition is null ? "TRUE" : sql.Condition(condition.Tree))}
            ORDER BY p.id LIMIT {sql.Parameter((long)PageSize)}
            """))
        {
            using var row = statement.Query(sql.Parameters);
            while (row.Read())
            {
                ids.Add(new ProfileId(row.Number(0)));
            }
        }

        var cursor = ids.Count == PageSize ? ids[^1] : upTo;
        return new CustomerPage([.. ids.Select(Load)], isLast && cursor == upTo ? null : cursor);
    });

    /// <summary>What would come of a row if it were taken in now.</summary>
    public ImportResult Foresee(ListRow row) => Read(() =>
    {
        ArgumentNullException.ThrowIfNull(row);
        if (_customers.Find(row) is not { } id)
        {
            return row.Phone is null && row.Email is null ? ImportResult.Refused : ImportResult.Added;
        }

        var known = _snapshots.LoadProfile(id);
        return ReferenceEquals(ListRules.Apply(known, row, isStaffs: Chats(id).All == 0), known) && (row.Note is not { } note || HasNote(id, note))
            ? ImportResult.Same
            : ImportResult.Changed;
    });

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_stretch, _consents, _purchases, _chats, _note])
        {
            statement.Dispose();
        }

        _snapshots.Dispose();
        _customers.Dispose();
        _connection.Dispose();
    }

    private ListedCustomer Load(ProfileId id)
    {
        var consents = ImmutableArray.CreateBuilder<(string, string)>();
        using (var row = _consents.Query(id.Value))
        {
            while (row.Read())
            {
                consents.Add((row.Text(0), row.Text(1)));
            }
        }

        using var bought = _purchases.Query(id.Value);
        bought.Read();
        var chats = Chats(id);
        return new ListedCustomer(_snapshots.LoadProfile(id), consents.DrainToImmutable(), bought.Number(0), bought.Number(1) / 100m,
            chats.All == 0 ? null : chats.All == chats.Blocked);
    }

    private (ProfileId UpTo, bool IsLast) Stretch(ProfileId after)
    {
        using var row = _stretch.Query(after.Value, (long)Scanned);
        return row.Read() && !row.IsNull(0) ? (new ProfileId(row.Number(0)), row.Number(1) < Scanned) : (after, true);
    }

    private (long All, long Blocked) Chats(ProfileId id)
    {
        using var row = _chats.Query(id.Value);
        return row.Read() ? (row.Number(0), row.Number(1)) : (0, 0);
    }

    private bool HasNote(ProfileId id, string note)
    {
        using var row = _note.Query(id.Value, note);
        return row.Read();
    }

    private static T Read<T>(Func<T> read)
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
