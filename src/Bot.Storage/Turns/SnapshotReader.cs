using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Conversations;
using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Core.Turns;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Turns;

/// <summary>Loads what a turn starts from, in two statements.</summary>
internal sealed class SnapshotReader(SqliteConnection connection) : IDisposable
{
    private const int Field = 0;
    private const int Tag = 1;
    private const int Consent = 2;

    private readonly Statement _chat = new(connection, """
        SELECT c.id, c.profile_id, c.language, c.blocked_at, c.has_keyboard,
            p.created_at, p.last_active_at, p.first_source, p.last_source, v.content,
            c.last_press_message, c.last_press_data, c.last_press_at
        FROM chats c
        JOIN profiles p ON p.id = c.profile_id
        LEFT JOIN conversations v ON v.chat_id = c.id AND v.ended_at IS NULL
        WHERE c.address = ?1 AND c.bot = ?2 AND c.channel = ?3
        """);

    private readonly Statement _parts = new(connection, """
        SELECT 0, name, kind, number, NULL, text FROM profile_fields WHERE profile_id = ?1
        UNION ALL SELECT 1, tag, NULL, NULL, NULL, NULL FROM profile_tags WHERE profile_id = ?1
        UNION ALL SELECT 2, purpose, chat_id, NULL, NULL, NULL FROM consents_in_force WHERE profile_id = ?1
        UNION ALL SELECT 3, event, count, first_at, last_at, NULL FROM event_statistics WHERE profile_id = ?1
        """);

    private readonly Statement _eventCount = new(connection,
        "SELECT count(*) FROM events WHERE profile_id = ?1 AND event = ?2 AND at >= ?3");

    public Snapshot Load(ChatAddress address)
    {
        Chat chat;
        Profile profile;
        Conversation? conversation;
        using (var row = _chat.Query(address.Address, address.Bot, address.Channel))
        {
            if (!row.Read())
            {
                return Snapshot.None;
            }

            chat = new Chat(new ChatId(row.Number(0)), new ProfileId(row.Number(1)), address, row.Text(2), row.MomentOrNull(3),
                row.Boolean(4), row.IsNull(10) ? null : new LastPress(row.Number(10), row.Text(11), row.Moment(12)));
            profile = Profile.New(chat.Profile, row.Moment(5)) with
            {
                LastActive = row.Moment(6),
                FirstSource = row.TextOrNull(7),
                LastSource = row.TextOrNull(8),
            };
            conversation = row.IsNull(9) ? null : StoredJson.ReadConversation(row.Bytes(9));
        }

        return new Snapshot(WithParts(profile), chat, conversation);
    }

    public decimal Answer(Query query, ProfileId profile)
    {
        switch (query)
        {
            case Query.EventCount count:
                using (var row = _eventCount.Query(profile.Value, count.Event, count.Since))
                {
                    row.Read();
                    return row.Number(0);
                }

            default:
                throw new NotSupportedException($"The store has no answer to {query.GetType().Name}.");
        }
    }

    public void Dispose()
    {
        _chat.Dispose();
        _parts.Dispose();
        _eventCount.Dispose();
    }

    private Profile WithParts(Profile profile)
    {
        var fields = profile.Fields.ToBuilder();
        var tags = profile.Tags.ToBuilder();
        var consents = profile.Consents.ToBuilder();
        var events = profile.Events.ToBuilder();
        using (var row = _parts.Query(profile.Id.Value))
        {
            while (row.Read())
            {
                var name = row.Text(1);
                switch ((int)row.Number(0))
                {
                    case Field:
                        fields.Add(name, StoredValues.Read(row.Number(2), row.TextOrNull(5), row.IsNull(3) ? 0 : row.Number(3)));
                        break;
                    case Tag:
                        tags.Add(name);
                        break;
                    case Consent:
                        consents.Add(new ConsentInForce(name, new ChatId(row.Number(2))));
                        break;
                    default:
                        events.Add(name, new EventStatistics(row.Number(2), row.Moment(3), row.Moment(4)));
                        break;
                }
            }
        }

        return profile with
        {
            Fields = fields.ToImmutable(),
            Tags = tags.ToImmutable(),
            Consents = consents.ToImmutable(),
            Events = events.ToImmutable(),
        };
    }
}
