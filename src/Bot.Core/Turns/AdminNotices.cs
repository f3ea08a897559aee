using System.Collections.Immutable;
using Bot.Core.Consents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Privacy;
using Bot.Core.Profiles;
using Bot.Core.Staff;
using Bot.Core.Time;

namespace Bot.Core.Turns;

/// <summary>What the admin chat hears of by itself.</summary>
internal static class AdminNotices
{
    /// <summary>A contact that was not there before is a lead; who leaves is worth a line too.</summary>
    public static void Add(Draft draft)
    {
        // Staff know whom they bring in; who comes by a form of the site has a source.
        if (draft.Input is Input.Imported { Source: null })
        {
            return;
        }

        if (ContactOf(draft.Profile) is { } contact && ContactOf(draft.Before.Profile) is null)
        {
            Tell(draft, null, Card(draft), Phrase.AdminLead, ("name", TextOf(draft, ProfileFields.Name)), ("contact", contact),
                ("source", draft.Profile.FirstSource is { } source ? new Value.Text(source) : null));
        }

        // Who had nothing to leave can say /stop as often as they like; of who wants to be forgotten staff hear that.
        if (draft.Before is { Profile: { } before, Chat: { } chat } && before.Consents.Contains(new ConsentInForce(Purpose.Marketing, chat.Id))
            && !draft.HasConsent(Purpose.Marketing) && ErasureTurn.AskedAt(draft.Profile) is null)
        {
            Tell(draft, null, Card(draft), Phrase.AdminUnsubscribed, ("name", TextOf(draft, ProfileFields.Name)));
        }
    }

    /// <summary>Marketing came too late to be sent; told once a day.</summary>
    public static void TooLate(Draft draft, string template) => Tell(
        draft, $"too-late:{LocalTime.DayOf(draft.Now, draft.Content.Settings.Zone):yyyy-MM-dd}", null, Phrase.AdminTooLate, ("template", new Value.Text(template)));

    /// <summary>What came of an act of staff on this customer.</summary>
    public static void AboutCustomer(Draft draft, Phrase phrase, params ReadOnlySpan<(string Name, Value? Value)> values) =>
        Tell(draft, null, Card(draft), phrase, values);

    /// <summary>The same without the way to the customer.</summary>
    public static void Say(Draft draft, Phrase phrase) => Tell(draft, null, null, phrase);

    /// <summary>A customer stood in a state that the content no longer has; told once for each state and revision.</summary>
    public static void Lost(Draft draft, string dialog, string state) => Tell(
        draft, $"lost:{draft.Content.Revision}:{dialog}/{state}", null, Phrase.AdminLost, ("dialog", new Value.Text(dialog)), ("step", new Value.Text(state)));

    /// <summary>Somebody who unsubscribed said why.</summary>
    public static void Explained(Draft draft, Text reason) => Tell(draft, null, Card(draft), Phrase.AdminReason, ("name", TextOf(draft, ProfileFields.Name)),
        ("reason", new Value.Text(reason.In(draft.Content.Settings.Languages[0]).Plain(draft.Scope()))));

    /// <summary>The button that shows the customer.</summary>
    public static Keyboard.Inline Card(Draft draft) => new([[new InlineButton(Label(draft, Phrase.AdminCardButton), StaffPress.Card(draft.Profile.Id))]]);

    /// <summary>A phrase of the admin chat as the label of a button.</summary>
    public static string Label(Draft draft, Phrase phrase) => draft.Content.Phrases[phrase].In(draft.Content.Settings.Languages[0]).Plain(draft.Scope());

    /// <summary>Name and contact of the customer, as far as they are known.</summary>
    public static ImmutableArray<(string Name, Value? Value)> Who(Draft draft) =>
        [("name", TextOf(draft, ProfileFields.Name)), ("contact", ContactOf(draft.Profile))];

    /// <summary>A button in the business's own language.</summary>
    public static InlineButton Button(Draft draft, Phrase label, string data) => new(Label(draft, label), data);

    /// <summary>A line in the business's own language, whatever the customer speaks.</summary>
    /// <param name="key">The same key is told once; <see langword="null"/> for always.</param>
    public static void Tell(Draft draft, string? key, Keyboard? keyboard, Phrase phrase, params ReadOnlySpan<(string Name, Value? Value)> values) =>
        draft.Add(new Effect.Notify(key, new Body(Html(draft, phrase, values), null, keyboard)));

    /// <summary>A phrase in the business's own language, whatever the customer speaks.</summary>
    public static string Html(Draft draft, Phrase phrase, params ReadOnlySpan<(string Name, Value? Value)> values)
    {
        var known = ImmutableDictionary<string, Value>.Empty;
        foreach (var (name, value) in values)
        {
            known = value is null ? known : known.Add(name, value);
        }

        return draft.Content.Phrases[phrase].In(draft.Content.Settings.Languages[0]).Html(draft.Scope(known));
    }

    public static Value? ContactOf(Profile? profile) =>
        profile?.Fields.GetValueOrDefault(ProfileFields.Phone) ?? profile?.Fields.GetValueOrDefault(ProfileFields.Email);

    public static Value? TextOf(Draft draft, string field) => draft.Profile.Fields.GetValueOrDefault(field);
}
