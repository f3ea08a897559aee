using System.Collections.Immutable;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Web;

/// <summary>Reads the web chat's sessions and log, on a connection of its own. Thread-safe.</summary>
public sealed class WebReader : IDisposable
{
    private const string Columns = "SELECT id, body, client_id, text, used, at FROM web_messages";

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Statement _session;
    private readonly Statement _exists;
    private readonly Statement _after;
    private readonly Statement _latest;
    private readonly Statement _one;
    private readonly Statement _used;

    internal WebReader(string path)
    {
        _connection = Connections.OpenReader(path);
        _session = new Statement(_connection, "SELECT id FROM web_sessions WHERE secret_hash = ?1");
        _exists = new Statement(_connection, "SELECT 1 FROM web_sessions WHERE id = ?1");
        _after = new Statement(_connection, $"{Columns} WHERE session_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
        _latest = new Statement(_connection, $"SELECT * FROM ({Columns} WHERE session_id = ?1 ORDER BY id DESC LIMIT ?2) ORDER BY id");
        _one = new Statement(_connection, $"{Columns} WHERE id = ?2 AND session_id = ?1");
        _used = new Statement(_connection,
            "SELECT id FROM web_messages WHERE session_id = ?1 AND id <= ?2 AND used = 1 ORDER BY id DESC LIMIT ?3");
    }

    /// <summary>The session of a browser's secret.</summary>
    public WebSessionId? FindSession(string secretHash)
    {
        lock (_gate)
        {
            using var row = _session.Query(secretHash);
            return row.Read() ? new WebSessionId(row.Number(0)) : null;
        }
    }

    /// <summary>Whether the session is still there: it may have ended while a page was open.</summary>
    public bool Exists(WebSessionId session)
    {
        lock (_gate)
        {
            using var row = _exists.Query(session.Value);
            return row.Read();
        }
    }

    /// <summary>The lines after one, in order.</summary>
    public ImmutableArray<WebMessage> After(WebSessionId session, long after, int limit) => Read(_after, session.Value, after, (long)limit);

    /// <summary>The last lines, in order.</summary>
    public ImmutableArray<WebMessage> Latest(WebSessionId session, int limit) => Read(_latest, session.Value, (long)limit);

    /// <summary>One line, if it is this session's.</summary>
    public WebMessage? Find(WebSessionId session, long message) => Read(_one, session.Value, message) is [var found] ? found : null;

    /// <summary>Which of the lines up to one have spent buttons, the last ones first.</summary>
    public ImmutableArray<long> Used(WebSessionId session, long upTo, int limit)
    {
        lock (_gate)
        {
            var ids = ImmutableArray.CreateBuilder<long>();
            using var row = _used.Query(session.Value, upTo, (long)limit);
            while (row.Read())
            {
                ids.Add(row.Number(0));
            }

            return ids.DrainToImmutable();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var statement in (ReadOnlySpan<Statement>)[_session, _exists, _after, _latest, _one, _used])
            {
                statement.Dispose();
            }

            _connection.Dispose();
        }
    }

    private ImmutableArray<WebMessage> Read(Statement statement, params ReadOnlySpan<Cell> cells)
    {
        lock (_gate)
        {
            var messages = ImmutableArray.CreateBuilder<WebMessage>();
            using var row = statement.Query(cells);
            while (row.Read())
            {
                messages.Add(new WebMessage(
                    row.Number(0),
                    row.IsNull(1) ? null : StoredJson.ReadBody(row.Bytes(1)),
                    row.TextOrNull(2),
                    row.TextOrNull(3),
                    row.Boolean(4),
                    row.Moment(5)));
            }

            return messages.DrainToImmutable();
        }
    }
}
