using Bot.Core.Ids;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Api;

/// <summary>
/// Reads purchases and refunds with what they did to the points. All of it follows from the ledger, which is only ever added to, so it is the
/// same whenever it is read.
/// </summary>
internal sealed class SaleStatements(SqliteConnection connection) : IDisposable
{
    // Where it moved no points the balance is that of its moment.
    private readonly Statement _purchase = new(connection, """
        SELECT p.profile_id, p.amount, p.refunded, p.at,
            (SELECT coalesce(-sum(points), 0) FROM points_ledger WHERE purchase_id = p.id AND kind = 1),
            (SELECT coalesce(sum(points), 0) FROM points_ledger WHERE purchase_id = p.id AND kind = 0),
            (SELECT coalesce(sum(e.points), 0) FROM points_ledger e WHERE e.profile_id = p.profile_id
                AND CASE WHEN p.last IS NULL THEN e.at <= p.at ELSE e.id <= p.last END)
        FROM (SELECT *, (SELECT max(id) FROM points_ledger WHERE purchase_id = ?1 AND kind IN (0, 1)) AS last FROM purchases WHERE id = ?1) p
        """);

    private readonly Statement _refund = new(connection, """
        SELECT r.purchase_id, r.amount,
            (SELECT coalesce(sum(points), 0) FROM points_ledger WHERE profile_id = r.profile_id AND refund_id = r.id AND kind = 2),
            (SELECT coalesce(-sum(points), 0) FROM points_ledger WHERE profile_id = r.profile_id AND refund_id = r.id AND kind = 3),
            (SELECT coalesce(sum(e.points), 0) FROM points_ledger e WHERE e.profile_id = r.profile_id
                AND CASE WHEN r.last IS NULL THEN e.at <= r.at ELSE e.id <= r.last END)
        FROM (SELECT f.*, (SELECT max(e.id) FROM points_ledger e WHERE e.profile_id = f.profile_id AND e.refund_id = f.id) AS last
            FROM refunds f WHERE f.id = ?1) r
        """);

    public SaleState? Purchase(string id)
    {
        using var row = _purchase.Query(id);
        return row.Read()
            ? new SaleState(id, new ProfileId(row.Number(0)), row.Number(1) / 100m, row.Number(2) / 100m, row.Moment(3), row.Number(4), row.Number(5), row.Number(6))
            : null;
    }

    public RefundState? Refund(string id)
    {
        using var row = _refund.Query(id);
        return row.Read() ? new RefundState(id, row.Text(0), row.Number(1) / 100m, row.Number(2), row.Number(3), row.Number(4)) : null;
    }

    public void Dispose()
    {
        _purchase.Dispose();
        _refund.Dispose();
    }
}
