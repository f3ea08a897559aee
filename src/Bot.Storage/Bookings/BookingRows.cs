using Bot.Core.Bookings;
using Bot.Core.Ids;
using Bot.Storage.Sqlite;

namespace Bot.Storage.Bookings;

/// <summary>How visits stand in the database.</summary>
internal static class BookingRows
{
    public const string Columns = "id, chat_id, service, specialist, title, name, start_at, end_at, free_at, price, state, revision, made_at";

    private const decimal Hundredths = 100;

    /// <summary>The visit of a row that begins with <see cref="Columns"/>.</summary>
    public static Booking Read(Rows row) => new(
        new BookingId(row.Number(0)),
        new ChatId(row.Number(1)),
        row.Text(2),
        row.Text(3),
        row.Text(4),
        row.Text(5),
        row.Moment(6),
        row.Moment(7),
        row.Moment(8),
        row.IsNull(9) ? null : row.Number(9) / Hundredths,
        (BookingState)row.Number(10),
        (int)row.Number(11),
        row.Moment(12));

    public static long? Price(Booking booking) => (long?)(booking.Price * Hundredths);
}
