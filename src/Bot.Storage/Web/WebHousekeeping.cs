using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Web;

/// <summary>Deletes the web chat's old lines, and the sessions of visitors who left no contact and did not come back.</summary>
internal sealed class WebHousekeeping(SqliteConnection connection)
{
    private const int Page = 500;
    private static readonly TimeSpan MessagesKept = TimeSpan.FromDays(90);
    private static readonly TimeSpan IdleSessionsKept = TimeSpan.FromDays(30);

    private const string Idle = """
        s.seen_at < @before AND s.id > @from AND s.id <= @to AND NOT EXISTS (
            SELECT 1 FROM chats c
            JOIN profile_fields f ON f.profile_id = c.profile_id AND f.name IN ('phone', 'email')
            WHERE c.address = s.id AND c.bot = 0 AND c.channel = 'web')
        """;

    // Where the walk through the sessions stands.
    private long _session;

    /// <summary>One page of the oldest lines; answers whether there may be more.</summary>
    public bool DeleteMessages(DateTimeOffset now) =>
        connection.Execute("""
            DELETE FROM web_messages
            WHERE id IN (SELECT id FROM (SELECT id, at FROM web_messages ORDER BY id LIMIT @page) WHERE at < @before)
            """, new { before = (now - MessagesKept).ToUnixTimeMilliseconds(), page = Page }) == Page;

    /// <summary>One page of sessions, or of the lines of one; answers whether there may be more.</summary>
    public bool DeleteSessions(DateTimeOffset now)
    {
        var last = connection.ExecuteScalar<long?>("SELECT id FROM web_sessions WHERE id > @from ORDER BY id LIMIT 1 OFFSET @page",
            new { from = _session, page = Page - 1 });
        var range = new { from = _session, to = last ?? long.MaxValue, before = (now - IdleSessionsKept).ToUnixTimeMilliseconds(), page = Page };
        if (connection.Execute($"""
            DELETE FROM web_messages WHERE id IN (
                SELECT m.id FROM web_sessions s JOIN web_messages m ON m.session_id = s.id WHERE {Idle} LIMIT @page)
            """, range) == Page)
        {
            return true;
        }

        connection.Execute($"DELETE FROM web_sessions AS s WHERE {Idle}", range);
        _session = last ?? 0;
        return last is not null;
    }
}
