using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Core.Dialogs;

namespace Bot.Contents;

/// <summary>The folder with the dialogs: reads its texts and what is in <c>files/</c>, and opens a file to be sent.</summary>
/// <param name="path">Absolute, or relative to the current folder.</param>
internal sealed class ContentFolder(string path)
{
    /// <summary>A dialog that is larger than this was not written by a person.</summary>
    private const long MaxYaml = 1024 * 1024;

    /// <summary>What Telegram takes as an upload.</summary>
    private const long MaxFile = 50 * 1024 * 1024;

    private const string Yaml = ".yaml";

    /// <summary>Strict: a file in another encoding would otherwise be read as garbage and sent to customers.</summary>
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _folder = Path.GetFullPath(path);

    /// <summary>As it is configured.</summary>
    public string Name => path;

    private string Files => Path.Combine(_folder, "files");

    /// <summary>The stamp of what was read last: taken before, so that what is written while it is read has another one.</summary>
    public string? Read { get; private set; }

    /// <summary>Loads all of it.</summary>
    public LoadResult Load()
    {
        Read = Stamp();
        if (!Directory.Exists(_folder))
        {
            return new LoadResult(null, [new Fault(path, 1, 1,
                $"there is no such folder ({_folder}); start the bot where the folder is, or set Dialogs:Path.")]);
        }

        var faults = new List<Fault>();
        var texts = ReadYaml(faults);
        if (faults.Count > 0)
        {
            // What the other files say about one that was not read would be untrue.
            return new LoadResult(null, [.. faults]);
        }

        var result = ContentLoader.Load(new ContentSource(texts, ReadFiles(faults)));
        return faults.Count == 0 ? result : new LoadResult(null, [.. faults, .. result.Faults]);
    }

    /// <summary>
    /// What can be seen of the files without reading them: changes when one is written, replaced, added or taken away.
    /// <see langword="null"/> while they are being changed.
    /// </summary>
    public string? Stamp()
    {
        try
        {
            return !Directory.Exists(_folder) ? "" : string.Join('\n', new DirectoryInfo(_folder)
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Where(file => !IsHidden(file))
                .OrderBy(file => file.FullName, StringComparer.Ordinal)
                .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Opens a file of the content, or answers <see langword="null"/> if it is gone or became a link to elsewhere.</summary>
    public Stream? Open(string name)
    {
        var file = new FileInfo(Path.GetFullPath(Path.Combine(Files, name)));
        return file.FullName.StartsWith(Files + Path.DirectorySeparatorChar, StringComparison.Ordinal) && file.Exists && !IsLinked(file)
            ? file.OpenRead()
            : null;
    }

    private ImmutableSortedDictionary<string, string> ReadYaml(List<Fault> faults)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (!IsHidden(file) && IsYaml(file, faults) && ReadText(file, faults) is { } text)
            {
                texts[file.Name] = text;
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>Editors keep their own files beside the one that is open: <c>.#menu.yaml</c>, <c>.menu.yaml.swp</c>.</summary>
    private static bool IsHidden(FileInfo file) => file.Name.StartsWith('.');

    private static bool IsYaml(FileInfo file, List<Fault> faults)
    {
        if (file.Extension == Yaml)
        {
            return true;
        }

        if (file.Extension.Equals(Yaml, StringComparison.OrdinalIgnoreCase) || file.Extension.Equals(".yml", StringComparison.OrdinalIgnoreCase))
        {
            var name = Path.GetFileNameWithoutExtension(file.Name) + Yaml;
            faults.Add(new Fault(file.Name, 1, 1, $"is not read, because its name does not end in `{Yaml}`. Rename it to {name}."));
        }

        return false;
    }

    private static string? ReadText(FileInfo file, List<Fault> faults)
    {
        if (file.Length > MaxYaml)
        {
            faults.Add(new Fault(file.Name, 1, 1, "the file is larger than 1 MB; a dialog is a short text."));
            return null;
        }

        try
        {
            return Decode(File.ReadAllBytes(file.FullName));
        }
        catch (DecoderFallbackException)
        {
            faults.Add(new Fault(file.Name, 1, 1, "is not saved as UTF-8; in your editor choose Save as and the encoding UTF-8."));
            return null;
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var text] => Utf8.GetString(text),
        [0xFF, 0xFE, .. var text] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true).GetString(text),
        [0xFE, 0xFF, .. var text] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true).GetString(text),
        _ => Utf8.GetString(bytes),
    };

    private ImmutableSortedDictionary<string, ContentFile> ReadFiles(List<Fault> faults)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, ContentFile>(StringComparer.Ordinal);
        if (!Directory.Exists(Files))
        {
            return files.ToImmutable();
        }

        foreach (var file in new DirectoryInfo(Files).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(Files, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (IsLinked(file))
            {
                faults.Add(new Fault($"files/{name}", 1, 1, "is a link; put the file itself into the folder."));
            }
            else if (file.Length is 0 or > MaxFile)
            {
                faults.Add(new Fault($"files/{name}", 1, 1, "is empty or larger than 50 MB, which Telegram does not take."));
            }
            else
            {
                using var stream = file.OpenRead();
                files[name] = new ContentFile(name, Convert.ToHexStringLower(SHA256.HashData(stream)), file.Length);
            }
        }

        return files.ToImmutable();
    }

    /// <summary>The file or a folder above it, up to <c>files/</c>, is a link: it may lead anywhere.</summary>
    private bool IsLinked(FileInfo file)
    {
        if (file.LinkTarget is not null)
        {
            return true;
        }

        for (var folder = file.Directory; folder is not null && folder.FullName.Length >= Files.Length; folder = folder.Parent)
        {
            if (folder.LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
