using System.Collections.Immutable;
using System.Diagnostics;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>What expressions can see of a customer's points.</summary>
internal static class PointsValues
{
    /// <summary>Lines of the history in a message.</summary>
    private const int Lines = 10;

    /// <summary>What the customer's phone calls the picture.</summary>
    private const string PictureName = "card.png";

    public static Value? Of(Node.Given given, Scope scope) => given.Root switch
    {
        Root.Points => Count(Account(scope)?.Usable(scope.Now)),
        Root.PointsPending => Count(Account(scope)?.Pending(scope.Now)),
        Root.PointsExpiring => Count(Account(scope)?.Expiring(scope.Now, By(given.Within, scope))),
        Root.PointsExpires => Account(scope)?.NextExpiry(scope.Now) is { } at ? new Value.Moment(at) : null,
        Root.PointsComing => Text(Coming(scope)),
        Root.PointsHistory => Text(History(scope)),
        Root.PointsCard => Text((scope.Fact(new Query.Card()) as Card)?.Code),
        Root.PointsQr => scope.Fact(new Query.Card()) is Card card ? new Value.File(PictureName, card.Code) : null,
        Root.PointsCap => scope.Content.Loyalty is { } rules ? new Value.Number(rules.Redeem) : null,
        Root.Tier => Text(Account(scope)?.Tier),
        Root.TierName => Text(Tier(scope)?.Name.In(scope.Language).Plain(scope)),
        Root.TierRate => Tier(scope) is { } tier ? new Value.Number(tier.Rate) : null,
        Root.TierNext => Text(Next(scope)?.Name.In(scope.Language).Plain(scope)),
        Root.TierMissing => Missing(scope) is { } missing ? new Value.Number(missing) : null,
        Root.TierProgress => Next(scope) is { } next && Missing(scope) is { } missing
            ? Text(Say(scope, Phrase.PointsProgress, ("level", new Value.Text(next.Name.In(scope.Language).Plain(scope))), ("missing", new Value.Number(missing))))
            : null,
        _ => throw new UnreachableException(),
    };

    private static Account? Account(Scope scope) =>
        scope.Snapshot.Profile is null ? Loyalty.Account.Empty : scope.Fact(new Query.Account()) as Account;

    /// <summary>The moment so much later, or the last one that there is.</summary>
    private static DateTimeOffset By(TimeSpan? within, Scope scope) =>
        within is { } length && length < DateTimeOffset.MaxValue - scope.Now ? scope.Now + length : DateTimeOffset.MaxValue;

    /// <summary>The tier by which the next purchase is reckoned.</summary>
    private static Tier? Tier(Scope scope) => Bought(scope) is { } bought ? scope.Content.Loyalty?.TierOf(bought) : null;

    private static Tier? Next(Scope scope) => Tier(scope) is { } tier ? scope.Content.Loyalty?.After(tier) : null;

    private static decimal? Missing(Scope scope) => Next(scope) is { } next && Bought(scope) is { } bought ? next.From - bought : null;

    private static decimal? Bought(Scope scope) => scope.Content.Loyalty is not { } rules ? null
        : scope.Snapshot.Profile is null ? 0
        : (scope.Fact(new Query.PurchaseSum(rules.WindowBegin(scope.Now))) as Value.Number)?.Amount;

    /// <summary>What expires when, a line for each day of those that come first.</summary>
    private static string? Coming(Scope scope) => Account(scope) is not { } account ? null : Joined(
        from lot in account.Lots
        where lot.IsUsable(scope.Now)
        group lot by DateOnly.FromDateTime(Evaluation.Local(lot.ExpiresAt, scope).DateTime) into day
        select Say(scope, Phrase.PointsComing, ("expires", new Value.Moment(day.First().ExpiresAt)),
            ("count", new Value.Number(Points.Sum(day.Select(lot => lot.Remaining)).Count))));

    private static string? History(Scope scope) => scope.Snapshot.Profile is null || scope.Fact(new Query.History(Lines)) is not PointsHistory history ? null : Joined(
        history.Changes.Select(change => Say(scope, PhraseOf(change.Kind), ("at", new Value.Moment(change.At)), ("count", new Value.Number(change.Points.Count)),
            ("amount", change.Amount is { } amount ? new Value.Number(amount) : null))));

    private static Phrase PhraseOf(EntryKind kind) => kind switch
    {
        EntryKind.Earned => Phrase.PointsLineEarned,
        EntryKind.Spent => Phrase.PointsLineSpent,
        EntryKind.Returned => Phrase.PointsLineReturned,
        EntryKind.TakenBack => Phrase.PointsLineTakenBack,
        EntryKind.Expired => Phrase.PointsLineExpired,
        EntryKind.Granted => Phrase.PointsLineGranted,
    };

    private static string Say(Scope scope, Phrase phrase, params ReadOnlySpan<(string Name, Value? Value)> values)
    {
        var known = ImmutableDictionary<string, Value>.Empty;
        foreach (var (name, value) in values)
        {
            known = value is null ? known : known.Add(name, value);
        }

        return scope.Content.Phrases[phrase].In(scope.Language).Plain(scope.With(known));
    }

    private static string? Joined(IEnumerable<string> lines) => string.Join('\n', lines.Take(Lines)) is { Length: > 0 } text ? text : null;

    private static Value.Number? Count(Points? points) => points is { } known ? new Value.Number(known.Count) : null;

    private static Value.Text? Text(string? text) => text is null ? null : new Value.Text(text);
}
