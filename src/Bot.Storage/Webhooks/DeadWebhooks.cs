using System.Collections.Immutable;
using Bot.Core.Webhooks;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Webhooks;

/// <summary>An event that the receiver could not be told of.</summary>
/// <param name="At">When it happened, by the business's clock.</param>
/// <param name="Attempts">So many tries failed.</param>
/// <param name="DeadAt">When it was given up, by the real clock.</param>
/// <param name="Error">What the last try met: <c>HTTP 500</c>, or a code.</param>
public sealed record DeadWebhook(long Id, string Event, DateTimeOffset At, int Attempts, DateTimeOffset DeadAt, string Error);

/// <summary>The webhooks that were given up, looked at beside a running bot.</summary>
public static class DeadWebhooks
{
    /// <summary>The latest ones, the newest first.</summary>
    public static ImmutableArray<DeadWebhook> List(StoreOptions options, int limit)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        try
        {
            return
            [
                .. connection.Query<(long Id, string Event, long At, long Attempts, long DeadAt, long? Status, string? Error)>("""
                    SELECT w.event_id, e.event, e.at, w.attempts, w.dead_at, w.status, w.error
                    FROM webhooks w
                    JOIN events e ON e.id = w.event_id
                    WHERE w.dead_at IS NOT NULL
                    ORDER BY w.dead_at DESC, w.event_id DESC
                    LIMIT @limit
                    """, new { limit })
                    .Select(row => new DeadWebhook(row.Id, row.Event, Moment(row.At), (int)row.Attempts, Moment(row.DeadAt),
                        new WebhookAnswer((int?)row.Status, row.Error).ToString())),
            ];
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
