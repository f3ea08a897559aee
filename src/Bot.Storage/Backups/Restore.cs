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
            var (expired, erased) = Prepare(newDatabase, options, clock.GetUtcNow(), logger);
            return new RestoreReport(expired, erased, Replace(database, newDatabase, content, newContent, clock.GetUtcNow()));
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

    /// <summary>
    /// Brings the unpacked database to a state that a bot can start from; answers how many messages expired, and how many customers were forgotten
    /// since the backup was made and now are again, before anyone can read what was erased.
    /// </summary>
    private static (int Expired, int Erased) Prepare(string newDatabase, RestoreOptions options, DateTimeOffset now, ILogger logger)
    {
        using var connection = Connections.OpenWriter(newDatabase);
        if (Recovery.Damage(connection) is { } damage)
        {
            throw new StoreRefusedException(damage);
        }

        Migrator.Migrate(connection, Migration.All, options.File, copyFirst: false, now, logger);
        var expired = Recovery.Expire(connection, "expired by restore", now);
        var erased = ErasedList.Apply(connection,
            [Path.GetDirectoryName(Path.GetFullPath(options.File))!, .. options.Folder is { } folder ? new[] { folder } : []], options.Database.DatabasePath);
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return (expired, erased);
    }

    private static List<string> Replace(string database, string newDatabase, string content, string newContent, DateTimeOffset now)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $".replaced-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        var moves = new Moves();
        var replaced = content;
        try
        {
            var keptAside = MoveAside(content, suffix, moves) ? [content + suffix] : new List<string>();
            moves.Move(newContent, content);

            replaced = database;
            keptAside.AddRange(MoveAside(database, Connections.Parts, suffix, moves));
            moves.Move(newDatabase, database);
            return keptAside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            moves.TakeBack();
            throw new StoreRefusedException(
                $"{replaced} cannot be replaced ({e.Message}): restore into another place and copy it from there.", e);
        }
    }

    private static bool MoveAside(string content, string suffix, Moves moves)
    {
        if (HasFiles(content))
        {
            moves.Move(content, content + suffix);
            return true;
        }

        if (Directory.Exists(content))
        {
            Directory.Delete(content, recursive: true);
        }

        return false;
    }

    /// <summary>
    /// What SQLite finds beside a database it takes for that database's, so nothing may stay, not even when the database itself is gone:
    /// it would be written into the restored one. Answers what its owner can look for: the database, or its parts without it.
    /// </summary>
    private static IEnumerable<string> MoveAside(string database, IEnumerable<string> parts, string suffix, Moves moves)
    {
        var there = parts.Where(part => File.Exists(database + part)).ToList();
        there.ForEach(part => moves.Move(database + part, database + suffix + part));
        return there.Contains("") ? [database + suffix] : there.Select(part => database + suffix + part);
    }

    private static bool HasFiles(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
}
