using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Loyalty;

/// <summary>Finds the accounts that must be looked at, on a connection of its own. Thread-safe.</summary>
public sealed class TierReader : IDisposable
{
    /// <summary>Under which name it is kept how far the sweep is.</summary>
    public const string Schedule = "loyalty";

    /// <summary>
    /// What each customer bought in the window, reckoned from when the tier was last worked out or the sweep took place, whichever is later: so long it
    /// stands as it is. Without a timer that looks at them lots would never expire.
    /// </summary>
    internal const string Tiers = """
        SELECT x.profile_id, a.tier,
            (SELECT coalesce(sum(u.amount - u.refunded), 0) FROM purchases u
                WHERE u.profile_id = x.profile_id AND u.at >= max(coalesce(a.tier_at, 0), ?2) - ?3),
            t.id IS NULL AND EXISTS (SELECT 1 FROM points_lots l WHERE l.profile_id = x.profile_id AND l.remaining > 0),
            (SELECT c.id FROM chats c WHERE c.profile_id = x.profile_id ORDER BY c.blocked_at IS NULL DESC, c.id DESC LIMIT 1)
        FROM (
            SELECT profile_id FROM purchases WHERE profile_id > ?1 UNION SELECT profile_id FROM points_accounts WHERE profile_id > ?1
            ORDER BY profile_id LIMIT ?4) x
        LEFT JOIN points_accounts a ON a.profile_id = x.profile_id
        LEFT JOIN timers t ON t.id = a.timer_id
        ORDER BY x.profile_id
        """;

    // From the newest purchase back: with the first one that makes the sum enough, the tier goes out of the window.
    private const string Falls = """
        SELECT min(pivot) FROM (
            SELECT max(at) AS pivot FROM (
                SELECT u.profile_id, u.at, sum(u.amount - u.refunded) OVER (PARTITION BY u.profile_id ORDER BY u.at DESC) AS sum
                FROM points_accounts a JOIN purchases u ON u.profile_id = a.profile_id WHERE a.tier = ?1)
            WHERE sum >= ?2 GROUP BY profile_id)
        WHERE pivot >= ?3
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Statement _tiers;
    private readonly Statement _falls;

    internal TierReader(string path)
    {
        _connection = Connections.OpenReader(path);
        _tiers = new Statement(_connection, Tiers);
        _falls = new Statement(_connection, Falls);
    }

    /// <summary>When a tier next falls by the mere passing of time, or <see langword="null"/> if none does.</summary>
    public DateTimeOffset? NextFall(LoyaltyRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        lock (_gate)
        {
            DateTimeOffset? next = null;
            foreach (var tier in rules.Tiers.Skip(1))
            {
                using var row = _falls.Query(tier.Id, (long)(tier.From * 100), rules.WindowBegin(now));
                if (row.Read() && row.MomentOrNull(0) is { } pivot && !(pivot + rules.Window >= next))
                {
                    next = pivot + rules.Window;
                }
            }

            return next;
        }
    }

    /// <summary>A sweep by these rules as of a moment, as it is kept.</summary>
    public static string PeriodOf(DateTimeOffset at, LoyaltyRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeMilliseconds()} {rules.Key}");
    }

    /// <summary>Some of those whose tier is another one by now, or whom nothing looks at.</summary>
    /// <param name="at">The moment of the sweep.</param>
    public StalePage Stale(LoyaltyRules rules, DateTimeOffset at, ProfileId after, int limit)
    {
        ArgumentNullException.ThrowIfNull(rules);
        lock (_gate)
        {
            var chats = ImmutableArray.CreateBuilder<ChatId>();
            var (read, last) = (0, after);
            using var row = _tiers.Query(after.Value, at, (long)rules.Window.TotalMilliseconds, (long)limit);
            while (row.Read())
            {
                (read, last) = (read + 1, new ProfileId(row.Number(0)));
                if ((row.Boolean(3) || !Stands(row.TextOrNull(1), row.Number(2) / 100m, rules)) && !row.IsNull(4))
                {
                    chats.Add(new ChatId(row.Number(4)));
                }
            }

            return new StalePage(chats.DrainToImmutable(), read < limit ? null : last);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _tiers.Dispose();
            _falls.Dispose();
            _connection.Dispose();
        }
    }

    /// <summary>Whether a tier is that of who bought so much. Nobody needs to be told that they begin at the lowest.</summary>
    internal static bool Stands(string? tier, decimal bought, LoyaltyRules rules) => (tier ?? rules.Tiers[0].Id) == rules.TierOf(bought).Id;
}

/// <param name="Chats">Where the customers who must be looked at are best reached.</param>
/// <param name="Cursor">The profile that was looked at last; <see langword="null"/> at the end.</param>
public sealed record StalePage(ImmutableArray<ChatId> Chats, ProfileId? Cursor);
