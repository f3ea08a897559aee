namespace Bot.Core.Dialogs.Loading;

/// <summary>The ways through a dialog: states that no path reaches, ends that are none, rounds without a rest.</summary>
internal static class PathChecks
{
    public static void Run(DialogDraft draft, IReadOnlyDictionary<string, Summary> summaries)
    {
        Unreached(draft);
        DeadEnds(draft);
        Rounds(draft, summaries);
    }

    /// <summary>Whether a conversation may run from the start to the end, or to leaving, without waiting anywhere.</summary>
    public static (bool Ends, bool Leaves) AtOnce(Dialog dialog, IReadOnlyDictionary<string, Summary> summaries)
    {
        var seen = new HashSet<string> { dialog.States[0].Id };
        var next = new Stack<string>(seen);
        var (ends, leaves) = (false, false);
        while (next.TryPop(out var id))
        {
            foreach (var target in WithoutWaiting(dialog.Find(id)!, summaries))
            {
                ends |= target.Kind == TargetKind.End;
                leaves |= target.Kind == TargetKind.Leave;
                if (target.State is { } state && seen.Add(state))
                {
                    next.Push(state);
                }
            }
        }

        return (ends, leaves);
    }

    private static void Unreached(DialogDraft draft)
    {
        var dialog = draft.Dialog;
        var starts = dialog.Opens.Select(o => o.At).Concat(dialog.Moved.Values.Select(t => t.State)).Append(dialog.States[0].Id).OfType<string>();
        var reached = new HashSet<string>(starts);
        var next = new Stack<string>(reached);
        while (next.TryPop(out var id))
        {
            foreach (var state in Ways(dialog.Find(id)!).Select(t => t.State).OfType<string>().Where(reached.Add))
            {
                next.Push(state);
            }
        }

        foreach (var state in dialog.States.Where(s => !reached.Contains(s.Id)))
        {
            draft.File.Faults.Add(draft.Place(state), $"No path leads to the state `{state.Id}`. Let a `goto:` lead there, or take it away.");
        }
    }

    private static void DeadEnds(DialogDraft draft)
    {
        foreach (var state in draft.Dialog.States.Where(s => s.Goto.IsEmpty))
        {
            var place = draft.Place(state);
            if (state.SkipIf is not null)
            {
                draft.File.Faults.Add(place, "The state can be skipped, and then nothing says where to. Add `goto:`.");
            }
            else if (state.Call is not null)
            {
                draft.File.Faults.Add(place, "After the called dialog nothing says where to go on. Add `goto:`.");
            }
            else if (state.Ask is not null)
            {
                draft.File.Faults.Add(place, "After the answer nothing says where to go on. Add `goto:`.");
            }
            else if (!state.Waits)
            {
                draft.File.Faults.Add(place, "Here the dialog stops without an end. Add `goto:` with a state, or `goto: end`.");
            }
        }

        foreach (var state in draft.Dialog.States.Where(s => s.Waits && s.Ask is null
            && s.Buttons.Where(b => b.Leads is ButtonLeads.GoTo).All(b => b.If is not null)))
        {
            draft.File.Faults.Add(draft.Place(state), "Every button that leads on has an `if:`, so a customer may see none of them. Leave one without.");
        }
    }

    private static void Rounds(DialogDraft draft, IReadOnlyDictionary<string, Summary> summaries)
    {
        var done = new HashSet<string>();
        foreach (var state in draft.Dialog.States)
        {
            Follow(state, []);
        }

        void Follow(State state, List<string> path)
        {
            var start = path.IndexOf(state.Id);
            if (start >= 0)
            {
                draft.File.Faults.Add(draft.Place(draft.Dialog.Find(path[start])!),
                    $"From here the dialog can run in a circle without ever waiting for the customer: {string.Join(", ", path.Skip(start).Append(state.Id))}. Let one of these states ask or offer a button.");
                return;
            }

            if (!done.Add(state.Id))
            {
                return;
            }

            path.Add(state.Id);
            foreach (var target in WithoutWaiting(state, summaries).Where(t => t.Kind == TargetKind.State))
            {
                Follow(draft.Dialog.Find(target.State!)!, path);
            }

            path.RemoveAt(path.Count - 1);
        }
    }

    private static IEnumerable<Target> Ways(State state)
    {
        // A state with buttons alone goes on by them; its own `goto:` is taken when it is skipped.
        var own = state.SkipIf is not null || state.Ask is not null || !state.Waits ? state.Goto.Select(b => b.To) : [];
        var buttons = state.Buttons.Select(b => b.Leads).OfType<ButtonLeads.GoTo>().Select(g => g.To);
        return own.Concat(buttons).Concat(Otherwise(state)).Concat(state.IfLeft is { } left ? [left] : []).Concat(state.Timeout is { } timeout ? [timeout.To] : []);
    }

    /// <summary>Where a state goes on when a time is taken or there is nothing to choose from.</summary>
    private static IEnumerable<Target> Otherwise(State state) =>
        state.Do.Select(DialogAction.WayOut).OfType<Target>().Concat(state.IfNone is { } none ? [none] : []);

    private static IEnumerable<Target> WithoutWaiting(State state, IReadOnlyDictionary<string, Summary> summaries)
    {
        var goesOn = state.SkipIf is not null || (state.Call is null && !state.Waits)
            || state.Ask?.Kinds.Any(AskReader.MayAnswerItself) == true;
        var leaves = false;
        if (state.Call is { } call && summaries.TryGetValue(call, out var summary))
        {
            goesOn |= summary.EndsAtOnce;
            leaves = summary.LeavesAtOnce;
        }

        return (goesOn ? state.Goto.Select(b => b.To) : []).Concat(Otherwise(state)).Concat(leaves && state.IfLeft is { } left ? [left] : []);
    }
}
