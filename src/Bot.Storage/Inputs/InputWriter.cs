using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Inputs;

/// <summary>Writes which inputs were handled, ended the process, or were set aside.</summary>
internal sealed class InputWriter(SqliteConnection connection, IdSource ids) : IDisposable
{
    private readonly Statement _addKey = new(connection, "INSERT INTO inbox (key, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING");

    private readonly Statement _addAttempt = new(connection,
        "INSERT INTO attempts (key, count, at) VALUES (?1, 1, ?2) ON CONFLICT DO UPDATE SET count = count + 1, at = ?2");

    private readonly Statement _clearAttempts = new(connection, "DELETE FROM attempts WHERE key = ?1");

    private readonly Statement _setAside = new(connection,
        "INSERT INTO aside (id, key, kind, error, at, input) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    private readonly Statement _dropAside = new(connection, "DELETE FROM aside WHERE id = ?1 OR ?1 IS NULL");

    // Attempts are rare; this keeps the common input from asking the database for them.
    private readonly Dictionary<string, long> _attempts = ReadAttempts(connection);

    public bool TryAddKey(string key, DateTimeOffset now)
    {
        if (_attempts.Remove(key))
        {
            _clearAttempts.Run(key);
        }

        return _addKey.Run(key, now) > 0;
    }

    /// <summary>How often the process ended with this input in hand.</summary>
    public long Attempts(string key) => _attempts.Count == 0 ? 0 : _attempts.GetValueOrDefault(key);

    public void AddAttempt(string key, DateTimeOffset now)
    {
        _addAttempt.Run(key, now);
        _attempts[key] = _attempts.GetValueOrDefault(key) + 1;
    }

    public void SetAside(Input input, string error, DateTimeOffset now) =>
        _setAside.Run(ids.Next(), input.Key, input.GetType().Name, error, now, StoredJson.Write(input));

    public int DropAside(long? id) => _dropAside.Run(id);

    public void Dispose()
    {
        _addKey.Dispose();
        _addAttempt.Dispose();
        _clearAttempts.Dispose();
        _setAside.Dispose();
        _dropAside.Dispose();
    }

    private static Dictionary<string, long> ReadAttempts(SqliteConnection connection)
    {
        using var keys = new Statement(connection, "SELECT key, count FROM attempts");
        using var row = keys.Query();
        var attempts = new Dictionary<string, long>();
        while (row.Read())
        {
            attempts.Add(row.Text(0), row.Number(1));
        }

        return attempts;
    }
}
