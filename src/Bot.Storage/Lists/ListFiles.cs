using System.Globalization;
using System.Security.Cryptography;

namespace Bot.Storage.Lists;

/// <summary>
/// Files with lists of customers, in a folder beside the database that its owner alone can read: those that staff asked for until they are sent, and
/// those that staff sent until they are taken in. They are deleted after a day.
/// </summary>
public sealed class ListFiles(string database)
{
    /// <summary>The end of the folder's path, after the database's.</summary>
    public const string Ending = ".lists";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly string _folder = database + Ending;

    /// <summary>Makes a file that nobody can guess the name of; answers it and its name.</summary>
    /// <param name="shown">What it is about: it begins the name.</param>
    public (string Name, FileStream File) Create(string shown, DateTimeOffset now)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var name = string.Create(CultureInfo.InvariantCulture,
            $"{shown}-{now.UtcDateTime:yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.csv");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return (name, new FileStream(Path.Combine(_folder, name), options));
    }

    /// <summary>Opens a file, or answers <see langword="null"/> if it is gone or the name leads elsewhere.</summary>
    public Stream? Open(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var file = new FileInfo(Path.Combine(_folder, name));
        return Path.GetFileName(name) == name && file is { Exists: true, LinkTarget: null } ? file.OpenRead() : null;
    }

    public void Delete(string name)
    {
        if (Path.GetFileName(name) == name && Directory.Exists(_folder))
        {
            File.Delete(Path.Combine(_folder, name));
        }
    }

    /// <summary>Deletes what is a day old.</summary>
    internal static void DeleteOld(string database, DateTimeOffset now)
    {
        foreach (var path in Directory.Exists(database + Ending) ? Directory.EnumerateFiles(database + Ending) : [])
        {
            if (File.GetLastWriteTimeUtc(path) < now - Kept)
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Deletes all of them.</summary>
    internal static void DeleteAll(string database)
    {
        if (Directory.Exists(database + Ending))
        {
            Directory.Delete(database + Ending, recursive: true);
        }
    }
}
