using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads menu.yaml: the order of the menu.</summary>
internal static class MenuReader
{
    /// <summary>The ids of the dialogs as listed.</summary>
    public static ImmutableArray<YamlNode.Scalar> Read(YamlNode.Map root, FileReader file)
    {
        file.Map(root, Keys.Menu, "menu.yaml");
        var ids = ImmutableArray.CreateBuilder<YamlNode.Scalar>();
        foreach (var item in root["menu"] is { } node ? file.List(node, "`menu:`")?.Items ?? [] : [])
        {
            if (file.Id(item, "the name of a dialog") is not { } id)
            {
                continue;
            }

            if (!file.Around.Dialogs.ContainsKey(id))
            {
                file.Faults.Add(item, $"There is no dialog `{id}`: no file `{id}.yaml`.{Suggestion.For(id, file.Around.Dialogs.Keys)}");
            }
            else if (ids.Any(i => i.Value == id))
            {
                file.Faults.Add(item, $"`{id}` stands here twice.");
            }
            else
            {
                ids.Add((YamlNode.Scalar)item);
            }
        }

        return ids.ToImmutable();
    }

    /// <summary>The menu: first what is listed, then the other dialogs by name.</summary>
    public static ImmutableArray<MenuEntry> Entries(ImmutableArray<YamlNode.Scalar> listed, ImmutableSortedDictionary<string, Dialog> dialogs, FileFaults? faults)
    {
        foreach (var id in listed.Where(i => dialogs.TryGetValue(i.Value, out var d) && !d.Opens.Any(o => o is Opening.Menu)))
        {
            faults?.Add(id, $"The dialog `{id.Value}` has no line for the menu. Add `- menu: ...` under its `opens:`.");
        }

        var order = listed.Select(i => i.Value).Concat(dialogs.Keys).Distinct();
        return [.. order.Where(dialogs.ContainsKey).SelectMany(id => Lines(dialogs[id]))];
    }

    private static IEnumerable<MenuEntry> Lines(Dialog dialog) =>
        Enumerable.Range(0, dialog.Opens.Length).Where(i => dialog.Opens[i] is Opening.Menu).Select(i => new MenuEntry(dialog, i));
}
