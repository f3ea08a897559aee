using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Ids;
using Bot.Storage.Privacy;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Backups;

/// <summary>
/// Who was forgotten, as a file beside the backups: a backup that is older still has them, so that whoever restores it must forget them again.
/// A line for each: the profile's id and the moment, in milliseconds; they lead to nobody.
/// </summary>
public static class ErasedList
{
    public const string FileName = "erased.txt";

    /// <summary>The end of the name of the file beside the database that says how many were forgotten when its files were last cleaned.</summary>
    internal const string Cleaned = ".cleaned";

    /// <summary>
    /// Up to this size, in bytes, a database is written anew after an erasure, which takes less than a second. SQLite overwrites what is deleted,
    /// but where rows moved within a page an older copy can be left in its unused part, until something is written there.
    /// </summary>
    private const long WrittenAnew = 64L * 1024 * 1024;

    /// <summary>Brings the file up to date with the database, and leaves nothing of what was erased in the database's files. May run beside a bot.</summary>
    /// <param name="folder">Of the backups; <see langword="null"/> where there are none to forget.</param>
    /// <returns>Whether all of it is done; else it is to be tried again.</returns>
    public static bool Keep(StoreOptions database, string? folder)
    {
        ArgumentNullException.ThrowIfNull(database);
        try
        {
            ImmutableSortedDictionary<long, long> erased;
            using (var reader = Connections.OpenReaderOfExisting(database.DatabasePath))
            {
                erased = Erasure.All(reader);
            }

            // How many there were when the files were last cleaned.
            var cleaned = $"{database.DatabasePath}{Cleaned}";
            var count = erased.Count.ToString(CultureInfo.InvariantCulture);
            if (folder is not null && !erased.IsEmpty)
            {
                var path = Path.Combine(Directory.CreateDirectory(folder).FullName, FileName);
                var known = Read(path);
                if (!erased.Keys.All(known.ContainsKey))
                {
                    Write(path, known.SetItems(erased));
                }
            }

            if (erased.IsEmpty || (File.Exists(cleaned) && File.ReadAllText(cleaned) == count))
            {
                return true;
            }

            using var writer = Connections.OpenWriter(database.DatabasePath);
            if (new FileInfo(database.DatabasePath).Length <= WrittenAnew)
            {
                writer.Execute("VACUUM");
            }

            // Somebody who reads meanwhile keeps the log: it is busy then, which is no error.
            if (writer.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
            {
                return false;
            }

            File.WriteAllText(cleaned, count);
            return true;
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    /// <summary>Forgets in a restored database whom the lists name, those of these folders and of the database that it replaces.</summary>
    /// <returns>How many there were.</returns>
    internal static int Apply(SqliteConnection restored, ImmutableArray<string> folders, string replaced)
    {
        var erased = folders.Aggregate(OfReplaced(replaced), (all, folder) => all.SetItems(Read(Path.Combine(folder, FileName))));
        var here = Erasure.All(restored);
        using var transaction = restored.BeginTransaction(deferred: false);
        foreach (var (profile, at) in erased.Where(one => !here.ContainsKey(one.Key)))
        {
            Erasure.Run(restored, new ProfileId(profile), DateTimeOffset.FromUnixTimeMilliseconds(at));
        }

        transaction.Commit();
        var count = Erasure.All(restored).Count - here.Count;
        if (count > 0)
        {
            restored.Execute("VACUUM");
        }

        return count;
    }

    private static ImmutableSortedDictionary<long, long> OfReplaced(string path)
    {
        if (!File.Exists(path))
        {
            return ImmutableSortedDictionary<long, long>.Empty;
        }

        try
        {
            using var connection = Connections.OpenReaderOfExisting(path);
            return Erasure.All(connection);
        }
        catch (Exception e) when (e is SqliteException or StoreRefusedException)
        {
            // It is replaced because it is broken, or it is of another version: the list is what there is.
            return ImmutableSortedDictionary<long, long>.Empty;
        }
    }

    private static ImmutableSortedDictionary<long, long> Read(string path)
    {
        var erased = ImmutableSortedDictionary.CreateBuilder<long, long>();
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            if (line.Split(' ') is [var id, var at] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var profile)
                && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var moment))
            {
                erased[profile] = moment;
            }
        }

        return erased.ToImmutable();
    }

    private static void Write(string path, ImmutableSortedDictionary<long, long> erased)
    {
        var unfinished = $"{path}.partial";
        Connections.Protect(unfinished);
        using (var file = new FileStream(unfinished, FileMode.Truncate, FileAccess.Write))
        {
            using var text = new StreamWriter(file, leaveOpen: true);
            foreach (var (profile, at) in erased)
            {
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{profile} {at}"));
            }

            text.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
