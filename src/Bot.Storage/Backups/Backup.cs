using System.Globalization;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Backups;

/// <summary>Makes backups, beside a running bot or without one.</summary>
public static class Backup
{
    private const string Pattern = "bot-*.backup";
    private const string Unfinished = ".partial";

    /// <summary>Copies the database, checks the copy, and writes it with the content into one encrypted file.</summary>
    /// <exception cref="StoreRefusedException">There is no password, or the database is damaged.</exception>
    public static BackupReport Make(BackupOptions options, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(options.Password))
        {
            throw new StoreRefusedException("A backup holds customers' names and phones, so it is only made with a password: "
                + "set Backup:Password.");
        }

        Connections.RefuseUnlessThere(options.Database.DatabasePath);
        var folder = Directory.CreateDirectory(options.Folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"bot-{clock.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.backup");
        var path = Path.Combine(folder.FullName, name);
        var unfinished = $"{path}.{Path.GetRandomFileName()}{Unfinished}";
        var copy = $"{options.Database.DatabasePath}.copy-{Path.GetRandomFileName()}{Unfinished}";
        try
        {
            CopyDatabase(options.Database.DatabasePath, copy);
            Encrypt(unfinished, copy, options);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
        finally
        {
            DatabaseCopy.Delete(copy);
            File.Delete(unfinished);
        }

        return new BackupReport(path, new FileInfo(path).Length, DeleteOld(folder, options.Keep, clock.GetUtcNow()));
    }

    /// <summary>When the newest backup of a folder was made, or <see langword="null"/> if there is none.</summary>
    public static DateTimeOffset? Latest(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles(Pattern).Select(file => (DateTimeOffset?)file.LastWriteTimeUtc).Max()
        : null;

    private static void CopyDatabase(string database, string copy)
    {
        using (var connection = Connections.OpenReaderOfExisting(database))
        {
            DatabaseCopy.Make(connection, copy);
        }

        using var copied = Connections.OpenReader(copy);
        if (Recovery.Damage(copied) is { } damage)
        {
            throw new StoreRefusedException($"The backup is not made. {damage}");
        }
    }

    private static void Encrypt(string path, string copy, BackupOptions options)
    {
        Connections.Protect(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        using var encrypting = new EncryptingStream(file, BackupHeader.New(options.Password!));
        Archive.Write(encrypting, copy, options.Content);
        encrypting.Finish();
        file.Flush(flushToDisk: true);
    }

    private static int DeleteOld(DirectoryInfo folder, int keep, DateTimeOffset now)
    {
        foreach (var abandoned in folder.EnumerateFiles(Pattern + ".*" + Unfinished))
        {
            if (now - abandoned.LastWriteTimeUtc > TimeSpan.FromDays(1))
            {
                abandoned.Delete();
            }
        }

        // The names sort by time. One is always kept: the one just made.
        var newestFirst = folder.EnumerateFiles(Pattern).OrderByDescending(file => file.Name, StringComparer.Ordinal);
        var old = newestFirst.Skip(Math.Max(keep, 1)).ToList();
        old.ForEach(file => file.Delete());
        return old.Count;
    }
}
