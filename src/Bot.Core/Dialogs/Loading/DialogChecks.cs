using System.Collections.Immutable;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Finds faults in how the dialogs hang together.</summary>
internal static class DialogChecks
{
    /// <param name="opened">The dialogs that automations open.</param>
    public static void Run(ImmutableSortedDictionary<string, DialogDraft> drafts, ImmutableHashSet<string> opened)
    {
        OpeningChecks.Run(drafts.Values);
        var order = CallChecks.CalleesFirst(drafts);
        var summaries = new Dictionary<string, Summary>();
        foreach (var draft in order)
        {
            summaries[draft.Dialog.Id] = draft.IsWhole ? new Flow(draft, summaries, null).Summarise() : Summary.Unknown;
        }

        // Callers first now: a dialog that is only ever called may rely on what all its callers made sure of.
        var handed = new Dictionary<string, Facts>();
        var calledByUnread = drafts.Values.Where(d => !d.IsWhole).SelectMany(d => d.Dialog.States).Select(s => s.Call).ToHashSet();
        foreach (var draft in order.Reverse().Where(d => d.IsWhole))
        {
            var id = draft.Dialog.Id;
            PathChecks.Run(draft, summaries);
            var isOpened = !draft.Dialog.Opens.IsEmpty || opened.Contains(id) || drafts.Values.Any(d => Opens(d.Dialog, id));
            if (draft.Silence is { } silence && !isOpened)
            {
                draft.File.Faults.Add(silence, "Other dialogs call this one, and the bot reminds of the dialog that the customer opened. Put `silence:` into those.");
            }

            // What a caller hands on that could not be read is not known, and nothing is said about it.
            if (isOpened || !calledByUnread.Contains(id))
            {
                var entry = isOpened ? Facts.None : handed.GetValueOrDefault(id, Facts.None);
                new Flow(draft, summaries, handed).Check(entry);
            }
        }
    }

    private static bool Opens(Dialog dialog, string id) =>
        dialog.States.Any(s => s.Buttons.Any(b => b.Leads is ButtonLeads.Open open && open.Dialog == id));
}
