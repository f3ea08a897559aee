using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>
/// Time goes by over an account: points expire, the customer is warned of those that will, and the tier is worked out anew. Nobody can use points
/// after their moment whenever this runs, so that it can wait for the end of the night to tell.
/// </summary>
internal static class PointsTurn
{
    private const string Cause = "points";

    /// <summary>Lots that follow within a week are told of together, so that who buys daily is not warned daily.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromDays(6);

    public static void Fire(Draft draft, Timer timer)
    {
        if (draft.Content.Loyalty is not { } rules || draft.Fact(new Query.Account()) is not Account account)
        {
            return;
        }

        // The timer is gone with this turn.
        var ledger = new Ledger(draft, rules, account with { Timer = account.Timer?.Id == timer.Id ? null : account.Timer });
        var decision = Gatekeeper.Ask(draft, MessageKind.Service, Topic.Reminders, timer.Due);
        if (decision is GateDecision.NotBefore later)
        {
            ledger.Plan((later.At, later.Reason));
            return;
        }

        Expire(draft, ledger);
        ledger.Retier();
        Warn(draft, rules, ledger);
        ledger.Plan();
        if (!ledger.HasNews)
        {
            return;
        }

        ledger.SayBalance();
        if ((timer.IsExpired ? SkipReason.Restored : (decision as GateDecision.Skip)?.Reason) is { } reason)
        {
            ledger.Skip(Cause, Phrase.PointsExpiring, reason);
        }
        else
        {
            ledger.Tell(Cause, Phrase.PointsExpiring);
        }
    }

    private static void Expire(Draft draft, Ledger ledger)
    {
        var posting = ledger.Account.Expire(draft.Now);
        var expired = posting.Of(EntryKind.Expired);
        if (expired > Points.None)
        {
            ledger.Post(posting);
            ledger.Record(BuiltInEvents.PointsExpired, expired);
            ledger.Say(Phrase.PointsExpired, ("count", new Value.Number(expired.Count)));
        }
    }

    private static void Warn(Draft draft, LoyaltyRules rules, Ledger ledger)
    {
        var soon = ledger.Account.Lots.Where(lot => !lot.IsWarned && lot.IsUsable(draft.Now) && lot.ExpiresAt - rules.Warning <= draft.Now + Together).ToList();
        if (!soon.Exists(lot => lot.ExpiresAt - rules.Warning <= draft.Now))
        {
            return;
        }

        foreach (var lot in soon)
        {
            draft.Add(new Effect.MarkWarned(lot.Id));
            ledger.Warned(lot);
        }

        foreach (var day in soon.GroupBy(lot => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(lot.ExpiresAt, draft.Zone).DateTime)))
        {
            ledger.Say(Phrase.PointsExpiring, ("count", new Value.Number(Points.Sum(day.Select(lot => lot.Remaining)).Count)),
                ("expires", new Value.Moment(day.First().ExpiresAt)));
        }
    }
}
