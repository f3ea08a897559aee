using System.Collections.Immutable;
using System.Security.Cryptography;
using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Purchases;
using Bot.Storage.Sqlite;
using Bot.Storage.Timers;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Loyalty;

/// <summary>Answers what turns must know of points, purchases and codes.</summary>
internal sealed class PointsReader(SqliteConnection connection) : IDisposable
{
    private const string LotColumns = """
        l.id, l.points, l.remaining, l.available_at, l.expires_at, l.warned, coalesce((SELECT o.owed FROM points_lots o WHERE o.id = l.origin), l.owed), l.origin
        """;

    private readonly Statement _lots = new(connection,
        $"SELECT {LotColumns} FROM points_lots l WHERE l.profile_id = ?1 AND l.remaining > 0 ORDER BY l.expires_at, l.id");

    private readonly Statement _account = new(connection, """
        SELECT t.id, t.due_at, t.kind, t.name, t.step, t.subject, t.waits, t.marketing, t.expired, a.tier
        FROM points_accounts a LEFT JOIN timers t ON t.id = a.timer_id WHERE a.profile_id = ?1
        """);

    private readonly Statement _purchase = new(connection, "SELECT profile_id, amount, at, refunded FROM purchases WHERE id = ?1");

    private readonly Statement _spent = new(connection, $"""
        SELECT {LotColumns}, -e.points FROM points_ledger e JOIN points_lots l ON l.id = e.lot_id WHERE e.purchase_id = ?1 AND e.kind = 1 ORDER BY e.id
        """);

    // What other purchases used of the lot and of those that came of it, less what came back.
    private readonly Statement _earned = new(connection, $"""
        SELECT {LotColumns}, (
                SELECT -coalesce(sum(u.points), 0) FROM points_ledger u
                WHERE u.kind IN (1, 2) AND u.lot_id IN (SELECT f.id FROM points_lots f WHERE f.id = l.id OR f.origin = l.id))
        FROM points_ledger e JOIN points_lots l ON l.id = e.lot_id WHERE e.purchase_id = ?1 AND e.kind = 0
        """);

    private readonly Statement _settled = new(connection, """
        SELECT (SELECT coalesce(-sum(e.points), 0) FROM points_ledger e JOIN points_lots l ON l.id = e.lot_id
                WHERE e.purchase_id = ?1 AND e.kind = 3 AND coalesce(l.origin, l.id) <> ?2)
            + (SELECT coalesce(sum(r.short), 0) FROM refunds r WHERE r.purchase_id = ?1)
        """);

    private readonly Statement _refund = new(connection, "SELECT purchase_id, amount FROM refunds WHERE id = ?1");

    // What one act did to several lots is one line.
    private readonly Statement _history = new(connection, """
        SELECT e.at, e.kind, abs(sum(e.points)), p.amount FROM points_ledger e LEFT JOIN purchases p ON p.id = e.purchase_id
        WHERE e.profile_id = ?1 AND e.id >= coalesce((SELECT id FROM points_ledger WHERE profile_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET 500), 0)
        GROUP BY e.at, e.kind, e.purchase_id, e.refund_id
        ORDER BY max(e.id) DESC LIMIT ?2
        """);

    private readonly Statement _card = new(connection, "SELECT code FROM cards WHERE profile_id = ?1");

    private readonly Statement _cardExists = new(connection, "SELECT 1 FROM cards WHERE code = ?1");

    private readonly Statement _code = new(connection, "SELECT profile_id, percent, amount, valid_until, redeemed_at FROM codes WHERE code = ?1");

    public Account Account(ProfileId profile)
    {
        var lots = ImmutableArray.CreateBuilder<Lot>();
        using (var row = _lots.Query(profile.Value))
        {
            while (row.Read())
            {
                lots.Add(LotOf(row));
            }
        }

        using var account = _account.Query(profile.Value);
        return account.Read()
            ? new Account(lots.DrainToImmutable(), account.TextOrNull(9), account.IsNull(0) ? null : TimerRows.Read(account))
            : Core.Loyalty.Account.Empty;
    }

    public PurchaseRecord? Purchase(string id)
    {
        ProfileId owner;
        Purchase purchase;
        DateTimeOffset at;
        decimal refunded;
        using (var row = _purchase.Query(id))
        {
            if (!row.Read())
            {
                return null;
            }

            (owner, purchase, at, refunded) = (new ProfileId(row.Number(0)), new Purchase(id, row.Number(1) / 100m), row.Moment(2), row.Number(3) / 100m);
        }

        var spent = ImmutableArray.CreateBuilder<SpentFrom>();
        using (var row = _spent.Query(id))
        {
            while (row.Read())
            {
                spent.Add(new SpentFrom(LotOf(row), new Points(row.Number(8))));
            }
        }

        var (earned, used) = Earned(id);
        return new PurchaseRecord(purchase, owner, at, refunded, spent.DrainToImmutable(), earned, used, Settled(id, earned));
    }

    public Refund? Refund(string id)
    {
        using var row = _refund.Query(id);
        return row.Read() ? new Refund(id, row.Text(0), row.Number(1) / 100m) : null;
    }

    public PointsHistory History(ProfileId profile, int count)
    {
        var changes = ImmutableArray.CreateBuilder<PointsChange>();
        using var row = _history.Query(profile.Value, (long)count);
        while (row.Read())
        {
            changes.Add(new PointsChange(row.Moment(0), (EntryKind)row.Number(1), new Points(row.Number(2)), row.IsNull(3) ? null : row.Number(3) / 100m));
        }

        return new PointsHistory(changes.DrainToImmutable());
    }

    public Card Card(ProfileId profile)
    {
        using (var row = _card.Query(profile.Value))
        {
            if (row.Read())
            {
                return new Card(row.Text(0), IsNew: false);
            }
        }

        while (true)
        {
            var code = RandomNumberGenerator.GetString(Core.Loyalty.Card.Letters, Core.Loyalty.Card.Length);
            using var taken = _cardExists.Query(code);
            if (!taken.Read())
            {
                return new Card(code, IsNew: true);
            }
        }
    }

    public PersonalCode? Code(string code)
    {
        using var row = _code.Query(code);
        return row.Read()
            ? new PersonalCode(code, new ProfileId(row.Number(0)), row.IsNull(1) ? null : row.Number(1) / 10_000m, row.IsNull(2) ? null : row.Number(2) / 100m,
                row.Moment(3), row.MomentOrNull(4))
            : null;
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_lots, _account, _purchase, _spent, _earned, _settled, _refund, _history, _card, _cardExists, _code])
        {
            statement.Dispose();
        }
    }

    private (Lot? Lot, Points Used) Earned(string purchase)
    {
        using var row = _earned.Query(purchase);
        return row.Read() ? (LotOf(row), new Points(Math.Max(0, row.Number(8)))) : (null, Points.None);
    }

    private Points Settled(string purchase, Lot? earned)
    {
        using var row = _settled.Query(purchase, earned?.Id.Value ?? 0);
        return row.Read() ? new Points(row.Number(0)) : Points.None;
    }

    private static Lot LotOf(Rows row) => new(new LotId(row.Number(0)), new Points(row.Number(1)), new Points(row.Number(2)), row.Moment(3), row.Moment(4),
        row.Boolean(5), new Points(row.Number(6)), row.IsNull(7) ? null : new LotId(row.Number(7)));
}
