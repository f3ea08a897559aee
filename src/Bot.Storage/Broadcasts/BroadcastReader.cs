using System.Collections.Immutable;
using Bot.Core.Broadcasts;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Bot.Storage.Turns;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Broadcasts;

/// <summary>Reads broadcasts and their recipients, on a connection of its own. Thread-safe.</summary>
public sealed class BroadcastReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly SnapshotReader _snapshots;
    private readonly Statement _find;
    private readonly Statement _underWay;
    private readonly Statement _latest;
    private readonly Statement _cursor;
    private readonly Statement _draw;
    private readonly Statement _toRevise;
    private readonly Statement _next;
    private readonly Statement _left;
    private readonly Statement _link;
    private readonly Statement _toReport;

    internal BroadcastReader(string path)
    {
        _connection = Connections.OpenReader(path);
        _snapshots = new SnapshotReader(_connection);
        _find = new Statement(_connection, $"SELECT {BroadcastRows.Columns} FROM broadcasts WHERE id = ?1");
        _underWay = new Statement(_connection, $"""
            SELECT {BroadcastRows.Columns} FROM broadcasts b
            WHERE state IN (1, 2, 3) OR (state = 5 AND EXISTS (SELECT 1 FROM recipients r WHERE r.broadcast_id = b.id AND r.state IN (0, 7)))
                OR revising = 1
            ORDER BY id
            """);
        _latest = new Statement(_connection, $"SELECT {BroadcastRows.Columns} FROM broadcasts ORDER BY id DESC LIMIT ?1");
        _cursor = new Statement(_connection, "SELECT cursor FROM broadcasts WHERE id = ?1");
        _draw = new Statement(_connection, """
            SELECT r.id, r.profile_id, r.chat_id, c.channel, c.bot, c.address, coalesce(r.variant, ?5), r.due_at
            FROM recipients r
            JOIN chats c ON c.id = r.chat_id
            WHERE r.broadcast_id = ?1 AND r.state = ?2 AND r.due_at <= ?3
            ORDER BY r.due_at, r.id
            LIMIT ?4
            """);
        _toRevise = new Statement(_connection, """
            SELECT r.id, r.profile_id, r.chat_id, c.channel, c.bot, c.address, r.variant, r.due_at, r.message_id
            FROM recipients r
            JOIN chats c ON c.id = r.chat_id
            WHERE r.broadcast_id = ?1 AND r.state = 2 AND r.revision <> ?2
            LIMIT ?3
            """);
        _next = new Statement(_connection, """
            SELECT min(at) FROM (
                SELECT min(starts_at) AS at FROM broadcasts WHERE state = 1
                UNION ALL
                SELECT (SELECT min(r.due_at) FROM recipients r WHERE r.broadcast_id = b.id AND r.state = 0)
                FROM broadcasts b WHERE b.state = 2
                UNION ALL
                SELECT (SELECT min(r.due_at) FROM recipients r WHERE r.broadcast_id = b.id AND r.state = 7)
                FROM broadcasts b WHERE b.state = 2 AND b.winner >= 0
                UNION ALL
                SELECT min(finished_at) + ?1 FROM broadcasts WHERE state IN (4, 5) AND finished_at IS NOT NULL AND reported_at IS NULL)
            """);
        _left = new Statement(_connection, "SELECT 1 FROM recipients WHERE broadcast_id = ?1 AND state IN (0, 1, 7) LIMIT 1");
        _link = new Statement(_connection, $"""
            SELECT c.channel, c.bot, c.address, r.variant, {string.Join(", ", BroadcastRows.Columns.Split(", ").Select(column => "b." + column))}
            FROM recipients r
            JOIN broadcasts b ON b.id = r.broadcast_id
            JOIN chats c ON c.id = r.chat_id
            WHERE r.id = ?1
            """);
        _toReport = new Statement(_connection, $"""
            SELECT {BroadcastRows.Columns} FROM broadcasts
            WHERE state IN (4, 5) AND finished_at <= ?1 AND reported_at IS NULL ORDER BY id LIMIT 1
            """);
    }

    /// <summary>The broadcast with this number.</summary>
    public Broadcast? Find(BroadcastId id) => Read(() => First(_find, id.Value));

    /// <summary>Those on which there is, or will be, something to do.</summary>
    public ImmutableArray<Broadcast> UnderWay() => Read(() => All(_underWay));

    /// <summary>The latest ones, the newest first.</summary>
    public ImmutableArray<Broadcast> Latest(int limit) => Read(() => All(_latest, (long)limit));

    /// <summary>One that ended by then and whose last report is not made.</summary>
    public Broadcast? ToReport(DateTimeOffset endedBy) => Read(() => First(_toReport, endedBy));

    /// <summary>The last profile that was looked at while its recipients were written down; 0 before the first.</summary>
    public ProfileId Cursor(BroadcastId id) => Read(() =>
    {
        using var row = _cursor.Query(id.Value);
        return new ProfileId(row.Read() && !row.IsNull(0) ? row.Number(0) : 0);
    });

    /// <summary>Recipients who are due, the earliest first.</summary>
    /// <param name="reserved">Those who were kept back and get this variant; <see langword="null"/> for the others.</param>
    public ImmutableArray<Recipient> Draw(BroadcastId broadcast, int? reserved, DateTimeOffset now, int limit) => Read(() =>
    {
        var recipients = ImmutableArray.CreateBuilder<Recipient>();
        using var row = _draw.Query(broadcast.Value, (long)(reserved is null ? RecipientState.Waiting : RecipientState.Reserved), now, (long)limit,
            (long)(reserved ?? 0));
        while (row.Read())
        {
            recipients.Add(RecipientOf(row));
        }

        return recipients.DrainToImmutable();
    });

    /// <summary>Recipients whose message is not of this revision yet, with the channel's id of it.</summary>
    public ImmutableArray<(Recipient Recipient, long MessageId)> ToRevise(BroadcastId broadcast, int revision, int limit) => Read(() =>
    {
        var recipients = ImmutableArray.CreateBuilder<(Recipient Recipient, long MessageId)>();
        using var row = _toRevise.Query(broadcast.Value, (long)revision, (long)limit);
        while (row.Read())
        {
            recipients.Add((RecipientOf(row), row.Number(8)));
        }

        return recipients.DrainToImmutable();
    });

    /// <summary>What the gate must know of a recipient: the snapshot of the chat, and answers to what is asked beyond it.</summary>
    public T Look<T>(ChatAddress address, Func<Snapshot, Func<Query, Fact?>, T> look, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(look);
        return Read(() =>
        {
            // All of it as of one moment.
            _connection.Execute("BEGIN");
            try
            {
                var snapshot = _snapshots.Load(address);
                return look(snapshot, query => _snapshots.Answer(query, snapshot.Profile?.Id ?? default, now));
            }
            finally
            {
                _connection.Execute("COMMIT");
            }
        });
    }

    /// <summary>When there is something to do next, or <see langword="null"/> for never.</summary>
    /// <param name="reportAfter">How long after its end a broadcast's last report is made.</param>
    public DateTimeOffset? Next(TimeSpan reportAfter) => Read(() =>
    {
        using var row = _next.Query((long)reportAfter.TotalMilliseconds);
        return row.Read() ? row.MomentOrNull(0) : null;
    });

    /// <summary>Whether some recipient has not come to an end.</summary>
    public bool HasLeft(BroadcastId broadcast) => Read(() =>
    {
        using var row = _left.Query(broadcast.Value);
        return row.Read();
    });

    /// <summary>The page behind a recipient's link and the chat it was sent to, or <see langword="null"/> if there is none.</summary>
    public (ChatAddress Chat, string Url)? Link(RecipientId recipient) => Read<(ChatAddress, string)?>(() =>
    {
        using var row = _link.Query(recipient.Value);
        if (!row.Read() || row.IsNull(3))
        {
            return null;
        }

        var plan = Json.StoredJson.ReadPlan(row.Bytes(8));
        return plan.Variants[(int)row.Number(3)].Button?.Url is { } url ? (new ChatAddress(row.Text(0), row.Number(1), row.Number(2)), url) : null;
    });

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var statement in (ReadOnlySpan<Statement>)[_find, _underWay, _latest, _cursor, _draw, _toRevise, _next, _left, _link, _toReport])
            {
                statement.Dispose();
            }

            _snapshots.Dispose();
            _connection.Dispose();
        }
    }

    private static Recipient RecipientOf(Rows row) => new(new RecipientId(row.Number(0)), new ProfileId(row.Number(1)), new ChatId(row.Number(2)),
        new ChatAddress(row.Text(3), row.Number(4), row.Number(5)), (int)row.Number(6), row.Moment(7));

    private static Broadcast? First(Statement statement, params ReadOnlySpan<Cell> cells)
    {
        using var row = statement.Query(cells);
        return row.Read() ? BroadcastRows.Read(row) : null;
    }

    private static ImmutableArray<Broadcast> All(Statement statement, params ReadOnlySpan<Cell> cells)
    {
        var broadcasts = ImmutableArray.CreateBuilder<Broadcast>();
        using var row = statement.Query(cells);
        while (row.Read())
        {
            broadcasts.Add(BroadcastRows.Read(row));
        }

        return broadcasts.DrainToImmutable();
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
