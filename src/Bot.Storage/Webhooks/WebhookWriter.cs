using System.Diagnostics;
using Bot.Core.Ids;
using Bot.Core.Webhooks;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Webhooks;

/// <summary>Writes which events are still to be told, and what came of it. Moments are by the real clock.</summary>
public sealed class WebhookWriter : IDisposable
{
    private readonly IdSource _ids;
    private readonly Statement _add;
    private readonly Statement _delete;
    private readonly Statement _postpone;
    private readonly Statement _end;
    private readonly Statement _giveUp;
    private readonly Statement _revive;
    private readonly Statement _drop;
    private readonly Statement _rest;

    internal WebhookWriter(SqliteConnection connection, IdSource ids)
    {
        _ids = ids;
        _add = new Statement(connection, "INSERT INTO webhooks (event_id, since_at, attempts, next_at) VALUES (?1, ?2, 0, ?2) ON CONFLICT DO NOTHING");
        _delete = new Statement(connection, "DELETE FROM webhooks WHERE event_id = ?1");
        _postpone = new Statement(connection, "UPDATE webhooks SET attempts = ?2, next_at = ?3, status = ?4, error = ?5 WHERE event_id = ?1");
        _end = new Statement(connection, "UPDATE webhooks SET attempts = ?2, dead_at = ?3, status = ?4, error = ?5 WHERE event_id = ?1");
        _giveUp = new Statement(connection, """
            UPDATE webhooks SET dead_at = ?2, error = iif(status IS NULL, coalesce(error, ?4), error)
            WHERE event_id IN (SELECT event_id FROM webhooks WHERE dead_at IS NULL AND since_at <= ?1 ORDER BY since_at LIMIT ?3)
            """);
        _revive = new Statement(connection, """
            UPDATE webhooks SET dead_at = NULL, attempts = 0, since_at = ?1, next_at = ?1
            WHERE event_id IN (SELECT event_id FROM webhooks WHERE dead_at IS NOT NULL ORDER BY event_id LIMIT ?2)
            """);
        _drop = new Statement(connection, "DELETE FROM webhooks WHERE event_id IN (SELECT event_id FROM webhooks WHERE dead_at IS NOT NULL LIMIT ?1)");
        _rest = new Statement(connection, "UPDATE webhooks SET since_at = ?1 WHERE dead_at IS NULL");
    }

    /// <summary>The most that <see cref="Revive"/> and <see cref="Drop"/> take at once: the writer is not to be held.</summary>
    public const int Most = 2_000;

    /// <summary>These are to be told from now on.</summary>
    public void Add(IEnumerable<long> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(events);
        foreach (var id in events)
        {
            _add.Run(id, now);
        }
    }

    /// <summary>Writes what came of a try.</summary>
    /// <param name="attempts">How many tries there were, with this one.</param>
    public void Complete(long @event, int attempts, WebhookAnswer answer, WebhookFate fate, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(answer);
        switch (fate)
        {
            case WebhookFate.Delivered:
                _delete.Run(@event);
                break;
            case WebhookFate.Again again:
                _postpone.Run(@event, (long)attempts, again.At, (long?)answer.Status, answer.Error);
                break;
            case WebhookFate.Dead:
                _end.Run(@event, (long)attempts, now, (long?)answer.Status, answer.Error);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Ends those that have waited since then or longer, the oldest first; answers how many.</summary>
    /// <param name="error">For those that were never tried.</param>
    public int GiveUp(DateTimeOffset since, string error, int limit, DateTimeOffset now) => _giveUp.Run(since, now, (long)limit, error);

    /// <summary>Those that wait begin to wait now: nobody tried to send them in the meantime.</summary>
    public void Rest(DateTimeOffset now) => _rest.Run(now);

    /// <summary>Lets dead ones wait anew, the oldest first; answers how many.</summary>
    public int Revive() => _revive.Run(RealNow(), (long)Most);

    /// <summary>Deletes dead ones; answers how many.</summary>
    public int Drop() => _drop.Run((long)Most);

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_add, _delete, _postpone, _end, _giveUp, _revive, _drop, _rest])
        {
            statement.Dispose();
        }
    }

    /// <summary>Staff's commands are handled by the business's clock; ids are made by the real one.</summary>
    private DateTimeOffset RealNow() => IdSource.TimeOf(_ids.Next());
}
