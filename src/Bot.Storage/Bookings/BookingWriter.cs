using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Bookings;

/// <summary>
/// Writes visits and held times. Each five minutes of a specialist is a row with a primary key, so that no fault of ours can sell them twice:
/// the database refuses the second turn, which then runs again.
/// </summary>
internal sealed class BookingWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _put = new(connection, $"""
        INSERT INTO bookings ({BookingRows.Columns}, profile_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT DO UPDATE SET chat_id = ?2, service = ?3, specialist = ?4, title = ?5, name = ?6, start_at = ?7, end_at = ?8, free_at = ?9,
            price = ?10, state = ?11, revision = ?12
        """);

    private readonly Statement _freeBooked = new(connection,
        "DELETE FROM slot_cells WHERE specialist = ?1 AND cell BETWEEN ?2 AND ?3 AND booking_id = ?4");

    private readonly Statement _freeHeld = new(connection,
        "DELETE FROM slot_cells WHERE specialist = ?1 AND cell BETWEEN ?2 AND ?3 AND holder_id = ?4");

    private readonly Statement _takeBooked = new(connection, "INSERT INTO slot_cells (specialist, cell, booking_id) VALUES (?1, ?2, ?3)");

    // What lies over the customer's own visit is theirs already.
    private readonly Statement _takeHeld = new(connection, """
        INSERT INTO slot_cells (specialist, cell, holder_id)
        SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM slot_cells WHERE specialist = ?1 AND cell = ?2 AND booking_id = ?4)
        """);

    private readonly Statement _hold = new(connection,
        "INSERT INTO holds (profile_id, specialist, from_at, to_at, until, moved) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    private readonly Statement _ownHold = new(connection, "SELECT profile_id, specialist, from_at, to_at FROM holds WHERE profile_id = ?1");

    private readonly Statement _expired = new(connection, """
        SELECT profile_id, specialist, from_at, to_at FROM holds WHERE specialist = ?1 AND from_at < ?3 AND to_at > ?2 AND until <= ?4
        """);

    private readonly Statement _deleteHold = new(connection, "DELETE FROM holds WHERE profile_id = ?1");

    private readonly Statement _deleteTimers = new(connection, "DELETE FROM timers WHERE booking_id = ?1");

    /// <summary>Writes the visits that are new or changed, with the time that each takes.</summary>
    public void Write(Profile? before, Profile after, DateTimeOffset now)
    {
        var old = before?.Bookings ?? ImmutableDictionary<BookingId, Booking>.Empty;
        if (ReferenceEquals(old, after.Bookings))
        {
            return;
        }

        var changed = after.Bookings.Values.Where(booking => old.GetValueOrDefault(booking.Id) != booking).ToList();

        // All that is let go first, so that nobody is in their own way.
        foreach (var was in changed.Select(booking => old.GetValueOrDefault(booking.Id)).OfType<Booking>().Where(booking => booking.Occupies))
        {
            var (first, last) = Slots.Cells(was.Start, was.FreeAt);
            _freeBooked.Run(was.Specialist, first, last, was.Id.Value);
        }

        foreach (var booking in changed)
        {
            Put(booking, after.Id);
            if (booking.Occupies)
            {
                Release(after.Id);
                FreeExpired(booking.Specialist, booking.Start, booking.FreeAt, now);
                var (first, last) = Slots.Cells(booking.Start, booking.FreeAt);
                for (var cell = first; cell <= last; cell++)
                {
                    _takeBooked.Run(booking.Specialist, cell, booking.Id.Value);
                }
            }
        }
    }

    /// <summary>Keeps a time for a customer, instead of any that was kept before.</summary>
    public void Hold(ProfileId profile, Effect.Hold hold, DateTimeOffset now)
    {
        Release(profile);
        FreeExpired(hold.Specialist, hold.From, hold.To, now);
        var (first, last) = Slots.Cells(hold.From, hold.To);
        for (var cell = first; cell <= last; cell++)
        {
            _takeHeld.Run(hold.Specialist, cell, profile.Value, hold.Moved?.Value);
        }

        _hold.Run(profile.Value, hold.Specialist, hold.From, hold.To, hold.Until, hold.Moved?.Value);
    }

    public void Release(ProfileId profile) => Free(_ownHold, profile.Value);

    /// <summary>What was to be done about a visit is not.</summary>
    public void DeleteTimers(BookingId booking) => _deleteTimers.Run(booking.Value);

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_put, _freeBooked, _freeHeld, _takeBooked, _takeHeld, _hold, _ownHold, _expired, _deleteHold, _deleteTimers])
        {
            statement.Dispose();
        }
    }

    private void Put(Booking booking, ProfileId profile) => _put.Run(booking.Id.Value, booking.Chat.Value, booking.Service, booking.Specialist,
        booking.Title, booking.Name, booking.Start, booking.End, booking.FreeAt, BookingRows.Price(booking), (long)booking.State, (long)booking.Revision,
        booking.MadeAt, profile.Value);

    private void FreeExpired(string specialist, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) => Free(_expired, specialist, from, to, now);

    private void Free(Statement holds, params ReadOnlySpan<Cell> cells)
    {
        var found = new List<(long Holder, string Specialist, DateTimeOffset From, DateTimeOffset To)>();
        using (var row = holds.Query(cells))
        {
            while (row.Read())
            {
                found.Add((row.Number(0), row.Text(1), row.Moment(2), row.Moment(3)));
            }
        }

        foreach (var (holder, specialist, from, to) in found)
        {
            var (first, last) = Slots.Cells(from, to);
            _freeHeld.Run(specialist, first, last, holder);
            _deleteHold.Run(holder);
        }
    }
}
