using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Turns;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Admin;

/// <summary>Writes the lines of the admin chat and what became of them.</summary>
public sealed class AdminWriter : IDisposable
{
    private readonly IdSource _ids;
    private readonly Statement _say;
    private readonly Statement _relay;
    private readonly Statement _finish;
    private readonly Statement _giveUpBut;

    internal AdminWriter(SqliteConnection connection, IdSource ids)
    {
        _ids = ids;
        _say = new Statement(connection,
            "INSERT INTO admin_messages (id, profile_id, key, body, at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");
        _relay = new Statement(connection, """
            INSERT INTO admin_messages (id, profile_id, body, at, chat_id, source_id, reply_to, edits) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """);
        _finish = new Statement(connection, "UPDATE admin_messages SET sent_at = ?2, message_id = ?3, reason = ?4, sent_to = ?5 WHERE id = ?1");
        _giveUpBut = new Statement(connection, """
            UPDATE admin_messages SET reason = ?2
            WHERE sent_at IS NULL AND reason IS NULL AND id <= (
                SELECT id FROM admin_messages WHERE sent_at IS NULL AND reason IS NULL ORDER BY id DESC LIMIT 1 OFFSET ?1)
            """);
    }

    /// <summary>Whether this transaction said something so far.</summary>
    public bool HasSaid { get; private set; }

    /// <summary>A line; the same key is told once.</summary>
    /// <param name="profile">Whom it is about, or <see langword="null"/>.</param>
    public void Say(ProfileId? profile, string? key, Body body, DateTimeOffset now) =>
        HasSaid |= _say.Run(_ids.Next(), profile?.Value, key, StoredJson.Write(body), now) > 0;

    /// <summary>A line of the talk with a customer in this chat: whoever answers it answers there.</summary>
    public void Relay(ProfileId profile, ChatId chat, Effect.Relay relay, DateTimeOffset now)
    {
        _relay.Run(_ids.Next(), profile.Value, StoredJson.Write(relay.Body), now, chat.Value, relay.Body.Copy?.Message, relay.ReplyTo, relay.IsEdit);
        HasSaid = true;
    }

    /// <summary>The channel has the line, or it is not to be sent any more.</summary>
    /// <param name="chat">The admin chat that it was sent to.</param>
    /// <param name="reason"><see langword="null"/> if the channel has it.</param>
    public void Finish(long line, ChatAddress chat, long? messageId, string? reason, DateTimeOffset now) =>
        _finish.Run(line, reason is null ? now : (DateTimeOffset?)null, messageId, reason, chat.Address);

    /// <summary>Of what waits only the last lines are still to be sent.</summary>
    public void GiveUpBut(int last, string reason) => _giveUpBut.Run((long)last, reason);

    public void Dispose()
    {
        _say.Dispose();
        _relay.Dispose();
        _finish.Dispose();
        _giveUpBut.Dispose();
    }

    internal void Forget() => HasSaid = false;
}
