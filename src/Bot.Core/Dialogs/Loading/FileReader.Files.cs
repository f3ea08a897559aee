using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

internal sealed partial class FileReader
{
    private const long LargestDocument = 50L * 1024 * 1024;
    private const long LargestPicture = 10L * 1024 * 1024;

    /// <summary>The name of a file that exists below <c>files/</c> and can be sent.</summary>
    public string? FileName(YamlNode node, bool isPicture = false)
    {
        if (Scalar(node, "the name of a file") is not { } scalar)
        {
            return null;
        }

        var name = scalar.Value;
        if (Path(name) is { } wrong)
        {
            faults.Add(scalar, $"`{Short(name)}` {wrong} Put the file into dialogs/files and write its name alone.");
            return null;
        }

        if (!around.Files.TryGetValue(name, out var file))
        {
            faults.Add(scalar, $"There is no file `{Short(name)}` in dialogs/files.{Suggestion.For(name, around.Files.Keys)}");
            return null;
        }

        var largest = isPicture ? LargestPicture : LargestDocument;
        if (file.Length == 0)
        {
            faults.Add(scalar, $"The file `{name}` is empty.");
        }
        else if (file.Length > largest)
        {
            faults.Add(scalar, $"The file `{name}` has {file.Length / 1024 / 1024} MB; Telegram takes at most {largest / 1024 / 1024} MB.");
        }
        else if (isPicture && !name.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".jpeg", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(scalar, $"`{name}` is no picture: take a .jpg or .png, or write `file:` instead of `picture:`.");
        }

        return name;
    }

    /// <summary>What is wrong with the name as a path: a file is never looked for outside of its folder.</summary>
    private static string? Path(string name) => name switch
    {
        _ when name.Contains("://", StringComparison.Ordinal) || name.StartsWith("file:", StringComparison.OrdinalIgnoreCase) =>
            "is an address; files are not fetched from elsewhere.",
        _ when name.StartsWith('/') || name.StartsWith('~') || (name.Length > 1 && name[1] == ':') => "leads out of the folder of files.",
        _ when name.Contains('\\') => "has a backslash; folders are divided by `/`.",
        _ when name.Split('/') is var parts && (parts.Contains("..") || parts.Contains(".")) => "leads out of the folder of files.",
        _ when name.Contains('\0') || name.Any(char.IsControl) => "has signs that no file name has.",
        _ => null,
    };
}
