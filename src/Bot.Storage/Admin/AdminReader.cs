using System.Collections.Immutable;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Admin;

/// <summary>Reads the lines of the admin chat, on a connection of its own. Thread-safe.</summary>
public sealed class AdminReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Statement _after;

    internal AdminReader(string path)
    {
        _connection = Connections.OpenReader(path);
        _after = new Statement(_connection,
            "SELECT * FROM (SELECT id, at, html FROM admin_messages WHERE id > ?1 ORDER BY id DESC LIMIT ?2) ORDER BY id");
    }

    /// <summary>The lines after one, in order; of many the last.</summary>
    public ImmutableArray<AdminLine> After(long after, int limit)
    {
        lock (_gate)
        {
            var lines = ImmutableArray.CreateBuilder<AdminLine>();
            using var row = _after.Query(after, (long)limit);
            while (row.Read())
            {
                lines.Add(new AdminLine(row.Number(0), row.Moment(1), row.Text(2)));
            }

            return lines.DrainToImmutable();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _after.Dispose();
            _connection.Dispose();
        }
    }
}
