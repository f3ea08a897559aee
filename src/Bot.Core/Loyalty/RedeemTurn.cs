using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Turns;

namespace Bot.Core.Loyalty;

/// <summary>A personal code is redeemed: once.</summary>
internal static class RedeemTurn
{
    public static void Run(Draft draft, Input.Redeemed redeemed)
    {
        var code = draft.Fact(new Query.Code(redeemed.Code)) as PersonalCode;
        if (code is null || code.Owner != draft.Profile.Id || !code.IsGood(draft.Now))
        {
            AdminNotices.Say(draft, Phrase.AdminCodeBad);
            return;
        }

        draft.Add(new Effect.RedeemCode(code.Code));
        draft.Record(BuiltInEvents.CodeRedeemed,
            [.. Number("percent", code.Percent), .. Number("amount", code.Amount)]);
        SaleNotices.Tell(draft, redeemed.By, Phrase.AdminRedeemed, ("code", new Value.Text(code.Code)), ("discount", new Value.Text(code.Discount(draft.Content.Settings))));
        if (Gatekeeper.Ask(draft, MessageKind.Service, null, draft.Now, usefulUntil: draft.Now) is GateDecision.Skip skip)
        {
            draft.Add(new Effect.Skip(MessageKind.Service, Cause(code), $"phrase/{Phrase.CodeRedeemed}", skip.Reason));
            return;
        }

        draft.SpeakAs(MessageKind.Service, null, Cause(code), null);
        draft.Say(Phrase.CodeRedeemed, null, ImmutableDictionary<string, Value>.Empty.Add("code", new Value.Text(code.Code)));
    }

    private static string Cause(PersonalCode code) => $"code:{code.Code}";

    private static IEnumerable<KeyValuePair<string, Value>> Number(string name, decimal? number) =>
        number is { } known ? [new(name, new Value.Number(known))] : [];
}
