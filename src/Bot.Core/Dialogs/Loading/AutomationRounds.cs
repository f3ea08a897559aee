using System.Collections.Immutable;
using Bot.Core.Automations;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Automations that set each other off and would never stop: each records the event of the next, for everybody and at once again.</summary>
internal static class AutomationRounds
{
    public static void Run(OwnAccord own, YamlNode.Map? node, FileReader file)
    {
        var endless = own.Automations.Values.Where(a => a.Trigger is AutomationTrigger.OnEvent && a is { For: null, AgainAfter: null }).ToImmutableArray();
        foreach (var start in endless)
        {
            if (Round(start, endless) is { } round && node?.Pairs.First(p => p.Key.Value == start.Id).Key is { } place)
            {
                file.Faults.Add(place, round.Length == 1
                    ? "This records the event that sets it off, so it would never stop. Add `for:` or `again-after:`, or record another event."
                    : $"These automations set each other off and would never stop: {string.Join(", ", round.Append(start.Id))}. Give one of them `for:` or `again-after:`.");
            }
        }
    }

    /// <summary>The shortest way from an automation back to itself.</summary>
    private static ImmutableArray<string>? Round(Automation start, ImmutableArray<Automation> all)
    {
        var next = new Queue<(Automation At, ImmutableArray<string> Way)>([(start, [start.Id])]);
        var seen = new HashSet<string>();
        while (next.TryDequeue(out var step))
        {
            var recorded = step.At.Outreach.Do.OfType<DialogAction.Record>().Select(r => r.Event).ToHashSet();
            foreach (var other in all.Where(a => recorded.Contains(((AutomationTrigger.OnEvent)a.Trigger).Event)))
            {
                if (other == start)
                {
                    return step.Way;
                }

                if (seen.Add(other.Id))
                {
                    next.Enqueue((other, step.Way.Add(other.Id)));
                }
            }
        }

        return null;
    }
}
