using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Timers;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Timers;

/// <summary>Reads what is due and what will be, on a connection of its own. Thread-safe.</summary>
public sealed class TimerReader : IDisposable
{
    // From one zone to the next by the index, however many chats there are.
    internal const string SelectZones = """
        WITH RECURSIVE zones (zone) AS (
            SELECT min(zone) FROM chats WHERE zone IS NOT NULL
            UNION ALL
            SELECT (SELECT min(c.zone) FROM chats c WHERE c.zone > zones.zone) FROM zones WHERE zones.zone IS NOT NULL)
        SELECT zone FROM zones WHERE zone IS NOT NULL
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Statement _due;
    private readonly Statement _next;
    private readonly Statement _zones;
    private readonly Statement _schedule;

    internal TimerReader(string path)
    {
        _connection = Connections.OpenReader(path);
        _due = new Statement(_connection, """
            SELECT t.id, t.due_at, t.kind, t.name, t.step, t.subject, t.waits, t.marketing, t.expired, t.booking_id, c.channel, c.bot, c.address
            FROM timers t
            JOIN chats c ON c.id = t.chat_id
            WHERE t.marketing = ?3 AND t.due_at <= ?1
            ORDER BY t.due_at, t.id
            LIMIT ?2
            """);
        _next = new Statement(_connection, """
            SELECT id, due_at, kind, name, step, subject, waits, marketing, expired, booking_id FROM (
                SELECT * FROM (SELECT * FROM timers WHERE marketing = 0 ORDER BY due_at, id LIMIT ?1)
                UNION ALL
                SELECT * FROM (SELECT * FROM timers WHERE marketing = 1 ORDER BY due_at, id LIMIT ?1))
            ORDER BY due_at, id LIMIT ?1
            """);

        _zones = new Statement(_connection, SelectZones);
        _schedule = new Statement(_connection, "SELECT last_period, cursor FROM schedules WHERE name = ?1");
    }

    /// <summary>What has come due, the earliest first: of Marketing, or of all else.</summary>
    public ImmutableArray<DueTimer> Due(DateTimeOffset now, bool isMarketing, int limit)
    {
        lock (_gate)
        {
            var due = ImmutableArray.CreateBuilder<DueTimer>();
            using var row = _due.Query(now, (long)limit, isMarketing);
            while (row.Read())
            {
                due.Add(new DueTimer(TimerRows.Read(row), new ChatAddress(row.Text(10), row.Number(11), row.Number(12))));
            }

            return due.DrainToImmutable();
        }
    }

    /// <summary>The timers that come due first.</summary>
    public ImmutableArray<Timer> Next(int limit)
    {
        lock (_gate)
        {
            var next = ImmutableArray.CreateBuilder<Timer>();
            using var row = _next.Query((long)limit);
            while (row.Read())
            {
                next.Add(TimerRows.Read(row));
            }

            return next.DrainToImmutable();
        }
    }

    /// <summary>The zones of customers whose zone is known.</summary>
    public ImmutableArray<string> Zones()
    {
        lock (_gate)
        {
            var zones = ImmutableArray.CreateBuilder<string>();
            using var row = _zones.Query();
            while (row.Read())
            {
                zones.Add(row.Text(0));
            }

            return zones.DrainToImmutable();
        }
    }

    /// <summary>How far a daily automation is, if it ever began.</summary>
    public ScheduleState? Schedule(string name)
    {
        lock (_gate)
        {
            using var row = _schedule.Query(name);
            return row.Read() ? new ScheduleState(name, row.Text(0), row.IsNull(1) ? null : new ProfileId(row.Number(1))) : null;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var statement in (ReadOnlySpan<Statement>)[_due, _next, _zones, _schedule])
            {
                statement.Dispose();
            }

            _connection.Dispose();
        }
    }
}
