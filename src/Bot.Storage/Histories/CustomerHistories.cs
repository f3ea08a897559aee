using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Storage.Sqlite;
using Bot.Storage.Timers;
using Bot.Storage.Turns;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Histories;

/// <summary>Histories of single customers, read beside a running bot. Nothing of this is asked often, so whole tables may be read.</summary>
public static class CustomerHistories
{
    /// <summary>Fewer digits are no phone, and more are an id.</summary>
    private const int ShortestPhone = 7;
    private const int LongestPhone = 15;

    /// <summary>A number without its country, which is written in more than one way.</summary>
    private const int NationalPhone = 10;

    private const string NameAndContact = """
        (SELECT text FROM profile_fields f WHERE f.profile_id = p.id AND f.name = 'name'),
        coalesce((SELECT text FROM profile_fields f WHERE f.profile_id = p.id AND f.name = 'phone'),
            (SELECT text FROM profile_fields f WHERE f.profile_id = p.id AND f.name = 'email'))
        """;

    /// <summary>Whose id, phone or email this is.</summary>
    public static ImmutableArray<ProfileId> Find(StoreOptions options, string who) => Read(options, connection =>
    {
        using var found = new Statement(connection, $"""
            SELECT coalesce(merged_into, id) FROM profiles WHERE id = ?1
            UNION SELECT profile_id FROM profile_fields WHERE name = 'phone' AND {EndsWith(EndOfPhone(who))}
            UNION SELECT profile_id FROM profile_fields WHERE name = 'email' AND folded = ?3
            """);
        var ids = ImmutableArray.CreateBuilder<ProfileId>();
        using var row = found.Query(Id(who), EndOfPhone(who), Folding.Fold(who));
        while (row.Read())
        {
            ids.Add(new ProfileId(row.Number(0)));
        }

        return ids.DrainToImmutable();
    });

    /// <summary>A customer's history.</summary>
    /// <param name="deliveries">How many of the latest.</param>
    public static CustomerHistory Of(StoreOptions options, ProfileId profile, int deliveries) => Read(options, connection =>
    {
        using var snapshots = new SnapshotReader(connection);
        var loaded = Addresses(connection, profile).Select(snapshots.Load).ToList();
        return new CustomerHistory(
            loaded[0].Profile!,
            [.. loaded.Select(snapshot => snapshot.Chat!)],
            Consents(connection, profile),
            TimersOf(connection, profile),
            Messages(connection, "SELECT id, chat_id, kind, cause, template, NULL, NULL, NULL FROM outbox WHERE profile_id = ?1 ORDER BY id DESC LIMIT ?2",
                profile, deliveries),
            Messages(connection, """
                SELECT id, chat_id, kind, cause, template, status, reason, at FROM deliveries WHERE profile_id = ?1
                UNION ALL
                SELECT id, chat_id, 2, 'broadcast:' || broadcast_id, 'broadcast:' || broadcast_id, CASE state WHEN 4 THEN 2 ELSE 3 END, reason, ended_at
                FROM recipients r
                WHERE profile_id = ?1 AND state IN (4, 5) AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.id = r.id)
                ORDER BY 8 DESC, 1 DESC LIMIT ?2
                """,
                profile, deliveries),
            NotesOf(connection, profile),
            SpentOf(connection, profile));
    });

    /// <summary>Customers whose id, phone, email or name in Telegram this is, or whose name has it in it, the newest first; so many at most.</summary>
    public static ImmutableArray<CustomerFound> Search(StoreOptions options, string what, int limit) => Read(options, connection =>
    {
        var (folded, phone) = (Folding.Fold(what), EndOfPhone(what));

        // Of what many have the latest are enough; no name is a number or has an @ in it.
        var email = $"UNION SELECT * FROM ({Latest("name = 'email' AND instr(folded, ?3) > 0")})";
        var within = phone is not null || folded.StartsWith('@') ? "UNION SELECT NULL WHERE ?3 IS NULL"
            : folded.Contains('@', StringComparison.Ordinal) ? email
            : $"UNION SELECT * FROM ({Latest("name = 'name' AND instr(folded, ?3) > 0")}) {email}";
        using var found = new Statement(connection, $"""
            SELECT p.id, {NameAndContact} FROM profiles p
            WHERE p.id IN (
                SELECT coalesce(merged_into, id) FROM profiles WHERE id = ?1
                UNION SELECT profile_id FROM chats WHERE address = ?1 AND channel = 'telegram'
                UNION SELECT * FROM ({Latest($"name = 'phone' AND {EndsWith(phone)}")})
                UNION SELECT profile_id FROM profile_fields WHERE name = 'telegram' AND folded = ?5
                {within})
            ORDER BY p.id DESC LIMIT ?4
            """);
        var customers = ImmutableArray.CreateBuilder<CustomerFound>();
        using var row = found.Query(Id(what), phone, folded, (long)limit, folded.TrimStart('@'));
        while (row.Read())
        {
            customers.Add(new CustomerFound(new ProfileId(row.Number(0)), row.TextOrNull(1), row.TextOrNull(2)));
        }

        return customers.DrainToImmutable();
    });


    private static long Id(string typed) => long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>What the phone that was typed ends with, or <see langword="null"/> if it is none.</summary>
    private static string? EndOfPhone(string typed)
    {
        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
        return digits.Length is >= ShortestPhone and <= LongestPhone && !typed.Any(c => char.IsLetter(c) || c == '@')
            ? digits[^Math.Min(digits.Length, NationalPhone)..]
            : null;
    }

    private static string Latest(string condition) => $"SELECT profile_id FROM profile_fields WHERE {condition} ORDER BY profile_id DESC LIMIT ?4";

    /// <summary>The index has the last ten digits; who types fewer waits a little longer.</summary>
    private static string EndsWith(string? end) =>
        end is null or { Length: NationalPhone } ? "substr(text, -10) = ?2" : "substr(text, -10) LIKE '%' || ?2";

    private static T Read<T>(StoreOptions options, Func<SqliteConnection, T> read)
    {
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        try
        {
            // All of it as of one moment, whatever the bot writes meanwhile.
            using var transaction = connection.BeginTransaction(deferred: true);
            return read(connection);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    private static List<ChatAddress> Addresses(SqliteConnection connection, ProfileId profile)
    {
        using var statement = new Statement(connection, "SELECT channel, bot, address FROM chats WHERE profile_id = ?1 ORDER BY id");
        using var row = statement.Query(profile.Value);
        var addresses = new List<ChatAddress>();
        while (row.Read())
        {
            addresses.Add(new ChatAddress(row.Text(0), row.Number(1), row.Number(2)));
        }

        return addresses;
    }

    private static ImmutableArray<(ConsentInForce Consent, DateTimeOffset Since)> Consents(SqliteConnection connection, ProfileId profile)
    {
        using var statement = new Statement(connection, """
            SELECT f.purpose, f.chat_id, max(c.at) FROM consents_in_force f
            JOIN consents c ON c.profile_id = f.profile_id AND c.purpose = f.purpose AND c.chat_id = f.chat_id AND c.given = 1
            WHERE f.profile_id = ?1
            GROUP BY f.purpose, f.chat_id
            """);
        var consents = ImmutableArray.CreateBuilder<(ConsentInForce Consent, DateTimeOffset Since)>();
        using var row = statement.Query(profile.Value);
        while (row.Read())
        {
            consents.Add((new ConsentInForce(row.Text(0), new ChatId(row.Number(1))), row.Moment(2)));
        }

        return consents.DrainToImmutable();
    }

    private static ImmutableArray<Note> NotesOf(SqliteConnection connection, ProfileId profile)
    {
        using var statement = new Statement(connection, "SELECT at, text FROM profile_notes WHERE profile_id = ?1 ORDER BY id");
        var notes = ImmutableArray.CreateBuilder<Note>();
        using var row = statement.Query(profile.Value);
        while (row.Read())
        {
            notes.Add(new Note(row.Moment(0), row.Text(1)));
        }

        return notes.DrainToImmutable();
    }

    private static decimal SpentOf(SqliteConnection connection, ProfileId profile)
    {
        using var statement = new Statement(connection, "SELECT sum(amount - refunded) FROM purchases WHERE profile_id = ?1");
        using var row = statement.Query(profile.Value);
        return row.Read() && !row.IsNull(0) ? row.Number(0) / 100m : 0;
    }

    private static ImmutableArray<Timer> TimersOf(SqliteConnection connection, ProfileId profile)
    {
        using var statement = new Statement(connection, """
            SELECT t.id, t.due_at, t.kind, t.name, t.step, t.subject, t.waits, t.marketing, t.expired, t.booking_id FROM timers t JOIN chats c ON c.id = t.chat_id
            WHERE c.profile_id = ?1
            ORDER BY t.due_at, t.id
            """);
        var timers = ImmutableArray.CreateBuilder<Timer>();
        using var row = statement.Query(profile.Value);
        while (row.Read())
        {
            timers.Add(TimerRows.Read(row));
        }

        return timers.DrainToImmutable();
    }

    private static ImmutableArray<Delivery> Messages(SqliteConnection connection, string sql, ProfileId profile, int limit)
    {
        using var statement = new Statement(connection, sql);
        var messages = new List<Delivery>();
        using var row = statement.Query(profile.Value, (long)limit);
        while (row.Read())
        {
            messages.Add(new Delivery(new OutboxId(row.Number(0)), new ChatId(row.Number(1)), (MessageKind)row.Number(2), row.Text(3), row.Text(4),
                row.IsNull(5) ? null : (DeliveryStatus)row.Number(5), row.TextOrNull(6), row.MomentOrNull(7) ?? IdSource.TimeOf(row.Number(0))));
        }

        // The newest came first.
        messages.Reverse();
        return [.. messages];
    }
}
