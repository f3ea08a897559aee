using System.Diagnostics;
using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Storage;

namespace Bot.Admin;

/// <summary>Sales, refunds and personal codes at the desk, inside the transaction: what was confirmed becomes a turn of the customer.</summary>
internal sealed class SaleDesk(WriteTransaction transaction, AdminTexts texts, DateTimeOffset now)
{
    /// <summary>Of a customer's purchases so many can be refunded by a button.</summary>
    public const int MaxPurchases = 50;

    private const string Wrong = "redeem.wrong";

    /// <summary>Wrong codes of one person, and of all together, in the time below; then none is looked at until the earliest is that old.</summary>
    private const int MaxWrong = 5;
    private const int MaxWrongOfAll = 30;
    private static readonly TimeSpan WrongTime = TimeSpan.FromMinutes(10);

    /// <summary>A card of yesterday is of a sale that was entered or given up.</summary>
    private static readonly TimeSpan CardTime = TimeSpan.FromDays(1);

    public StaffOutcome Do(Input input, StaffMember member, StaffCommand command) => command switch
    {
        StaffCommand.Sell { Proposed: var sale } => Sell(member, sale),
        StaffCommand.GiveBack back => GiveBack(member, back),
        StaffCommand.Redeem redeem => Redeem(input, member, redeem),
        _ => throw new UnreachableException(),
    };

    private StaffOutcome Sell(StaffMember member, ProposedSale sale)
    {
        if (now - sale.At is var age && (age > CardTime || age < -CardTime))
        {
            return Say(Phrase.AdminSaleOld);
        }

        return sale.Purchase.Fault is null && transaction.Staff.ChatOf(sale.Profile) is { } chat
            ? new StaffOutcome([], new Input.Bought(chat, sale.Purchase, sale.Pay, member.User))
            : Say(Phrase.AdminNobody);
    }

    private StaffOutcome GiveBack(StaffMember member, StaffCommand.GiveBack back)
    {
        var sold = transaction.Purchases(back.Profile, MaxPurchases).FirstOrDefault(one => StaffPress.MarkOf(one.Id) == back.Mark);
        if (sold is null || sold.Refunded != back.Refunded || back.Amount <= 0 || transaction.Staff.ChatOf(back.Profile) is not { } chat)
        {
            return Say(Phrase.AdminRefundGone);
        }

        // The same button is the same refund.
        var id = string.Create(CultureInfo.InvariantCulture, $"{sold.Id}:{sold.Refunded:0.00}");
        return new StaffOutcome([], new Input.Refunded(chat, new Refund(id, sold.Id, back.Amount), member.User));
    }

    private StaffOutcome Redeem(Input input, StaffMember member, StaffCommand.Redeem redeem)
    {
        if (SlowedUntil(member.User) is { } until)
        {
            return Say(Phrase.AdminCodeSlow, ("until", new Value.Moment(until)));
        }

        // Unknown, used and expired are the same to whoever asks: guesses teach nothing.
        var code = transaction.Answer(new Query.Code(redeem.Code), default, now) as PersonalCode;
        if (code is null || !code.IsGood(now) || transaction.Staff.ChatOf(code.Owner) is not { } chat)
        {
            transaction.Staff.Audit(member.User, Wrong, null, now);
            AlarmOf(member.User);
            return Say(Phrase.AdminCodeBad);
        }

        if (redeem.IsConfirmed)
        {
            return new StaffOutcome([], new Input.Redeemed(input.Key, chat, code.Code, member.User));
        }

        var name = transaction.Load(chat).Profile?.Fields.GetValueOrDefault(Core.Profiles.ProfileFields.Name);
        transaction.Admin.Say(code.Owner, null, new Body(
            texts.Html(Phrase.AdminCodeGood, ("name", name), ("code", AdminTexts.Text(code.Code)), ("discount", new Value.Text(texts.Discount(code))),
                ("until", new Value.Moment(code.ValidUntil))),
            null,
            AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminRedeemButton), StaffPress.RedeemConfirmed(code.Code)))), now);
        return StaffOutcome.Nothing;
    }

    private DateTimeOffset? SlowedUntil(long user)
    {
        var since = now - WrongTime;
        var own = transaction.Staff.EarliestOf(MaxWrong, Wrong, user, since);
        var all = transaction.Staff.EarliestOf(MaxWrongOfAll, Wrong, null, since);
        return (own > all || all is null ? own : all) + WrongTime;
    }

    private void AlarmOf(long user)
    {
        if (SlowedUntil(user) is null)
        {
            return;
        }

        var isAll = transaction.Staff.EarliestOf(MaxWrongOfAll, Wrong, null, now - WrongTime) is not null;
        var hour = now.ToString("yyyy-MM-dd-HH", CultureInfo.InvariantCulture);
        transaction.Admin.Say(null, string.Create(CultureInfo.InvariantCulture, $"codes:{(isAll ? 0 : user)}:{hour}"), new Body(texts.Html(Phrase.AdminCodeAlarm,
            ("user", AdminTexts.Text(user.ToString(CultureInfo.InvariantCulture))), ("count", AdminTexts.Number(isAll ? MaxWrongOfAll : MaxWrong)))), now);
    }

    private StaffOutcome Say(Phrase phrase, params ReadOnlySpan<(string Name, Value? Value)> values)
    {
        transaction.Admin.Say(null, null, new Body(texts.Html(phrase, values)), now);
        return StaffOutcome.Nothing;
    }
}
