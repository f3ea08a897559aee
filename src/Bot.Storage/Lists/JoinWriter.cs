using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Lists;

/// <summary>
/// Makes one profile a part of another. What a snapshot holds is in the other one's by then; what can be moved is moved; what is append-only stays
/// with its old id, which leads to the other one.
/// </summary>
internal sealed class JoinWriter(SqliteConnection connection) : IDisposable
{
    /// <summary>Rows of a snapshot: the survivor's were written before.</summary>
    private static readonly ImmutableArray<string> Taken = ["profile_fields", "profile_tags", "topics_off", "event_statistics", "consents_in_force"];

    private static readonly ImmutableArray<string> Moved = ["chats", "purchases", "codes", "profile_notes"];

    /// <summary>What became of messages and automations is history: it is read by both ids where a person's own is asked for.</summary>
    private static readonly ImmutableArray<string> Left = ["events", "consents", "sequence_runs", "automation_runs", "outbox", "deliveries", "admin_messages"];

    private readonly Statement _find = new(connection, """
        SELECT f.profile_id FROM profile_fields f
        WHERE f.name = 'phone' AND substr(f.text, -10) = substr(?1, -10) AND f.text = ?1 AND f.profile_id <> ?2
            AND EXISTS (SELECT 1 FROM chats c WHERE c.profile_id = f.profile_id AND c.channel = 'staff')
            AND NOT EXISTS (SELECT 1 FROM chats c WHERE c.profile_id = f.profile_id AND c.channel <> 'staff')
        ORDER BY f.profile_id LIMIT 1
        """);

    // Of other subjects: they need not be named here to come along.
    private readonly Lazy<ImmutableArray<(string Name, bool IsFixed)>> _others = new(() =>
    [
        .. connection.Query<(string, long)>("""
            SELECT t.name, EXISTS (SELECT 1 FROM sqlite_schema g WHERE g.type = 'trigger' AND g.tbl_name = t.name AND g.sql LIKE '%BEFORE UPDATE%')
            FROM sqlite_schema t JOIN pragma_table_info(t.name) c ON c.name = 'profile_id'
            WHERE t.type = 'table'
            """)
            .Where(table => !Taken.Contains(table.Item1) && !Moved.Contains(table.Item1) && !Left.Contains(table.Item1))
            .Select(table => (table.Item1, table.Item2 != 0)),
    ]);

    /// <summary>The customer whom staff brought in with this phone, who has never come, and who can be made a part of another.</summary>
    public ProfileId? Find(string phone, ProfileId butNot)
    {
        ProfileId found;
        using (var row = _find.Query(phone, butNot.Value))
        {
            if (!row.Read())
            {
                return null;
            }

            found = new ProfileId(row.Number(0));
        }

        // What cannot be moved and would be missed, such as a ledger, keeps the two apart.
        return _others.Value.Any(table => table.IsFixed && Has(table.Name, found)) ? null : found;
    }

    /// <param name="chat">Where the survivor is reached: there they hear of visits that were booked for them before.</param>
    public void TakeOver(ProfileId other, ProfileId survivor, ChatId chat)
    {
        Run("UPDATE timers SET chat_id = ?2 WHERE chat_id IN (SELECT id FROM chats WHERE profile_id = ?1)", other.Value, chat.Value);
        Run("UPDATE bookings SET chat_id = ?2 WHERE profile_id = ?1", other.Value, chat.Value);
        foreach (var table in Moved)
        {
            Run($"UPDATE {table} SET profile_id = ?2 WHERE profile_id = ?1", other.Value, survivor.Value);
        }

        foreach (var (table, _) in _others.Value.Where(table => !table.IsFixed))
        {
            Run($"UPDATE OR IGNORE {table} SET profile_id = ?2 WHERE profile_id = ?1", other.Value, survivor.Value);
        }

        foreach (var table in Taken)
        {
            Run($"DELETE FROM {table} WHERE profile_id = ?1", other.Value);
        }

        // Whoever became a part of the other one before comes along.
        Run("UPDATE profiles SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1", other.Value, survivor.Value);
    }

    public void Dispose() => _find.Dispose();

    private bool Has(string table, ProfileId profile)
    {
        using var statement = new Statement(connection, $"SELECT 1 FROM {table} WHERE profile_id = ?1 LIMIT 1");
        using var row = statement.Query(profile.Value);
        return row.Read();
    }

    // Prepared each time: it happens once in a customer's life.
    private void Run(string sql, params ReadOnlySpan<Cell> cells)
    {
        using var statement = new Statement(connection, sql);
        statement.Run(cells);
    }
}
