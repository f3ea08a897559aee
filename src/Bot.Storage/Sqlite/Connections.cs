using System.Collections.Immutable;
using Bot.Storage.Backups;
using Bot.Storage.Inputs;
using Bot.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Sqlite;

/// <summary>Opens connections with what each must have set.</summary>
internal static class Connections
{
    /// <summary>What a database consists of, as endings of its path: the file, SQLite's log and its index, the input in hand, how far it is cleaned.</summary>
    public static readonly ImmutableArray<string> Parts = ["", "-wal", "-shm", InputInHand.Ending, ErasedList.Cleaned];

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The one that writes.</summary>
    public static SqliteConnection OpenWriter(string path)
    {
        Protect(path);
        return Open(path, SqliteOpenMode.ReadWrite, """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA secure_delete = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA journal_size_limit = 67108864;
            PRAGMA busy_timeout = 5000;
            """);
    }

    /// <summary>One that reads beside it, in this process or another.</summary>
    public static SqliteConnection OpenReader(string path) =>
        Open(path, SqliteOpenMode.ReadOnly, "PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY;");

    /// <summary>As <see cref="OpenReader"/>, of a database that must be there and be no newer than this program.</summary>
    public static SqliteConnection OpenReaderOfExisting(string path)
    {
        RefuseUnlessThere(path);
        var connection = OpenReader(path);
        try
        {
            Migrator.RefuseUnlessCurrent(connection, Migration.All, path);
            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            if (e is SqliteException failure)
            {
                throw Unreadable(path, failure);
            }

            throw;
        }
    }

    public static void RefuseUnlessThere(string path)
    {
        if (!File.Exists(path))
        {
            throw new StoreRefusedException($"There is no database at {path}; start where the bot runs, or set Storage:ConnectionString.");
        }
    }

    /// <summary>An empty file that only its owner can read, or the one that is there made so.</summary>
    public static void Protect(string path)
    {
        // SQLite gives its -wal and -shm files the mode of the database.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (File.Exists(path))
        {
            File.SetUnixFileMode(path, OwnerOnly);
            return;
        }

        new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }).Dispose();
    }

    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode, string pragmas)
    {
        // A pooled connection would stay open after its store is closed.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute(pragmas);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Unreadable(path, e);
        }
    }

    private static StoreRefusedException Unreadable(string path, SqliteException e) =>
        new($"{path} cannot be opened as a database: {e.Message}", e);
}
