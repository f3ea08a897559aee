using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>A customer's account in a turn: what is posted to it, the tier, what is due next, and what the customer is told of all that.</summary>
internal sealed class Ledger(Draft draft, LoyaltyRules rules, Account account)
{
    private readonly List<string> _lines = [];
    private string? _tier = account.Tier;

    /// <summary>As it is by now.</summary>
    public Account Account { get; private set; } = account;

    /// <summary>What was bought in the tier's window, less what was refunded of it; missing while it is being asked for.</summary>
    public decimal? Bought => (draft.Fact(new Query.PurchaseSum(rules.WindowBegin(draft.Now))) as Value.Number)?.Amount;

    /// <summary>Whether there is anything to tell.</summary>
    public bool HasNews => _lines.Count > 0;

    public void Post(Posting posting)
    {
        draft.Post(posting);
        Account = posting.After;
    }

    /// <summary>The customer is told that a lot expires.</summary>
    public void Warned(Lot lot) => Account = Account.With(lot with { IsWarned = true });

    /// <summary>Notes an event with its points, if there are any.</summary>
    public void Record(string @event, Points points)
    {
        if (points > Points.None)
        {
            draft.Record(@event, new KeyValuePair<string, Value>("points", new Value.Number(points.Count)));
        }
    }

    /// <summary>Works the tier out anew. Who has none yet and bought nothing that lifts them starts at the lowest without a word.</summary>
    public void Retier()
    {
        if (Bought is not { } bought)
        {
            return;
        }

        var tier = rules.TierOf(bought);
        if (tier.Id == _tier)
        {
            return;
        }

        var isNews = _tier is not null || tier != rules.Tiers[0];
        _tier = tier.Id;
        Account = Account with { Tier = tier.Id };
        draft.KnowAccount(Account);
        if (isNews)
        {
            draft.Record(BuiltInEvents.TierChanged, new KeyValuePair<string, Value>("tier", new Value.Text(tier.Id)));
            Say(Phrase.PointsTier, ("level", new Value.Text(tier.Name.In(draft.Chat.Language).Plain(draft.Scope()))), ("rate", new Value.Number(tier.Rate)));
        }
    }

    /// <summary>Says when the account must be looked at again, and keeps what is known of it.</summary>
    /// <param name="later">It is not to be looked at now but then, and why.</param>
    public void Plan((DateTimeOffset At, WaitReason Why)? later = null)
    {
        var (due, why) = later is { } wait ? (wait.At, wait.Why) : (NextDue(), (WaitReason?)null);
        if (due != Account.Timer?.Due)
        {
            draft.Unschedule(Account.Timer?.Id);
            Account = Account with
            {
                Timer = due is { } at ? new Timer(draft.Schedule(at, new TimerCause.Points(), MessageKind.Service, why), at, new TimerCause.Points(), why) : null,
            };
        }

        draft.KnowAccount(Account);
        draft.Add(new Effect.KeepAccount(Account.Tier, Account.Timer?.Id));
    }

    /// <summary>A line of what the customer is told.</summary>
    public void Say(Phrase phrase, params ReadOnlySpan<(string Name, Value? Value)> values) => _lines.Add(Text(phrase, values));

    /// <summary>The last line: what can be used now.</summary>
    public void SayBalance() => Say(Phrase.PointsBalance, ("balance", new Value.Number(Account.Usable(draft.Now).Count)));

    /// <summary>Tells what was said. At the desk the customer stands there: it is of use now or never.</summary>
    public void TellNow(string cause, Phrase template)
    {
        switch (Gatekeeper.Ask(draft, MessageKind.Service, null, draft.Now, usefulUntil: draft.Now))
        {
            case GateDecision.Skip skip:
                Skip(cause, template, skip.Reason);
                break;
            default:
                Tell(cause, template);
                break;
        }
    }

    public void Tell(string cause, Phrase template)
    {
        draft.SpeakAs(MessageKind.Service, null, cause, null);
        draft.Say($"phrase/{template}", string.Join('\n', _lines), null, null);
    }

    public void Skip(string cause, Phrase template, SkipReason reason) =>
        draft.Add(new Effect.Skip(MessageKind.Service, cause, $"phrase/{template}", reason));

    /// <summary>The earliest moment at which a lot is to be warned of or expires.</summary>
    private DateTimeOffset? NextDue() => Account.Lots.IsEmpty ? null : Account.Lots.Min(lot => lot.IsWarned ? lot.ExpiresAt : WarnAt(lot));

    /// <summary>Nobody is warned of what cannot be used yet.</summary>
    private DateTimeOffset WarnAt(Lot lot) => lot.ExpiresAt - rules.Warning > lot.AvailableAt ? lot.ExpiresAt - rules.Warning : lot.AvailableAt;

    private string Text(Phrase phrase, ReadOnlySpan<(string Name, Value? Value)> values)
    {
        var known = ImmutableDictionary<string, Value>.Empty;
        foreach (var (name, value) in values)
        {
            known = value is null ? known : known.Add(name, value);
        }

        return draft.Content.Phrases[phrase].In(draft.Chat.Language).Html(draft.Scope(known));
    }
}
