using System.Collections.Immutable;

namespace Bot.Storage.Privacy;

/// <summary>A table that holds something about persons.</summary>
/// <param name="Rows">Selects what it holds about the profile <c>?1</c>; whole tables are read where no index helps, for this is rare.</param>
/// <param name="Erase">What is left of that when the person is to be forgotten, at the moment <c>?2</c>; <see langword="null"/> if all of it may stay:
/// ids, codes and numbers that lead to nobody any more.</param>
/// <param name="IsEmptied">Nothing may be left in it.</param>
internal sealed record PersonalTable(string Name, string Rows, string? Erase = null, bool IsEmptied = false);

/// <summary>
/// Which tables hold something about a person, how that person's rows are found, and what becomes of them when the person is forgotten: the one
/// list for all that must find them all. A test fails when a table stands in neither part.
/// </summary>
internal static class PersonalTables
{
    /// <summary>The person's profile, and those that became a part of it.</summary>
    private const string Ids = "(SELECT ?1 UNION ALL SELECT id FROM profiles WHERE merged_into = ?1)";

    private const string ChatsOfProfile = "SELECT id FROM chats WHERE profile_id = ?1";
    private const string EventsOfProfile = $"SELECT id FROM events WHERE profile_id IN {Ids}";
    private const string SessionsOfProfile = "SELECT address FROM chats WHERE profile_id = ?1 AND channel = 'web' AND bot = 0";

    /// <summary>In the order in which they are shown; forgotten from the last to the first, for rows are found by those above them.</summary>
    public static readonly ImmutableArray<PersonalTable> All =
    [
        new("profiles", $"SELECT * FROM profiles WHERE id IN {Ids}",
            $"UPDATE profiles SET erased_at = ?2, paused_until = NULL WHERE id IN {Ids}"),

        // The address is what leads to the person.
        OfProfile("chats") with
        {
            Erase = """
                UPDATE chats SET channel = 'erased', bot = 0, address = id, zone = NULL, blocked_at = coalesce(blocked_at, ?2), has_keyboard = 0,
                    last_press_message = NULL, last_press_data = NULL, last_press_at = NULL, talking_since = NULL, talked_at = NULL, talk_timer = NULL
                WHERE profile_id = ?1
                """,
        },
        Emptied("profile_fields"),
        Emptied("profile_tags"),

        // With the very words; the hash is that of no person. It is the proof that there was a consent, and holds no more than ids.
        new("consents", $"""
            SELECT c.*, w.language, w.text, w.label FROM consents c LEFT JOIN wordings w ON w.hash = c.wording_hash WHERE c.profile_id IN {Ids}
            """),
        Emptied("consents_in_force"),
        Emptied("topics_off"),
        OfProfile("event_statistics"),
        OfProfile("events"),
        new("event_numbers", $"SELECT * FROM event_numbers WHERE event_id IN ({EventsOfProfile})"),

        // Ids of choices, services and the like are counted by; what somebody typed goes.
        new("event_texts", $"SELECT * FROM event_texts WHERE event_id IN ({EventsOfProfile})",
            $"DELETE FROM event_texts WHERE kind = 3 AND event_id IN ({EventsOfProfile})"),
        OfChats("conversations") with
        {
            Erase = $"""
                UPDATE conversations SET content = NULL, ended_at = coalesce(ended_at, ?2), ended = coalesce(ended, 1) WHERE chat_id IN ({ChatsOfProfile})
                """,
        },
        OfChats("timers") with { Erase = $"DELETE FROM timers WHERE chat_id IN ({ChatsOfProfile})" },
        OfProfile("sequence_runs") with
        {
            Erase = $"UPDATE sequence_runs SET timer_id = NULL, ended_at = ?2, ended = 3 WHERE ended IS NULL AND profile_id IN {Ids}",
        },
        OfProfile("automation_runs"),
        Emptied("outbox"),
        OfProfile("deliveries") with
        {
            Erase = $"""
                UPDATE deliveries SET message_id = NULL, cause = CASE WHEN cause LIKE 'talk:%' THEN 'talk' ELSE cause END WHERE profile_id IN {Ids}
                """,
        },
        OfProfile("recipients") with { Erase = $"UPDATE recipients SET message_id = NULL WHERE profile_id IN {Ids}" },
        OfProfile("experiment_arms"),
        OfProfile("purchases"),
        OfProfile("refunds"),
        OfProfile("points_accounts") with { Erase = $"UPDATE points_accounts SET timer_id = NULL WHERE profile_id IN {Ids}" },
        OfProfile("points_lots"),
        OfProfile("points_ledger"),
        Emptied("cards"),

        // Who still has one in hand cannot be known by it.
        OfProfile("codes") with { Erase = $"DELETE FROM codes WHERE redeemed_at IS NULL AND profile_id IN {Ids}" },
        OfProfile("bookings") with
        {
            Erase = $"UPDATE bookings SET state = 5, revision = revision + 1 WHERE state IN (0, 1) AND start_at > ?2 AND profile_id IN {Ids}",
        },
        Emptied("holds"),
        new("slot_cells", """
            SELECT * FROM slot_cells WHERE holder_id = ?1 OR booking_id IN (SELECT id FROM bookings WHERE profile_id = ?1)
            """,
            """
            DELETE FROM slot_cells
            WHERE holder_id = ?1 OR booking_id IN (SELECT id FROM bookings WHERE profile_id = ?1 AND state IN (0, 1) AND start_at > ?2)
            """),
        Emptied("profile_notes"),
        OfProfile("cases") with
        {
            Erase = $"UPDATE cases SET done = 3, done_at = ?2, solved_at = ?2 WHERE solved_at IS NULL AND profile_id IN {Ids}",
        },
        new("case_words", "SELECT w.* FROM case_words w JOIN cases c ON c.id = w.case_id WHERE c.profile_id = ?1",
            $"DELETE FROM case_words WHERE case_id IN (SELECT id FROM cases WHERE profile_id IN {Ids})", IsEmptied: true),

        // Answers to staff name customers without saying which: they go as well, whoever they are about. What stands for a key must not be told again.
        OfProfile("admin_messages") with
        {
            Erase = $"""
                DELETE FROM admin_messages
                WHERE profile_id IN {Ids}
                    OR (profile_id IS NULL AND key IS NULL AND chat_id IS NULL
                        AND id NOT IN (SELECT line_id FROM broadcasts WHERE line_id IS NOT NULL))
                """,
        },
        Emptied("talk_messages"),
        Emptied("talk_topics"),
        new("web_sessions", $"SELECT * FROM web_sessions WHERE id IN ({SessionsOfProfile})",
            $"DELETE FROM web_sessions WHERE id IN ({SessionsOfProfile})", IsEmptied: true),
        new("web_messages", $"SELECT * FROM web_messages WHERE session_id IN ({SessionsOfProfile})",
            $"DELETE FROM web_messages WHERE session_id IN ({SessionsOfProfile})", IsEmptied: true),

        // An input that failed belongs to whoever's chat it came from, which may have no profile yet. What staff and programs said may be about anybody.
        new("aside", $"SELECT a.* FROM aside a {ChatOfInput} WHERE c.profile_id = ?1",
            $"UPDATE aside SET input = NULL WHERE id IN (SELECT a.id FROM aside a {ChatOfInput} WHERE c.profile_id = ?1) OR kind IN ('StaffMessage', 'StaffPress', 'Imported', 'Noted', 'Written')"),
    ];

    private const string ChatOfInput = """
        JOIN chats c ON c.channel = json_extract(CAST(a.input AS TEXT), '$.chat.channel')
            AND c.bot = json_extract(CAST(a.input AS TEXT), '$.chat.bot') AND c.address = json_extract(CAST(a.input AS TEXT), '$.chat.address')
        """;

    /// <summary>
    /// The others: of the file itself, which lists staff asked for and sent (the files themselves are deleted after a day), of the business's texts and files, of its staff, how far daily automations are, and for 72 hours the bare keys of
    /// inputs and requests, by which one that comes again is known.
    /// </summary>
    public static readonly ImmutableSortedSet<string> Impersonal = ImmutableSortedSet.Create(StringComparer.Ordinal,
        "attempts", "broadcasts", "exports", "file_ids", "imports", "inbox", "meta", "migrations", "requests", "schedules", "staff", "staff_audit", "webhooks", "wordings");

    private static PersonalTable OfProfile(string name) => new(name, $"SELECT * FROM {name} WHERE profile_id IN {Ids}");

    private static PersonalTable Emptied(string name) =>
        OfProfile(name) with { Erase = $"DELETE FROM {name} WHERE profile_id IN {Ids}", IsEmptied = true };

    private static PersonalTable OfChats(string name) => new(name, $"SELECT * FROM {name} WHERE chat_id IN ({ChatsOfProfile})");
}
