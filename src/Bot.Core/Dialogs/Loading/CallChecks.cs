using System.Collections.Immutable;
using Bot.Core.Conversations;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Dialogs that call dialogs: not themselves, and not too deep.</summary>
internal static class CallChecks
{
    /// <summary>The dialogs that call nobody that calls them, each after those that it calls.</summary>
    public static ImmutableArray<DialogDraft> CalleesFirst(ImmutableSortedDictionary<string, DialogDraft> drafts)
    {
        var depths = new Dictionary<string, int?>();
        var order = ImmutableArray.CreateBuilder<DialogDraft>();
        foreach (var id in drafts.Keys)
        {
            Depth(id, drafts, depths, order, []);
        }

        foreach (var draft in drafts.Values.Where(d => depths[d.Dialog.Id] == Conversation.MaxCalls + 1))
        {
            var deepest = draft.Dialog.States.First(s => s.Call is { } call && depths.GetValueOrDefault(call) == Conversation.MaxCalls);
            draft.File.Faults.Add(draft.Place(deepest),
                $"Calls go more than {Conversation.MaxCalls} deep from here: {string.Join(", ", Chain(draft.Dialog.Id, drafts, depths))}. Let one of these dialogs do the work of the next.");
        }

        return order.ToImmutable();
    }

    /// <summary>How many calls deep the dialog goes; <see langword="null"/> if it comes back to itself.</summary>
    private static int? Depth(string id, ImmutableSortedDictionary<string, DialogDraft> drafts, Dictionary<string, int?> depths,
        ImmutableArray<DialogDraft>.Builder order, ImmutableArray<string> callers)
    {
        if (depths.TryGetValue(id, out var known))
        {
            return known;
        }

        if (!drafts.TryGetValue(id, out var draft))
        {
            return 0;
        }

        int? depth = 0;
        foreach (var state in draft.Dialog.States.Where(s => s.Call is not null))
        {
            if (state.Call == id || callers.Contains(state.Call!))
            {
                var round = callers.Add(id).SkipWhile(c => c != state.Call).Append(state.Call!);
                draft.File.Faults.Add(draft.Place(state), $"Here the dialogs call each other in a circle: {string.Join(", ", round)}. Break it up.");
                depth = null;
                continue;
            }

            var deeper = Depth(state.Call!, drafts, depths, order, callers.Add(id));
            depth = deeper is null || depth is null ? null : Math.Max(depth.Value, deeper.Value + 1);
        }

        depths[id] = depth;
        if (depth is not null)
        {
            order.Add(draft);
        }

        return depth;
    }

    private static IEnumerable<string> Chain(string id, ImmutableSortedDictionary<string, DialogDraft> drafts, Dictionary<string, int?> depths)
    {
        for (var at = id; at is not null;)
        {
            yield return at;
            at = drafts.TryGetValue(at, out var draft)
                ? draft.Dialog.States.Select(s => s.Call).FirstOrDefault(c => c is not null && depths.GetValueOrDefault(c) == depths[draft.Dialog.Id] - 1)
                : null;
        }
    }
}
