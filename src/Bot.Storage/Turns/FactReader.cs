using System.Security.Cryptography;
using Bot.Core.Bookings;
using Bot.Core.Cases;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Turns;
using Bot.Storage.Bookings;
using Bot.Storage.Json;
using Bot.Storage.Loyalty;
using Bot.Storage.Privacy;
using Bot.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Turns;

/// <summary>Answers what a turn must know beyond its snapshot.</summary>
internal sealed class FactReader(SqliteConnection connection) : IDisposable
{
    /// <summary>Without those that look alike: a code is read aloud at a desk.</summary>
    private const string CodeLetters = Card.Letters;

    /// <summary>40 bits: with the desk's brake on guesses nobody comes upon one.</summary>
    private const int CodeLength = 8;

    private const string OpenCase = "SELECT id, kind, opened_at, due_at, score FROM cases WHERE profile_id = ?1 AND solved_at IS NULL AND";

    private readonly Statement _eventCount = new(connection,
        """
        SELECT count(*) FROM events
        WHERE profile_id IN (SELECT ?1 UNION ALL SELECT id FROM profiles WHERE merged_into = ?1) AND event = ?2 AND at >= ?3
        """);

    private readonly Statement _lastNumber = new(connection, """
        SELECT n.number FROM events e JOIN event_numbers n ON n.event_id = e.id AND n.name = ?3 AND n.kind = ?4
        WHERE e.profile_id = ?1 AND e.event = ?2 ORDER BY e.at DESC, e.id DESC LIMIT 1
        """);

    private readonly Statement _openCase = new(connection, $"{OpenCase} kind = ?2");

    private readonly Statement _caseById = new(connection, $"{OpenCase} id = ?2");

    private readonly Statement _purchaseCount = new(connection, "SELECT count(*) FROM purchases WHERE profile_id = ?1 AND at >= ?2");

    private readonly Statement _purchaseSum = new(connection, "SELECT sum(amount - refunded) FROM purchases WHERE profile_id = ?1 AND at >= ?2");

    private readonly Statement _marketingSince = new(connection,
        "SELECT count(*) FROM deliveries WHERE profile_id = ?1 AND kind = 2 AND status = 0 AND at > ?2");

    // Sent, or perhaps sent; and what has been let go and not come to anything yet.
    private readonly Statement _latestMarketing = new(connection, """
        SELECT at FROM (
            SELECT at FROM deliveries WHERE profile_id = ?1 AND kind = 2 AND status IN (0, 4)
            UNION ALL
            SELECT ?3 FROM chats c JOIN outbox o ON o.chat_id = c.id WHERE c.profile_id = ?1 AND o.kind = 2
            UNION ALL
            SELECT ?3 FROM recipients WHERE profile_id = ?1 AND state = 1)
        ORDER BY at DESC LIMIT 1 OFFSET ?2
        """);

    private readonly Statement _lastAutomation = new(connection, "SELECT at FROM automation_runs WHERE automation = ?1 AND profile_id = ?2");

    private readonly Statement _purchase = new(connection, "SELECT 1 FROM purchases WHERE id = ?1");

    private readonly BusyStatement _busy = new(connection);
    private readonly PointsReader _points = new(connection);
    private readonly Statement _note = new(connection, "SELECT 1 FROM profile_notes WHERE profile_id = ?1 AND text = ?2");

    private readonly Statement _code = new(connection, "SELECT 1 FROM codes WHERE code = ?1");

    private readonly Statement _broadcast = new(connection, """
        SELECT b.id, b.plan, r.variant FROM recipients r JOIN broadcasts b ON b.id = r.broadcast_id
        WHERE r.id = ?1 AND r.profile_id = ?2 AND r.state IN (1, 2, 6)
        """);

    private readonly Statement _relayed = new(connection, """
        SELECT 1 FROM chats c JOIN admin_messages m ON m.chat_id = c.id WHERE c.profile_id = ?1 AND m.source_id = ?2 LIMIT 1
        """);

    public Fact? Answer(Query query, ProfileId profile, DateTimeOffset now)
    {
        switch (query)
        {
            case Query.EventCount count:
                using (var row = _eventCount.Query(profile.Value, count.Event, count.Since))
                {
                    return row.Read() ? new Value.Number(row.Number(0)) : null;
                }

            case Query.LastNumber last:
                using (var row = _lastNumber.Query(profile.Value, last.Event, last.Name, StoredValues.Code(ValueKind.Number)))
                {
                    return row.Read() ? StoredValues.Read(StoredValues.Code(ValueKind.Number), null, row.Number(0)) : null;
                }

            case Query.OpenCase open:
                using (var row = _openCase.Query(profile.Value, open.Kind))
                {
                    return row.Read() ? CaseOf(row) : null;
                }

            case Query.CaseById one:
                using (var row = _caseById.Query(profile.Value, one.Case.Value))
                {
                    return row.Read() ? CaseOf(row) : null;
                }

            case Query.PurchaseCount count:
                return new Value.Number(Number(_purchaseCount, profile, count.Since));
            case Query.PurchaseSum sum:
                return new Value.Number(Numbers.Nearest(Number(_purchaseSum, profile, sum.Since) / 100m));
            case Query.MarketingSince marketing:
                return new Value.Number(Number(_marketingSince, profile, marketing.After));
            case Query.LatestMarketing latest:
                using (var row = _latestMarketing.Query(profile.Value, (long)latest.Count - 1, now))
                {
                    return row.Read() ? new Value.Moment(row.Moment(0)) : null;
                }

            case Query.LastAutomation last:
                using (var row = _lastAutomation.Query(last.Automation, profile.Value))
                {
                    return row.Read() ? new Value.Moment(row.Moment(0)) : null;
                }

            case Query.PurchaseExists purchase:
                return new Value.Boolean(Exists(_purchase, purchase.Id));
            case Query.Busy busy:
                return new BusyTimes(_busy.Read(busy, profile, now));
            case Query.Account:
                return _points.Account(profile);
            case Query.Purchase purchase:
                return _points.Purchase(purchase.Id);
            case Query.RefundExists refund:
                return new Value.Boolean(_points.Refund(refund.Id) is not null);
            case Query.Refund refund:
                return _points.Refund(refund.Id);
            case Query.History history:
                return _points.History(profile, history.Count);
            case Query.Card:
                return _points.Card(profile);
            case Query.Code code:
                return _points.Code(code.Text);
            case Query.HasNote note:
                using (var row = _note.Query(profile.Value, note.Text))
                {
                    return new Value.Boolean(row.Read());
                }

            case Query.NewCode:
                return new Value.Text(NewCode());
            case Query.ConsentGiven given:
                return ConsentGiven(given.Purpose, profile);
            case Query.BroadcastOf of:
                using (var row = _broadcast.Query(of.Recipient.Value, profile.Value))
                {
                    return row.Read() ? new Value.Number(row.Number(0)) : null;
                }

            case Query.BroadcastDialog dialog:
                using (var row = _broadcast.Query(dialog.Recipient.Value, profile.Value))
                {
                    return row.Read() && StoredJson.ReadPlan(row.Bytes(1)).Variants[(int)row.Number(2)].Button?.Dialog is { } id ? new Value.Text(id) : null;
                }

            case Query.Relayed relayed:
                using (var row = _relayed.Query(profile.Value, relayed.Message))
                {
                    return new Value.Boolean(row.Read());
                }

            case Query.Export:
                return new Value.Text(Export.Of(connection, profile, now));
            default:
                throw new NotSupportedException($"The store has no answer to {query.GetType().Name}.");
        }
    }

    public void Dispose()
    {
        _eventCount.Dispose();
        _lastNumber.Dispose();
        _openCase.Dispose();
        _caseById.Dispose();
        _purchaseCount.Dispose();
        _purchaseSum.Dispose();
        _marketingSince.Dispose();
        _latestMarketing.Dispose();
        _lastAutomation.Dispose();
        _purchase.Dispose();
        _note.Dispose();
        _code.Dispose();
        _broadcast.Dispose();
        _busy.Dispose();
        _points.Dispose();
        _relayed.Dispose();
    }

    /// <summary>A number over what happened from a moment on; a missing one is nothing.</summary>
    private static long Number(Statement statement, ProfileId profile, DateTimeOffset from)
    {
        using var row = statement.Query(profile.Value, from);
        return row.Read() ? row.Number(0) : 0;
    }

    private static Case CaseOf(Rows row) => new(new CaseId(row.Number(0)), row.Text(1), row.Moment(2), row.Moment(3),
        row.IsNull(4) ? null : ((Value.Number)StoredValues.Read(StoredValues.Code(ValueKind.Number), null, row.Number(4))).Amount);

    private static bool Exists(Statement statement, string id)
    {
        using var row = statement.Query(id);
        return row.Read();
    }

    // Asked for with an export alone, so it is prepared each time and reads the whole table.
    private Value.Moment? ConsentGiven(string purpose, ProfileId profile)
    {
        using var statement = new Statement(connection,
            "SELECT at FROM consents WHERE profile_id = ?1 AND purpose = ?2 AND given = 1 ORDER BY id DESC LIMIT 1");
        using var row = statement.Query(profile.Value, purpose);
        return row.Read() ? new Value.Moment(row.Moment(0)) : null;
    }

    private string NewCode()
    {
        string code;
        do
        {
            code = RandomNumberGenerator.GetString(CodeLetters, CodeLength);
        }
        while (Exists(_code, code));

        return code;
    }
}
