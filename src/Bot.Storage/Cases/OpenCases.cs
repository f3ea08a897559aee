using System.Collections.Immutable;
using Bot.Core.Cases;
using Bot.Core.Ids;
using Bot.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Cases;

/// <summary>A case as staff see it.</summary>
/// <param name="Words">What the customer said to it, in order.</param>
/// <param name="Done">What was done last.</param>
public sealed record CaseSeen(
    CaseId Id, ProfileId Profile, string? Name, string? Contact, decimal? Score, ImmutableArray<string> Words, DateTimeOffset OpenedAt,
    DateTimeOffset DueAt, CaseMark? Done, DateTimeOffset? DoneAt);

/// <summary>Reads cases beside a running bot.</summary>
public static class OpenCases
{
    private const decimal TenThousandths = 10_000m;

    /// <summary>Those that are open, by when they should be solved.</summary>
    public static ImmutableArray<CaseSeen> List(StoreOptions options, int limit) =>
        Read(options, "c.solved_at IS NULL ORDER BY c.due_at, c.id LIMIT @limit", new { limit });

    /// <summary>How many are open, and how many of them overdue.</summary>
    public static (long Open, long Overdue) Count(StoreOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        return connection.QuerySingle<(long, long)>("SELECT count(*), count(*) FILTER (WHERE due_at <= @now) FROM cases WHERE solved_at IS NULL",
            new { now = now.ToUnixTimeMilliseconds() });
    }

    /// <summary>One case, solved or not; <see langword="null"/> if there is none.</summary>
    public static CaseSeen? Find(StoreOptions options, CaseId id) => Read(options, "c.id = @id", new { id = id.Value }).FirstOrDefault();

    private static ImmutableArray<CaseSeen> Read(StoreOptions options, string which, object values)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var connection = Connections.OpenReaderOfExisting(options.DatabasePath);
        try
        {
            return
            [
                .. connection.Query<Row>($"""
                    SELECT c.id, c.profile_id AS profile, c.score, c.opened_at AS opened, c.due_at AS due, c.done, c.done_at AS doneAt,
                        (SELECT text FROM profile_fields f WHERE f.profile_id = c.profile_id AND f.name = 'name') AS name,
                        coalesce((SELECT text FROM profile_fields f WHERE f.profile_id = c.profile_id AND f.name = 'phone'),
                            (SELECT text FROM profile_fields f WHERE f.profile_id = c.profile_id AND f.name = 'email')) AS contact
                    FROM cases c WHERE {which}
                    """, values).AsList().Select(row => Seen(connection, row)),
            ];
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e);
        }
    }

    private static CaseSeen Seen(SqliteConnection connection, Row row) => new(new CaseId(row.Id), new ProfileId(row.Profile), row.Name, row.Contact,
        row.Score / TenThousandths,
        [.. connection.Query<string>("SELECT text FROM case_words WHERE case_id = @id ORDER BY id", new { id = row.Id })],
        DateTimeOffset.FromUnixTimeMilliseconds(row.Opened), DateTimeOffset.FromUnixTimeMilliseconds(row.Due), (CaseMark?)row.Done,
        row.DoneAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);

    private sealed record Row
    {
        public long Id { get; init; }

        public long Profile { get; init; }

        public long? Score { get; init; }

        public long Opened { get; init; }

        public long Due { get; init; }

        public long? Done { get; init; }

        public long? DoneAt { get; init; }

        public string? Name { get; init; }

        public string? Contact { get; init; }
    }
}
