using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Enumeration;

namespace Bot.Storage.Backups;

/// <summary>What is inside a backup: <c>bot.db</c> and the files of <c>dialogs/</c>, as a gzipped tar.</summary>
internal static class Archive
{
    private const string Database = "bot.db";
    private const string Content = "dialogs/";

    public static void Write(Stream to, string database, string content)
    {
        using var zip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        using var tar = new TarWriter(zip, TarEntryFormat.Pax);
        Add(tar, Database, database);
        foreach (var path in FilesOf(content))
        {
            Add(tar, Content + Path.GetRelativePath(content, path).Replace(Path.DirectorySeparatorChar, '/'), path);
        }
    }

    /// <summary>Writes the database to one path and the content into one folder, both new.</summary>
    public static void Read(Stream from, string database, string content)
    {
        Directory.CreateDirectory(content);
        using var zip = new GZipStream(from, CompressionMode.Decompress, leaveOpen: true);
        using (var tar = new TarReader(zip, leaveOpen: true))
        {
            while (tar.GetNextEntry() is { } entry)
            {
                var path = entry.Name == Database ? database : PathOf(entry, content);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
                entry.DataStream?.CopyTo(file);
                file.Flush(flushToDisk: true);
            }
        }

        // To the very end, which proves that the backup is whole.
        zip.CopyTo(Stream.Null);
        from.CopyTo(Stream.Null);
    }

    private static void Add(TarWriter tar, string name, string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = file });
    }

    // A link that leads out of the folder is not content.
    private static IEnumerable<string> FilesOf(string content)
    {
        if (!Directory.Exists(content))
        {
            return [];
        }

        var root = Path.GetFullPath(content) + Path.DirectorySeparatorChar;
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        return new FileSystemEnumerable<string>(root, (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        }
            .Where(path => (File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path)
                .StartsWith(root, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    // A name in the archive must not lead out of the folder either.
    private static string PathOf(TarEntry entry, string content)
    {
        var root = Path.GetFullPath(content) + Path.DirectorySeparatorChar;
        var path = entry.Name.StartsWith(Content, StringComparison.Ordinal) ? Path.GetFullPath(entry.Name[Content.Length..], root) : "";
        return entry.EntryType == TarEntryType.RegularFile && path.StartsWith(root, StringComparison.Ordinal) && path.Length > root.Length
            ? path
            : throw new StoreRefusedException("This backup holds something other than a database and content: it is not restored.");
    }
}
