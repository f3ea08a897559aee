using System.Globalization;
using Bot.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Sqlite;

/// <summary>Plain copies of the database beside it, readable by its owner only.</summary>
internal static class DatabaseCopy
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>A copy of what is committed, made in one read.</summary>
    public static void Make(SqliteConnection connection, string path)
    {
        // VACUUM INTO accepts an empty file, and leaves its mode alone.
        File.Delete(path);
        Connections.Protect(path);
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO @path";
        command.Parameters.AddWithValue("@path", path);
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The copy before a migration; answers its path.</summary>
    public static string MakeBefore(SqliteConnection connection, Migration migration, DateTimeOffset now)
    {
        var path = string.Create(CultureInfo.InvariantCulture,
            $"{connection.DataSource}.before-{migration.Number:D4}-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        Make(connection, path + ".partial");
        File.Move(path + ".partial", path, overwrite: true);
        return path;
    }

    /// <summary>Deletes a copy and what SQLite may have put beside it.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
    }

    /// <summary>Deletes the copies before migrations that are a week old, and what a dead process left unfinished a day ago.</summary>
    public static void DeleteOld(string database, DateTimeOffset now)
    {
        var (folder, name) = (Path.GetDirectoryName(database)!, Path.GetFileName(database));
        DeleteOlder(folder, name + ".before-*", now - Kept);
        DeleteOlder(folder, name + ".*.partial*", now - TimeSpan.FromDays(1));
    }

    private static void DeleteOlder(string folder, string pattern, DateTimeOffset limit)
    {
        foreach (var path in Directory.EnumerateFiles(folder, pattern).Where(path => File.GetLastWriteTimeUtc(path) < limit))
        {
            File.Delete(path);
        }
    }
}
