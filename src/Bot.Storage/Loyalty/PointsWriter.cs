using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Turns;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Loyalty;

/// <summary>
/// Writes the points ledger. Lots and balances are moved by what an entry says, never set: an entry that was worked out from what is not so any
/// more makes a constraint fire, and the turn runs anew.
/// </summary>
internal sealed class PointsWriter(SqliteConnection connection, IdSource ids) : IDisposable
{
    private readonly Statement _openAccount = new(connection, "INSERT INTO points_accounts (profile_id, balance) VALUES (?1, 0) ON CONFLICT DO NOTHING");

    private readonly Statement _openLot = new(connection, """
        INSERT INTO points_lots (id, profile_id, points, remaining, available_at, expires_at, origin) VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6)
        """);

    private readonly Statement _post = new(connection, """
        INSERT INTO points_ledger (id, profile_id, lot_id, kind, points, purchase_id, refund_id, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    private readonly Statement _moveLot = new(connection, "UPDATE points_lots SET remaining = remaining + ?2 WHERE id = ?1");

    private readonly Statement _moveBalance = new(connection, "UPDATE points_accounts SET balance = balance + ?2 WHERE profile_id = ?1");

    private readonly Statement _owe = new(connection, "UPDATE points_lots SET owed = owed + ?2 WHERE id = ?1");

    private readonly Statement _warned = new(connection, "UPDATE points_lots SET warned = 1 WHERE id = ?1");

    private readonly Statement _keepAccount = new(connection, """
        INSERT INTO points_accounts (profile_id, balance, tier, tier_at, timer_id) VALUES (?1, 0, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET tier = ?2, tier_at = ?3, timer_id = ?4
        """);

    private readonly Statement _addRefund = new(connection,
        "INSERT INTO refunds (id, purchase_id, profile_id, amount, short, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    private readonly Statement _refundPurchase = new(connection, "UPDATE purchases SET refunded = refunded + ?2 WHERE id = ?1");

    private readonly Statement _issueCard = new(connection, "INSERT INTO cards (code, profile_id, issued_at) VALUES (?1, ?2, ?3)");

    private readonly Statement _redeem = new(connection, "UPDATE codes SET redeemed_at = ?2 WHERE code = ?1 AND redeemed_at IS NULL");

    public void Post(ProfileId profile, LedgerEntry entry, DateTimeOffset now)
    {
        if (entry.Opens is { } lot)
        {
            _openAccount.Run(profile.Value);
            _openLot.Run(lot.Id.Value, profile.Value, lot.Points.Count, lot.AvailableAt, lot.ExpiresAt, lot.Origin?.Value);
        }

        _post.Run(ids.Next(), profile.Value, entry.Lot.Value, (long)entry.Kind, entry.Change, entry.Purchase, entry.Refund, now);
        _moveLot.Run(entry.Lot.Value, entry.Change);
        _moveBalance.Run(profile.Value, entry.Change);
    }

    public void Owe(Effect.Owe owe) => _owe.Run(owe.Lot.Value, owe.Change);

    public void MarkWarned(LotId lot) => _warned.Run(lot.Value);

    public void KeepAccount(ProfileId profile, Effect.KeepAccount keep, DateTimeOffset now) =>
        _keepAccount.Run(profile.Value, keep.Tier, keep.Tier is null ? null : (DateTimeOffset?)now, keep.Timer?.Value);

    public void AddRefund(ProfileId profile, Effect.AddRefund added, DateTimeOffset now)
    {
        var amount = (long)(added.Refund.Amount * 100);
        _addRefund.Run(added.Refund.Id, added.Refund.Purchase, profile.Value, amount, added.Short.Count, now);
        _refundPurchase.Run(added.Refund.Purchase, amount);
    }

    public void IssueCard(ProfileId profile, string code, DateTimeOffset now) => _issueCard.Run(code, profile.Value, now);

    public void Redeem(string code, DateTimeOffset now)
    {
        if (_redeem.Run(code, now) == 0)
        {
            throw new StoreException(StoreFault.Constraint, "The code is used up already.");
        }
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_openAccount, _openLot, _post, _moveLot, _moveBalance, _owe, _warned, _keepAccount, _addRefund,
            _refundPurchase, _issueCard, _redeem])
        {
            statement.Dispose();
        }
    }
}
