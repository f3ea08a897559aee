using Bot.Core.Dialogs;

namespace Bot.Core.Expressions;

/// <summary>What every expression can see beside the profile's fields and the conversation's values.</summary>
public enum Root
{
    Now,
    Today,
    LastActive,
    Created,
    SourceFirst,
    SourceLast,
    Language,
    MagnetId,
    MagnetTitle,
    MagnetFile,
    BusinessName,
    BusinessPhone,
    BusinessAddress,
    BusinessPolicy,
    BusinessReview,
    PurchasesCount,
    PurchasesSum,
    PurchasesAverage,
    PurchasesLast,
    MessagesIgnored,
    ServiceTitle,
    ServicePrice,
    ServiceMinutes,
    SpecialistName,
    SpecialistContact,
    BookingStart,
    BookingEnd,
    BookingService,
    BookingSpecialist,
    BookingAddress,
    BookingContact,
    BookingPrice,
    BookingState,
    BookingCalendar,
    BookingsNext,
    Points,
    PointsPending,
    PointsExpiring,
    PointsExpires,
    PointsComing,
    PointsHistory,
    PointsCard,
    PointsQr,
    PointsCap,
    Tier,
    TierName,
    TierRate,
    TierNext,
    TierMissing,
    TierProgress,
    NpsLast,
    FeedbackOpen,
}

/// <summary>The names of the roots, in plain dictionaries: frozen ones cost more at start than they save.</summary>
internal static class Roots
{
    /// <summary>The first part of these names, which no remembered value or field may have.</summary>
    public static readonly HashSet<string> Reserved;

    public static readonly Dictionary<string, Root> ByName = new Dictionary<string, Root>
    {
        ["now"] = Root.Now,
        ["today"] = Root.Today,
        ["last_active"] = Root.LastActive,
        ["created"] = Root.Created,
        ["source.first"] = Root.SourceFirst,
        ["source.last"] = Root.SourceLast,
        ["language"] = Root.Language,
        ["magnet.id"] = Root.MagnetId,
        ["magnet.title"] = Root.MagnetTitle,
        ["magnet.file"] = Root.MagnetFile,
        ["business.name"] = Root.BusinessName,
        ["business.phone"] = Root.BusinessPhone,
        ["business.address"] = Root.BusinessAddress,
        ["business.policy"] = Root.BusinessPolicy,
        ["business.review"] = Root.BusinessReview,
        ["purchases.count"] = Root.PurchasesCount,
        ["purchases.sum"] = Root.PurchasesSum,
        ["purchases.average"] = Root.PurchasesAverage,
        ["purchases.last"] = Root.PurchasesLast,
        ["messages.ignored"] = Root.MessagesIgnored,
        ["service.title"] = Root.ServiceTitle,
        ["service.price"] = Root.ServicePrice,
        ["service.minutes"] = Root.ServiceMinutes,
        ["specialist.name"] = Root.SpecialistName,
        ["specialist.contact"] = Root.SpecialistContact,
        ["booking.start"] = Root.BookingStart,
        ["booking.end"] = Root.BookingEnd,
        ["booking.service"] = Root.BookingService,
        ["booking.specialist"] = Root.BookingSpecialist,
        ["booking.address"] = Root.BookingAddress,
        ["booking.contact"] = Root.BookingContact,
        ["booking.price"] = Root.BookingPrice,
        ["booking.state"] = Root.BookingState,
        ["booking.calendar"] = Root.BookingCalendar,
        ["bookings.next"] = Root.BookingsNext,
        ["points"] = Root.Points,
        ["points.pending"] = Root.PointsPending,
        ["points.expiring"] = Root.PointsExpiring,
        ["points.expires"] = Root.PointsExpires,
        ["points.coming"] = Root.PointsComing,
        ["points.history"] = Root.PointsHistory,
        ["points.card"] = Root.PointsCard,
        ["points.qr"] = Root.PointsQr,
        ["points.cap"] = Root.PointsCap,
        ["tier"] = Root.Tier,
        ["tier.name"] = Root.TierName,
        ["tier.rate"] = Root.TierRate,
        ["tier.next"] = Root.TierNext,
        ["tier.missing"] = Root.TierMissing,
        ["tier.progress"] = Root.TierProgress,
        ["nps.last"] = Root.NpsLast,
        ["feedback.open"] = Root.FeedbackOpen,
    };

    static Roots() => Reserved = new HashSet<string>(ByName.Keys.Select(n => n.Split('.')[0]))
    {
        "profile", "tags", "and", "or", "not", "has", "in", "else", "true", "false", "from", "to",
    };

    public static ValueKind KindOf(Root root) => root switch
    {
        Root.Now or Root.LastActive or Root.Created or Root.PurchasesLast or Root.BookingStart or Root.BookingEnd or Root.BookingsNext or Root.PointsExpires => ValueKind.Moment,
        Root.Today => ValueKind.Date,
        Root.MagnetFile or Root.PointsQr or Root.BookingCalendar => ValueKind.File,
        Root.PurchasesCount or Root.PurchasesSum or Root.PurchasesAverage or Root.MessagesIgnored or Root.NpsLast or Root.ServicePrice
            or Root.ServiceMinutes or Root.BookingPrice or Root.Points or Root.PointsPending or Root.PointsExpiring or Root.PointsCap or Root.TierRate
            or Root.TierMissing => ValueKind.Number,
        Root.FeedbackOpen => ValueKind.Boolean,
        Root.SourceFirst or Root.SourceLast or Root.Language or Root.MagnetId or Root.MagnetTitle or Root.BusinessName or Root.BusinessPhone
            or Root.BusinessAddress or Root.BusinessPolicy or Root.BusinessReview or Root.ServiceTitle or Root.SpecialistName
            or Root.SpecialistContact or Root.BookingService or Root.BookingSpecialist or Root.BookingAddress or Root.BookingContact
            or Root.BookingState or Root.PointsComing or Root.PointsHistory or Root.PointsCard or Root.Tier or Root.TierName or Root.TierNext
            or Root.TierProgress => ValueKind.Text,
    };

    public static bool IsMagnet(Root root) => root is Root.MagnetId or Root.MagnetTitle or Root.MagnetFile;

    /// <summary>The conversation's value that it reads: <c>booking</c> for <c>booking.start</c>; <see langword="null"/> for those that need none.</summary>
    public static string? Reads(Root root) => root switch
    {
        Root.ServiceTitle or Root.ServicePrice or Root.ServiceMinutes => GivenValues.Service,
        Root.SpecialistName or Root.SpecialistContact => GivenValues.Specialist,
        Root.BookingStart or Root.BookingEnd or Root.BookingService or Root.BookingSpecialist or Root.BookingAddress or Root.BookingContact
            or Root.BookingPrice or Root.BookingState or Root.BookingCalendar => GivenValues.Booking,
        _ => null,
    };

    /// <summary>Whether it is about points, which there are with a loyalty.yaml alone.</summary>
    public static bool IsLoyalty(Root root) => root is >= Root.Points and <= Root.TierProgress;

    /// <summary>Whether it is put into words for one customer, so that it has no place in a condition over all of them.</summary>
    public static bool IsForTexts(Root root) => root is Root.PointsComing or Root.PointsHistory or Root.PointsCard or Root.PointsQr or Root.PointsCap
        or Root.TierName or Root.TierRate or Root.TierNext or Root.TierMissing or Root.TierProgress;

    /// <summary>Whether it can be asked for a length of time: <c>purchases.sum(365d)</c>.</summary>
    public static bool TakesLength(Root root) => root is Root.PurchasesCount or Root.PurchasesSum or Root.PurchasesAverage or Root.PointsExpiring;

    /// <summary>Whether the value can be missing at run time. The business's are put in when the content is loaded.</summary>
    public static bool MayBeMissing(Root root) => root is Root.SourceFirst or Root.SourceLast or Root.PurchasesAverage or Root.PurchasesLast
        or Root.ServicePrice or Root.BookingPrice or Root.BookingsNext or Root.NpsLast
        or Root.PointsExpires or Root.PointsComing or Root.PointsHistory or Root.Tier or Root.TierNext or Root.TierMissing or Root.TierProgress;

    /// <summary>Whether this root is one of the business's values, and which.</summary>
    public static bool IsBusiness(Root root, Business? business, out string? value)
    {
        (var isBusiness, value) = root switch
        {
            Root.BusinessName => (true, business?.Name),
            Root.BusinessPhone => (true, business?.Phone),
            Root.BusinessAddress => (true, business?.Address),
            Root.BusinessPolicy => (true, business?.Policy),
            Root.BusinessReview => (true, business?.Review),
            _ => (false, null),
        };
        return isBusiness;
    }
}
