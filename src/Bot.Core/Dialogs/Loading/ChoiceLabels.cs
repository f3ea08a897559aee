using System.Collections.Immutable;

namespace Bot.Core.Dialogs.Loading;

/// <summary>The options of a dialog's choices, found before anything else is read, because any text may show the chosen one.</summary>
internal static class ChoiceLabels
{
    public static ImmutableDictionary<string, ImmutableDictionary<string, ImmutableDictionary<string, string>>> Of(YamlNode.Map states)
    {
        var choices = ImmutableDictionary<string, ImmutableDictionary<string, ImmutableDictionary<string, string>>>.Empty;
        foreach (var (_, state) in states.Pairs)
        {
            if (state is YamlNode.Map map && map["ask"] is YamlNode.Map ask && ask["into"] is YamlNode.Scalar into && ask["of"] is YamlNode.Map of)
            {
                var options = choices.GetValueOrDefault(into.Value) ?? ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty;
                choices = choices.SetItem(into.Value, options.SetItems(of.Pairs.Select(o => KeyValuePair.Create(o.Key.Value, Labels(o.Value)))));
            }
        }

        return choices;
    }

    private static ImmutableDictionary<string, string> Labels(YamlNode node)
    {
        var labels = ImmutableDictionary<string, string>.Empty;
        foreach (var (language, text) in node is YamlNode.Map map ? map.Pairs : [])
        {
            labels = text is YamlNode.Scalar scalar ? labels.SetItem(language.Value, scalar.Value.Trim()) : labels;
        }

        return labels;
    }
}
