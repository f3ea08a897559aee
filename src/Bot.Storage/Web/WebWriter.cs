using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Web;

/// <summary>Writes the web chat's sessions and log: the channel's own tables, which no turn reads.</summary>
public sealed class WebWriter : IDisposable
{
    private readonly IdSource _ids;
    private readonly Statement _addSession;
    private readonly Statement _touch;
    private readonly Statement _addSaid;
    private readonly Statement _addAnswer;
    private readonly Statement _findAnswer;
    private readonly Statement _editAnswer;
    private readonly Statement _markUsed;

    internal WebWriter(SqliteConnection connection, IdSource ids)
    {
        _ids = ids;
        _addSession = new Statement(connection, "INSERT INTO web_sessions (id, secret_hash, created_at, seen_at) VALUES (?1, ?2, ?3, ?3)");
        _touch = new Statement(connection, "UPDATE web_sessions SET seen_at = max(seen_at, ?2) WHERE id = ?1");

        // Both name the session by a query: a session that is gone takes nothing in, and that is no error.
        _addSaid = new Statement(connection, """
            INSERT INTO web_messages (id, session_id, client_id, text, used, at)
            SELECT ?1, id, ?3, ?4, 0, ?5 FROM web_sessions WHERE id = ?2
            ON CONFLICT DO NOTHING
            """);
        _addAnswer = new Statement(connection, """
            INSERT INTO web_messages (id, session_id, outbox_id, body, used, at)
            SELECT ?1, id, ?3, ?4, 0, ?5 FROM web_sessions WHERE id = ?2
            ON CONFLICT DO NOTHING
            """);
        _findAnswer = new Statement(connection, "SELECT id FROM web_messages WHERE outbox_id = ?1");
        _editAnswer = new Statement(connection, "UPDATE web_messages SET body = ?3 WHERE outbox_id = ?2 AND session_id = ?1");
        _markUsed = new Statement(connection, "UPDATE web_messages SET used = 1 WHERE id = ?2 AND session_id = ?1");
    }

    /// <summary>A new session.</summary>
    /// <param name="secretHash">SHA-256 of the browser's secret, in lower-case hex.</param>
    public WebSessionId AddSession(string secretHash, DateTimeOffset now)
    {
        var session = new WebSessionId(_ids.Next());
        _addSession.Run(session.Value, secretHash, now);
        return session;
    }

    /// <summary>Notes that the session's browser was here.</summary>
    public void Touch(WebSessionId session, DateTimeOffset now) => _touch.Run(session.Value, now);

    /// <summary>Logs what the customer wrote or pressed; the same client id is logged once.</summary>
    public void AddSaid(WebSessionId session, string clientId, string text, DateTimeOffset now) =>
        _addSaid.Run(_ids.Next(), session.Value, clientId, text, now);

    /// <summary>Logs what the bot says and answers the line's id, the same one if the message was logged before; none without a session.</summary>
    public long? AddAnswer(WebSessionId session, OutboxId message, Body body, DateTimeOffset now)
    {
        _addAnswer.Run(_ids.Next(), session.Value, message.Value, StoredJson.Write(body), now);
        using var row = _findAnswer.Query(message.Value);
        return row.Read() ? row.Number(0) : null;
    }

    /// <summary>Puts other words in the place of an earlier message and answers the line's id; none if it is not there.</summary>
    public long? EditAnswer(WebSessionId session, OutboxId message, Body body)
    {
        if (_editAnswer.Run(session.Value, message.Value, StoredJson.Write(body)) == 0)
        {
            return null;
        }

        using var row = _findAnswer.Query(message.Value);
        return row.Read() ? row.Number(0) : null;
    }

    /// <summary>The buttons under this message of this session are spent.</summary>
    public void MarkUsed(WebSessionId session, long message) => _markUsed.Run(session.Value, message);

    public void Dispose()
    {
        _addSession.Dispose();
        _touch.Dispose();
        _addSaid.Dispose();
        _addAnswer.Dispose();
        _findAnswer.Dispose();
        _editAnswer.Dispose();
        _markUsed.Dispose();
    }
}
