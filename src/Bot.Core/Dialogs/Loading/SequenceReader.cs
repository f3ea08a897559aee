using System.Collections.Immutable;
using Bot.Core.Sequences;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Reads a sequence of automations.yaml.</summary>
internal static class SequenceReader
{
    private const int MostSteps = 100;

    public static Sequence? Read(YamlNode.Scalar name, YamlNode node, FileReader file)
    {
        if (file.Id(name, "the name of a sequence") is not { } id || file.Map(node, Keys.Sequence, "A sequence") is not { } map)
        {
            return null;
        }

        var isHeard = map["steps"] is YamlNode.Map all && all.Pairs.Any(p => p.Value is YamlNode.Map step && OutreachReader.IsHeard(step));
        var (kind, topic) = OutreachReader.Manner(map, isHeard, name, file);
        return new(
            id,
            kind,
            topic,
            AutomationReader.Condition(map["for"], file),
            AutomationReader.Condition(map["ends-when"], file),
            AutomationReader.AgainAfter(map["again-after"], file),
            map["enabled"] is not { } enabled || (file.Flag(enabled, "`enabled:`") ?? true),
            Steps(map["steps"], name, file));
    }

    private static ImmutableArray<SequenceStep> Steps(YamlNode? node, YamlNode.Scalar sequence, FileReader file)
    {
        if (node is null)
        {
            file.Faults.Add(sequence, "The sequence has no steps. Add `steps:` with at least one.");
            return [];
        }

        if (file.Map(node, "`steps:`") is not { } map)
        {
            return [];
        }

        if (map.Pairs.Length is 0 or > MostSteps)
        {
            file.Faults.Add(node, map.Pairs.IsEmpty ? "The sequence has no steps. Add at least one." : $"A sequence has at most {MostSteps} steps.");
        }

        var steps = ImmutableArray.CreateBuilder<SequenceStep>();
        TimeSpan? latest = null;
        foreach (var (key, value) in map.Pairs)
        {
            if (file.Id(key, "the name of a step") is not { } id || file.Map(value, Keys.Step, "A step") is not { } step)
            {
                continue;
            }

            var after = After(step, key, file);
            if (after <= latest)
            {
                file.Faults.Add(step["after"]!, "This step comes no later than one above it. Delays are counted from the beginning of the sequence: give each step a longer one than those before it.");
            }

            latest = after > latest || latest is null ? after : latest;
            var condition = AutomationReader.Condition(step["if"], file);
            steps.Add(new(id, after ?? default, condition, OutreachReader.Read(step, condition, key, file)));
        }

        return steps.ToImmutable();
    }

    private static TimeSpan? After(YamlNode.Map step, YamlNode.Scalar name, FileReader file)
    {
        if (step["after"] is { } node)
        {
            return file.Duration(node, "`after:`");
        }

        file.Faults.Add(name, "The step does not say when it comes. Add `after:`, for example `after: 3d`, counted from the beginning of the sequence.");
        return null;
    }
}
