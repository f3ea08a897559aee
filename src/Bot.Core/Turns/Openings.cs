using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;

namespace Bot.Core.Turns;

/// <summary>Which opening of which dialog an act of the customer means. A guarded opening that does not hold is as if it were not there.</summary>
internal static class Openings
{
    /// <summary>The longest source that is kept, in characters.</summary>
    public const int MaxSource = 32;

    /// <summary>The longest text that can be a keyword.</summary>
    private const int MaxKeyword = 64;

    public readonly record struct Found(Dialog Dialog, Opening? Opening);

    /// <summary>What a deep link means.</summary>
    /// <param name="Id">The link's id, if any dialog knows it.</param>
    /// <param name="Source">What follows the id, or the whole of an unknown payload.</param>
    public readonly record struct Link(Found? Found, string? Id, string? Source);

    public static Found? ByKeyword(Draft draft, string text)
    {
        if (text.Length > MaxKeyword)
        {
            return null;
        }

        var word = Folding.Fold(text);
        return First<Opening.Keyword>(draft, opening => opening.Words.Contains(word));
    }

    public static Found? ByCommand(Draft draft, string name) => First<Opening.Command>(draft, opening => opening.Name == name);

    /// <summary>The link whose id is the whole payload, or the longest id before a hyphen. Payloads are typed by anybody: junk is no source.</summary>
    public static Link ByLink(Draft draft, string payload)
    {
        if (payload.Length > 64 || !payload.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return new(null, null, null);
        }

        var best = All<Opening.Link>(draft)
            .Where(found => payload == Id(found) || payload.StartsWith(Id(found) + "-", StringComparison.Ordinal))
            .OrderByDescending(found => Id(found).Length)
            .Cast<Found?>()
            .FirstOrDefault();
        return best is { } link
            ? new(link, Id(link), Source(payload[Id(link).Length..].TrimStart('-')))
            : new(null, null, Source(payload));

        static string Id(Found found) => ((Opening.Link)found.Opening!).Id;
        static string? Source(string text) => text.Length == 0 ? null : text.Length > MaxSource ? text[..MaxSource] : text;
    }

    public static Found? ByButton(Draft draft, PressData.Open open)
    {
        if (draft.Content.Dialogs.GetValueOrDefault(open.Dialog) is not { } dialog)
        {
            return null;
        }

        if (open.Opening is not { } number)
        {
            // Data can be forged, so only what some button opens is open.
            return IsOpenedByButton(draft.Content, dialog) ? new Found(dialog, null) : null;
        }

        return number < dialog.Opens.Length && dialog.Opens[number] is Opening.Menu menu && IsOpen(draft, menu) ? new Found(dialog, menu) : null;
    }

    /// <summary>The dialog that a button with a booking opens.</summary>
    public static Found? ByBookingButton(Draft draft, string name) => First<Opening.Button>(draft, opening => opening.Name == name);

    /// <summary>Whether an opening's guard holds.</summary>
    public static bool IsOpen(Draft draft, Opening opening) => opening.If is null || opening.If.Holds(draft.Scope(opening.With));

    private static bool IsOpenedByButton(Content content, Dialog dialog)
    {
        var inDialogs = content.Dialogs.Values.SelectMany(other => other.States).SelectMany(state => state.Buttons);
        var inSequences = content.Sequences.Values.SelectMany(sequence => sequence.Steps).SelectMany(step => step.Outreach.Buttons);
        var inAutomations = content.Automations.Values.SelectMany(automation => automation.Outreach.Buttons);
        return inDialogs.Concat(inSequences).Concat(inAutomations)
            .Any(button => button.Leads is ButtonLeads.Open leads && leads.Dialog == dialog.Id);
    }

    private static Found? First<T>(Draft draft, Func<T, bool> fits)
        where T : Opening =>
        All<T>(draft).Where(found => fits((T)found.Opening!)).Cast<Found?>().FirstOrDefault();

    private static IEnumerable<Found> All<T>(Draft draft)
        where T : Opening =>
        from dialog in draft.Content.Dialogs.Values
        from opening in dialog.Opens
        where opening is T && IsOpen(draft, opening)
        select new Found(dialog, opening);
}
