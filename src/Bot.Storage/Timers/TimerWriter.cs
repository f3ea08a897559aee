using Bot.Core.Ids;
using Bot.Core.Sequences;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Timers;

/// <summary>Writes timers, and how far the daily automations are.</summary>
internal sealed class TimerWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(connection,
        "INSERT INTO timers (id, chat_id, due_at, kind, name, step, subject, waits, marketing, expired, booking_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");

    private readonly Statement _delete = new(connection, "DELETE FROM timers WHERE id = ?1");

    private readonly Statement _failRun = new(connection,
        "UPDATE sequence_runs SET timer_id = NULL, ended = ?3, ended_at = ?4 WHERE id = ?1 AND timer_id = ?2 AND ended IS NULL");

    private readonly Statement _setSchedule = new(connection, """
        INSERT INTO schedules (name, last_period, cursor) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET last_period = ?2, cursor = ?3
        """);

    public void Add(ChatId chat, Timer timer)
    {
        var (kind, name, step, subject) = TimerRows.Columns(timer.Cause);
        _insert.Run(timer.Id.Value, chat.Value, timer.Due, kind, name, step, subject, (long?)timer.Waits, timer.IsMarketing, timer.IsExpired,
            TimerRows.Booking(timer.Cause));
    }

    /// <summary>Whether it was still there.</summary>
    public bool Delete(TimerId timer) => _delete.Run(timer.Value) > 0;

    /// <summary>Ends a customer's way through a sequence that waits for a timer which is given up.</summary>
    public void FailRun(SequenceRunId run, TimerId timer, DateTimeOffset now) =>
        _failRun.Run(run.Value, timer.Value, (long)SequenceEnd.Failed, now);

    public void SetSchedule(ScheduleState schedule) => _setSchedule.Run(schedule.Name, schedule.Period, schedule.Cursor?.Value);

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _failRun.Dispose();
        _setSchedule.Dispose();
    }
}
