using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Cases;
using Bot.Core.Chats;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Purchases;
using Bot.Core.Surveys;
using Bot.Core.Turns;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests.Segments;

/// <summary>Customers of every kind, kept through what keeps real ones, with much that lies on the edges of conditions.</summary>
internal sealed class Population(Store store, int seed)
{
    /// <summary>Moments at which conditions are asked: about the turn of the year and the end of February, by the clock of Moscow.</summary>
    public static readonly ImmutableArray<DateTimeOffset> Nows =
    [
        new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), new(2026, 12, 31, 20, 59, 59, 999, TimeSpan.Zero), new(2026, 12, 31, 21, 0, 0, TimeSpan.Zero),
        new(2027, 2, 27, 21, 30, 0, TimeSpan.Zero), new(2027, 2, 28, 20, 59, 0, TimeSpan.Zero), new(2027, 2, 28, 21, 0, 0, TimeSpan.Zero),
        new(2028, 2, 28, 12, 0, 0, TimeSpan.Zero), new(2028, 2, 29, 12, 0, 0, TimeSpan.Zero), new(2028, 3, 1, 0, 0, 0, 5, TimeSpan.Zero),
    ];

    private static readonly int[] Days = [0, 1, 6, 7, 8, 29, 30, 31, 89, 90, 91, 364, 365, 366, 400];
    private static readonly string[] Names = ["Анна  Мария", "анна мария", "Ёлка", "ЕЛКА", "Bob", "", " ", "Казань", "ﬁn\0x", "Чистый дом"];
    private static readonly string[] Cities = ["Казань", "казань ", "КАЗАНЬ", "Королёв", "Королев", "Perm"];
    private static readonly decimal[] Amounts = [0, 1, -1, 3, 3.0001m, -0.5m, 0.3333m, 1500, 99_999_999, Numbers.Max, -Numbers.Max, 0.0001m];
    private static readonly decimal[] Prices = [0.01m, 999.99m, 1500, 1500.50m, 1000, 33.33m, Numbers.Max];

    private readonly Random _random = new(seed);
    private int _number;
    private (ProfileId Profile, CaseId Case)? _case;

    /// <summary>Adds a customer, and answers where they can be asked: in the chat that stands for them.</summary>
    public ChatAddress Add()
    {
        var profile = Profile.New(new ProfileId(store.Ids.Next()), Edge()) with
        {
            FirstSource = Perhaps(One("vk", "VK", "qr")),
            LastSource = Perhaps(One("vk", "inst-1")),
            Fields = Fields(),
            Tags = [.. new[] { "vip", "new" }.Where(_ => _random.Next(3) == 0)],
        };
        var chats = new List<Chat>();
        var before = Snapshot.None;
        for (var i = _random.Next(4) == 0 ? 3 : _random.Next(1, 3); i > 0; i--)
        {
            var chat = new Chat(new ChatId(store.Ids.Next()), profile.Id, Some.Address(++_number), One("ru", "en", "de"),
                BlockedAt: _random.Next(3) == 0 ? Edge() : null);
            chats.Add(chat);
            profile = profile with { Consents = profile.Consents.Union(Consents(chat.Id)) };
            before = Keep(before with { Chat = null }, new Snapshot(profile, chat, null), Edge());
        }

        var moments = Enumerable.Range(0, _random.Next(12)).Select(_ => Edge()).ToList();
        foreach (var at in moments)
        {
            before = Happen(before, at);
        }

        // Often the very moment of something else.
        Keep(before, before with { Profile = before.Profile! with { LastActive = One([Edge(), .. moments]) } }, Edge());
        return chats.OrderBy(chat => chat.BlockedAt is not null).ThenByDescending(chat => chat.Id.Value).First().Address;
    }

    private Snapshot Happen(Snapshot before, DateTimeOffset at)
    {
        switch (_random.Next(7))
        {
            case 4:
                return Book(before, at);
            case 0:
                var purchase = new Purchase($"p-{++_number}", One(Prices));
                return Keep(before, With(before, BuiltInEvents.Purchase, at), at,
                    [new Effect.AddPurchase(purchase), new Effect.Record(BuiltInEvents.Purchase, []), .. Points(purchase, at), .. Refund(purchase)]);
            case 1:
                Deliver(before, at);
                return before;
            case 2:
                return Score(before, at);
            case 3:
                return See(before, at);
            default:
                var name = One("visit", "visit", "lead-magnet.delivered");
                return Keep(before, With(before, name, at), at, new Effect.Record(name, []));
        }
    }

    /// <summary>A visit, to come or over, in any state; nobody else wants that specialist.</summary>
    private Snapshot Book(Snapshot before, DateTimeOffset at)
    {
        var start = Edge().AddDays(One(0, 1, 7, 30));
        var visit = new Booking(new BookingId(store.Ids.Next()), before.Chat!.Id, "windows", $"irina-{++_number}", "", "", start, start.AddHours(1),
            start.AddHours(1), null, One(Enum.GetValues<BookingState>()), 0, at);
        var after = With(before, BuiltInEvents.BookingCreated, at);
        return Keep(before, after with { Profile = after.Profile! with { Bookings = after.Profile.Bookings.Add(visit.Id, visit) } }, at);
    }

    /// <summary>A lot that something may be left of, and perhaps a tier.</summary>
    private IEnumerable<Effect> Points(Purchase purchase, DateTimeOffset at)
    {
        if (_random.Next(3) > 0)
        {
            var points = new Points(One(1, 100, 101, 1_000_000_000));
            var available = at + TimeSpan.FromDays(One(0, 0, 30));
            var lot = new Lot(new LotId(store.Ids.Next()), points, points, available, available + TimeSpan.FromDays(One(30, 90, 365)));
            yield return new Effect.Post(new LedgerEntry(lot.Id, EntryKind.Earned, points, purchase.Id, Opens: lot));
            if (_random.Next(3) == 0)
            {
                yield return new Effect.Post(new LedgerEntry(lot.Id, EntryKind.Expired, One(points, new Points(1))));
            }
        }

        if (_random.Next(2) == 0)
        {
            yield return new Effect.KeepAccount(One("base", "premium", "Premium", null), null);
        }
    }

    private IEnumerable<Effect> Refund(Purchase purchase) => _random.Next(4) == 0
        ? [new Effect.AddRefund(new Refund($"r-{purchase.Id}", purchase.Id, One(0.01m, purchase.Amount)), Core.Loyalty.Points.None)]
        : [];

    /// <summary>Now and then without the number, or with something else under its name.</summary>
    private Snapshot Score(Snapshot before, DateTimeOffset at)
    {
        ImmutableArray<KeyValuePair<string, Value>> with = _random.Next(6) switch
        {
            0 => [],
            1 => [new("score", new Value.Text("9"))],
            _ => [new("score", new Value.Number(One(0m, 3, 6, 7, 8, 9, 10, 6.5m))), new("other", new Value.Number(5))],
        };
        return Keep(before, With(before, Nps.Scored, at), at, new Effect.Record(Nps.Scored, with));
    }

    /// <summary>A complaint, and what staff did about it.</summary>
    private Snapshot See(Snapshot before, DateTimeOffset at)
    {
        if (_case is { } open && open.Profile == before.Profile!.Id)
        {
            _case = null;
            return Keep(before, With(before, BuiltInEvents.FeedbackSolved, at), at, new Effect.MarkCase(open.Case, CaseMark.Solved, null), new Effect.Record(BuiltInEvents.FeedbackSolved, []));
        }

        var opened = new Case(new CaseId(store.Ids.Next()), CaseKind.Feedback, at, at.AddDays(1), null);
        _case = (before.Profile!.Id, opened.Id);
        return Keep(before, With(before, BuiltInEvents.FeedbackOpened, at), at, new Effect.OpenCase(opened, null), new Effect.Record(BuiltInEvents.FeedbackOpened, []));
    }

    private void Deliver(Snapshot before, DateTimeOffset at)
    {
        using var transaction = store.Begin();
        var said = transaction.Apply(before, Some.Outcome(before, Some.Say(kind: One(MessageKind.Marketing, MessageKind.Marketing, MessageKind.Service))), at);
        foreach (var message in said)
        {
            transaction.Complete(new SendResult.Finished(message, One(DeliveryStatus.Sent, DeliveryStatus.Sent, DeliveryStatus.Unknown), 1, null), at);
        }

        transaction.Commit();
    }

    private Snapshot Keep(Snapshot before, Snapshot after, DateTimeOffset at, params Effect[] effects)
    {
        using var transaction = store.Begin();
        transaction.Apply(before, Some.Outcome(after, effects), at);
        transaction.Commit();
        return after;
    }

    private static Snapshot With(Snapshot before, string @event, DateTimeOffset at) => before with
    {
        Profile = before.Profile! with
        {
            Events = before.Profile.Events.SetItem(@event, before.Profile.Events.GetValueOrDefault(@event).And(at)),
        },
    };

    private ImmutableDictionary<string, Value> Fields()
    {
        var fields = new Dictionary<string, Value?>
        {
            ["name"] = Perhaps(new Value.Text(One(Names))),
            ["city"] = Perhaps(new Value.Text(One(Cities))),
            ["note"] = Perhaps(One<Value>(new Value.Text(One(Names)), new Value.Choice("ru"), new Value.Number(3))),
            ["email"] = Perhaps(new Value.Text("a@example.com")),
            ["birthday"] = Perhaps(new Value.Date(Birthday())),
            ["day"] = Perhaps(new Value.Date(DateOnly.FromDateTime(One([.. Nows]).Date).AddDays(_random.Next(-2, 3)))),
            ["visits"] = Perhaps(One<Value>(new Value.Number(One(Amounts)), new Value.Number(One(Amounts)), new Value.Text("3"))),
            ["score"] = Perhaps(new Value.Number(One(Amounts))),
            ["seen"] = Perhaps(One<Value>(new Value.Moment(Edge()), new Value.Moment(Edge()), new Value.Moment(DateTimeOffset.MaxValue), new Value.Date(Birthday()))),
            ["loyal"] = Perhaps(One<Value>(new Value.Boolean(true), new Value.Boolean(false), new Value.Number(1))),
            ["phone-verified"] = Perhaps(new Value.Boolean(_random.Next(2) == 0)),
        };
        return fields.Where(field => field.Value is not null).ToImmutableDictionary(field => field.Key, field => field.Value!);
    }

    private IEnumerable<ConsentInForce> Consents(ChatId chat) =>
        new[] { Purpose.Marketing, Purpose.PersonalData }.Where(_ => _random.Next(3) == 0).Select(purpose => new ConsentInForce(purpose, chat));

    private DateOnly Birthday() => _random.Next(5) == 0
        ? new DateOnly(1992, 2, 29)
        : DateOnly.FromDateTime(One([.. Nows]).Date).AddDays(One(0, 0, 1, 2, 6, 7, 8, -1, 60, 200)).AddYears(-_random.Next(20, 60));

    /// <summary>A moment that conditions tell from the next by a millisecond.</summary>
    private DateTimeOffset Edge() => One([.. Nows]).AddDays(-One(Days)).AddMilliseconds(One(0, 0, 1, -1, 3_600_000));

    private T? Perhaps<T>(T value) => _random.Next(4) == 0 ? default : value;

    private T One<T>(params T[] all) => all[_random.Next(all.Length)];
}
