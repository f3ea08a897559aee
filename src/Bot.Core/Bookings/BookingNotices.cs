using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Staff;
using Bot.Core.Turns;

namespace Bot.Core.Bookings;

/// <summary>What the admin chat hears of visits, in the business's own language and by its clock.</summary>
internal static class BookingNotices
{
    /// <summary>The customer did something about a visit.</summary>
    public static void Add(Draft draft, Phrase phrase, Booking booking) => draft.Add(new Effect.Notify(null, About(draft, phrase, booking)));

    /// <summary>Staff did something, and this is what came of it.</summary>
    public static void Answer(Draft draft, Phrase phrase, Booking? booking) => draft.Add(new Effect.Notify(null, booking is { } known
        ? About(draft, phrase, known)
        : new Body(In(draft, phrase).Html(draft.Scope()))));

    private static Body About(Draft draft, Phrase phrase, Booking booking)
    {
        var html = In(draft, phrase).Html(ScopeOf(draft, Values(draft, booking)));
        return new Body(html, null, new Keyboard.Inline(
        [
            [
                new InlineButton(In(draft, Phrase.AdminVisitButton).Plain(ScopeOf(draft, null)), StaffPress.Visit(booking.Id)),
                new InlineButton(In(draft, Phrase.AdminCardButton).Plain(ScopeOf(draft, null)), StaffPress.Card(draft.Profile.Id)),
            ],
        ]));
    }

    private static ImmutableDictionary<string, Value> Values(Draft draft, Booking booking)
    {
        var scope = ScopeOf(draft, null);
        return VisitValues.Of(booking, BookingValues.Title(booking, scope), BookingValues.Name(booking, scope), TextOf(draft, ProfileFields.Name),
            TextOf(draft, ProfileFields.Phone) ?? TextOf(draft, ProfileFields.Email), In(draft, VisitValues.StateOf(booking.State)).Plain(scope));
    }

    private static string? TextOf(Draft draft, string field) => (draft.Profile.Fields.GetValueOrDefault(field) as Value.Text)?.Content;

    private static Template In(Draft draft, Phrase phrase) => draft.Content.Phrases[phrase].In(draft.Content.Settings.Languages[0]);

    // In the business's language, whatever the customer speaks.
    private static Scope ScopeOf(Draft draft, ImmutableDictionary<string, Value>? values) => new(draft.Content, new Snapshot(draft.Profile, draft.Chat, null),
        values ?? ImmutableDictionary<string, Value>.Empty, Facts.None, draft.Content.Settings.Languages[0], draft.Now);
}
