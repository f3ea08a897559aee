using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Webhooks;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Webhooks;

/// <summary>Reads events and which of them are still to be told, on a connection of its own. Thread-safe.</summary>
public sealed class WebhookReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Statement _latest;
    private readonly Statement _after;
    private readonly Statement _due;
    private readonly Statement _find;
    private readonly Statement _with;
    private readonly Statement _waiting;
    private readonly Statement _dead;

    internal WebhookReader(string path)
    {
        _connection = Connections.OpenReader(path);
        _latest = new Statement(_connection, "SELECT coalesce(max(id), 0) FROM events");
        _after = new Statement(_connection, "SELECT id, event FROM events WHERE id > ?1 ORDER BY id LIMIT ?2");
        _due = new Statement(_connection, """
            SELECT w.event_id, e.profile_id, w.attempts, w.since_at
            FROM webhooks w
            JOIN events e ON e.id = w.event_id
            WHERE w.dead_at IS NULL AND w.next_at <= ?1
            ORDER BY w.next_at, w.event_id
            LIMIT ?2
            """);
        _find = new Statement(_connection, "SELECT profile_id, event, at FROM events WHERE id = ?1");
        _with = new Statement(_connection, """
            SELECT name, kind, NULL, number FROM event_numbers WHERE event_id = ?1
            UNION ALL
            SELECT name, kind, text, 0 FROM event_texts WHERE event_id = ?1
            """);
        _waiting = new Statement(_connection, "SELECT count(*), min(since_at) FROM webhooks WHERE dead_at IS NULL");
        _dead = new Statement(_connection, "SELECT count(*) FROM webhooks WHERE dead_at IS NOT NULL");
    }

    /// <summary>The id of the latest event, 0 for none.</summary>
    public long LatestEvent() => Read(() =>
    {
        using var row = _latest.Query();
        return row.Read() ? row.Number(0) : 0;
    });

    /// <summary>The events that came after this one, in the order in which they were committed.</summary>
    public ImmutableArray<(long Id, string Event)> EventsAfter(long id, int limit) => Read(() =>
    {
        var events = ImmutableArray.CreateBuilder<(long Id, string Event)>();
        using var row = _after.Query(id, (long)limit);
        while (row.Read())
        {
            events.Add((row.Number(0), row.Text(1)));
        }

        return events.DrainToImmutable();
    });

    /// <summary>What may be tried now: the longest due first, of those that came together in the order of the events.</summary>
    public ImmutableArray<WaitingWebhook> Due(DateTimeOffset now, int limit) => Read(() =>
    {
        var due = ImmutableArray.CreateBuilder<WaitingWebhook>();
        using var row = _due.Query(now, (long)limit);
        while (row.Read())
        {
            due.Add(new WaitingWebhook(row.Number(0), new ProfileId(row.Number(1)), (int)row.Number(2), row.Moment(3)));
        }

        return due.DrainToImmutable();
    });

    /// <summary>An event with what it came with and still has.</summary>
    /// <exception cref="InvalidOperationException">There is no such event.</exception>
    public RecordedEvent Find(long id) => Read(() =>
    {
        using var row = _find.Query(id);
        return row.Read()
            ? new RecordedEvent(id, new ProfileId(row.Number(0)), row.Text(1), row.Moment(2), With(id))
            : throw new InvalidOperationException($"There is no event {id}.");
    });

    /// <summary>How many wait and how many are dead.</summary>
    public WebhookState State() => Read(() =>
    {
        using var waiting = _waiting.Query();
        using var dead = _dead.Query();
        return waiting.Read() && dead.Read() ? new WebhookState(waiting.Number(0), waiting.MomentOrNull(1), dead.Number(0)) : default;
    });

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var statement in (ReadOnlySpan<Statement>)[_latest, _after, _due, _find, _with, _waiting, _dead])
            {
                statement.Dispose();
            }

            _connection.Dispose();
        }
    }

    private ImmutableSortedDictionary<string, Value> With(long id)
    {
        var with = ImmutableSortedDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
        using var row = _with.Query(id);
        while (row.Read())
        {
            with[row.Text(0)] = StoredValues.Read(row.Number(1), row.TextOrNull(2), row.Number(3));
        }

        return with.ToImmutable();
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
