using Bot.Core.Ids;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Timers;

/// <summary>Writes timers, and how far the daily automations are.</summary>
internal sealed class TimerWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(connection,
        "INSERT INTO timers (id, chat_id, due_at, kind, name, step, subject, waits, marketing) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");

    private readonly Statement _delete = new(connection, "DELETE FROM timers WHERE id = ?1");

    private readonly Statement _setSchedule = new(connection, """
        INSERT INTO schedules (name, last_period, cursor) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET last_period = ?2, cursor = ?3
        """);

    public void Add(ChatId chat, Timer timer)
    {
        var (kind, name, step, subject) = TimerRows.Columns(timer.Cause);
        _insert.Run(timer.Id.Value, chat.Value, timer.Due, kind, name, step, subject, (long?)timer.Waits, timer.IsMarketing);
    }

    /// <summary>Whether it was still there.</summary>
    public bool Delete(TimerId timer) => _delete.Run(timer.Value) > 0;

    public void SetSchedule(ScheduleState schedule) => _setSchedule.Run(schedule.Name, schedule.Period, schedule.Cursor?.Value);

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _setSchedule.Dispose();
    }
}
