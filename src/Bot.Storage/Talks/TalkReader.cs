using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Talks;

/// <summary>Where lines and edits of talks belong, read on a connection of its own. Thread-safe.</summary>
public sealed class TalkReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Statement _topic;
    private readonly Statement _passedOn;
    private readonly Statement _latest;
    private readonly Statement _name;
    private readonly Statement _waiting;
    private readonly Statement _delivered;

    internal TalkReader(string path)
    {
        _connection = Connections.OpenReader(path);
        _topic = new Statement(_connection, "SELECT thread_id FROM talk_topics WHERE address = ?1 AND profile_id = ?2");
        _passedOn = new Statement(_connection, """
            SELECT message_id FROM admin_messages
            WHERE chat_id = ?1 AND source_id = ?2 AND sent_to = ?3 AND edits = 0 AND message_id IS NOT NULL ORDER BY id DESC LIMIT 1
            """);
        _latest = new Statement(_connection, """
            SELECT message_id FROM admin_messages
            WHERE chat_id = ?1 AND sent_to = ?2 AND edits = 0 AND message_id IS NOT NULL ORDER BY id DESC LIMIT 1
            """);
        _name = new Statement(_connection, $"SELECT text FROM profile_fields WHERE profile_id = ?1 AND name = '{ProfileFields.Name}'");
        _waiting = new Statement(_connection, "SELECT 1 FROM outbox WHERE id = ?1");
        _delivered = new Statement(_connection, "SELECT message_id FROM deliveries WHERE id = ?1");
    }

    /// <summary>The customer's topic in this admin chat.</summary>
    public long? Topic(ChatAddress admin, ProfileId profile) => Number(_topic, admin.Address, profile.Value);

    /// <summary>As what a message of the customer was passed on to this admin chat.</summary>
    public long? PassedOn(ChatId chat, long source, ChatAddress admin) => Number(_passedOn, chat.Value, source, admin.Address);

    /// <summary>The latest line about this chat's talk in this admin chat.</summary>
    public long? Latest(ChatId chat, ChatAddress admin) => Number(_latest, chat.Value, admin.Address);

    /// <summary>What the customer is called.</summary>
    public string? NameOf(ProfileId profile)
    {
        lock (_gate)
        {
            using var row = _name.Query(profile.Value);
            return row.Read() ? row.Text(0) : null;
        }
    }

    /// <summary>Whether a message still waits to be sent, and as what the channel has it.</summary>
    public (bool IsWaiting, long? MessageId) Sent(OutboxId message)
    {
        // In this order: what leaves the outbox has become a delivery.
        var isWaiting = Number(_waiting, message.Value) is not null;
        return (isWaiting, Number(_delivered, message.Value));
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var statement in (ReadOnlySpan<Statement>)[_topic, _passedOn, _latest, _name, _waiting, _delivered])
            {
                statement.Dispose();
            }

            _connection.Dispose();
        }
    }

    private long? Number(Statement statement, params ReadOnlySpan<Cell> values)
    {
        lock (_gate)
        {
            using var row = statement.Query(values);
            return row.Read() && !row.IsNull(0) ? row.Number(0) : null;
        }
    }
}
