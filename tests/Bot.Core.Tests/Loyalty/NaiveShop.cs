using Bot.Core.Loyalty;

namespace Bot.Core.Tests.Loyalty;

/// <summary>
/// What a customer must have in points, worked out in the plainest way: every single point is a thing of its own, with its purchase and its time. No
/// lots, no sums, no code of the product but its numbers.
/// </summary>
internal sealed class NaiveShop(LoyaltyRules rules)
{
    private readonly List<Point> _points = [];
    private readonly Dictionary<string, Sale> _sales = [];
    private readonly HashSet<string> _refunds = [];
    private int _lots;

    private enum State
    {
        Held,
        Spent,
        Gone,
    }

    private sealed class Point
    {
        public required int Lot { get; set; }

        public required string Source { get; set; }

        public required DateTimeOffset From { get; init; }

        public required DateTimeOffset Until { get; init; }

        public State State { get; set; }
    }

    private sealed class Sale
    {
        public required decimal Amount { get; init; }

        public required DateTimeOffset At { get; init; }

        public decimal Refunded { get; set; }

        /// <summary>In the order in which they were spent; those at the end come back first.</summary>
        public required List<Point> Paid { get; init; }

        public int PaidBack { get; set; }

        public int Earned { get; init; }

        public int TakenBack { get; set; }

        /// <summary>Points of this sale that were spent when they were to be taken back, and for which nothing else was there.</summary>
        public int Owed { get; set; }

        /// <summary>For its points that were spent, so many were settled.</summary>
        public int Settled { get; set; }
    }

    public int Usable(DateTimeOffset now) => _points.Count(point => point.State == State.Held && point.From <= now && now < point.Until);

    public int Held => _points.Count(point => point.State == State.Held);

    public decimal Bought(DateTimeOffset now) => _sales.Values.Where(sale => sale.At >= now - rules.Window).Sum(sale => sale.Amount - sale.Refunded);

    public IEnumerable<string> Sales => _sales.Keys;

    public decimal Left(string sale) => _sales[sale].Amount - _sales[sale].Refunded;

    public bool Buy(string id, decimal amount, int pay, DateTimeOffset now)
    {
        if (_sales.ContainsKey(id) || pay > Usable(now) || pay > Math.Floor(amount * rules.Redeem / 100))
        {
            return false;
        }

        var rate = rules.Tiers.Where(tier => tier.From <= Bought(now)).Max(tier => tier.Rate);
        var paid = _points.Where(point => point.State == State.Held && point.From <= now && now < point.Until).OrderBy(point => point.Until).ThenBy(point => point.Lot)
            .Take(pay).ToList();
        paid.ForEach(point => point.State = State.Spent);
        var earned = (int)Math.Floor((amount - pay) * rate / 100);
        var lot = ++_lots;
        for (var i = 0; i < earned; i++)
        {
            _points.Add(new Point { Lot = lot, Source = id, From = now + rules.Pending, Until = now + rules.Pending + rules.Expires });
        }

        _sales.Add(id, new Sale { Amount = amount, At = now, Paid = paid, Earned = earned });
        return true;
    }

    public void Refund(string id, string purchase, decimal amount, DateTimeOffset now)
    {
        if (!_sales.TryGetValue(purchase, out var sale) || amount > sale.Amount - sale.Refunded || !_refunds.Add(id))
        {
            return;
        }

        sale.Refunded += amount;
        GiveBack(sale, (int)Math.Floor(sale.Paid.Count * sale.Refunded / sale.Amount), now);
        TakeBack(purchase, sale, sale.Earned - (int)Math.Floor(sale.Earned * (sale.Amount - sale.Refunded) / sale.Amount), now);
    }

    public void Expire(DateTimeOffset now)
    {
        foreach (var point in _points.Where(point => point.State == State.Held && point.Until <= now))
        {
            point.State = State.Gone;
        }
    }

    private void GiveBack(Sale sale, int upTo, DateTimeOffset now)
    {
        var lots = new Dictionary<int, int>();
        for (; sale.PaidBack < upTo; sale.PaidBack++)
        {
            var at = sale.Paid.Count - 1 - sale.PaidBack;
            var point = sale.Paid[at];
            if (_sales.TryGetValue(point.Source, out var source) && source.Owed > 0)
            {
                source.Owed--;
                point.State = State.Gone;
                continue;
            }

            if (point.Until > now)
            {
                point.State = State.Held;
                continue;
            }

            // Its time goes on from where it stood when it was spent.
            point.State = State.Gone;
            if (!lots.TryGetValue(point.Lot, out var lot))
            {
                lots[point.Lot] = lot = ++_lots;
            }

            _points.Add(new Point { Lot = lot, Source = point.Source, From = now, Until = now + (point.Until - sale.At) });
        }
    }

    private void TakeBack(string purchase, Sale sale, int upTo, DateTimeOffset now)
    {
        var due = upTo - sale.TakenBack;
        sale.TakenBack = upTo;
        foreach (var own in _points.Where(point => point.State == State.Held && point.Source == purchase).Take(due).ToList())
        {
            own.State = State.Gone;
            due--;
        }

        var spent = _points.Count(point => point.State == State.Spent && point.Source == purchase);
        due = Math.Min(due, Math.Max(0, spent - sale.Settled));
        sale.Settled += due;
        foreach (var other in _points.Where(point => point.State == State.Held && point.Source != purchase && now < point.Until).OrderBy(point => point.Until)
            .ThenBy(point => point.Lot).Take(due).ToList())
        {
            other.State = State.Gone;
            due--;
        }

        sale.Owed += due;
    }
}
