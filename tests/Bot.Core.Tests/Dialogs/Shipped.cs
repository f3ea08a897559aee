using System.Collections.Immutable;
using System.Security.Cryptography;
using Bot.Core.Dialogs;

namespace Bot.Core.Tests.Dialogs;

/// <summary>The content that the product ships with.</summary>
internal static class Shipped
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "shipped");

    public static ContentSource Source { get; } = new(
        Directory.GetFiles(Folder, "*.yaml").ToImmutableSortedDictionary(f => Path.GetFileName(f), File.ReadAllText),
        Directory.GetFiles(Path.Combine(Folder, "files")).Select(Read).ToImmutableSortedDictionary(f => f.Name, f => f));

    private static ContentFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return new(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }
}
