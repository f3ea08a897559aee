using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads where a dialog goes on.</summary>
internal static class TargetReader
{
    /// <summary>A state, <c>end</c> or <c>leave</c>.</summary>
    public static Target? Read(YamlNode node, ImmutableArray<string> states, FileReader file)
    {
        if (file.Scalar(node, "the name of a state, `end` or `leave`") is not { } scalar)
        {
            return null;
        }

        switch (scalar.Value)
        {
            case "end":
                return Target.End;
            case "leave":
                return Target.Leave;
            case var name when states.Contains(name):
                return Target.To(name);
            default:
                file.Faults.Add(scalar, $"There is no state `{FileReader.Short(scalar.Value)}` in this dialog.{Suggestion.For(scalar.Value, states.Add("end").Add("leave"))}");
                return null;
        }
    }

    /// <summary>What stands after <c>goto:</c>.</summary>
    public static ImmutableArray<Branch> Branches(YamlNode? node, ImmutableArray<string> states, Vocabulary vocabulary, FileReader file)
    {
        if (node is null)
        {
            return [];
        }

        if (node is not YamlNode.List list)
        {
            return node is YamlNode.Map
                ? Wrong(node, "After `goto:` comes the name of a state, or a list with a hyphen before each `if:` and `to:`.", file)
                : Read(node, states, file) is { } only ? [new Branch(null, only)] : [];
        }

        var branches = ImmutableArray.CreateBuilder<Branch>();
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (Branch(list.Items[i], i == list.Items.Length - 1, states, vocabulary, file) is { } branch)
            {
                branches.Add(branch);
            }
        }

        return list.Items.IsEmpty ? Wrong(node, "This list is empty. Name a state.", file) : branches.ToImmutable();
    }

    private static Branch? Branch(YamlNode node, bool isLast, ImmutableArray<string> states, Vocabulary vocabulary, FileReader file)
    {
        if (file.Map(node, Keys.Branch, "A branch of `goto:`") is not { } map)
        {
            return null;
        }

        if (map["to"] is not { } to)
        {
            file.Faults.Add(node, "This branch does not say where to go. Add `to:`.");
            return null;
        }

        if (map["if"] is null && !isLast)
        {
            file.Faults.Add(node, "This branch has no `if:`, so those below it are never reached. Put it last.");
        }
        else if (map["if"] is not null && isLast)
        {
            file.Faults.Add(node, "The last branch has an `if:`. Add one below it with `to:` alone, for when no condition holds.");
        }

        var condition = map["if"] is { } conditionNode ? file.Condition(conditionNode, vocabulary) : null;
        return Read(to, states, file) is { } target ? new(condition, target) : null;
    }

    private static ImmutableArray<Branch> Wrong(YamlNode node, string message, FileReader file)
    {
        file.Faults.Add(node, message);
        return [];
    }
}
