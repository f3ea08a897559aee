using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;

namespace Bot.Admin;

/// <summary>The phrases of the admin chat, in the business's own language.</summary>
internal sealed class AdminTexts(Content content, DateTimeOffset now)
{
    /// <summary>The business's moment.</summary>
    public DateTimeOffset Now => now;

    /// <summary>A phrase in Telegram's HTML.</summary>
    public string Html(Phrase phrase, params ReadOnlySpan<(string Name, Value? Value)> values) => In(phrase).Html(ScopeOf(values));

    /// <summary>A phrase as a label, a notice or a word.</summary>
    public string Plain(Phrase phrase, params ReadOnlySpan<(string Name, Value? Value)> values) => In(phrase).Plain(ScopeOf(values));

    /// <summary>A text of the business's own, without its markup.</summary>
    public string Plain(Text text) => text.In(content.Settings.Languages[0]).Plain(ScopeOf([]));

    public static Value? Text(string? text) => string.IsNullOrEmpty(text) ? null : new Value.Text(text);

    public static Value Number(long number) => new Value.Number(number);

    /// <summary>What a personal code takes off.</summary>
    public string Discount(PersonalCode code) => code.Discount(content.Settings);

    /// <summary>The button that shows a customer.</summary>
    public Keyboard.Inline CardButton(ProfileId profile) => Row(new InlineButton(Plain(Phrase.AdminCardButton), StaffPress.Card(profile)));

    public static Keyboard.Inline Row(params ImmutableArray<InlineButton> buttons) => new([buttons]);

    private Template In(Phrase phrase) => content.Phrases[phrase].In(content.Settings.Languages[0]);

    private Scope ScopeOf(ReadOnlySpan<(string Name, Value? Value)> values)
    {
        var known = ImmutableDictionary<string, Value>.Empty;
        foreach (var (name, value) in values)
        {
            known = value is null ? known : known.Add(name, value);
        }

        return new Scope(content, Snapshot.None, known, Facts.None, content.Settings.Languages[0], now);
    }
}
