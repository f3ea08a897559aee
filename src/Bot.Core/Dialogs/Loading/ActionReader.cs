using System.Collections.Immutable;
using System.Diagnostics;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads what a state, a button, or the bot of its own accord does.</summary>
internal static partial class ActionReader
{
    private static readonly ImmutableArray<string> Actions = [.. Keys.Action.Known.Except(Keys.BesideAction)];

    /// <param name="states">The states that an action can lead to.</param>
    public static ImmutableArray<DialogAction> ReadAll(
        YamlNode? node, ImmutableArray<string> states, Vocabulary vocabulary, FileReader file, ActionPlace place)
    {
        if (node is null || file.List(node, "what is done") is not { } list)
        {
            return [];
        }

        var actions = ImmutableArray.CreateBuilder<DialogAction>();
        foreach (var item in list.Items)
        {
            if (Read(item, states, vocabulary, file, place) is not { } action)
            {
                continue;
            }

            if (actions.Count > 0 && DialogAction.WayOut(action) is not null)
            {
                file.Faults.Add(item, "If the time is taken, nothing else must have been done. Put this first.");
            }

            actions.Add(action);
        }

        return actions.ToImmutable();
    }

    private static DialogAction? Read(YamlNode node, ImmutableArray<string> states, Vocabulary vocabulary, FileReader file, ActionPlace place)
    {
        if (node is YamlNode.Scalar word)
        {
            return Word(word, file, place);
        }

        if (file.Map(node, new(Keys.Action.Known, Keys.Action.Later), "An action") is not { } map)
        {
            return null;
        }

        var names = map.Pairs.Where(p => Actions.Contains(p.Key.Value)).ToList();
        if (names.Count != 1)
        {
            if (names.Count > 1 || Keys.BesideAction.Any(key => map[key] is not null))
            {
                file.Faults.Add(map, "Each action has a hyphen of its own.");
            }

            return null;
        }

        var (name, value) = names[0];
        Beside(map, name, file);
        return name.Value switch
        {
            "consent" => Consent(name, value, file, place),
            "withdraw" => Withdraw(name, value, file, place),
            "set" => Set(value, vocabulary, file),
            "tag" => file.Id(value, "a tag") is { } tag ? new DialogAction.Tag(tag) : null,
            "untag" => file.Id(value, "a tag") is { } tag ? new DialogAction.Untag(tag) : null,
            "record" => Record(value, map["with"], vocabulary, file),
            "case" => Case(value, map["with"], vocabulary, file),
            "start" => Sequence(value, file) is { } sequence ? new DialogAction.Start(sequence) : null,
            "stop" => Sequence(value, file) is { } sequence ? new DialogAction.Stop(sequence) : null,
            "code" => Code(value, vocabulary, file, place),
            "points" => Points(name, value, vocabulary, file),
            _ => Booking(name, value, map, states, vocabulary, file, place),
        };
    }

    private static DialogAction? Word(YamlNode.Scalar word, FileReader file, ActionPlace place)
    {
        if (!Keys.WordAction.Known.Contains(word.Value))
        {
            file.Key(word, Keys.WordAction, "The bot");
            return null;
        }

        if (place == ActionPlace.Outreach)
        {
            file.Faults.Add(word, $"It is the customer who asks for `{word.Value}`, in a dialog. `open:` one that offers it.");
            return null;
        }

        return word.Value switch
        {
            "talk-to-person" => new DialogAction.TalkToPerson(),
            "unsubscribe" => new DialogAction.Unsubscribe(),
            "pause-marketing" => new DialogAction.PauseMarketing(),
            "erase-data" => new DialogAction.EraseData(),
            _ => throw new UnreachableException(),
        };
    }

    private static DialogAction.Consent? Consent(YamlNode.Scalar name, YamlNode value, FileReader file, ActionPlace place)
    {
        var purpose = Purpose(value, file);
        if (place == ActionPlace.Button)
        {
            return purpose is null ? null : new(purpose);
        }

        file.Faults.Add(name, place == ActionPlace.State
            ? "A consent is given by pressing a button. Put this into the `do:` of the button that says yes."
            : "A consent is given by pressing a button, and nobody presses one here. `open:` a dialog that asks for it.");
        return null;
    }

    private static DialogAction.Withdraw? Withdraw(YamlNode.Scalar name, YamlNode value, FileReader file, ActionPlace place)
    {
        if (place == ActionPlace.Outreach)
        {
            file.Faults.Add(name, "A consent is taken back by the customer, in a dialog, and not by the bot of its own accord. Take this away.");
            return null;
        }

        return Purpose(value, file) is { } purpose ? new(purpose) : null;
    }

    private static string? Purpose(YamlNode node, FileReader file)
    {
        if (file.Id(node, "a purpose") is not { } purpose || file.Around.Purposes is not { } purposes || purposes.Contains(purpose))
        {
            return node is YamlNode.Scalar scalar && Identifier.IsId(scalar.Value) ? scalar.Value : null;
        }

        file.Faults.Add(node, $"There is no purpose `{purpose}` under `consents:` in settings.yaml.{Suggestion.For(purpose, purposes)}");
        return null;
    }

    private static DialogAction.Set? Set(YamlNode node, Vocabulary vocabulary, FileReader file)
    {
        if (file.Map(node, "`set:`") is not { } map)
        {
            return null;
        }

        var fields = ImmutableArray.CreateBuilder<KeyValuePair<string, Expression>>();
        foreach (var (key, value) in map.Pairs)
        {
            var name = key.Value.StartsWith("profile.", StringComparison.Ordinal) ? key.Value["profile.".Length..] : key.Value;
            if (name == "phone-verified" || !vocabulary.Fields.TryGetValue(name, out var holds))
            {
                if (file.MissesField())
                {
                    var suggestion = Suggestion.For(name, vocabulary.Fields.Keys.Where(f => f != "phone-verified"));
                    file.Faults.Add(key, $"There is no field `{FileReader.Short(name)}` to set.{(suggestion.Length > 0 ? suggestion : " Add it under `fields:` in settings.yaml.")}");
                }
            }
            else if (file.Expression(value, vocabulary, "the value of the field") is { } expression)
            {
                if (expression.Kind != holds && !(expression.Kind == ValueKind.Choice && holds == ValueKind.Text))
                {
                    file.Faults.Add(value, $"`{name}` holds {Kinds.Name(holds)}, and this is {Kinds.Name(expression.Kind)}.");
                }

                fields.Add(new(name, expression));
            }
        }

        return new(fields.ToImmutable());
    }

    private static DialogAction.Record? Record(YamlNode node, YamlNode? with, Vocabulary vocabulary, FileReader file)
    {
        if (file.Scalar(node, "the name of an event") is not { } scalar)
        {
            return null;
        }

        if (!Identifier.IsEvent(scalar.Value))
        {
            file.Faults.Add(scalar, $"`{FileReader.Short(scalar.Value)}` cannot be an event: {Identifier.EventRule}.");
            return null;
        }

        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, Expression>>();
        foreach (var (key, value) in with is null ? [] : file.Map(with, "`with:`")?.Pairs ?? [])
        {
            if (file.Id(key, "the name of a value") is { } name && file.Expression(value, vocabulary, "a value") is { } expression)
            {
                values.Add(new(name, expression));
            }
        }

        return new(scalar.Value, values.ToImmutable());
    }
}
