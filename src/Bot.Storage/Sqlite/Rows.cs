using System.Text;
using SQLitePCL;

namespace Bot.Storage.Sqlite;

/// <summary>What a query answers, row by row.</summary>
internal readonly ref struct Rows(Statement statement, sqlite3_stmt handle)
{
    /// <summary>Goes to the next row, if there is one.</summary>
    public bool Read() => statement.Step();

    public int Columns => raw.sqlite3_column_count(handle);

    public string Name(int column) => raw.sqlite3_column_name(handle, column).utf8_to_string();

    public bool IsNumber(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_INTEGER;

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public bool Boolean(int column) => Number(column) != 0;

    // Through the bytes: SQLite's text ends for the binding at the first zero character.
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Valid until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public DateTimeOffset Moment(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Number(column));

    public DateTimeOffset? MomentOrNull(int column) => IsNull(column) ? null : Moment(column);

    public void Dispose() => raw.sqlite3_reset(handle);
}
