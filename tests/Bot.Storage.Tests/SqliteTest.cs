using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Bot.Storage.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Storage.Tests;

/// <summary>A test of what only SQLite has: files, locks, pages.</summary>
public abstract class SqliteTest : IDisposable
{
    protected TempFolder Folder { get; } = new();

    protected ManualClock Clock { get; } = new();

    protected StoreOptions Options => new(Folder.File("bot.db")) { WaitForLock = TimeSpan.Zero };

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Store Open(StoreOptions? options = null) => Store.Open(options ?? Options, Clock, NullLogger.Instance);

    protected SqliteConnection OpenRaw(string name = "bot.db") => Connections.OpenWriter(Folder.File(name));

    protected long Count(string what, string name = "bot.db")
    {
        using var connection = Connections.OpenReader(Folder.File(name));
        return connection.ExecuteScalar<long>($"SELECT count(*) FROM {what}");
    }

    /// <summary>A new customer with one message that waits.</summary>
    internal static void AddCustomer(Store store, long address = 1, string html = "hello")
    {
        using var transaction = store.Begin();
        transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(store, address), Some.Say(html)), Some.Noon);
        transaction.Commit();
    }
}
