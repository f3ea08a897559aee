using Microsoft.Data.Sqlite;

namespace Bot.Storage.Sqlite;

/// <summary>
/// A statement of the hot path: prepared once, its parameters made once and set by position (<c>?1</c>, <c>?2</c>, ...).
/// Measured, this costs a third of the same through Dapper.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _parameters;

    public Statement(SqliteConnection connection, string sql, int parameters = 0)
    {
        _command = new SqliteCommand(sql, connection);
        _parameters = [.. Enumerable.Range(1, parameters).Select(n => new SqliteParameter { ParameterName = $"?{n}" })];
        _command.Parameters.AddRange(_parameters);
        _command.Prepare();
    }

    /// <summary>Runs it and answers how many rows it changed.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Set(values);
        try
        {
            return _command.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    /// <summary>Runs it as a query; the reader must be disposed before the next run.</summary>
    public SqliteDataReader Query(params ReadOnlySpan<object?> values)
    {
        Set(values);
        try
        {
            return _command.ExecuteReader();
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    public void Dispose() => _command.Dispose();

    private void Set(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            _parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
