using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Purchases;

namespace Bot.Core.Turns;

/// <summary>What becomes of purchases and points. As with events, what is evaluated afterwards must see it.</summary>
internal sealed partial class Draft
{
    /// <summary>Keeps a purchase.</summary>
    public void AddPurchase(Purchase purchase)
    {
        _effects.Add(new Effect.AddPurchase(purchase));
        Change((query, answer) => (query, answer) switch
        {
            (Query.PurchaseCount count, Value.Number known) when count.Since <= Now => new Value.Number(known.Amount + 1),
            (Query.PurchaseSum sum, Value.Number known) when sum.Since <= Now => new Value.Number(Numbers.Nearest(known.Amount + purchase.Amount)),
            _ => answer,
        });
    }

    /// <summary>Keeps a refund of a purchase.</summary>
    public void AddRefund(Refund refund, PurchaseRecord bought, Points isShort)
    {
        _effects.Add(new Effect.AddRefund(refund, isShort));
        Change((query, answer) => (query, answer) switch
        {
            (Query.PurchaseSum sum, Value.Number known) when sum.Since <= bought.At => new Value.Number(Numbers.Nearest(known.Amount - refund.Amount)),
            _ => answer,
        });
    }

    /// <summary>Writes entries into the points ledger.</summary>
    public void Post(Posting posting)
    {
        _effects.AddRange(posting.Entries.Select(entry => new Effect.Post(entry)));
        KnowAccount(posting.After);
    }

    /// <summary>The account is this from here on.</summary>
    public void KnowAccount(Account account) => _facts = new Facts(_facts.Answers.SetItem(new Query.Account(), account));

    /// <summary>A code that a message shows can be copied with one tap, where there is room for buttons.</summary>
    private Keyboard? WithCopies(Keyboard? keyboard, string html)
    {
        if (keyboard is not (null or Keyboard.Inline))
        {
            return keyboard;
        }

        var shown = _effects.OfType<Effect.IssueCode>().Select(code => code.Code)
            .Concat(_facts.Answers.GetValueOrDefault(new Query.Card()) is Card card ? [card.Code] : [])
            .Where(code => html.Contains(code, StringComparison.Ordinal)).Distinct().ToList();
        return shown.Count == 0 ? keyboard : new Keyboard.Inline(
        [
            .. shown.Select(code => ImmutableArray.Create(new InlineButton(
                Label(Phrase.CopyButton, ImmutableDictionary<string, Value>.Empty.Add("code", new Value.Text(code))), null, null, code))),
            .. (keyboard as Keyboard.Inline)?.Rows ?? [],
        ]);
    }

    /// <summary>A card that was shown for the first time is the customer's from now on.</summary>
    private void KeepCard()
    {
        if (_facts.Answers.GetValueOrDefault(new Query.Card()) is Card { IsNew: true, Code: var code })
        {
            _effects.Add(new Effect.IssueCard(code));
        }
    }

    private void Change(Func<Query, Fact?, Fact?> change) =>
        _facts = new Facts(_facts.Answers.ToImmutableDictionary(answer => answer.Key, answer => change(answer.Key, answer.Value)));
}
