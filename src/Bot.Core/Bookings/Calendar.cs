using System.Globalization;
using System.Text;
using Bot.Core.Dialogs;

namespace Bot.Core.Bookings;

/// <summary>A visit as a file for the customer's calendar: RFC 5545.</summary>
public static class Calendar
{
    /// <summary>What the customer sees the file called.</summary>
    public const string FileName = "visit.ics";

    /// <summary>A line has at most so many bytes, its end not counted.</summary>
    private const int LongestLine = 75;

    /// <summary>The whole file.</summary>
    /// <param name="address">Where the visit takes place.</param>
    /// <param name="contact">How the specialist is reached.</param>
    public static string Of(Booking booking, Business business, string address, string contact, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(booking);
        ArgumentNullException.ThrowIfNull(business);
        var isOver = booking.State == BookingState.Cancelled;
        var file = new StringBuilder();
        foreach (var line in (ReadOnlySpan<string>)
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Bot//Booking//EN",
            isOver ? "METHOD:CANCEL" : "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            string.Create(CultureInfo.InvariantCulture, $"UID:booking-{booking.Id.Value}@bot"),
            string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{booking.Revision}"),
            $"DTSTAMP:{Utc(now)}",
            $"DTSTART:{Utc(booking.Start)}",
            $"DTEND:{Utc(booking.End)}",
            $"SUMMARY:{Text($"{booking.Title}, {business.Name}")}",
            $"LOCATION:{Text(address)}",
            $"DESCRIPTION:{Text($"{booking.Name}\n{contact}")}",
            isOver ? "STATUS:CANCELLED" : "STATUS:CONFIRMED",
            "END:VEVENT",
            "END:VCALENDAR",
        ])
        {
            Fold(file, line);
        }

        return file.ToString();
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Text(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");

    /// <summary>Breaks a line that is too long where a character ends; what follows a break begins with a space.</summary>
    private static void Fold(StringBuilder file, string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LongestLine)
            {
                file.Append("\r\n ");
                bytes = 1;
            }

            file.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}
