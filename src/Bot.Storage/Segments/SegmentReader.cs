using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Segments;

/// <summary>
/// Finds the profiles that a condition of <c>for:</c> fits, on a connection of its own. Thread-safe. However many profiles there are, one
/// read looks at a limited number of them: a long one would keep the database's log from being merged.
/// </summary>
public sealed class SegmentReader : IDisposable
{
    private const int Scanned = 20_000;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Statement _stretch;

    internal SegmentReader(string path)
    {
        _connection = Connections.OpenReader(path);
        SegmentFunctions.Register(_connection);
        _stretch = new Statement(_connection, "SELECT max(id), count(*) FROM (SELECT id FROM profiles WHERE id > ?1 ORDER BY id LIMIT ?2)");
    }

    /// <summary>How many it fits, with those that have the bot blocked.</summary>
    public long Count(Expression condition, Settings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var count = 0L;
        ProfileId? after = new ProfileId(0);
        while (after is { } from)
        {
            // One at a time, so that a sweep need not wait for the whole.
            lock (_gate)
            {
                var (upTo, isLast) = Stretch(from);
                var sql = new SegmentSql(settings, now);
                using var statement = new Statement(_connection,
                    $"SELECT count(*) FROM profiles p WHERE {Between(sql, from, upTo)} AND {sql.Condition(condition.Tree)}");
                using var row = statement.Query(sql.Parameters);
                count += row.Read() ? row.Number(0) : 0;
                after = isLast ? null : upTo;
            }
        }

        return count;
    }

    /// <summary>Some of those whom it fits, whether or not they can be written to, in the order of their ids.</summary>
    /// <param name="after">The cursor of the page before; at the beginning 0.</param>
    /// <param name="limit">The most; there may be fewer, or none, and still a next page.</param>
    /// <returns>Who they are, and after whom to go on; <see langword="null"/> at the end.</returns>
    public (ImmutableArray<ProfileId> Members, ProfileId? Cursor) Members(
        Expression condition, Settings settings, DateTimeOffset now, ProfileId after, int limit)
    {
        ArgumentNullException.ThrowIfNull(condition);
        lock (_gate)
        {
            var (upTo, isLast) = Stretch(after);
            var sql = new SegmentSql(settings, now);
            var members = ImmutableArray.CreateBuilder<ProfileId>();
            using var statement = new Statement(_connection, $"""
                SELECT p.id FROM profiles p WHERE {Between(sql, after, upTo)} AND {sql.Condition(condition.Tree)} ORDER BY p.id LIMIT {sql.Parameter((long)limit)}
                """);
            using var row = statement.Query(sql.Parameters);
            while (row.Read())
            {
                members.Add(new ProfileId(row.Number(0)));
            }

            var cursor = members.Count == limit ? members[^1] : upTo;
            return (members.ToImmutable(), isLast && cursor == upTo ? null : cursor);
        }
    }

    /// <summary>Some of those whom it fits and who can be written to; <see langword="null"/> fits everybody.</summary>
    /// <param name="after">The cursor of the page before; at the beginning 0.</param>
    /// <param name="limit">The most matches; there may be fewer, or none, and still a next page.</param>
    public SegmentPage Page(Expression? condition, Settings settings, DateTimeOffset now, SweepScope scope, ProfileId after, int limit)
    {
        ArgumentNullException.ThrowIfNull(scope);
        lock (_gate)
        {
            var (upTo, isLast) = Stretch(after);
            var sql = new SegmentSql(settings, now);
            var matches = ImmutableArray.CreateBuilder<SegmentMatch>();
            using var statement = new Statement(_connection, $"""
                SELECT p.id, m.id FROM profiles p
                CROSS JOIN chats m
                WHERE {Between(sql, after, upTo)}
                    AND {(condition is null ? "TRUE" : sql.Condition(condition.Tree))}
                    AND {HasNotRun(sql, scope)}
                    AND m.id = (SELECT c.id FROM chats c WHERE c.profile_id = p.id AND c.blocked_at IS NULL ORDER BY c.id DESC LIMIT 1)
                    AND {IsIn(sql, scope)}
                ORDER BY p.id
                LIMIT {sql.Parameter((long)limit)}
                """);
            using var row = statement.Query(sql.Parameters);
            while (row.Read())
            {
                matches.Add(new SegmentMatch(new ProfileId(row.Number(0)), new ChatId(row.Number(1))));
            }

            var cursor = matches.Count == limit ? matches[^1].Profile : upTo;
            return new SegmentPage(matches.DrainToImmutable(), isLast && cursor == upTo ? null : cursor);
        }
    }

    /// <summary>
    /// Everybody whom it fits, with the chat in which a broadcast would reach them, and why not if that is clear now; <see langword="null"/>
    /// fits everybody. There may be fewer than the limit, or none, and still a next page.
    /// </summary>
    public AudiencePage Audience(Expression? condition, Settings settings, DateTimeOffset now, AudienceScope scope, ProfileId after, int limit)
    {
        ArgumentNullException.ThrowIfNull(scope);
        lock (_gate)
        {
            var (upTo, isLast) = Stretch(after);
            var sql = new SegmentSql(settings, now);
            var members = ImmutableArray.CreateBuilder<AudienceMember>();
            using var statement = new Statement(_connection, $"""
                SELECT p.id, m.id, m.zone, {Objection(sql, now, scope)} {InAudience(sql, condition, after, upTo)}
                ORDER BY p.id
                LIMIT {sql.Parameter((long)limit)}
                """);
            using var row = statement.Query(sql.Parameters);
            while (row.Read())
            {
                members.Add(new AudienceMember(new ProfileId(row.Number(0)), new ChatId(row.Number(1)), row.TextOrNull(2),
                    row.TextOrNull(3) is { } reason ? Enum.Parse<SkipReason>(reason) : null));
            }

            var cursor = members.Count == limit ? members[^1].Profile : upTo;
            return new AudiencePage(members.DrainToImmutable(), isLast && cursor == upTo ? null : cursor);
        }
    }

    /// <summary>How many a broadcast would reach, and how many not and why.</summary>
    public AudienceCount CountAudience(Expression? condition, Settings settings, DateTimeOffset now, AudienceScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var reached = 0L;
        var skipped = new SortedDictionary<SkipReason, long>();
        ProfileId? after = new ProfileId(0);
        while (after is { } from)
        {
            lock (_gate)
            {
                var (upTo, isLast) = Stretch(from);
                var sql = new SegmentSql(settings, now);
                using var statement = new Statement(_connection, $"""
                    SELECT {Objection(sql, now, scope)} AS reason, count(*) {InAudience(sql, condition, from, upTo)}
                    GROUP BY reason
                    """);
                using var row = statement.Query(sql.Parameters);
                while (row.Read())
                {
                    if (row.IsNull(0))
                    {
                        reached += row.Number(1);
                    }
                    else
                    {
                        var reason = Enum.Parse<SkipReason>(row.Text(0));
                        skipped[reason] = skipped.GetValueOrDefault(reason) + row.Number(1);
                    }
                }

                after = isLast ? null : upTo;
            }
        }

        return new AudienceCount(reached, skipped.ToImmutableSortedDictionary());
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stretch.Dispose();
            _connection.Dispose();
        }
    }

    /// <summary>As far as one read goes, and whether nobody comes after that.</summary>
    private (ProfileId UpTo, bool IsLast) Stretch(ProfileId after)
    {
        using var row = _stretch.Query(after.Value, Scanned);
        return row.Read() && !row.IsNull(0) ? (new ProfileId(row.Number(0)), row.Number(1) < Scanned) : (after, true);
    }

    /// <summary>Why a broadcast does not reach somebody, as far as that can be told at any time; the gate looks again before each message.</summary>
    private static string Objection(SegmentSql sql, DateTimeOffset now, AudienceScope scope) => $"""
        CASE
            WHEN m.blocked_at IS NOT NULL THEN '{nameof(SkipReason.Blocked)}'
            WHEN NOT EXISTS (SELECT 1 FROM consents_in_force f
                WHERE f.profile_id = p.id AND f.purpose = '{Purpose.Marketing}' AND f.chat_id = m.id) THEN '{nameof(SkipReason.NoConsent)}'
            WHEN EXISTS (SELECT 1 FROM topics_off t WHERE t.profile_id = p.id AND t.topic = {sql.Parameter(scope.Topic)}) THEN '{nameof(SkipReason.TopicOff)}'
            WHEN p.paused_until > {sql.Parameter(now)} THEN '{nameof(SkipReason.Paused)}'
            WHEN {sql.Parameter(scope.HasFile)} AND m.channel <> '{ChatAddress.Telegram}' THEN '{nameof(SkipReason.CannotCarry)}'
        END
        """;

    /// <summary>Everybody whom the condition fits, in the newest of the chats where they can best be reached.</summary>
    private static string InAudience(SegmentSql sql, Expression? condition, ProfileId after, ProfileId upTo) => $"""
        FROM profiles p
        CROSS JOIN chats m
        WHERE {Between(sql, after, upTo)}
            AND {(condition is null ? "TRUE" : sql.Condition(condition.Tree))}
            AND m.id = (SELECT c.id FROM chats c
                LEFT JOIN consents_in_force f ON f.profile_id = c.profile_id AND f.purpose = '{Purpose.Marketing}' AND f.chat_id = c.id
                WHERE c.profile_id = p.id
                ORDER BY c.blocked_at IS NOT NULL, f.chat_id IS NULL, c.id DESC
                LIMIT 1)
        """;

    private static string Between(SegmentSql sql, ProfileId after, ProfileId upTo) =>
        $"p.id > {sql.Parameter(after.Value)} AND p.id <= {sql.Parameter(upTo.Value)} AND p.merged_into IS NULL AND p.erased_at IS NULL";

    private static string HasNotRun(SegmentSql sql, SweepScope scope) => scope.RanBy is not { } latest ? "TRUE" : $"""
        NOT EXISTS (SELECT 1 FROM automation_runs r
            WHERE r.automation = {sql.Parameter(scope.Automation)} AND r.profile_id = p.id AND r.at > {sql.Parameter(latest)})
        """;

    private static string IsIn(SegmentSql sql, SweepScope scope)
    {
        var zone = sql.Parameter(scope.Zone);
        return scope.IsBusinessZone
            ? $"(m.zone IS NULL OR m.zone = {zone} OR NOT {SegmentFunctions.IsZone}(m.zone))"
            : $"m.zone = {zone}";
    }
}
