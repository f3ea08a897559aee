using Bot.Core.Chats;
using Bot.Core.Turns;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

/// <summary>What every database of the bot must do. A second database inherits these tests as they are.</summary>
public abstract partial class StoreCompliance : IDisposable
{
    private Store? _store;

    protected ManualClock Clock { get; } = new();

    protected Store Store => _store ??= Open();

    public void Dispose()
    {
        _store?.Dispose();
        _store = null;
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the same database each time.</summary>
    protected abstract Store Open();

    /// <summary>One value out of the database, by SQL that all databases understand.</summary>
    protected abstract object? Scalar(string sql);

    /// <summary>Removes the database.</summary>
    protected abstract void Close();

    protected long Count(string what) => Convert.ToInt64(Scalar($"SELECT count(*) FROM {what}"), null);

    /// <summary>As after a restart: whatever was not committed is gone.</summary>
    protected void Reopen()
    {
        _store?.Dispose();
        _store = null;
    }

    protected T InTransaction<T>(Func<WriteTransaction, T> write)
    {
        using var transaction = Store.Begin();
        var result = write(transaction);
        transaction.Commit();
        return result;
    }

    protected Snapshot Load(ChatAddress? address = null) => InTransaction(transaction => transaction.Load(address ?? Some.Address()));

    /// <summary>Applies a turn to what is stored and answers what is stored then.</summary>
    protected Snapshot Apply(Func<Snapshot, Snapshot> turn, params Effect[] effects) => InTransaction(transaction =>
    {
        var before = transaction.Load(Some.Address());
        transaction.Apply(before, Some.Outcome(turn(before), effects), Some.Noon);
        return transaction.Load(Some.Address());
    });

    protected Snapshot ApplyNew(params Effect[] effects) => Apply(_ => Some.NewCustomer(Store), effects);
}
