using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Messages;

/// <summary>Reads waiting messages in pages.</summary>
internal sealed class OutboxReader(SqliteConnection connection) : IDisposable
{
    private readonly Statement _pending = new(connection, """
        SELECT o.id, o.profile_id, o.chat_id, c.channel, c.bot, c.address, o.kind, o.cause, o.template, o.body, o.attempts, o.not_before,
            o.maybe_sent, o.not_after, o.booking_id
        FROM outbox o
        JOIN chats c ON c.id = o.chat_id
        WHERE o.id > ?1 AND o.state = 0 AND (?3 IS NULL OR (o.kind = 0) = ?3)
        ORDER BY o.id
        LIMIT ?2
        """);

    /// <param name="areReplies">Only these, or all but these; <see langword="null"/> for all.</param>
    public List<OutboxMessage> Read(OutboxId after, int limit, bool? areReplies)
    {
        var messages = new List<OutboxMessage>();
        using var row = _pending.Query(after.Value, (long)limit, areReplies is { } replies ? (replies ? 1L : 0L) : (long?)null);
        while (row.Read())
        {
            messages.Add(new OutboxMessage(
                new OutboxId(row.Number(0)),
                new ProfileId(row.Number(1)),
                new ChatId(row.Number(2)),
                new ChatAddress(row.Text(3), row.Number(4), row.Number(5)),
                (MessageKind)(int)row.Number(6),
                row.Text(7),
                row.Text(8),
                StoredJson.ReadBody(row.Bytes(9)),
                (int)row.Number(10),
                row.MomentOrNull(11),
                row.Boolean(12),
                row.MomentOrNull(13))
            { Booking = row.IsNull(14) ? null : new BookingId(row.Number(14)) });
        }

        return messages;
    }

    public void Dispose() => _pending.Dispose();
}
