using Bot.Storage.Sqlite;
using Bot.Storage.Tests.Support;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Storage.Tests;

public sealed class SqliteCompliance : StoreCompliance
{
    private readonly TempFolder _folder = new();

    private StoreOptions Options => new(_folder.File("bot.db"));

    protected override Store Open() => Store.Open(Options, Clock, NullLogger.Instance);

    protected override object? Scalar(string sql)
    {
        using var connection = Connections.OpenReader(Options.DatabasePath);
        return connection.ExecuteScalar(sql);
    }

    protected override void Close() => _folder.Dispose();
}
