using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Ids;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Bookings;

/// <summary>Reads visits for staff, on a connection of its own. Thread-safe.</summary>
public sealed class BookingReader : IDisposable
{
    private const string Select = """
        SELECT b.id, b.chat_id, b.service, b.specialist, b.title, b.name, b.start_at, b.end_at, b.free_at, b.price, b.state, b.revision, b.made_at,
            b.profile_id,
            (SELECT text FROM profile_fields f WHERE f.profile_id = b.profile_id AND f.name = 'name'),
            coalesce((SELECT text FROM profile_fields f WHERE f.profile_id = b.profile_id AND f.name = 'phone'),
                (SELECT text FROM profile_fields f WHERE f.profile_id = b.profile_id AND f.name = 'email'))
        FROM bookings b
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly BusyStatement _busy;
    private readonly Statement _between;
    private readonly Statement _page;
    private readonly Statement _ahead;
    private readonly Statement _one;
    private readonly Statement _name;

    internal BookingReader(string path)
    {
        _connection = Connections.OpenReader(path);
        _busy = new BusyStatement(_connection);
        _between = new Statement(_connection, $"{Select} WHERE b.start_at >= ?1 AND b.start_at < ?2 ORDER BY b.start_at, b.id LIMIT ?3");
        _page = new Statement(_connection,
            $"{Select} WHERE b.start_at < ?1 AND (b.start_at, b.id) > (?2, ?3) ORDER BY b.start_at, b.id LIMIT ?4");
        _ahead = new Statement(_connection, $"{Select} WHERE b.start_at >= ?1 AND b.state IN (0, 1) ORDER BY b.start_at, b.id LIMIT ?2");
        _one = new Statement(_connection, $"{Select} WHERE b.id = ?1");
        _name = new Statement(_connection, "SELECT text FROM profile_fields WHERE profile_id = ?1 AND name = 'name'");
    }

    /// <summary>What is taken of a specialist, also by this customer's own visits but for the one that is to be moved.</summary>
    public ImmutableArray<Busy> Busy(Query.Busy query, ProfileId profile, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _busy.Read(query, profile, now);
        }
    }

    /// <summary>The visits that begin in a stretch of time, in their order; so many at most.</summary>
    public ImmutableArray<VisitOfCustomer> Between(DateTimeOffset from, DateTimeOffset to, int limit) => Read(_between, from, to, (long)limit);

    /// <summary>The same, from after one of them on.</summary>
    /// <param name="after">The beginning and the id of the last one of the page before; at first the moment to begin with, and 0.</param>
    public ImmutableArray<VisitOfCustomer> Page((DateTimeOffset Start, BookingId Id) after, DateTimeOffset to, int limit) =>
        Read(_page, to, after.Start, after.Id.Value, (long)limit);

    /// <summary>The visits that are to come from a moment on; so many at most.</summary>
    public ImmutableArray<VisitOfCustomer> Ahead(DateTimeOffset from, int limit) => Read(_ahead, from, (long)limit);

    /// <summary>A visit, or <see langword="null"/>.</summary>
    public VisitOfCustomer? Find(BookingId booking) => Read(_one, booking.Value) is [var one] ? one : null;

    /// <summary>What a customer is called, if it is known.</summary>
    public string? NameOf(ProfileId profile)
    {
        lock (_gate)
        {
            using var row = _name.Query(profile.Value);
            return row.Read() ? row.TextOrNull(0) : null;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _busy.Dispose();
            foreach (var statement in (ReadOnlySpan<Statement>)[_between, _page, _ahead, _one, _name])
            {
                statement.Dispose();
            }

            _connection.Dispose();
        }
    }

    private ImmutableArray<VisitOfCustomer> Read(Statement statement, params ReadOnlySpan<Cell> cells)
    {
        lock (_gate)
        {
            var visits = ImmutableArray.CreateBuilder<VisitOfCustomer>();
            using var row = statement.Query(cells);
            while (row.Read())
            {
                visits.Add(new VisitOfCustomer(BookingRows.Read(row), new ProfileId(row.Number(13)), row.TextOrNull(14), row.TextOrNull(15)));
            }

            return visits.ToImmutable();
        }
    }
}
