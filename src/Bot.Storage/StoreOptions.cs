using Microsoft.Data.Sqlite;

namespace Bot.Storage;

/// <summary>Where the database is.</summary>
/// <param name="ConnectionString">For example <c>Data Source=data/bot.db</c>; a bare path will do. Of it only the path is used.</param>
public sealed record StoreOptions(string ConnectionString)
{
    /// <summary>How long to wait for a predecessor that still holds the database.</summary>
    public TimeSpan WaitForLock { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The database file's full path.</summary>
    /// <exception cref="StoreRefusedException">There is no path in it.</exception>
    public string DatabasePath => PathIn(ConnectionString) is { Length: > 0 } path
        ? Path.GetFullPath(path)
        : throw new StoreRefusedException("Storage:ConnectionString names no database: write for example 'Data Source=data/bot.db'.");

    /// <summary>A database with another name in the same folder.</summary>
    public StoreOptions Beside(string name) => this with
    {
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(Path.GetDirectoryName(DatabasePath)!, name) }.ToString(),
    };

    private static string PathIn(string connectionString)
    {
        try
        {
            return connectionString.Contains('=', StringComparison.Ordinal)
                ? new SqliteConnectionStringBuilder(connectionString).DataSource
                : connectionString;
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}
