using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Ids;
using Bot.Storage.Privacy;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Backups;

/// <summary>
/// Who was forgotten, as a file beside the backups: a backup that is older still has them, so that whoever restores it must forget them again.
/// A line for each: the profile's id and the moment, in milliseconds; they lead to nobody.
/// </summary>
public static class ErasedList
{
    public const string FileName = "erased.txt";

    /// <summary>
    /// Up to this size, in bytes, a database is written anew after an erasure, which takes less than a second. SQLite overwrites what is deleted,
    /// but where rows moved within a page an older copy can be left in its unused part, until something is written there.
    /// </summary>
    private const long WrittenAnew = 64L * 1024 * 1024;

    /// <summary>Brings the file up to date with the database, and leaves nothing of what was erased in the database's files. May run beside a bot.</summary>
    public static void Keep(StoreOptions database, string folder)
    {
        ArgumentNullException.ThrowIfNull(database);
        try
        {
            ImmutableSortedDictionary<long, long> erased;
            using (var reader = Connections.OpenReaderOfExisting(database.DatabasePath))
            {
                erased = Erasure.All(reader);
            }

            var path = Path.Combine(Directory.CreateDirectory(folder).FullName, FileName);
            var known = Read(path);
            if (erased.Keys.All(known.ContainsKey))
            {
                return;
            }

            using (var writer = Connections.OpenWriter(database.DatabasePath))
            {
                if (new FileInfo(database.DatabasePath).Length <= WrittenAnew)
                {
                    writer.Execute("VACUUM");
                }

                writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }

            // Last, so that what was cut off is done at the next start.
            Write(path, known.SetItems(erased));
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    /// <summary>Forgets in a restored database whom the lists name, those of the folder of its backup and of the database that it replaces.</summary>
    /// <returns>How many there were.</returns>
    internal static int Apply(SqliteConnection restored, string folder, string replaced)
    {
        var erased = Read(Path.Combine(folder, FileName)).SetItems(OfReplaced(replaced));
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
