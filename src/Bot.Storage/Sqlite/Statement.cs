using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bot.Storage.Sqlite;

/// <summary>
/// A statement of the hot path, prepared once and bound by position (<c>?1</c>, <c>?2</c>, ...). It calls SQLite through the binding
/// that Microsoft.Data.Sqlite stands on: the commands of the latter looked up each parameter by name and boxed each value.
/// </summary>
internal sealed class Statement : IDisposable
{
    private const int LongestOnStack = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        var result = raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement);
        if (result != raw.SQLITE_OK)
        {
            throw Failure(result);
        }
    }

    /// <summary>Runs it and answers how many rows it changed.</summary>
    public int Run(params ReadOnlySpan<Cell> cells)
    {
        Bind(cells);
        Step();
        raw.sqlite3_reset(_statement);
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs it as a query; the rows must be disposed before the next run.</summary>
    public Rows Query(params ReadOnlySpan<Cell> cells)
    {
        Bind(cells);
        return new Rows(this, _statement);
    }

    public void Dispose() => _statement.Dispose();

    /// <summary>Whether there is another row.</summary>
    internal bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return result == raw.SQLITE_ROW;
        }

        var failure = Failure(result);
        raw.sqlite3_reset(_statement);
        throw failure;
    }

    private void Bind(ReadOnlySpan<Cell> cells)
    {
        // Of a parameter left out SQLite would keep the last value.
        Debug.Assert(cells.Length == raw.sqlite3_bind_parameter_count(_statement), "Every parameter must be set.");
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = cells[i];
            var result = cell.Content switch
            {
                null => cell.IsNull ? raw.sqlite3_bind_null(_statement, i + 1) : raw.sqlite3_bind_int64(_statement, i + 1, cell.Number),
                string text => BindText(i + 1, text),
                var blob => raw.sqlite3_bind_blob(_statement, i + 1, (byte[])blob),
            };
            if (result != raw.SQLITE_OK)
            {
                throw Failure(result);
            }
        }
    }

    private int BindText(int index, string text)
    {
        if (text.Length > LongestOnStack)
        {
            return raw.sqlite3_bind_text(_statement, index, Encoding.UTF8.GetBytes(text).AsSpan());
        }

        Span<byte> utf8 = stackalloc byte[LongestOnStack * 3];
        return raw.sqlite3_bind_text(_statement, index, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    private StoreException Failure(int result) => StoreException.From(result, raw.sqlite3_errmsg(_database).utf8_to_string());
}
