using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Turns;

namespace Bot.Core.Bookings;

/// <summary>Visits take place by the business's clock; who lives by another one is told so.</summary>
internal static class BusinessTime
{
    /// <summary>The note for a text that tells a time of day, or nothing where the clocks show the same.</summary>
    public static string Note(Draft draft, Template template) => Note(draft, template.Parts.OfType<TemplatePart.Slot>().Any(slot => TellsTime(slot.Node)));

    public static string Note(Draft draft, bool isNeeded)
    {
        var business = draft.Content.Settings.Zone;
        return isNeeded && draft.Zone.GetUtcOffset(draft.Now) != business.GetUtcOffset(draft.Now)
            ? $"\n\n{draft.Content.Phrases[Phrase.BusinessTime].In(draft.Chat.Language).Html(draft.Scope())}"
            : "";
    }

    private static bool TellsTime(Node node) => node is Node.Spoken { Form: SpokenForm.Clock } || node.Parts.Any(TellsTime);
}
