using System.Text.Json;
using Bot.Core.Bookings;
using Bot.Storage.Bookings;

namespace Bot.Api;

/// <summary>A visit as programs see it.</summary>
internal static class BookingJson
{
    public static void Write(Utf8JsonWriter json, VisitOfCustomer visit)
    {
        var booking = visit.Booking;
        json.WriteString("id", Customers.Text(booking.Id.Value));
        json.WriteString("customer", Customers.Text(visit.Profile.Value));
        json.WriteString("service", booking.Service);
        json.WriteString("service_title", booking.Title);
        json.WriteString("specialist", booking.Specialist);
        json.WriteString("specialist_name", booking.Name);
        json.WriteString("start", booking.Start.UtcDateTime);
        json.WriteString("end", booking.End.UtcDateTime);
        if (booking.Price is { } price)
        {
            json.WriteNumber("price", price);
        }
        else
        {
            json.WriteNull("price");
        }

        json.WriteString("state", booking.State.Name());
        json.WriteString("made_at", booking.MadeAt.UtcDateTime);
    }
}
