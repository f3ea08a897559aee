using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads the buttons under a message.</summary>
internal static class ButtonReader
{
    private const int MostButtons = 50;
    private static readonly string[] Ways = ["goto", "open", "url"];

    /// <param name="states">The states that a button can lead to; <see langword="null"/> outside of a conversation.</param>
    public static ImmutableArray<Button> ReadAll(YamlNode? node, ImmutableArray<string>? states, Vocabulary vocabulary, FileReader file)
    {
        if (node is null || file.Map(node, "`buttons:`") is not { } map)
        {
            return [];
        }

        if (map.Pairs.Length is 0 or > MostButtons)
        {
            file.Faults.Add(node, map.Pairs.IsEmpty ? "There are no buttons here. Add one or take `buttons:` away." : $"A message has at most {MostButtons} buttons.");
        }

        var buttons = ImmutableArray.CreateBuilder<Button>();
        foreach (var (key, value) in map.Pairs)
        {
            if (file.Id(key, "the name of a button") is { } id && file.Map(value, Keys.Button, "A button") is { } button
                && Read(id, button, states, vocabulary, file) is { } read)
            {
                buttons.Add(read);
            }
        }

        return buttons.ToImmutable();
    }

    private static Button? Read(string id, YamlNode.Map map, ImmutableArray<string>? states, Vocabulary vocabulary, FileReader file)
    {
        var label = map["label"] is { } labelNode ? file.Text(labelNode, vocabulary, TextUse.Label) : null;
        if (map["label"] is null)
        {
            file.Faults.Add(map, "This button has no `label:`, the words on it.");
        }

        var condition = map["if"] is { } conditionNode ? file.Condition(conditionNode, vocabulary) : null;
        if (states is null && map.Pairs.FirstOrDefault(p => p.Key.Value is "goto" or "do").Key is { } inner)
        {
            file.Faults.Add(inner, $"A button under what the bot sends of its own accord belongs to no conversation, so it has no `{inner.Value}:`. Let it `open:` a dialog, which goes on from there, or lead to a page with `url:`.");
            return null;
        }

        var actions = ActionReader.ReadAll(map["do"], states ?? [], vocabulary, file, ActionPlace.Button);
        if (map["do"] is { } done && map["goto"] is null)
        {
            file.Faults.Add(done, "A button that does something needs a `goto:`: the bot hears of the press only then.");
        }

        return Leads(map, states, vocabulary, file) is { } leads && label is not null ? new(id, label, condition, actions, leads) : null;
    }

    private static ButtonLeads? Leads(YamlNode.Map map, ImmutableArray<string>? states, Vocabulary vocabulary, FileReader file)
    {
        if (Ways.Count(w => map[w] is not null) != 1)
        {
            file.Faults.Add(map, states is null
                ? "A button leads to exactly one place: `open:` a dialog, or `url:` a page."
                : "A button leads to exactly one place: `goto:` a state, `open:` another dialog, or `url:` a page.");
            return null;
        }

        if (map["goto"] is { } state)
        {
            return TargetReader.Read(state, states ?? [], file) is { } target ? new ButtonLeads.GoTo(target) : null;
        }

        if (map["open"] is { } dialog)
        {
            return Opens(dialog, vocabulary, file);
        }

        return Address(map["url"]!, vocabulary, file) is { } address ? new ButtonLeads.Url(address) : null;
    }

    private static ButtonLeads? Opens(YamlNode node, Vocabulary vocabulary, FileReader file)
    {
        if (node is not YamlNode.Scalar { Value: var name } || !file.Around.Buttons.ContainsKey(name))
        {
            return StateReader.Dialog(node, "opened", file) is { } id ? new ButtonLeads.Open(id) : null;
        }

        if (!vocabulary.HasBooking && !vocabulary.Remembered.ContainsKey(GivenValues.Booking))
        {
            file.Faults.Add(node, $"`{name}` needs a booking, and there is none here. It stands under what is said about one: in a dialog that remembers it (`remember: {{ booking: booking }}`), or under an automation about visits.");
        }

        return new ButtonLeads.OpenWith(name);
    }

    /// <summary>One address for all languages, or one for each.</summary>
    private static Text? Address(YamlNode node, Vocabulary vocabulary, FileReader file)
    {
        if (node is YamlNode.Scalar && file.Around.Languages.IsEmpty)
        {
            // Without languages there is nothing to write it out for; that settings.yaml tells none is its own fault.
            return new Text(ImmutableDictionary<string, Template>.Empty);
        }

        var byLanguage = node is YamlNode.Scalar
            ? new YamlNode.Map(node.Line, node.Column, [.. file.Around.Languages.Select(l => (new YamlNode.Scalar(node.Line, node.Column, l, ScalarForm.Plain, 0, 0), node))], false)
            : node;
        if (file.Text(byLanguage, vocabulary, TextUse.Address) is not { } address)
        {
            return null;
        }

        if (address.ByLanguage.Values.Any(t => !t.IsConstant) && file.Around.Business is not null)
        {
            file.Faults.Add(node, "The address of a button can use `business.` values only.");
        }
        else if (address.ByLanguage.Values.Any(t => t.IsConstant && !WebAddress.IsValid(t.Constant)))
        {
            file.Faults.Add(node, "This is no address of a web page: it begins with https:// or http:// and has no spaces.");
        }

        return address;
    }
}
