using System.Collections.Immutable;
using System.Diagnostics;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Time;
using Bot.Storage.Sqlite;

namespace Bot.Storage.Segments;

/// <summary>
/// Puts a condition of <c>for:</c> into SQL over a row <c>p</c> of profiles. It agrees with the evaluation in memory to the last case: a
/// condition is 0 or 1 and never missing, a value stands as it is stored and may be NULL. Whatever the expression brings is a parameter.
/// </summary>
/// <param name="now">To the millisecond, as moments are kept.</param>
internal sealed partial class SegmentSql(Settings settings, DateTimeOffset now)
{
    private readonly List<Cell> _parameters = [];

    /// <summary>The values of <c>?1</c>, <c>?2</c>, ... so far.</summary>
    public ReadOnlySpan<Cell> Parameters => _parameters.ToArray();

    /// <summary>A value for the statement, by the name that it has there.</summary>
    public string Parameter(Cell value)
    {
        _parameters.Add(value);
        return $"?{_parameters.Count}";
    }

    /// <summary>The tree as a condition.</summary>
    public string Condition(Node node) => node switch
    {
        Node.Known known => $"({Value(known.Of)} IS NOT NULL)",
        Node.Not not => $"(NOT {Condition(not.Of)})",
        Node.All all => Joined(all.Of, "AND"),
        Node.Any any => Joined(any.Of, "OR"),
        Node.Compare compare => $"(({Value(compare.Left)} {Sign(compare.By)} {Value(compare.Right)}) IS TRUE)",
        Node.HasTag tag => $"EXISTS (SELECT 1 FROM profile_tags t WHERE t.profile_id = p.id AND t.tag = {Parameter(tag.Tag)})",
        Node.Happened happened => $"EXISTS (SELECT 1 {Statistics(happened.Event)} AND s.last_at >= {Parameter(Since(happened.Within))})",
        Node.Consented { AnyChat: true } consented => $"""
            EXISTS (SELECT 1 FROM consents_in_force f JOIN chats c ON c.id = f.chat_id
                WHERE f.profile_id = p.id AND f.purpose = {Parameter(consented.Purpose)} AND c.blocked_at IS NULL)
            """,
        Node.ComesRound round => ComesRound(round),
        _ when node.Kind == ValueKind.Boolean => $"({Value(node)} IS TRUE)",
        _ => $"({Value(node)} IS NOT NULL)",
    };

    private string Value(Node node) => node switch
    {
        Node.Literal literal => StoredValues.Columns(literal.Value) is var (text, number) && text is not null ? Parameter(text) : Parameter(number),
        Node.Field { Holds: ValueKind.Text } field => TextField(field, "text"),
        Node.Field field => $"""
            (SELECT f.number FROM profile_fields f
                WHERE f.profile_id = p.id AND f.name = {Parameter(field.Name)} AND f.kind = {Parameter(StoredValues.Code(field.Holds))})
            """,
        Node.Folded { Of: Node.Field field } => TextField(field, "folded"),
        Node.Folded folded => $"{SegmentFunctions.Fold}({Value(folded.Of)})",
        Node.Calculate { Kind: ValueKind.Number } sum => $"{SegmentFunctions.Name(sum.By)}({Value(sum.Left)}, {Value(sum.Right)})",
        Node.Calculate sum => $"{SegmentFunctions.Later}({Value(sum.Left)}, {(sum.By == Calculation.Minus ? "-" : "")}{Value(sum.Right)})",
        Node.Count count => EventCount(count),
        Node.Ago ago => Parameter(SegmentFunctions.Moved(now.ToUnixTimeMilliseconds(), -(long)ago.Length.TotalMilliseconds)),
        Node.Given given => Given(given),
        Node.Known or Node.Not or Node.All or Node.Any or Node.Compare or Node.HasTag or Node.Happened or Node.Consented { AnyChat: true }
            or Node.ComesRound => Condition(node),
        Node.Consented or Node.Remembered or Node.Spoken => throw new ArgumentException($"{node.GetType().Name} has no place in a condition over all profiles."),
        _ => throw new UnreachableException(),
    };

    // What is kept under a name that is a text now may be another kind of text from before.
    private string TextField(Node.Field field, string column) =>
        $"(SELECT f.{column} FROM profile_fields f WHERE f.profile_id = p.id AND f.name = {Parameter(field.Name)})";

    private string Given(Node.Given given) => given.Root switch
    {
        Root.Now => Parameter(now),
        Root.Today => Parameter(StoredValues.Number(LocalTime.DayOf(now, settings.Zone))),
        Root.LastActive => "p.last_active_at",
        Root.Created => "p.created_at",
        Root.SourceFirst => "p.first_source",
        Root.SourceLast => "p.last_source",
        Root.Language => Language(),
        Root.BusinessName => Parameter(settings.Business.Name),
        Root.BusinessPhone => Parameter(settings.Business.Phone),
        Root.BusinessAddress => Parameter(settings.Business.Address),
        Root.BusinessPolicy => Parameter(settings.Business.Policy),
        Root.BusinessReview => Parameter(settings.Business.Review),
        Root.PurchasesCount => PurchaseCount(given.Within),
        Root.PurchasesSum => PurchaseSum(given.Within),
        Root.PurchasesAverage => PurchaseAverage(given.Within),
        Root.PurchasesLast => LastPurchase(),
        Root.MessagesIgnored => IgnoredMessages,
        Root.BookingsNext => $"(SELECT min(b.start_at) FROM bookings b WHERE b.profile_id = p.id AND b.state <= 2 AND b.start_at > {Parameter(now)})",
        Root.ServiceTitle or Root.ServicePrice or Root.ServiceMinutes or Root.SpecialistName or Root.SpecialistContact or Root.BookingStart
            or Root.BookingEnd or Root.BookingService or Root.BookingSpecialist or Root.BookingAddress or Root.BookingContact or Root.BookingPrice
            or Root.BookingState or Root.BookingCalendar => throw new ArgumentException("There is no visit in a condition over all profiles."),
        Root.Points => Points("l.available_at <= {0} AND l.expires_at > {0}"),
        Root.PointsPending => Points("l.available_at > {0}"),
        Root.PointsExpiring => ExpiringPoints(given.Within!.Value),
        Root.PointsExpires => NextExpiry(),
        Root.Tier => "(SELECT a.tier FROM points_accounts a WHERE a.profile_id = p.id)",
        Root.PointsComing or Root.PointsHistory or Root.PointsCard or Root.PointsQr or Root.PointsCap or Root.TierName or Root.TierRate or Root.TierNext
            or Root.TierMissing or Root.TierProgress => throw new ArgumentException($"{given.Root} has no place in a condition over all profiles."),
        Root.NpsLast => LastScore(),
        Root.FeedbackOpen => OpenCase(),
        Root.MagnetId or Root.MagnetTitle or Root.MagnetFile => throw new ArgumentException("There is no magnet in a condition over all profiles."),
    };

    /// <summary>Of the newest chat that can be written to, else of the newest; one that the content no longer speaks is its first.</summary>
    private string Language()
    {
        var spoken = string.Join(", ", settings.Languages.Select(language => Parameter(language)));
        return $"""
            (SELECT CASE WHEN c.language IN ({spoken}) THEN c.language ELSE {Parameter(settings.Languages[0])} END
                FROM chats c WHERE c.profile_id = p.id ORDER BY c.blocked_at IS NOT NULL, c.id DESC LIMIT 1)
            """;
    }

    private string ComesRound(Node.ComesRound round)
    {
        var days = ComingDays.From(LocalTime.DayOf(now, settings.Zone), round.Within.Days);
        return $"(({Value(round.Date)} % 10000 {(days.AreOutside ? "NOT " : "")}BETWEEN {Parameter(days.First)} AND {Parameter(days.Last)}) IS TRUE)";
    }

    // Halved again and again: SQLite takes a chain of operators for a tree as deep as the chain is long, and has a limit.
    private string Joined(ImmutableArray<Node> parts, string word)
    {
        return Half(0, parts.Length);

        string Half(int from, int to) => to - from == 1
            ? Condition(parts[from])
            : $"({Half(from, (from + to) / 2)} {word} {Half((from + to) / 2, to)})";
    }

    private static string Sign(Comparison by) => by switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
    };
}
