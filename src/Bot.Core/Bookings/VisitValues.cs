using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;

namespace Bot.Core.Bookings;

/// <summary>What the phrases of the admin chat about one visit can name.</summary>
public static class VisitValues
{
    public static ImmutableDictionary<string, Value> Of(Booking booking, string title, string specialist, string? name, string? contact, string state)
    {
        ArgumentNullException.ThrowIfNull(booking);
        var values = ImmutableDictionary.CreateBuilder<string, Value>();
        values["title"] = new Value.Text(title);
        values["who"] = new Value.Text(specialist);
        values["at"] = new Value.Moment(booking.Start);
        values["state"] = new Value.Text(state);
        Add("name", name);
        Add("contact", contact);
        if (booking.Price is { } price)
        {
            values["price"] = new Value.Number(price);
        }

        return values.ToImmutable();

        void Add(string key, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                values[key] = new Value.Text(text);
            }
        }
    }

    /// <summary>The word for a state.</summary>
    public static Phrase StateOf(BookingState state) => state switch
    {
        BookingState.Pending => Phrase.VisitPending,
        BookingState.Confirmed => Phrase.VisitConfirmed,
        BookingState.Arrived => Phrase.VisitArrived,
        BookingState.Done => Phrase.VisitDone,
        BookingState.NoShow => Phrase.VisitNoShow,
        BookingState.Cancelled => Phrase.VisitCancelled,
    };
}
