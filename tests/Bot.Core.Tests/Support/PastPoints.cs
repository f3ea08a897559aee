using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Purchases;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Support;

/// <summary>What the database knows of one customer's points and purchases, in memory: moved by what entries say, as there.</summary>
internal sealed class PastPoints
{
    private readonly List<(LedgerEntry Entry, DateTimeOffset At)> _ledger = [];
    private readonly Dictionary<LotId, Lot> _lots = [];
    private readonly Dictionary<string, (Purchase Purchase, DateTimeOffset At, decimal Refunded)> _purchases = [];
    private readonly Dictionary<string, (string Purchase, Points Short)> _refunds = [];
    private readonly Dictionary<string, PersonalCode> _codes = [];
    private string? _tier;
    private TimerId? _timer;
    private string? _card;

    /// <summary>Whose they are.</summary>
    public ProfileId Owner { get; set; }

    public IEnumerable<Lot> Lots => _lots.Values;

    public IEnumerable<LedgerEntry> Entries => _ledger.Select(line => line.Entry);

    /// <summary>The latest purchase.</summary>
    public string LatestPurchase => _purchases.OrderBy(one => one.Value.At).Last().Key;

    public decimal BoughtSince(DateTimeOffset since) =>
        _purchases.Values.Where(one => one.At >= since).Sum(one => one.Purchase.Amount - one.Refunded);

    public int CountSince(DateTimeOffset since) => _purchases.Values.Count(one => one.At >= since);

    public bool Has(string purchase) => _purchases.ContainsKey(purchase);

    public void Note(Effect effect, DateTimeOffset now)
    {
        switch (effect)
        {
            case Effect.AddPurchase added:
                _purchases.Add(added.Purchase.Id, (added.Purchase, now, 0));
                break;
            case Effect.AddRefund { Refund: var refund, Short: var isShort }:
                _refunds.Add(refund.Id, (refund.Purchase, isShort));
                var bought = _purchases[refund.Purchase];
                _purchases[refund.Purchase] = bought with { Refunded = bought.Refunded + refund.Amount };
                Assert.True(bought.Refunded + refund.Amount <= bought.Purchase.Amount);
                break;
            case Effect.Post post:
                Post(post.Entry, now);
                break;
            case Effect.Owe owe:
                _lots[owe.Lot] = _lots[owe.Lot] with { Owed = new Points(_lots[owe.Lot].Owed.Count + owe.Change) };
                break;
            case Effect.MarkWarned warned:
                _lots[warned.Lot] = _lots[warned.Lot] with { IsWarned = true };
                break;
            case Effect.KeepAccount keep:
                (_tier, _timer) = (keep.Tier, keep.Timer);
                break;
            case Effect.IssueCard card:
                Assert.Null(_card);
                _card = card.Code;
                break;
            case Effect.IssueCode code:
                _codes[code.Code] = new PersonalCode(code.Code, Owner, code.Percent, code.Amount, code.ValidUntil, null);
                break;
            case Effect.RedeemCode redeem:
                Assert.Null(_codes[redeem.Code].RedeemedAt);
                _codes[redeem.Code] = _codes[redeem.Code] with { RedeemedAt = now };
                break;
        }
    }

    public Account Account(IReadOnlyList<Timer> timers) => new(
        [.. _lots.Values.Where(lot => lot.Remaining > Points.None).OrderBy(lot => lot.ExpiresAt).ThenBy(lot => lot.Id.Value)],
        _tier, timers.FirstOrDefault(timer => timer.Id == _timer));

    public Fact? Answer(Query query) => query switch
    {
        Query.Purchase purchase => Record(purchase.Id),
        Query.RefundExists refund => new Value.Boolean(_refunds.ContainsKey(refund.Id)),
        Query.History history => History(history.Count),
        Query.Card => new Card(_card ?? "K7QM4XPD", _card is null),
        Query.Code code => _codes.GetValueOrDefault(code.Text),
        _ => throw new NotSupportedException($"{query.GetType().Name} has no answer here."),
    };

    private void Post(LedgerEntry entry, DateTimeOffset now)
    {
        if (entry.Opens is { } opened)
        {
            _lots.Add(opened.Id, opened with { Remaining = Points.None });
        }

        var lot = _lots[entry.Lot];
        _lots[entry.Lot] = lot with { Remaining = new Points(lot.Remaining.Count + entry.Change) };
        Assert.True(_lots[entry.Lot].Remaining <= lot.Points);
        _ledger.Add((entry, now));
    }

    private PurchaseRecord? Record(string id)
    {
        if (!_purchases.TryGetValue(id, out var bought))
        {
            return null;
        }

        var own = Entries.FirstOrDefault(entry => entry.Purchase == id && entry.Kind == EntryKind.Earned)?.Lot;
        var used = own is null ? 0 : -Entries.Where(entry => _lots[entry.Lot].Root == own && entry.Kind is (EntryKind.Spent or EntryKind.Returned)).Sum(entry => entry.Change);
        var settled = -Entries.Where(entry => entry.Purchase == id && entry.Kind == EntryKind.TakenBack && _lots[entry.Lot].Root != own).Sum(entry => entry.Change)
            + _refunds.Values.Where(refund => refund.Purchase == id).Sum(refund => refund.Short.Count);
        return new PurchaseRecord(bought.Purchase, Owner, bought.At, bought.Refunded,
            [
                .. Entries.Where(entry => entry.Purchase == id && entry.Kind == EntryKind.Spent)
                    .Select(entry => new SpentFrom(_lots[entry.Lot] with { Owed = _lots[_lots[entry.Lot].Root].Owed }, entry.Points)),
            ],
            own is { } lot ? _lots[lot] : null, new Points(Math.Max(0, used)), new Points(settled));
    }

    private PointsHistory History(int count) => new(
    [
        .. _ledger.GroupBy(line => (line.At, line.Entry.Kind, line.Entry.Purchase, line.Entry.Refund)).Reverse().Take(count)
            .Select(act => new PointsChange(act.Key.At, act.Key.Kind, Points.Sum(act.Select(line => line.Entry.Points)),
                act.Key.Purchase is { } id ? _purchases[id].Purchase.Amount : null)),
    ]);
}
