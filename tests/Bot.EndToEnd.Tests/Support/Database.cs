using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>The bot's database, read from beside it.</summary>
internal sealed class Database(string path)
{
    public string Path => path;

    /// <summary>The first column of the first row, as a number.</summary>
    public long Number(string sql, params (string Name, object Value)[] parameters) =>
        Convert.ToInt64(Rows(sql, parameters)[0][0], CultureInfo.InvariantCulture);

    /// <summary>The first column of all rows, as text.</summary>
    public IReadOnlyList<string> Texts(string sql, params (string Name, object Value)[] parameters) =>
        [.. Rows(sql, parameters).Select(static row => Convert.ToString(row[0], CultureInfo.InvariantCulture)!)];

    public IReadOnlyList<object[]> Rows(string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Changes something while no bot runs.</summary>
    public void Change(string sql)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var command = Command(connection, sql, []);
        command.ExecuteNonQuery();
    }

    /// <summary>Keeps everybody else from writing until it is disposed.</summary>
    public IDisposable Hold()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        using var command = Command(connection, "PRAGMA busy_timeout = 30000; BEGIN IMMEDIATE", []);
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>What the database knows of the customer in a chat.</summary>
    public Known Of(long chat) => new(
        Texts("SELECT tag FROM profile_tags t JOIN chats c USING (profile_id) WHERE c.address = @chat ORDER BY tag", ("@chat", chat)),
        Rows("SELECT name, coalesce(text, number) FROM profile_fields f JOIN chats c USING (profile_id) WHERE c.address = @chat", ("@chat", chat))
            .ToDictionary(static row => (string)row[0], static row => Convert.ToString(row[1], CultureInfo.InvariantCulture)!),
        Texts("SELECT purpose FROM consents t JOIN chats c ON c.id = t.chat_id WHERE c.address = @chat AND given = 1 ORDER BY purpose", ("@chat", chat)),
        Number("SELECT count(*) FROM events e JOIN chats c USING (profile_id) WHERE c.address = @chat AND event = 'lead-magnet.delivered'",
            ("@chat", chat)));

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}

/// <summary>What is known of one customer.</summary>
/// <param name="Consents">Every consent ever given, so that one that was recorded twice is seen twice.</param>
internal sealed record Known(
    IReadOnlyList<string> Tags, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<string> Consents, long Delivered);
