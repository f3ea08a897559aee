using Microsoft.Data.Sqlite;

namespace Bot.Benchmarks.Segments;

/// <summary>Fills a database with customers such as a business has: most came for the checklist, some bought, many are gone again.</summary>
internal sealed class Town(SqliteConnection connection, DateTimeOffset now)
{
    private const int AtOnce = 100_000;

    /// <summary>
    /// Customer by customer, by n and a number that looks random (r, 0 to 2^31). Nothing here is like the bot's own way to write: only
    /// what it leaves behind is.
    /// </summary>
    private const string Customers = """
        CREATE TEMP TABLE n AS
            WITH RECURSIVE s (n) AS (SELECT $from UNION ALL SELECT n + 1 FROM s WHERE n < $to)
            SELECT n, abs(random()) % 2147483648 AS r, $now - abs(random()) % 63072000000 AS created FROM s;
        INSERT INTO profiles (id, created_at, last_active_at, first_source, last_source)
            SELECT n, created, created + abs(random()) % ($now - created + 1),
                CASE r % 3 WHEN 0 THEN 'vk' WHEN 1 THEN 'qr' END, 'vk' FROM n;
        INSERT INTO chats (id, profile_id, channel, bot, address, language, zone, blocked_at, has_keyboard)
            SELECT n * 4, n, 'telegram', 1, 1000000000 + n, CASE r % 5 WHEN 0 THEN 'en' ELSE 'ru' END, CASE r % 7 WHEN 0 THEN 'Asia/Yekaterinburg' END,
                CASE r % 20 WHEN 0 THEN $now END, 0 FROM n;
        INSERT INTO chats (id, profile_id, channel, bot, address, language, has_keyboard) SELECT n * 4 + 1, n, 'web', 0, n, 'ru', 0 FROM n WHERE r % 20 < 2;
        INSERT INTO profile_fields (profile_id, name, kind, text, folded, number)
            SELECT n, 'birthday', 4, NULL, NULL, (1960 + r % 45) * 10000 + (1 + r % 12) * 100 + 1 + r % 28 FROM n WHERE r % 10 < 4
            UNION ALL SELECT n, 'city', 3, 'Казань', 'казань', NULL FROM n WHERE r % 10 < 5
            UNION ALL SELECT n, 'name', 3, 'Анна ' || r, 'анна ' || r, NULL FROM n WHERE r % 10 < 8
            UNION ALL SELECT n, 'phone', 3, '+7' || r, '+7' || r, NULL FROM n WHERE r % 10 < 7
            ORDER BY 1, 2;
        INSERT INTO profile_tags (profile_id, tag) SELECT n, 'lead' FROM n WHERE r % 10 < 8 UNION ALL SELECT n, 'vip' FROM n WHERE r % 50 = 0 ORDER BY 1, 2;
        INSERT INTO consents_in_force (profile_id, purpose, chat_id)
            SELECT n, 'marketing', n * 4 FROM n WHERE r % 10 < 5 UNION ALL SELECT n, 'personal-data', n * 4 FROM n WHERE r % 10 < 8 ORDER BY 1, 2;
        INSERT INTO consents (profile_id, chat_id, purpose, given, source, at)
            SELECT n, n * 4, 'personal-data', 1, 'dialog:contact/consent', created FROM n WHERE r % 10 < 8
            UNION ALL SELECT n, n * 4, 'marketing', 1, 'dialog:contact/offers', created FROM n WHERE r % 10 < 5;
        INSERT INTO purchases (id, profile_id, amount, at)
            SELECT printf('p%010d-%d', n, k.value), n, 50000 + abs(random()) % 1000000, created + abs(random()) % ($now - created + 1)
            FROM n JOIN json_each('[1,2,3,4,5,6,7,8]') k ON k.value <= 1 + n.r / 10 % 8 WHERE r % 10 < 3;
        INSERT INTO events (profile_id, event, at)
            SELECT n, 'link.opened', created FROM n
            UNION ALL SELECT n, 'lead-magnet.delivered', created + 60000 FROM n WHERE r % 20 < 17
            UNION ALL SELECT u.profile_id, 'purchase', u.at FROM n JOIN purchases u ON u.profile_id = n.n
            ORDER BY 1;
        INSERT INTO event_statistics (profile_id, event, count, first_at, last_at)
            SELECT e.profile_id, e.event, count(*), min(e.at), max(e.at) FROM n JOIN events e ON e.profile_id = n.n GROUP BY 1, 2;
        INSERT INTO deliveries (profile_id, chat_id, kind, cause, template, status, at)
            SELECT n, n * 4, CASE k.value WHEN 0 THEN 0 ELSE 2 END, 'sequence:welcome', 'welcome/hello', 0, created + k.value * 86400000
            FROM n JOIN json_each('[0,1,2,3,4]') k ON k.value = 0 OR r % 10 < 5;
        DROP TABLE n;
        """;

    public void Settle(int customers)
    {
        Execute("PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -400000;");
        for (var from = 1; from <= customers; from += AtOnce)
        {
            Execute($"BEGIN; {Customers} COMMIT;", from, Math.Min(from + AtOnce - 1, customers));
        }

        Execute("PRAGMA wal_checkpoint(TRUNCATE);");
    }

    private void Execute(string sql, int from = 0, int to = 0)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        command.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
        command.ExecuteNonQuery();
    }
}
