using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Conversations;
using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Core.Sequences;
using Bot.Core.Talks;
using Bot.Core.Turns;
using Bot.Storage.Bookings;
using Bot.Storage.Json;
using Bot.Storage.Lists;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Turns;

/// <summary>Loads what a turn starts from, in two statements.</summary>
internal sealed class SnapshotReader(SqliteConnection connection) : IDisposable
{
    private const int Field = 0;
    private const int Tag = 1;
    private const int Consent = 2;
    private const int Event = 3;
    private const int TopicOff = 4;

    private readonly Statement _chat = new(connection, """
        SELECT c.id, c.profile_id, c.language, c.blocked_at, c.has_keyboard,
            p.created_at, p.last_active_at, p.first_source, p.last_source, v.content,
            c.last_press_message, c.last_press_data, c.last_press_at, c.zone, c.talking_since, p.paused_until, c.talked_at, c.talk_timer
        FROM chats c
        JOIN profiles p ON p.id = c.profile_id
        LEFT JOIN conversations v ON v.chat_id = c.id AND v.ended_at IS NULL
        WHERE c.address = ?1 AND c.bot = ?2 AND c.channel = ?3
        """);

    private readonly Statement _parts = new(connection, """
        SELECT 0, name, kind, number, NULL, text, NULL, NULL, NULL FROM profile_fields WHERE profile_id = ?1
        UNION ALL SELECT 1, tag, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM profile_tags WHERE profile_id = ?1
        UNION ALL SELECT 2, f.purpose, f.chat_id, c.blocked_at, NULL, NULL, NULL, NULL, NULL
            FROM consents_in_force f JOIN chats c ON c.id = f.chat_id WHERE f.profile_id = ?1
        UNION ALL SELECT 3, event, count, first_at, last_at, NULL, NULL, NULL, NULL FROM event_statistics WHERE profile_id = ?1
        UNION ALL SELECT 4, topic, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM topics_off WHERE profile_id = ?1
        UNION ALL SELECT 5, sequence, id, started_at, chat_id, step, timer_id, ended, ended_at FROM sequence_runs WHERE profile_id = ?1
        """);

    // All that are to come, and of the others the latest.
    private readonly Statement _bookings = new(connection, $"""
        SELECT {BookingRows.Columns} FROM bookings
        WHERE profile_id = ?1 AND (state <= 2 OR id IN (SELECT id FROM bookings WHERE profile_id = ?1 ORDER BY id DESC LIMIT 20))
        """);

    private readonly Statement _profile = new(connection,
        "SELECT created_at, last_active_at, first_source, last_source, paused_until FROM profiles WHERE id = ?1");

    private readonly FactReader _facts = new(connection);
    private readonly JoinWriter _joins = new(connection);

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
                row.Boolean(4), row.IsNull(10) ? null : new LastPress(row.Number(10), row.Text(11), row.Moment(12)), row.TextOrNull(13),
                row.IsNull(14) ? null : new Talk(row.Moment(14), row.Moment(16), new TimerId(row.Number(17))));
            profile = Profile.New(chat.Profile, row.Moment(5)) with
            {
                LastActive = row.Moment(6),
                FirstSource = row.TextOrNull(7),
                LastSource = row.TextOrNull(8),
                PausedUntil = row.MomentOrNull(15),
            };
            conversation = row.IsNull(9) ? null : StoredJson.ReadConversation(row.Bytes(9));
        }

        return new Snapshot(WithParts(profile), chat, conversation);
    }

    /// <summary>A profile that is there, in whatever chat.</summary>
    public Profile LoadProfile(ProfileId id)
    {
        Profile profile;
        using (var row = _profile.Query(id.Value))
        {
            profile = row.Read()
                ? Profile.New(id, row.Moment(0)) with
                {
                    LastActive = row.Moment(1),
                    FirstSource = row.TextOrNull(2),
                    LastSource = row.TextOrNull(3),
                    PausedUntil = row.MomentOrNull(4),
                }
                : throw new InvalidOperationException($"There is no profile {id.Value}.");
        }

        return WithParts(profile);
    }

    public Fact? Answer(Query query, ProfileId profile, DateTimeOffset now) => query is Query.BroughtIn one
        ? _joins.Find(one.Phone, profile) is { } other ? new OtherProfile(LoadProfile(other)) : null
        : _facts.Answer(query, profile, now);

    /// <summary>Makes one profile a part of another, whose snapshot was written.</summary>
    public void TakeOver(ProfileId other, ProfileId survivor, ChatId chat) => _joins.TakeOver(other, survivor, chat);

    public void Dispose()
    {
        _chat.Dispose();
        _parts.Dispose();
        _bookings.Dispose();
        _profile.Dispose();
        _joins.Dispose();
        _facts.Dispose();
    }

    private Profile WithParts(Profile profile)
    {
        var fields = profile.Fields.ToBuilder();
        var tags = profile.Tags.ToBuilder();
        var consents = profile.Consents.ToBuilder();
        var events = profile.Events.ToBuilder();
        var blocked = profile.BlockedChats;
        var topics = profile.TopicsOff;
        var sequences = profile.Sequences;
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
                        var chat = new ChatId(row.Number(2));
                        consents.Add(new ConsentInForce(name, chat));
                        blocked = row.IsNull(3) ? blocked : blocked.Add(chat);
                        break;
                    case Event:
                        events.Add(name, new EventStatistics(row.Number(2), row.Moment(3), row.Moment(4)));
                        break;
                    case TopicOff:
                        topics = topics.Add(name);
                        break;
                    default:
                        // In the order of their ids: the latest run of a sequence stays.
                        sequences = sequences.SetItem(name, new SequenceRun(new SequenceRunId(row.Number(2)), name, new ChatId(row.Number(4)),
                            row.Moment(3), row.Text(5), row.IsNull(6) ? null : new TimerId(row.Number(6)),
                            row.IsNull(7) ? null : (SequenceEnd)row.Number(7), row.MomentOrNull(8)));
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
            BlockedChats = blocked,
            TopicsOff = topics,
            Sequences = sequences,

            // Who never booked anything need not be asked after.
            Bookings = events.ContainsKey(BuiltInEvents.BookingCreated) ? BookingsOf(profile.Id) : profile.Bookings,
        };
    }

    private ImmutableDictionary<BookingId, Booking> BookingsOf(ProfileId profile)
    {
        var bookings = ImmutableDictionary.CreateBuilder<BookingId, Booking>();
        using var row = _bookings.Query(profile.Value);
        while (row.Read())
        {
            var booking = BookingRows.Read(row);
            bookings.Add(booking.Id, booking);
        }

        return bookings.ToImmutable();
    }
}
