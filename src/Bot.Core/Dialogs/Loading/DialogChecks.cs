using System.Collections.Immutable;

namespace Bot.Core.Dialogs.Loading;

/// <summary>Finds faults in how the dialogs hang together.</summary>
internal static class DialogChecks
{
    public static void Run(ImmutableSortedDictionary<string, DialogDraft> drafts)
    {
        _ = drafts;
    }
}
