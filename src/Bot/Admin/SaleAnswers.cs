using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Storage;
using Bot.Storage.Histories;
using Bot.Storage.Loyalty;

namespace Bot.Admin;

/// <summary>What staff see before a sale or a refund is entered, read beside the writer.</summary>
internal sealed class SaleAnswers(AdminTexts texts, LoyaltyRules? rules, StoreOptions database, DateTimeOffset now)
{
    private const int MaxFound = 10;
    private const int MaxShown = 10;

    public (string Html, Keyboard? Keyboard) To(StaffCommand command) => command switch
    {
        StaffCommand.Sale sale => Sale(sale),
        StaffCommand.SaleTo sale => SaleTo(sale.Profile, sale.Amount),
        StaffCommand.Sell { Proposed: var sale } => Sure(sale),
        StaffCommand.Purchases purchases => Purchases(purchases.Profile),
        StaffCommand.RefundOf refund => RefundOf(refund.Purchase, refund.Amount),
        StaffCommand.RefundOn refund => RefundOn(refund),
        _ => throw new UnreachableException(),
    };

    /// <summary>A customer's points and tier in a line, if there are points here.</summary>
    public string? PointsOf(ProfileId profile)
    {
        if (rules is null)
        {
            return null;
        }

        using var books = SaleBooks.Open(database);
        var (account, tier) = Of(books, rules, profile);
        return $"{account.Usable(now).Count} · {texts.Plain(tier.Name)}";
    }

    private (string, Keyboard?) Sale(StaffCommand.Sale sale)
    {
        if (Card.Read(sale.Who) is { } code)
        {
            using var books = SaleBooks.Open(database);
            if (books.Cardholder(code) is { } holder)
            {
                return SaleTo(holder, sale.Amount);
            }
        }

        var found = CustomerHistories.Search(database, sale.Who, MaxFound);
        return found switch
        {
            [] => (texts.Html(Phrase.AdminNobody), null),
            [var only] => SaleTo(only.Profile, sale.Amount),
            _ => (texts.Html(Phrase.AdminSaleWhose, ("amount", new Value.Number(sale.Amount))), new Keyboard.Inline(
            [
                .. found.Select(one => ImmutableArray.Create(new InlineButton(
                    AdminAnswers.LabelOf(one, texts), StaffPress.SaleTo(one.Profile, sale.Amount)))),
            ])),
        };
    }

    private (string, Keyboard?) SaleTo(ProfileId profile, decimal amount)
    {
        using var books = SaleBooks.Open(database);
        if (!books.Exists(profile))
        {
            return (texts.Html(Phrase.AdminNobody), null);
        }

        var sale = new ProposedSale(profile, amount, Points.None, RandomNumberGenerator.GetInt32(int.MaxValue) * 1_000L + RandomNumberGenerator.GetInt32(1_000), now);
        var (account, tier) = rules is null ? (Account.Empty, null) : Of(books, rules, profile);
        var most = rules is null ? Points.None : Points.Least(rules.Cap(amount), account.Usable(now));
        var html = texts.Html(Phrase.AdminSale, ("name", NameOf(books, profile)), ("amount", new Value.Number(amount)),
            ("level", tier is null ? null : new Value.Text(texts.Plain(tier.Name))), ("balance", AdminTexts.Number(account.Usable(now).Count)),
            ("most", AdminTexts.Number(most.Count)), ("earns", AdminTexts.Number(tier is null ? 0 : LoyaltyRules.Earned(tier, amount).Count)));
        ImmutableArray<InlineButton> ways = [new InlineButton(texts.Plain(Phrase.AdminSalePlainButton), StaffPress.Sell(sale))];
        if (most > Points.None)
        {
            ways = ways.Add(new InlineButton(texts.Plain(Phrase.AdminSalePointsButton, ("count", AdminTexts.Number(most.Count))),
                StaffPress.Sell(sale with { Pay = most })));
        }

        return (html, new Keyboard.Inline([ways, .. texts.CardButton(profile).Rows]));
    }

    private (string, Keyboard?) Sure(ProposedSale sale)
    {
        using var books = SaleBooks.Open(database);
        return (texts.Html(Phrase.AdminSaleSure, ("name", NameOf(books, sale.Profile)), ("amount", new Value.Number(sale.Amount)),
                ("count", AdminTexts.Number(sale.Pay.Count)), ("money", new Value.Number(sale.Amount - sale.Pay.Count))),
            AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminYes), StaffPress.SellConfirmed(sale))));
    }

    private (string, Keyboard?) Purchases(ProfileId profile)
    {
        using var books = SaleBooks.Open(database);
        var sold = books.Purchases(profile, MaxShown);
        if (sold.IsEmpty)
        {
            return (texts.Html(Phrase.AdminNothing), null);
        }

        var lines = sold.Select(one => texts.Plain(Phrase.AdminPurchase, ("id", new Value.Text(one.Id)), ("at", new Value.Moment(one.At)),
            ("amount", new Value.Number(one.Amount)), ("refunded", one.Refunded > 0 ? new Value.Number(one.Refunded) : null)));
        ImmutableArray<ImmutableArray<InlineButton>> buttons =
        [
            .. sold.Where(one => one.Refunded < one.Amount).Select(one => ImmutableArray.Create(new InlineButton(
                texts.Plain(Phrase.AdminPurchaseButton, ("at", new Value.Moment(one.At)), ("amount", new Value.Number(one.Amount - one.Refunded))),
                StaffPress.RefundOn(profile, one.Id)))),
        ];
        return (texts.Html(Phrase.AdminPurchases, ("list", new Value.Text(string.Join('\n', lines)))), new Keyboard.Inline([.. buttons, .. texts.CardButton(profile).Rows]));
    }

    private (string, Keyboard?) RefundOn(StaffCommand.RefundOn refund)
    {
        using var books = SaleBooks.Open(database);
        return books.Purchases(refund.Profile, SaleDesk.MaxPurchases).FirstOrDefault(one => StaffPress.MarkOf(one.Id) == refund.Mark) is { } sold
            ? RefundOf(sold.Id, null)
            : (texts.Html(Phrase.AdminRefundGone), null);
    }

    private (string, Keyboard?) RefundOf(string purchase, decimal? part)
    {
        using var books = SaleBooks.Open(database);
        if (books.Answer(new Query.Purchase(purchase), default, now) is not PurchaseRecord { Refundable: > 0 } bought || (part ?? 0) > bought.Refundable)
        {
            return (texts.Html(Phrase.AdminRefundGone), null);
        }

        var amount = part ?? bought.Refundable;
        var account = (Account)books.Answer(new Query.Account(), bought.Owner, now)!;
        var posting = RefundPosting.Of(account, bought, new Refund("preview", purchase, amount), now, () => default);
        var html = texts.Html(Phrase.AdminRefund, ("name", NameOf(books, bought.Owner)), ("id", new Value.Text(purchase)), ("amount", new Value.Number(amount)),
            ("money", new Value.Number(posting.Money)), ("returned", AdminTexts.Number(posting.Posting.Of(EntryKind.Returned).Count)),
            ("taken", AdminTexts.Number(posting.Posting.Of(EntryKind.TakenBack).Count)), ("short", AdminTexts.Number(posting.Short.Count)));
        return (html, new Keyboard.Inline(
        [
            [new InlineButton(texts.Plain(Phrase.AdminRefundButton, ("amount", new Value.Number(amount))),
                StaffPress.RefundConfirmed(bought.Owner, purchase, amount, bought.Refunded))],
            .. texts.CardButton(bought.Owner).Rows,
        ]));
    }

    private (Account Account, Tier Tier) Of(SaleBooks books, LoyaltyRules by, ProfileId profile)
    {
        var bought = (Value.Number)books.Answer(new Query.PurchaseSum(by.WindowBegin(now)), profile, now)!;
        return ((Account)books.Answer(new Query.Account(), profile, now)!, by.TierOf(bought.Amount));
    }

    private static Value? NameOf(SaleBooks books, ProfileId profile) => AdminTexts.Text(books.NameOf(profile));
}
