using System.Globalization;
using Bot.Storage.Migrations;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Bot.Storage.Backups;

/// <summary>Puts a backup in the place of a database and its content.</summary>
public static class Restore
{
    /// <summary>
    /// Unpacks and checks everything beside the database first, and changes what is there only then. Whatever waited to be sent in the
    /// backup is marked as expired: a restore sends nothing.
    /// </summary>
    /// <exception cref="StoreRefusedException">With the reason; nothing was changed.</exception>
    public static RestoreReport Run(RestoreOptions options, TimeProvider clock, ILogger logger)
    {
        if (string.IsNullOrEmpty(options.Password))
        {
            throw new StoreRefusedException("A backup is restored with the password that it was made with: set Backup:Password.");
        }

        var database = options.Database.DatabasePath;
        var content = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Content));
        using var held = DatabaseLock.Take(database, TimeSpan.Zero, clock, logger, CancellationToken.None);
        RefuseToOverwrite(options, database, content);

        var newDatabase = $"{database}.{Path.GetRandomFileName()}.partial";
        var newContent = $"{content}.{Path.GetRandomFileName()}.partial";
        try
        {
            Unpack(options, newDatabase, newContent);
            var expired = Prepare(newDatabase, options.File, clock.GetUtcNow(), logger);
            return new RestoreReport(expired, Replace(database, newDatabase, content, newContent, clock.GetUtcNow()));
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
        finally
        {
            DatabaseCopy.Delete(newDatabase);
            if (Directory.Exists(newContent))
            {
                Directory.Delete(newContent, recursive: true);
            }
        }
    }

    private static void RefuseToOverwrite(RestoreOptions options, string database, string content)
    {
        var inTheWay = File.Exists(database) ? database : HasFiles(content) ? content : null;
        if (inTheWay is not null && !options.Force)
        {
            throw new StoreRefusedException(
                $"{inTheWay} is there already: restore with --force, which keeps it under another name, or into another place.");
        }
    }

    private static void Unpack(RestoreOptions options, string newDatabase, string newContent)
    {
        if (!File.Exists(options.File))
        {
            throw new StoreRefusedException($"There is no backup at {options.File}.");
        }

        using var file = File.OpenRead(options.File);
        using var decrypting = new DecryptingStream(file, BackupHeader.Read(file, options.Password!));
        Connections.Protect(newDatabase);
        try
        {
            Archive.Read(decrypting, newDatabase, newContent);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new StoreRefusedException("This backup is damaged or was cut short: take another one.", e);
        }
    }

    /// <summary>Brings the unpacked database to a state that a bot can start from; answers how many messages expired.</summary>
    private static int Prepare(string newDatabase, string name, DateTimeOffset now, ILogger logger)
    {
        using var connection = Connections.OpenWriter(newDatabase);
        if (Recovery.Damage(connection) is { } damage)
        {
            throw new StoreRefusedException(damage);
        }

        Migrator.Migrate(connection, Migration.All, name, copyFirst: false, now, logger);

        // Erasures since the backup was made are to be repeated here, before anyone can read what was erased.
        var expired = Recovery.Expire(connection, "expired by restore", now);
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return expired;
    }

    private static List<string> Replace(string database, string newDatabase, string content, string newContent, DateTimeOffset now)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $".replaced-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        var keptAside = new List<string>();
        try
        {
            if (HasFiles(content))
            {
                Directory.Move(content, content + suffix);
                keptAside.Add(content + suffix);
            }
            else if (Directory.Exists(content))
            {
                Directory.Delete(content, recursive: true);
            }

            Directory.Move(newContent, content);
        }
        catch (IOException e)
        {
            throw new StoreRefusedException(
                $"{content} cannot be replaced ({e.Message}): restore the content into another folder and copy it.", e);
        }

        if (File.Exists(database))
        {
            // The log belongs to its database and goes with it, under the name that SQLite looks for.
            foreach (var part in (string[])["", "-wal", "-shm"])
            {
                if (File.Exists(database + part))
                {
                    File.Move(database + part, database + suffix + part, overwrite: true);
                }
            }

            keptAside.Add(database + suffix);
        }

        File.Move(newDatabase, database);
        return keptAside;
    }

    private static bool HasFiles(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
}
