using System.Collections.Immutable;
using Bot.Core.Conversations;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Turns;

namespace Bot.Core.Bookings;

/// <summary>A button that stands under what was said about a visit: good as long as that visit is to come, and for its own customer alone.</summary>
internal static class BookingPress
{
    public static void Open(Draft draft, Walk walk, PressData.OpenFor press)
    {
        if (draft.Profile.Bookings.GetValueOrDefault(press.Booking) is not { } booking
            || Openings.ByBookingButton(draft, press.Button) is not { Opening: { } opening, Dialog: var dialog })
        {
            draft.Acknowledge(draft.Label(Phrase.Stale));
            return;
        }

        if (!booking.IsOpen || booking.Start <= draft.Now)
        {
            draft.Acknowledge(draft.Label(Phrase.VisitOver));
            return;
        }

        var catalog = draft.Content.Catalog;
        var values = ImmutableDictionary<string, Value>.Empty.Add(GivenValues.Booking, new Value.Booking(booking.Id));
        if (dialog.Remember.ContainsKey(GivenValues.Service))
        {
            if (catalog?.Service(booking.Service) is null)
            {
                // What was booked is not done any more: no time can be offered for it, and a person finds a way.
                draft.Acknowledge();
                draft.Say(Phrase.VisitByPhone);
                return;
            }

            values = values.Add(GivenValues.Service, new Value.Service(booking.Service));
        }

        var doesIt = catalog?.Service(booking.Service) is { } service && catalog.WhoDoes(service).Any(one => one.Id == booking.Specialist);
        if (dialog.Remember.ContainsKey(GivenValues.Specialist) && doesIt)
        {
            values = values.Add(GivenValues.Specialist, new Value.Specialist(booking.Specialist));
        }

        walk.Open(dialog, opening, values);
    }
}
