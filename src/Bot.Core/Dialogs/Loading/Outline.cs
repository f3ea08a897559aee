using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Profiles;

namespace Bot.Core.Dialogs.Loading;

/// <summary>What the files tell of each other before they are read in earnest.</summary>
internal static class Outline
{
    private const string Extension = ".yaml";

    /// <param name="roots">Every file; without a map if it cannot be read.</param>
    /// <param name="automations">The name of the file of automations.</param>
    /// <param name="others">Files that are no dialogs either.</param>
    public static Surroundings Of(Dictionary<string, YamlNode.Map?> roots, string automations, params ReadOnlySpan<string> others)
    {
        var dialogs = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        var events = BuiltInEvents.All.ToBuilder();
        var buttons = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (file, root) in roots)
        {
            if (file == automations)
            {
                Recorded(root, events);
            }
            else if (!others.Contains(file) && file.EndsWith(Extension, StringComparison.Ordinal))
            {
                dialogs[file[..^Extension.Length]] = (root?["takes"] as YamlNode.Scalar)?.Value;
                Recorded(root, events);
                foreach (var name in Buttons(root))
                {
                    buttons[name] = file[..^Extension.Length];
                }
            }
        }

        return new()
        {
            Dialogs = dialogs.ToImmutable(),
            Events = events.ToImmutable(),
            Buttons = buttons.ToImmutable(),
            Sequences = roots.TryGetValue(automations, out var own) ? Sequences(own) : [],
        };
    }

    private static IEnumerable<string> Buttons(YamlNode.Map? dialog) => ((dialog?["opens"] as YamlNode.List)?.Items ?? [])
        .Select(opening => (opening as YamlNode.Map)?["button"])
        .OfType<YamlNode.Scalar>()
        .Select(name => name.Value);

    private static ImmutableSortedSet<string>? Sequences(YamlNode.Map? automations) => automations?["sequences"] switch
    {
        YamlNode.Map map => map.Pairs.Select(p => p.Key.Value).ToImmutableSortedSet(StringComparer.Ordinal),

        // With another key in the file it may be this one, miswritten.
        null when automations is not null && automations.Pairs.All(p => Keys.Automations.Known.Contains(p.Key.Value)) => [],
        _ => null,
    };

    private static void Recorded(YamlNode? node, ImmutableSortedSet<string>.Builder events)
    {
        foreach (var (key, value) in node is YamlNode.Map map ? map.Pairs : [])
        {
            if (key.Value == "record" && value is YamlNode.Scalar name && Identifier.IsEvent(name.Value))
            {
                events.Add(name.Value);
            }

            Recorded(value, events);
        }

        foreach (var item in node is YamlNode.List list ? list.Items : [])
        {
            Recorded(item, events);
        }
    }
}
