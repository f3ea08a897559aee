using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Talks;

/// <summary>Whose talk a message of the admin chat belongs to; read in the writer's transaction, and written with what it comes to.</summary>
public sealed class TalkWriter : IDisposable
{
    private readonly Statement _inThread;
    private readonly Statement _answered;
    private readonly Statement _chatOf;
    private readonly Statement _sent;
    private readonly Statement _note;
    private readonly Statement _putTopic;
    private readonly Statement _forgetTopic;

    internal TalkWriter(SqliteConnection connection)
    {
        _inThread = new Statement(connection, "SELECT profile_id FROM talk_topics WHERE address = ?1 AND thread_id = ?2");
        _answered = new Statement(connection, """
            SELECT c.profile_id, c.channel, c.bot, c.address FROM admin_messages m JOIN chats c ON c.id = m.chat_id
            WHERE m.sent_to = ?1 AND m.message_id = ?2 AND m.chat_id IS NOT NULL ORDER BY m.id DESC LIMIT 1
            """);

        // Where a person talks with the customer already; else where the customer is best reached.
        _chatOf = new Statement(connection, """
            SELECT channel, bot, address FROM chats WHERE profile_id = ?1 AND channel <> 'erased'
            ORDER BY talking_since IS NOT NULL DESC, blocked_at IS NULL DESC, id DESC LIMIT 1
            """);
        _sent = new Statement(connection, """
            SELECT t.outbox_id, c.channel, c.bot, c.address FROM talk_messages t JOIN chats c ON c.id = t.chat_id
            WHERE t.address = ?1 AND t.message_id = ?2 ORDER BY t.outbox_id DESC LIMIT 1
            """);
        _note = new Statement(connection,
            "INSERT INTO talk_messages (outbox_id, profile_id, chat_id, address, message_id, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        _putTopic = new Statement(connection, """
            INSERT INTO talk_topics (address, profile_id, thread_id) VALUES (?1, ?2, ?3)
            ON CONFLICT (address, profile_id) DO UPDATE SET thread_id = ?3
            """);
        _forgetTopic = new Statement(connection, "DELETE FROM talk_topics WHERE address = ?1 AND profile_id = ?2");
    }

    /// <summary>The customer whose topic this is, and the chat in which they are written to.</summary>
    /// <param name="admin">The admin chat.</param>
    public (ProfileId Profile, ChatAddress Chat)? InThread(ChatAddress admin, long thread)
    {
        ProfileId profile;
        using (var row = _inThread.Query(admin.Address, thread))
        {
            if (!row.Read())
            {
                return null;
            }

            profile = new ProfileId(row.Number(0));
        }

        return ChatOf(profile) is { } chat ? (profile, chat) : null;
    }

    /// <summary>The customer whose talk a message of the admin chat belongs to, and the chat that it is in.</summary>
    public (ProfileId Profile, ChatAddress Chat)? Answered(ChatAddress admin, long message)
    {
        using var row = _answered.Query(admin.Address, message);
        return row.Read() ? (new ProfileId(row.Number(0)), new ChatAddress(row.Text(1), row.Number(2), row.Number(3))) : null;
    }

    /// <summary>The chat in which a person talks with a customer, or would.</summary>
    public ChatAddress? ChatOf(ProfileId profile)
    {
        using var row = _chatOf.Query(profile.Value);
        return row.Read() ? new ChatAddress(row.Text(0), row.Number(1), row.Number(2)) : null;
    }

    /// <summary>What became of something that staff wrote to a customer, and in which chat.</summary>
    public (OutboxId Message, ChatAddress Chat)? Sent(ChatAddress admin, long message)
    {
        using var row = _sent.Query(admin.Address, message);
        return row.Read() ? (new OutboxId(row.Number(0)), new ChatAddress(row.Text(1), row.Number(2), row.Number(3))) : null;
    }

    /// <summary>Keeps a customer's topic, in place of an earlier one.</summary>
    public void PutTopic(ChatAddress admin, ProfileId profile, long thread) => _putTopic.Run(admin.Address, profile.Value, thread);

    /// <summary>The topic is gone.</summary>
    public void ForgetTopic(ChatAddress admin, ProfileId profile) => _forgetTopic.Run(admin.Address, profile.Value);

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_inThread, _answered, _chatOf, _sent, _note, _putTopic, _forgetTopic])
        {
            statement.Dispose();
        }
    }

    /// <summary>Keeps which message of staff a message to a customer comes from.</summary>
    internal void Note(OutboxMessage message, Copy original, DateTimeOffset now) =>
        _note.Run(message.Id.Value, message.Profile.Value, message.Chat.Value, original.Chat, original.Message, now);
}
