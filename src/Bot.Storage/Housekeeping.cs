using Bot.Core.Bookings;
using Bot.Storage.Lists;
using Bot.Storage.Sqlite;
using Bot.Storage.Web;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage;

/// <summary>Deletes what was kept long enough, a page at a time, so that the writer is never held long.</summary>
internal sealed class Housekeeping(SqliteConnection connection, string database, TimeProvider clock)
{
    private const int Page = 500;
    private static readonly TimeSpan KeysKept = TimeSpan.FromHours(72);
    private static readonly TimeSpan AsideKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan ListsKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan AdminMessagesKept = TimeSpan.FromDays(90);
    private static readonly TimeSpan CellsKept = TimeSpan.FromDays(7);
    private static readonly TimeSpan DeadWebhooksKept = TimeSpan.FromDays(30);

    private readonly WebHousekeeping _web = new(connection);

    // Where the walk through the keys stands; null between two rounds.
    private string? _key;

    /// <summary>Takes one step and answers whether the round goes on.</summary>
    public bool Step(DateTimeOffset now)
    {
        try
        {
            return DeleteKeys(now) || DeleteRequests(now) || ClearAside(now) || DeleteAdminMessages(now) || DeleteCells(now) || DeleteTalkMessages(now)
                || DeleteWebhooks(now) || _web.DeleteMessages(now) || _web.DeleteSessions(now) || EndRound(now);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    private bool DeleteKeys(DateTimeOffset now)
    {
        var from = _key ?? "";
        var to = connection.ExecuteScalar<string?>("SELECT key FROM inbox WHERE key > @from ORDER BY key LIMIT 1 OFFSET @page",
            new { from, page = Page - 1 });
        connection.Execute("DELETE FROM inbox WHERE key > @from AND (key <= @to OR @to IS NULL) AND at < @before",
            new { from, to, before = (now - KeysKept).ToUnixTimeMilliseconds() });
        _key = to;
        return to is not null;
    }

    /// <summary>As long as the key of an input is known its answer is, so that one that comes again is not dropped without a word.</summary>
    private bool DeleteRequests(DateTimeOffset now) =>
        connection.Execute("""
            DELETE FROM requests WHERE key IN (
                SELECT key FROM requests r WHERE at < @before AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.key = r.key) ORDER BY at LIMIT @page)
            """, new { before = (now - KeysKept).ToUnixTimeMilliseconds(), page = Page }) == Page;

    private bool ClearAside(DateTimeOffset now) =>
        connection.Execute("""
            UPDATE aside SET input = NULL
            WHERE id IN (SELECT id FROM aside WHERE at < @before AND input IS NOT NULL LIMIT @page)
            """, new { before = (now - AsideKept).ToUnixTimeMilliseconds(), page = Page }) == Page;

    /// <summary>They name customers and their contacts. One page of the oldest; answers whether there may be more.</summary>
    private bool DeleteAdminMessages(DateTimeOffset now) =>
        connection.Execute("""
            DELETE FROM admin_messages
            WHERE id IN (SELECT id FROM (SELECT id, at FROM admin_messages ORDER BY id LIMIT @page) WHERE at < @before)
            """, new { before = (now - AdminMessagesKept).ToUnixTimeMilliseconds(), page = Page }) == Page;

    /// <summary>What is over can be sold to nobody. One page of the specialists' oldest; answers whether there may be more.</summary>
    private bool DeleteCells(DateTimeOffset now)
    {
        connection.Execute("DELETE FROM holds WHERE until < @before", new { before = (now - CellsKept).ToUnixTimeMilliseconds() });
        return connection.Execute("""
            DELETE FROM slot_cells
            WHERE (specialist, cell) IN (SELECT specialist, cell FROM slot_cells WHERE cell < @before LIMIT @page)
            """, new { before = Slots.Cells(now - CellsKept, now).First, page = Page }) == Page;
    }

    /// <summary>What can be edited no more, for what it was passed on from is deleted too.</summary>
    private bool DeleteTalkMessages(DateTimeOffset now) =>
        connection.Execute("""
            DELETE FROM talk_messages
            WHERE outbox_id IN (SELECT outbox_id FROM (SELECT outbox_id, at FROM talk_messages ORDER BY outbox_id LIMIT @page) WHERE at < @before)
            """, new { before = (now - AdminMessagesKept).ToUnixTimeMilliseconds(), page = Page }) == Page;

    /// <summary>Those that were given up and that staff neither sent again nor dropped.</summary>
    private bool DeleteWebhooks(DateTimeOffset now) =>
        connection.Execute("DELETE FROM webhooks WHERE event_id IN (SELECT event_id FROM webhooks WHERE dead_at < @before LIMIT @page)",
            new { before = (now - DeadWebhooksKept).ToUnixTimeMilliseconds(), page = Page }) == Page;

    private bool EndRound(DateTimeOffset now)
    {
        connection.Execute("DELETE FROM attempts WHERE at < @before", new { before = (now - KeysKept).ToUnixTimeMilliseconds() });
        connection.Execute("DELETE FROM exports WHERE at < @before", new { before = (now - ListsKept).ToUnixTimeMilliseconds() });
        ListFiles.DeleteOld(database, clock.GetUtcNow());
        DatabaseCopy.DeleteOld(database, clock.GetUtcNow());
        connection.Execute("PRAGMA optimize");
        return false;
    }
}
