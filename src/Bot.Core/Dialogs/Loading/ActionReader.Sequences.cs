using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Where actions stand.</summary>
internal enum ActionPlace
{
    State,
    Button,

    /// <summary>In automations.yaml: the bot does it of its own accord.</summary>
    Outreach,
}

internal static partial class ActionReader
{
    private const int HighestPercent = 100;

    private static string? Sequence(YamlNode node, FileReader file)
    {
        if (file.Id(node, "the name of a sequence") is not { } id)
        {
            return null;
        }

        if (file.Around.Sequences is { } sequences && !sequences.Contains(id))
        {
            var suggestion = Suggestion.For(id, sequences);
            file.Faults.Add(node, $"There is no sequence `{id}` in automations.yaml.{(suggestion.Length > 0 ? suggestion : " Add it there under `sequences:`.")}");
            return null;
        }

        return id;
    }

    private static DialogAction.Code? Code(YamlNode node, Vocabulary vocabulary, FileReader file, ActionPlace place)
    {
        if (file.Map(node, Keys.Code, "A code") is not { } map)
        {
            return null;
        }

        if (map["percent"] is null == map["amount"] is null)
        {
            file.Faults.Add(map, "A code is worth one thing: `percent: 15` or `amount: 500`.");
        }

        var percent = map["percent"] is { } percentNode ? file.Number(percentNode) : null;
        if (percent is < 1 or > HighestPercent)
        {
            file.Faults.Add(map["percent"]!, $"`percent:` is a number from 1 to {HighestPercent}.");
        }

        var amount = map["amount"] is { } amountNode ? file.Number(amountNode) : null;
        if (amount <= 0)
        {
            file.Faults.Add(map["amount"]!, "`amount:` is more than 0, in the currency of settings.yaml.");
        }

        if (map["valid"] is not { } validNode)
        {
            file.Faults.Add(map, "It is not said how long the code can be used. Add `valid:`, for example `valid: 14d`.");
            return null;
        }

        var valid = file.Duration(validNode, "`valid:`", TimeSpan.FromMinutes(1));
        var into = Into(map, vocabulary, file, place);
        return valid is { } length && into is not null ? new(percent, amount, length, into) : null;
    }

    /// <summary>The name that texts show the code by: remembered by a dialog, and introduced here where there is no conversation.</summary>
    private static string? Into(YamlNode.Map map, Vocabulary vocabulary, FileReader file, ActionPlace place)
    {
        if (map["into"] is not { } node)
        {
            file.Faults.Add(map, "The code has no name, so no text can show it. Add `into: code`, and write {{ code }} in the text.");
            return null;
        }

        if (file.Scalar(node, "the name of a value") is not { } name)
        {
            return null;
        }

        if (place == ActionPlace.Outreach)
        {
            return file.ValueName(name, "value");
        }

        if (!vocabulary.Remembered.TryGetValue(name.Value, out var holds))
        {
            file.Faults.Add(name, $"There is no `{FileReader.Short(name.Value)}` to keep the code in.{Suggestion.For(name.Value, vocabulary.Remembered.Keys)} Add it under `remember:` as a text.");
            return null;
        }

        if (holds != ValueKind.Text)
        {
            file.Faults.Add(name, $"`{name.Value}` holds {Kinds.Name(holds)}, and a code is a text.");
        }

        return name.Value;
    }
}
