using Microsoft.Data.Sqlite;

namespace Bot.Storage;

/// <summary>What kind of trouble the database has, as far as its users must tell them apart.</summary>
public enum StoreFault
{
    /// <summary>A constraint fired. The turn may be rolled back to its savepoint; the transaction stands.</summary>
    Constraint,

    /// <summary>The disk is full or fails. The transaction is lost; it can be tried again later on the same store.</summary>
    Full,

    /// <summary>Another program holds the database, or the machine is out of something. As with <see cref="Full"/>, it passes.</summary>
    Busy,

    /// <summary>Anything else. The transaction is lost.</summary>
    Other,
}

/// <summary>The database did not do what it was told.</summary>
public sealed class StoreException(StoreFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    private const int DiskError = 10;
    private const int DiskFull = 13;
    private const int ConstraintFired = 19;

    public StoreFault Fault { get; } = fault;

    internal static StoreException From(SqliteException exception) => new(FaultOf(exception.SqliteErrorCode), exception.Message, exception);

    internal static StoreException From(int result, string message) => new(FaultOf(result & 0xFF), $"SQLite error {result}: {message}");

    private static StoreFault FaultOf(int code) => code switch
    {
        ConstraintFired => StoreFault.Constraint,
        DiskError or DiskFull => StoreFault.Full,

        // SQLITE_BUSY, LOCKED, NOMEM, READONLY, CANTOPEN, PROTOCOL: no fault of what was to be written.
        5 or 6 or 7 or 8 or 14 or 15 => StoreFault.Busy,
        _ => StoreFault.Other,
    };
}
