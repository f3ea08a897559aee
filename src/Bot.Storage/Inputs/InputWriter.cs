using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Inputs;

/// <summary>Writes which inputs were handled, begun, or set aside.</summary>
internal sealed class InputWriter(SqliteConnection connection, IdSource ids) : IDisposable
{
    private readonly Statement _addKey = new(connection, "INSERT INTO inbox (key, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING");

    private readonly Statement _markAttempt = new(connection, """
        INSERT INTO attempts (key, count, at) VALUES (?1, 1, ?2) ON CONFLICT DO UPDATE SET count = count + 1, at = ?2 RETURNING count
        """);

    private readonly Statement _clearAttempts = new(connection, "DELETE FROM attempts WHERE key = ?1");

    private readonly Statement _setAside = new(connection,
        "INSERT INTO aside (id, key, kind, error, at, input) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    private readonly Statement _dropAside = new(connection, "DELETE FROM aside WHERE id = ?1 OR ?1 IS NULL");

    // Marks are rare; this keeps the common input from asking the database for one.
    private readonly HashSet<string> _marked = ReadMarked(connection);

    public bool TryAddKey(string key, DateTimeOffset now)
    {
        if (_marked.Contains(key))
        {
            _clearAttempts.Run(key);
        }

        return _addKey.Run(key, now) > 0;
    }

    public int MarkAttempt(string key, DateTimeOffset now)
    {
        _marked.Add(key);
        using var row = _markAttempt.Query(key, now);
        row.Read();
        return (int)row.Number(0);
    }

    public void SetAside(Input input, string error, DateTimeOffset now) =>
        _setAside.Run(ids.Next(), input.Key, input.GetType().Name, error, now, StoredJson.Write(input));

    public int DropAside(long? id) => _dropAside.Run(id);

    public void Dispose()
    {
        _addKey.Dispose();
        _markAttempt.Dispose();
        _clearAttempts.Dispose();
        _setAside.Dispose();
        _dropAside.Dispose();
    }

    private static HashSet<string> ReadMarked(SqliteConnection connection)
    {
        using var keys = new Statement(connection, "SELECT key FROM attempts");
        using var row = keys.Query();
        var marked = new HashSet<string>();
        while (row.Read())
        {
            marked.Add(row.Text(0));
        }

        return marked;
    }
}
