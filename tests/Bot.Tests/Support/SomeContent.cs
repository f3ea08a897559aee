using System.Collections.Immutable;
using Bot.Core.Dialogs;

namespace Bot.Tests.Support;

/// <summary>Content made for a test.</summary>
internal static class SomeContent
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "dialogs");

    /// <summary>The shipped content with some of its files replaced; it must have no faults.</summary>
    public static Content ShippedWith(params ReadOnlySpan<(string File, Func<string, string> Change)> changes)
    {
        var yaml = Directory.GetFiles(Folder, "*.yaml").ToImmutableSortedDictionary(file => Path.GetFileName(file), File.ReadAllText);
        foreach (var (file, change) in changes)
        {
            yaml = yaml.SetItem(file, change(yaml[file]));
        }

        var result = ContentLoader.Load(new ContentSource(yaml, TestBot.Shipped.Files));
        return result.Content ?? throw new InvalidOperationException(string.Join('\n', result.Faults));
    }
}
