using System.Globalization;
using Bot.Core.Broadcasts;
using Bot.Core.Messages;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage;

/// <summary>What is done and looked at when a database is opened.</summary>
internal static class Recovery
{
    /// <summary>Marketing messages that a dead process had claimed become deliveries of unknown fate; answers how many.</summary>
    public static int EndClaimed(SqliteConnection connection, DateTimeOffset now)
    {
        const string Reason = "the bot ended while it was sent";
        return EndMessages(connection, "state = 1", DeliveryStatus.Unknown, Reason, now) + EndRecipients(connection, Reason, now);
    }

    /// <summary>By how much a demo moved the business's clock.</summary>
    public static TimeSpan ClockShift(SqliteConnection connection) => TimeSpan.FromMilliseconds(
        connection.ExecuteScalar<long>("SELECT value FROM meta WHERE name = @name", new { name = Store.ClockShift }));

    /// <summary>
    /// Marks the messages that a dead process may have been sending: in each chat the one that was next. They are sent again, and
    /// counted then; answers how many. Sent is what has a row no more, so nothing tells which of them did arrive.
    /// </summary>
    public static int MarkUncertain(SqliteConnection connection, DateTimeOffset now) => connection.Execute("""
        UPDATE outbox SET maybe_sent = 1
        WHERE state = 0 AND coalesce(not_before, 0) <= @now AND NOT EXISTS (
            SELECT 1 FROM outbox earlier
            WHERE earlier.chat_id = outbox.chat_id AND (earlier.kind, earlier.id) < (outbox.kind, outbox.id))
        """, new { now = now.ToUnixTimeMilliseconds() });

    /// <summary>
    /// What waits in a database that is restored may have happened after its backup was made: waiting messages become deliveries that were
    /// never sent, timers that are due are marked, and daily automations go on with the next day. Answers how many messages there were.
    /// </summary>
    public static int Expire(SqliteConnection connection, string reason, DateTimeOffset now)
    {
        connection.Execute("UPDATE timers SET expired = 1 WHERE due_at <= @now", new { now = now.ToUnixTimeMilliseconds() });
        connection.Execute("INSERT INTO meta (name, value) VALUES (@name, @value) ON CONFLICT DO UPDATE SET value = @value",
            new { name = Store.RestoredAt, value = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) });

        // What was sent since the backup is not known here, so nothing goes on by itself.
        connection.Execute("UPDATE broadcasts SET state = 3, paused_for = @reason WHERE state IN (1, 2)", new { reason = nameof(PauseReason.Restored) });
        EndRecipients(connection, reason, now);

        // The receiver may have them; staff can send them again.
        connection.Execute("UPDATE webhooks SET dead_at = @now, status = NULL, error = @reason WHERE dead_at IS NULL",
            new { now = now.ToUnixTimeMilliseconds(), reason });
        connection.Execute("UPDATE admin_messages SET reason = @reason WHERE sent_at IS NULL AND reason IS NULL", new { reason });
        return EndMessages(connection, "true", DeliveryStatus.Skipped, reason, now);
    }

    /// <summary>The highest id that the program made and that is stored.</summary>
    public static long HighestId(SqliteConnection connection) => connection.ExecuteScalar<long>("""
        SELECT max(
            (SELECT coalesce(max(id), 0) FROM profiles),
            (SELECT coalesce(max(id), 0) FROM chats),
            (SELECT coalesce(max(id), 0) FROM events),
            (SELECT coalesce(max(id), 0) FROM consents),
            (SELECT coalesce(max(id), 0) FROM conversations),
            (SELECT coalesce(max(id), 0) FROM outbox),
            (SELECT coalesce(max(id), 0) FROM deliveries),
            (SELECT coalesce(max(id), 0) FROM aside),
            (SELECT coalesce(max(id), 0) FROM web_sessions),
            (SELECT coalesce(max(id), 0) FROM web_messages),
            (SELECT coalesce(max(id), 0) FROM timers),
            (SELECT coalesce(max(id), 0) FROM sequence_runs),
            (SELECT coalesce(max(id), 0) FROM points_lots),
            (SELECT coalesce(max(id), 0) FROM points_ledger),
            (SELECT coalesce(max(id), 0) FROM admin_messages),
            (SELECT coalesce(max(changed), 0) FROM admin_messages),
            (SELECT coalesce(max(id), 0) FROM recipients),
            (SELECT coalesce(max(id), 0) FROM staff_audit),
            (SELECT coalesce(max(id), 0) FROM profile_notes),
            (SELECT coalesce(max(id), 0) FROM bookings),
            (SELECT coalesce(max(id), 0) FROM imports),
            (SELECT coalesce(max(id), 0) FROM exports),
            (SELECT coalesce(max(id), 0) FROM cases),
            (SELECT coalesce(max(id), 0) FROM case_words))
        """);

    public static string? Check(string path)
    {
        try
        {
            using var connection = Connections.OpenReaderOfExisting(path);
            return Damage(connection);
        }
        catch (Exception e) when (e is StoreRefusedException or SqliteException)
        {
            return e.Message;
        }
    }

    /// <summary>What is broken inside a database, or <see langword="null"/>.</summary>
    public static string? Damage(SqliteConnection connection)
    {
        var damage = connection.ExecuteScalar<string>("PRAGMA integrity_check(1)");
        return damage == "ok" ? null : $"The database {connection.DataSource} is damaged ({damage}): restore a backup.";
    }

    private static int EndRecipients(SqliteConnection connection, string reason, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var values = new { reason, at = now.ToUnixTimeMilliseconds(), kind = (int)MessageKind.Marketing, status = (int)DeliveryStatus.Unknown };
        connection.Execute("""
            INSERT OR IGNORE INTO deliveries (id, profile_id, chat_id, kind, cause, template, status, reason, at)
            SELECT id, profile_id, chat_id, @kind, 'broadcast:' || broadcast_id, 'broadcast:' || broadcast_id, @status, @reason, @at FROM recipients
            WHERE broadcast_id IN (SELECT id FROM broadcasts) AND state = 1
            """, values, transaction);
        var count = connection.Execute("""
            UPDATE recipients SET state = 6, reason = @reason, ended_at = @at WHERE broadcast_id IN (SELECT id FROM broadcasts) AND state = 1
            """, values, transaction);
        transaction.Commit();
        return count;
    }

    private static int EndMessages(SqliteConnection connection, string which, DeliveryStatus status, string reason, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute($"""
            INSERT OR IGNORE INTO deliveries (id, profile_id, chat_id, kind, cause, template, status, reason, at)
            SELECT id, profile_id, chat_id, kind, cause, template, @status, @reason, @at FROM outbox WHERE {which}
            """, new { status = (int)status, reason, at = now.ToUnixTimeMilliseconds() }, transaction);
        var count = connection.Execute($"DELETE FROM outbox WHERE {which}", transaction: transaction);
        transaction.Commit();
        return count;
    }
}
