namespace Bot.Core.Dialogs.Loading;

/// <summary>What starts dialogs must tell them apart.</summary>
internal static class OpeningChecks
{
    public static void Run(IEnumerable<DialogDraft> drafts)
    {
        var taken = new Dictionary<string, (DialogDraft By, bool IsGuarded)>();
        foreach (var draft in drafts)
        {
            for (var i = 0; i < draft.Dialog.Opens.Length; i++)
            {
                var opening = draft.Dialog.Opens[i];
                foreach (var name in Names(opening))
                {
                    if (taken.TryGetValue(name, out var other) && !(other.IsGuarded && other.By == draft))
                    {
                        draft.File.Faults.Add(draft.Openings[i], other.By == draft
                            ? $"The {name} stands here twice. Give the first an `if:`, or take one away."
                            : $"The {name} already opens the dialog `{other.By.Dialog.Id}`. Take another.");
                    }

                    taken[name] = (draft, opening.If is not null);
                }
            }
        }
    }

    private static IEnumerable<string> Names(Opening opening) => opening switch
    {
        Opening.Link link => [$"link `{link.Id}`"],
        Opening.Button button => [$"button `{button.Name}`"],
        Opening.Command command => [$"command /{command.Name}"],
        Opening.Keyword keyword => keyword.Words.Order(StringComparer.Ordinal).Select(w => $"keyword `{w}`"),
        _ => [],
    };
}
