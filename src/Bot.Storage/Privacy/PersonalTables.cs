using System.Collections.Immutable;

namespace Bot.Storage.Privacy;

/// <summary>A table that holds something about persons.</summary>
/// <param name="Rows">Selects what it holds about the profile <c>?1</c>; whole tables are read where no index helps, for this is rare.</param>
internal sealed record PersonalTable(string Name, string Rows);

/// <summary>
/// Which tables hold something about a person and how that person's rows are found: the one list for all that must find them all. A test
/// fails when a table stands in neither part.
/// </summary>
internal static class PersonalTables
{
    /// <summary>The person's profile, and those that became a part of it.</summary>
    private const string Ids = "(SELECT ?1 UNION ALL SELECT id FROM profiles WHERE merged_into = ?1)";

    private const string ChatsOfProfile = "SELECT id FROM chats WHERE profile_id = ?1";
    private const string EventsOfProfile = $"SELECT id FROM events WHERE profile_id IN {Ids}";
    private const string SessionsOfProfile = "SELECT address FROM chats WHERE profile_id = ?1 AND channel = 'web' AND bot = 0";

    public static readonly ImmutableArray<PersonalTable> All =
    [
        new("profiles", $"SELECT * FROM profiles WHERE id IN {Ids}"),
        OfProfile("chats"),
        OfProfile("profile_fields"),
        OfProfile("profile_tags"),

        // With the very words; the hash is that of no person.
        new("consents", $"""
            SELECT c.*, w.language, w.text, w.label FROM consents c LEFT JOIN wordings w ON w.hash = c.wording_hash WHERE c.profile_id IN {Ids}
            """),
        OfProfile("consents_in_force"),
        OfProfile("topics_off"),
        OfProfile("event_statistics"),
        OfProfile("events"),
        new("event_numbers", $"SELECT * FROM event_numbers WHERE event_id IN ({EventsOfProfile})"),
        new("event_texts", $"SELECT * FROM event_texts WHERE event_id IN ({EventsOfProfile})"),
        OfChats("conversations"),
        OfChats("timers"),
        OfProfile("sequence_runs"),
        OfProfile("automation_runs"),
        OfProfile("outbox"),
        OfProfile("deliveries"),
        OfProfile("recipients"),
        OfProfile("experiment_arms"),
        OfProfile("purchases"),
        OfProfile("refunds"),
        OfProfile("points_accounts"),
        OfProfile("points_lots"),
        OfProfile("points_ledger"),
        OfProfile("cards"),
        OfProfile("codes"),
        OfProfile("bookings"),
        OfProfile("holds"),
        new("slot_cells", """
            SELECT * FROM slot_cells WHERE holder_id = ?1 OR booking_id IN (SELECT id FROM bookings WHERE profile_id = ?1)
            """),
        OfProfile("profile_notes"),
        OfProfile("cases"),
        new("case_words", "SELECT w.* FROM case_words w JOIN cases c ON c.id = w.case_id WHERE c.profile_id = ?1"),
        OfProfile("admin_messages"),
        OfProfile("talk_messages"),
        OfProfile("talk_topics"),
        new("web_sessions", $"SELECT * FROM web_sessions WHERE id IN ({SessionsOfProfile})"),
        new("web_messages", $"SELECT * FROM web_messages WHERE session_id IN ({SessionsOfProfile})"),

        // An input that failed belongs to whoever's chat it came from, which may have no profile yet.
        new("aside", """
            SELECT a.* FROM aside a JOIN chats c ON c.channel = json_extract(CAST(a.input AS TEXT), '$.chat.channel')
                AND c.bot = json_extract(CAST(a.input AS TEXT), '$.chat.bot') AND c.address = json_extract(CAST(a.input AS TEXT), '$.chat.address')
            WHERE c.profile_id = ?1
            """),
    ];

    /// <summary>
    /// The others: of the file itself, which lists staff asked for and sent (the files themselves are deleted after a day), of the business's texts and files, of its staff, how far daily automations are, and for 72 hours the bare keys of
    /// inputs and requests, by which one that comes again is known.
    /// </summary>
    public static readonly ImmutableSortedSet<string> Impersonal = ImmutableSortedSet.Create(StringComparer.Ordinal,
        "attempts", "broadcasts", "exports", "file_ids", "imports", "inbox", "meta", "migrations", "requests", "schedules", "staff", "staff_audit", "wordings");

    private static PersonalTable OfProfile(string name) => new(name, $"SELECT * FROM {name} WHERE profile_id IN {Ids}");

    private static PersonalTable OfChats(string name) => new(name, $"SELECT * FROM {name} WHERE chat_id IN ({ChatsOfProfile})");
}
