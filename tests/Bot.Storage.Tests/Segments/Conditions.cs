using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Profiles;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Storage.Tests.Segments;

/// <summary>Conditions over profiles: each operator and function by hand, and any number of them put together at random.</summary>
internal static class Conditions
{
    public static readonly Content Content = ContentLoader.Load(new(
        new Dictionary<string, string>
        {
            ["settings.yaml"] = """
                business: { name: Чистый Дом, phone: "+7 900 000-00-00", policy: "https://example.com/privacy" }
                zone: Europe/Moscow
                currency: RUB
                languages: [ru, en]
                consents: { personal-data: {}, marketing: {} }
                fields: { visits: number, score: number, seen: moment, loyal: boolean, note: text, day: date }
                """,
            ["loyalty.yaml"] = """
                tiers:
                  base: { name: { ru: База, en: Base }, rate: 5 }
                  premium: { name: { ru: Премиум, en: Premium }, from: 1500, rate: 10 }
                warning: 30d
                """,
            ["segments.yaml"] = """
                segments:
                  sleeping: { name: { ru: Спящие, en: Sleeping }, for: last_active < ago(90d) }
                  guests: { name: { ru: Гости, en: Guests }, for: not segment(sleeping) and purchases.count > 0 }
                """,
        }.ToImmutableSortedDictionary(),
        ImmutableSortedDictionary<string, ContentFile>.Empty)).Content!;

    public static readonly ImmutableArray<string> OfEachKind =
    [
        "profile.name", "not name", "name and city", "phone or email", "phone-verified", "not phone-verified", "loyal", "loyal = true", "loyal != true",
        "loyal = false", "(phone or loyal) = false", "city = \"Казань\"", "city = ' КАЗАНЬ '", "city != \"Королёв\"", "city = \"королев\"", "note = \"\"",
        "name = city", "name != note", "source.first = \"VK\"", "source.last != source.first", "source.last", "language = \"ru\"", "language != \"EN\"",
        "business.name = \"чистый дом\"", "business.address", "note = business.name", "birthday", "birthday < today", "birthday >= day", "day = today",
        "birthday in next(0m)", "birthday in next(1d)", "birthday in next(7d)", "birthday in next(60d)", "birthday in next(364d)", "birthday in next(365d)",
        "birthday in next(366d)", "birthday in next(36500d)", "day in next(2d)", "not birthday in next(7d)", "today in next(7d)", "tags has \"vip\"",
        "not tags has \"new\"", "event(visit)", "event(visit, 30d)", "event(never)", "not event(visit, 7d)", "count(visit)  >= 3", "count(visit, 30d) = 1",
        "count(visit, 90d) > 1", "count(never, 3d) = 0", "count(visit, 30d) / 2 <= 0.5", "consent(marketing)", "consent(personal-data)",
        "not consent(marketing)", "consent(marketing) = consent(personal-data)", "last_active < ago(90d)", "last_active <= ago(90d)", "last_active = ago(90d)",
        "last_active > ago(30d)", "created + 90d < last_active", "seen", "seen >= ago(30d)", "seen - 36500d < now - 36500d", "seen + 36500d > now",
        "visits = 3", "visits != 3", "visits < -0.5", "visits + 0.0001 > 3", "visits - score > 0", "visits * visits > 9", "visits * score < 0", "visits / score",
        "visits / 3 = 0.3333", "score / visits <= 1.5", "visits * 922337203685477", "score * score * score", "not visits + score > 0", "visits = score",
        "purchases.count", "purchases.count = 0", "purchases.count(90d) >= 2", "purchases.count(30d) = 1", "purchases.sum > 5000", "purchases.sum(90d) = 0",
        "purchases.sum(30d) >= 1500.50", "purchases.sum = purchases.sum(365d)", "purchases.average < 1500", "purchases.average(90d)",
        "purchases.average * 3 != purchases.sum", "purchases.average(365d) = purchases.average", "purchases.last > ago(30d)", "purchases.last <= ago(30d)",
        "not purchases.last", "purchases.last + 30d < now", "messages.ignored >= 1", "messages.ignored = 0", "messages.ignored - 2 >= 0",
        "points", "points = 0", "points > 100", "points.pending > 0",
        "points.pending = points", "points.expiring > 0", "points.expiring(90d) >= 100", "points.expiring(36500d) = points", "points.expiring(0m) = 0",
        "points.expires", "points.expires < now + 30d", "points.expires <= ago(30d)", "tier = \"premium\"", "tier != \"PREMIUM\"", "tier", "not tier",
        "nps.last <= 6", "nps.last > 8", "nps.last = 7",
        "not nps.last", "nps.last - 0.5 < 9", "nps.last <= 6 and not event(feedback.solved, 30d)", "feedback.open", "not feedback.open", "feedback.open = loyal",
        "segment(sleeping)",
        "segment(guests)", "not segment(guests) or segment(sleeping)", "bookings.next", "not bookings.next", "bookings.next > now",
        "bookings.next < now + 7d", "bookings.next - 30d <= created", "true", "false", "now > created", "2h < 3d", "last_active",
    ];

    private static readonly string[] Lengths = ["0m", "1d", "7d", "30d", "90d", "364d", "365d", "366d", "36500d"];

    private static Gen<string> Length => Gen.Elements(Lengths);

    private static Gen<string> Numbers => Gen.OneOf(
        Gen.Elements("visits", "score", "profile.visits", "purchases.count", "purchases.sum", "purchases.average", "messages.ignored", "nps.last", "count(visit)",
            "points", "points.pending", "points.expiring"),
        from name in Gen.Elements("purchases.count", "purchases.sum", "purchases.average") from length in Length select $"{name}({length})",
        from name in Gen.Elements("visit", "lead-magnet.delivered", "purchase", "never") from length in Length select $"count({name}, {length})",
        Gen.Elements("0", "1", "3", "-0.5", "0.0001", "1500", "1500.50", "922337203685477", "99999999"));

    private static Gen<string> Texts => Gen.Elements(
        "name", "city", "note", "email", "tier", "source.first", "source.last", "language", "business.name", "'казань'", "\"Королёв\"", "''", "'ru'", "'vk'", "'Анна  Мария'");

    private static Gen<string> Moments => Gen.OneOf(
        Gen.Elements("now", "last_active", "created", "seen", "purchases.last", "points.expires", "bookings.next"),
        Length.Select(length => $"ago({length})"),
        from moment in Gen.Elements("last_active", "seen", "created", "purchases.last", "bookings.next", "ago(36500d)")
        from sign in Gen.Elements("+", "-")
        from length in Length
        select $"{moment} {sign} {length}");

    private static Gen<string> Sign => Gen.Elements("=", "!=", "<", "<=", ">", ">=");

    /// <summary>Any condition.</summary>
    public static Gen<string> Any => Gen.Sized(size => Condition(Math.Min(size / 10, 4)));

    public static Vocabulary Vocabulary { get; } = new()
    {
        Fields = ProfileFields.BuiltIn.AddRange(Content.Settings.Fields),
        BareFields = true,
        Loyalty = new LoyaltyTerms(Content.Loyalty!.Warning),
        IsOfAnyChat = true,
        Segments = new(Content.Segments.ToImmutableDictionary(s => s.Key, Node? (s) => s.Value.For.Tree), AreAll: true),
    };

    public static Expression Parse(string source)
    {
        var parsed = Expression.Parse(source, Vocabulary);
        Assert.True(parsed.Fault is null, $"{source}: {parsed.Fault?.Message}");
        return parsed.Result!;
    }

    private static Gen<string> Condition(int depth) => depth == 0 ? Simple : Gen.OneOf(
        Simple,
        Condition(depth - 1).Select(condition => $"not ({condition})"),
        from one in Condition(depth - 1)
        from word in Gen.Elements("and", "or")
        from other in Condition(depth - 1)
        select $"({one}) {word} ({other})",
        from one in Condition(depth - 1)
        from sign in Gen.Elements("=", "!=")
        from other in Condition(depth - 1)
        select $"(not ({one})) {sign} (not ({other}))");

    private static Gen<string> Simple => Gen.OneOf(
        Gen.Elements(OfEachKind.ToArray()),
        from left in Sum(2) from sign in Sign from right in Sum(1) select $"{left} {sign} {right}",
        from left in Texts from sign in Gen.Elements("=", "!=") from right in Texts select $"{left} {sign} {right}",
        from left in Moments from sign in Sign from right in Moments select $"{left} {sign} {right}",
        from left in Gen.Elements("birthday", "day", "today") from sign in Sign from right in Gen.Elements("birthday", "day", "today") select $"{left} {sign} {right}",
        from day in Gen.Elements("birthday", "day") from length in Length select $"{day} in next({length})",
        from name in Gen.Elements("visit", "purchase", "lead-magnet.delivered") from length in Length select $"event({name}, {length})");

    private static Gen<string> Sum(int depth) => depth == 0 ? Numbers : Gen.OneOf(
        Numbers,
        from left in Sum(depth - 1)
        from sign in Gen.Elements("+", "-", "*", "/")
        from right in Sum(depth - 1)
        select $"({left} {sign} {right})");
}
