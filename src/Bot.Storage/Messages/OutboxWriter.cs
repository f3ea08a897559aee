using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Messages;

/// <summary>Writes messages on their way out, and what became of them.</summary>
internal sealed class OutboxWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(connection, """
        INSERT INTO outbox (id, profile_id, chat_id, kind, cause, template, body, state, attempts, not_before, maybe_sent, not_after, booking_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10, ?11, ?12)
        """);

    private readonly Statement _delete = new(connection, "DELETE FROM outbox WHERE id = ?1");

    // A message cancelled while it was on its way has a delivery already; what the channel says is truer.
    private readonly Statement _insertDelivery = new(connection, """
        INSERT INTO deliveries (id, profile_id, chat_id, kind, cause, template, status, message_id, reason, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT DO UPDATE SET status = ?7, message_id = ?8, reason = ?9, at = ?10
        """);

    private readonly Statement _postpone = new(connection,
        "UPDATE outbox SET state = 0, attempts = ?2, not_before = ?3, maybe_sent = ?4 WHERE id = ?1");

    // If another chat has that address already, this message goes there and the chat keeps its own.
    private readonly Statement _moveChat = new(connection,
        "UPDATE OR IGNORE chats SET channel = ?2, bot = ?3, address = ?4 WHERE id = ?1 AND channel <> 'erased'");

    private readonly Statement _claim = new(connection, "UPDATE outbox SET state = 1 WHERE id = ?1 AND state = 0");

    // What was cancelled on its way and then came back unsent was not sent after all.
    private readonly Statement _settleCancelled = new(connection, "UPDATE deliveries SET status = 3 WHERE id = ?1 AND status = 4 AND message_id IS NULL");

    private readonly Statement _ofChat = new(connection, "SELECT id FROM outbox WHERE chat_id = ?1 AND kind >= ?2 ORDER BY id");

    private readonly Statement _insertDeliveriesOfChat = new(connection, """
        INSERT INTO deliveries (id, profile_id, chat_id, kind, cause, template, status, reason, at)
        SELECT id, profile_id, chat_id, kind, cause, template, CASE state WHEN 0 THEN ?2 ELSE ?6 END, ?3, ?4 FROM outbox
        WHERE chat_id = ?1 AND kind >= ?5
        """);

    private readonly Statement _waits = new(connection, "SELECT 1 FROM outbox WHERE id = ?1 AND state = 0");

    private readonly Statement _insertDeliveriesOfBooking = new(connection, """
        INSERT INTO deliveries (id, profile_id, chat_id, kind, cause, template, status, reason, at)
        SELECT id, profile_id, chat_id, kind, cause, template, 3, ?2, ?3 FROM outbox WHERE booking_id = ?1
        """);

    private readonly Statement _deleteOfBooking = new(connection, "DELETE FROM outbox WHERE booking_id = ?1");

    private readonly Statement _deleteOfChat = new(connection, "DELETE FROM outbox WHERE chat_id = ?1 AND kind >= ?2");

    public void Add(OutboxMessage message) => _insert.Run(message.Id.Value, message.Profile.Value, message.Chat.Value, (long)message.Kind,
        message.Cause, message.Template, StoredJson.Write(message.Body), (long)message.Attempts, message.NotBefore,
        message.IsMaybeSent, message.NotAfter, message.Booking?.Value);

    public void Finish(SendResult.Finished result, DateTimeOffset now)
    {
        var message = result.Message;
        _delete.Run(message.Id.Value);
        _insertDelivery.Run(message.Id.Value, message.Profile.Value, message.Chat.Value, (long)message.Kind, message.Cause,
            message.Template, (long)result.Status, result.MessageId, result.Reason, now);
    }

    public void Postpone(SendResult.Postponed result)
    {
        var next = result.Next;
        if (_postpone.Run(next.Id.Value, (long)next.Attempts, next.NotBefore, next.IsMaybeSent) == 0 && next.Kind == MessageKind.Marketing)
        {
            _settleCancelled.Run(next.Id.Value);
        }

        if (next.Address != result.Message.Address)
        {
            _moveChat.Run(next.Chat.Value, next.Address.Channel, next.Address.Bot, next.Address.Address);
        }
    }

    /// <summary>Whether the message was still waiting.</summary>
    public bool Claim(OutboxId id) => _claim.Run(id.Value) > 0;

    /// <summary>
    /// Lets go of what waits for a chat. What is claimed goes too, so that it is not tried again; until the channel says what became of it,
    /// nobody knows whether it arrived.
    /// </summary>
    /// <param name="isMarketingOnly">Replies and Service messages stay.</param>
    public ImmutableArray<OutboxId> Cancel(ChatId chat, DeliveryStatus status, string reason, bool isMarketingOnly, DateTimeOffset now)
    {
        var kind = isMarketingOnly ? (long)MessageKind.Marketing : 0L;
        var ofClaimed = isMarketingOnly ? DeliveryStatus.Unknown : status;
        var ids = ImmutableArray.CreateBuilder<OutboxId>();
        using (var row = _ofChat.Query(chat.Value, kind))
        {
            while (row.Read())
            {
                ids.Add(new OutboxId(row.Number(0)));
            }
        }

        if (ids.Count > 0)
        {
            _insertDeliveriesOfChat.Run(chat.Value, (long)status, reason, now, kind, (long)ofClaimed);
            _deleteOfChat.Run(chat.Value, kind);
        }

        return ids.DrainToImmutable();
    }

    /// <summary>Lets go of what waits to be said about a visit. What is on its way already says itself what became of it.</summary>
    public void Cancel(BookingId booking, string reason, DateTimeOffset now)
    {
        _insertDeliveriesOfBooking.Run(booking.Value, reason, now);
        _deleteOfBooking.Run(booking.Value);
    }

    /// <summary>Whether the message is still to be sent.</summary>
    public bool IsWaiting(OutboxId id)
    {
        using var row = _waits.Query(id.Value);
        return row.Read();
    }

    public void Dispose()
    {
        _waits.Dispose();
        _insertDeliveriesOfBooking.Dispose();
        _deleteOfBooking.Dispose();
        _insert.Dispose();
        _delete.Dispose();
        _insertDelivery.Dispose();
        _postpone.Dispose();
        _moveChat.Dispose();
        _claim.Dispose();
        _settleCancelled.Dispose();
        _ofChat.Dispose();
        _insertDeliveriesOfChat.Dispose();
        _deleteOfChat.Dispose();
    }
}
