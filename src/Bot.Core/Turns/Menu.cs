using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Messages;

namespace Bot.Core.Turns;

/// <summary>The menu that the engine makes of the dialogs' openings.</summary>
internal static class Menu
{
    /// <summary>Says a phrase over the menu.</summary>
    public static void Show(Draft draft, Phrase phrase)
    {
        var rows = draft.Content.Menu
            .Where(entry => Openings.IsOpen(draft, entry.Line))
            .Select(entry => Row(entry.Line.Label.In(draft.Chat.Language).Plain(draft.Scope(entry.Line.With)),
                new PressData.Open(entry.Dialog.Id, entry.Opening)))
            .ToImmutableArray();
        if (draft.Conversation is not null)
        {
            rows = rows.Insert(0, Row(draft.Label(Phrase.Continue), new PressData.Continue()));
        }

        var talks = draft.Chat.Talk is not null;
        rows = rows.Add(Row(draft.Label(talks ? Phrase.TalkEnd : Phrase.Talk), new PressData.Talk(talks)));
        draft.Say(phrase, new Keyboard.Inline(rows));
    }

    /// <summary>Asks for the language, each in its own name.</summary>
    public static void ShowLanguages(Draft draft) => draft.Say(Phrase.Language, new Keyboard.Inline(
        [.. draft.Content.Settings.Languages.Select(code =>
            Row(draft.NameOfLanguage(code), new PressData.Language(code)))]));

    private static ImmutableArray<InlineButton> Row(string label, PressData data) => [new InlineButton(label, data.ToString())];
}
