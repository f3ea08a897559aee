using Bot.Core.Dialogs;
using Bot.Core.Loyalty;

namespace Bot.Core.Expressions;

/// <summary>The values of the roots.</summary>
internal static class GivenValues
{
    /// <summary>The name under which a dialog that takes a magnet keeps it.</summary>
    public const string Magnet = "magnet";

    /// <summary>The names under which conversations keep what is booked.</summary>
    public const string Service = "service";

    /// <inheritdoc cref="Service"/>
    public const string Specialist = "specialist";

    /// <inheritdoc cref="Service"/>
    public const string Booking = "booking";

    public static Value? Of(Node.Given given, Scope scope) => given.Root switch
    {
        Root.Now => new Value.Moment(scope.Now),
        Root.Today => new Value.Date(Evaluation.Today(scope)),
        Root.LastActive => scope.Snapshot.Profile is { } profile ? new Value.Moment(profile.LastActive) : null,
        Root.Created => scope.Snapshot.Profile is { } profile ? new Value.Moment(profile.CreatedAt) : null,
        Root.SourceFirst => Text(scope.Snapshot.Profile?.FirstSource),
        Root.SourceLast => Text(scope.Snapshot.Profile?.LastSource),
        Root.Language => Text(scope.Language),
        Root.MagnetId => Text(MagnetOf(scope)?.Id),
        Root.MagnetTitle => Text(Title(scope)),
        Root.MagnetFile => MagnetOf(scope)?.Files.GetValueOrDefault(scope.Language) is { } file ? new Value.File(file) : null,
        Root.BusinessName => Text(scope.Content.Settings.Business.Name),
        Root.BusinessPhone => Text(scope.Content.Settings.Business.Phone),
        Root.BusinessAddress => Text(scope.Content.Settings.Business.Address),
        Root.BusinessPolicy => Text(scope.Content.Settings.Business.Policy),
        Root.BusinessReview => Text(scope.Content.Settings.Business.Review),
        Root.PurchasesCount => Number(PastValues.PurchaseCount(given.Within, scope)),
        Root.PurchasesSum => Number(PastValues.PurchaseSum(given.Within, scope)),
        Root.PurchasesAverage => Number(PastValues.PurchaseAverage(given.Within, scope)),
        Root.PurchasesLast => PastValues.LastPurchase(scope) is { } at ? new Value.Moment(at) : null,
        Root.MessagesIgnored => Number(PastValues.IgnoredMessages(scope)),
        Root.BookingsNext => BookingValues.Next(scope),
        Root.ServiceTitle or Root.ServicePrice or Root.ServiceMinutes or Root.SpecialistName or Root.SpecialistContact or Root.BookingStart
            or Root.BookingEnd or Root.BookingService or Root.BookingSpecialist or Root.BookingAddress or Root.BookingContact
            or Root.BookingPrice or Root.BookingState or Root.BookingCalendar => BookingValues.Of(given.Root, scope),
        Root.Points or Root.PointsPending or Root.PointsExpiring or Root.PointsExpires or Root.PointsComing or Root.PointsHistory or Root.PointsCard
            or Root.PointsQr or Root.PointsCap or Root.Tier or Root.TierName or Root.TierRate or Root.TierNext or Root.TierMissing or Root.TierProgress =>
            PointsValues.Of(given, scope),
        Root.NpsLast => Number(PastValues.LastScore(scope)),
        Root.FeedbackOpen => new Value.Boolean(PastValues.HasOpenCase(scope)),
    };

    private static Magnet? MagnetOf(Scope scope) => scope.Values.GetValueOrDefault(Magnet) is Value.Magnet magnet
        ? scope.Content.Settings.Magnets.GetValueOrDefault(magnet.Id)
        : null;

    // The loader lets a title use the business's values only, so this goes no deeper.
    private static string? Title(Scope scope) => MagnetOf(scope)?.Title.ByLanguage.GetValueOrDefault(scope.Language)?.Plain(scope);

    private static Value.Number? Number(decimal? number) => number is { } known ? new Value.Number(known) : null;

    private static Value.Text? Text(string? text) => text is null ? null : new Value.Text(text);
}
