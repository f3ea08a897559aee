using System.Text;
using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Ids;

namespace Bot.Core.Tests.Bookings;

public sealed class CalendarTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 10, 0, 0, TimeSpan.FromHours(3));

    private static readonly Booking Visit = new(new BookingId(77), new ChatId(1), "windows", "irina", "Мытьё окон, балкона; и \\ ещё чего-нибудь очень длинного",
        "Ирина", Start, Start.AddHours(1), Start.AddMinutes(75), 2400, BookingState.Pending, 2, Start.AddDays(-2));

    private static readonly Business Shop = new("Чистый дом", "+7 900 000-00-00", "ул. Ленина, 1", null, null);

    [Fact]
    public void Moments_are_in_UTC_and_the_revision_says_which_file_is_newer()
    {
        var lines = Unfolded(Calendar.Of(Visit, Shop, "ул. Ленина, 1", "+7", Start.AddDays(-1)));

        Assert.Contains("DTSTART:20261126T070000Z", lines);
        Assert.Contains("DTEND:20261126T080000Z", lines);
        Assert.Contains("UID:booking-77@bot", lines);
        Assert.Contains("SEQUENCE:2", lines);
        Assert.Contains("METHOD:PUBLISH", lines);
        Assert.Contains("STATUS:CONFIRMED", lines);
        Assert.Equal("BEGIN:VCALENDAR", lines[0]);
        Assert.Equal("END:VCALENDAR", lines[^1]);
    }

    [Fact]
    public void Signs_with_a_meaning_are_escaped_and_long_lines_folded_between_characters()
    {
        var file = Calendar.Of(Visit, Shop, "ул. Ленина, 1", "+7", Start);

        Assert.EndsWith("\r\n", file, StringComparison.Ordinal);
        Assert.All(file.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\n', file.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.Contains("SUMMARY:Мытьё окон\\, балкона\\; и \\\\ ещё чего-нибудь очень длинного\\, Чистый дом", Unfolded(file));
        Assert.Contains("DESCRIPTION:Ирина\\n+7", Unfolded(file));
    }

    [Fact]
    public void A_visit_that_is_called_off_is_called_off_in_the_calendar()
    {
        var lines = Unfolded(Calendar.Of(Visit with { State = BookingState.Cancelled }, Shop, "", "", Start));

        Assert.Contains("METHOD:CANCEL", lines);
        Assert.Contains("STATUS:CANCELLED", lines);
    }

    private static string[] Unfolded(string file) => file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
