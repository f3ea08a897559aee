using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads a dialog's file.</summary>
internal static class DialogReader
{
    private const int MostStates = 200;
    private static readonly Text NoText = new(ImmutableDictionary<string, Template>.Empty);

    public static DialogDraft? Read(string id, YamlNode.Map root, FileReader file)
    {
        var map = file.Map(root, Keys.Dialog, "A dialog")!;
        Name(id, root, file);
        var takes = (map["takes"] is { } taken ? file.Word(taken, Keys.Takes, "kind of thing that a dialog takes") : null) switch
        {
            null => (ValueKind?)null,
            "booking" => ValueKind.Booking,
            _ => ValueKind.Magnet,
        };
        var remember = Remember(map["remember"], file);
        if (takes == ValueKind.Booking)
        {
            remember = remember.SetItem(GivenValues.Booking, ValueKind.Booking);
        }

        var around = file.Around.Vocabulary with { HasMagnet = takes == ValueKind.Magnet };
        var about = map["about"] is { } aboutNode ? file.Text(aboutNode, file.Around.Vocabulary, TextUse.Message) : null;
        if (map["about"] is null)
        {
            file.Faults.Add(root, "The dialog has no `about:`. Say in a line what it is for; customers see it beside its command.");
        }

        if (map["states"] is not { } statesNode || file.Map(statesNode, "`states:`") is not { } statesMap || statesMap.Pairs.IsEmpty)
        {
            if (map["states"] is null or YamlNode.Map)
            {
                file.Faults.Add(map["states"] ?? root, "The dialog has no states. Add `states:` with at least one.");
            }

            return null;
        }

        if (statesMap.Pairs.Length > MostStates)
        {
            file.Faults.Add(statesNode, $"A dialog has at most {MostStates} states. Move some to a dialog of their own and `call:` it.");
            return null;
        }

        var names = statesMap.Pairs.Select(p => p.Key.Value).ToImmutableArray();
        var vocabulary = around with { Remembered = remember, Options = ChoiceLabels.Of(statesMap) };
        var states = StateReader.ReadAll(statesMap, names, vocabulary, file);
        var (opens, openNodes) = OpeningReader.ReadAll(map["opens"], takes, names, file);
        var silence = map["silence"] is { } silenceNode ? SilenceReader.Read(silenceNode, vocabulary, file) : null;
        var moved = Moved(map["moved"], names, file);
        if (about is not null)
        {
            file.DemandElse(about, Facts.None);
        }

        var isWhole = file.Faults.Count == file.FaultsInTexts && !file.IsIncomplete;
        return states.IsEmpty
            ? null
            : new(new Dialog(id, about ?? NoText, takes, opens, remember, states, silence, moved), file, isWhole,
                statesMap.Pairs.ToImmutableDictionary(p => p.Key.Value, p => p.Key), openNodes, map["silence"]);
    }

    private static void Name(string id, YamlNode.Map root, FileReader file)
    {
        if (root["dialog"] is not { } node)
        {
            file.Faults.Add(root, $"The file does not say which dialog it is. Begin it with `dialog: {id}`.");
        }
        else if (file.Id(node, "the name of a dialog") is { } name && name != id)
        {
            file.Faults.Add(node, $"The dialog is called `{name}` and its file `{id}.yaml`. Give both the same name.");
        }
    }

    private static ImmutableDictionary<string, ValueKind> Remember(YamlNode? node, FileReader file)
    {
        var remember = ImmutableDictionary.CreateBuilder<string, ValueKind>();
        if (node is null || file.Map(node, "`remember:`") is not { } map)
        {
            return remember.ToImmutable();
        }

        foreach (var (key, value) in map.Pairs)
        {
            if (file.Word(value, Keys.Remember, "kind of value") is not { } kind)
            {
                continue;
            }

            if (Kinds.OfBooking.TryGetValue(kind, out var own))
            {
                if (key.Value != kind)
                {
                    file.Faults.Add(key, $"A {kind} is remembered under its own name, so that texts can say `{kind}.` and what of it: `{kind}: {kind}`.");
                }

                remember[kind] = own;
            }
            else if (file.ValueName(key, "value") is { } name)
            {
                remember[name] = Kinds.OfRemember[kind];
            }
        }

        return remember.ToImmutable();
    }

    private static ImmutableDictionary<string, Target> Moved(YamlNode? node, ImmutableArray<string> states, FileReader file)
    {
        var moved = ImmutableDictionary.CreateBuilder<string, Target>();
        if (node is null || file.Map(node, "`moved:`") is not { } map)
        {
            return moved.ToImmutable();
        }

        foreach (var (key, value) in map.Pairs)
        {
            if (states.Contains(key.Value))
            {
                file.Faults.Add(key, $"`{key.Value}` is a state of this dialog. `moved:` names states that are no longer there.");
            }
            else if (TargetReader.Read(value, states, file) is { } target)
            {
                moved[key.Value] = target;
            }
        }

        return moved.ToImmutable();
    }
}
