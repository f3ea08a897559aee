using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Admin;

/// <summary>Reads the lines of the admin chat, on a connection of its own. Thread-safe.</summary>
public sealed class AdminReader : IDisposable
{
    private const string Columns = "id, at, body, profile_id, chat_id, reply_to, edits";

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Statement _after;
    private readonly Statement _unsent;
    private readonly Statement _one;
    private readonly Statement _chat;

    internal AdminReader(string path)
    {
        _connection = Connections.OpenReader(path);
        _after = new Statement(_connection,
            $"SELECT * FROM (SELECT {Columns} FROM admin_messages WHERE id > ?1 ORDER BY id DESC LIMIT ?2) ORDER BY id");
        _unsent = new Statement(_connection,
            $"SELECT {Columns} FROM admin_messages WHERE sent_at IS NULL AND reason IS NULL AND id > ?1 ORDER BY id LIMIT ?2");
        _one = new Statement(_connection, $"SELECT {Columns} FROM admin_messages WHERE id = ?1 LIMIT ?2");
        _chat = new Statement(_connection, StaffWriter.SelectChat);
    }

    /// <summary>The chat that was claimed, or <see langword="null"/>.</summary>
    public ChatAddress? Chat
    {
        get
        {
            lock (_gate)
            {
                return StaffWriter.ReadChat(_chat);
            }
        }
    }

    /// <summary>The lines after one, in order; of many the last.</summary>
    public ImmutableArray<AdminLine> After(long after, int limit) => Read(_after, after, limit);

    /// <summary>The first lines after one that wait to be sent, in order.</summary>
    public ImmutableArray<AdminLine> Unsent(long after, int limit) => Read(_unsent, after, limit);

    /// <summary>One line, or <see langword="null"/>.</summary>
    public AdminLine? Find(long line) => Read(_one, line, 1) is [var found] ? found : null;

    public void Dispose()
    {
        lock (_gate)
        {
            _after.Dispose();
            _unsent.Dispose();
            _one.Dispose();
            _chat.Dispose();
            _connection.Dispose();
        }
    }

    private ImmutableArray<AdminLine> Read(Statement statement, long after, int limit)
    {
        lock (_gate)
        {
            var lines = ImmutableArray.CreateBuilder<AdminLine>();
            using var row = statement.Query(after, (long)limit);
            while (row.Read())
            {
                lines.Add(new AdminLine(row.Number(0), row.Moment(1), StoredJson.ReadBody(row.Bytes(2)),
                    row.IsNull(3) ? null : new ProfileId(row.Number(3)), row.IsNull(4) ? null : new ChatId(row.Number(4)),
                    row.IsNull(5) ? null : row.Number(5), row.Boolean(6)));
            }

            return lines.DrainToImmutable();
        }
    }
}
