using System.Collections.Immutable;

namespace Bot.Core.Dialogs;

/// <summary>What is different in the content folder, by file.</summary>
public sealed record ContentChanges(ImmutableArray<string> Added, ImmutableArray<string> Changed, ImmutableArray<string> Removed)
{
    private const int Shown = 20;

    /// <summary>What one folder has to another.</summary>
    public static ContentChanges Between(Content before, Content after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (before.Sources, after.Sources);
        return new ContentChanges(
            [.. now.Keys.Where(name => !old.ContainsKey(name))],
            [.. now.Where(file => old.TryGetValue(file.Key, out var hash) && hash != file.Value).Select(file => file.Key)],
            [.. old.Keys.Where(name => !now.ContainsKey(name))]);
    }

    /// <summary>In signs, for any language: <c>menu.yaml, + prices.yaml, − old.yaml</c>. Of many the first.</summary>
    public override string ToString()
    {
        string[] all = [.. Changed, .. Added.Select(name => $"+ {name}"), .. Removed.Select(name => $"− {name}")];
        return string.Join(", ", all.Take(Shown)) + (all.Length > Shown ? ", …" : "");
    }
}
