using Bot.Core.Broadcasts;
using Bot.Core.Ids;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;

namespace Bot.Storage.Broadcasts;

/// <summary>How broadcasts stand in the database.</summary>
internal static class BroadcastRows
{
    public const string Columns = "id, state, staff_id, created_at, plan, line_id, starts_at, finished_at, room, winner, written, revision, paused_for, revising";

    /// <summary>The broadcast of a row that begins with <see cref="Columns"/>.</summary>
    public static Broadcast Read(Rows row) => new(
        new BroadcastId(row.Number(0)),
        (BroadcastState)row.Number(1),
        row.Number(2),
        row.Moment(3),
        StoredJson.ReadPlan(row.Bytes(4)),
        row.IsNull(5) ? null : row.Number(5),
        row.MomentOrNull(6),
        row.MomentOrNull(7),
        TimeSpan.FromMilliseconds(row.Number(8)),
        row.IsNull(9) ? null : (int)row.Number(9),
        row.Boolean(10),
        (int)row.Number(11),
        row.TextOrNull(12) is { } reason && Enum.TryParse<PauseReason>(reason, out var paused) ? paused : null,
        row.Boolean(13));
}
