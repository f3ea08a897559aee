using Microsoft.Data.Sqlite;

namespace Bot.Storage;

/// <summary>Where the database is.</summary>
/// <param name="ConnectionString">For example <c>Data Source=data/bot.db</c>; a bare path will do.</param>
public sealed record StoreOptions(string ConnectionString)
{
    /// <summary>How long to wait for a predecessor that still holds the database.</summary>
    public TimeSpan WaitForLock { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The database file's full path.</summary>
    public string DatabasePath => Path.GetFullPath(ConnectionString.Contains('=', StringComparison.Ordinal)
        ? new SqliteConnectionStringBuilder(ConnectionString).DataSource
        : ConnectionString);
}
