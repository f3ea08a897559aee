using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Storage;

namespace Bot.Admin;

/// <summary>Asks staff whether a customer's data is to be deleted, and says what goes with it.</summary>
internal static class EraseDesk
{
    /// <summary>How long a question can be answered: a yes that is older is asked anew, for much may have happened since.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public static StaffOutcome Ask(WriteTransaction transaction, AdminTexts texts, ProfileId profile, DateTimeOffset now)
    {
        if (transaction.Staff.ChatOf(profile) is not { } chat || transaction.Load(chat).Profile is not { } known)
        {
            transaction.Admin.Say(null, null, new Body(texts.Html(Phrase.AdminNobody)), now);
            return StaffOutcome.Nothing;
        }

        var points = (transaction.Answer(new Query.Account(), known.Id, now) as Account)?.Balance ?? Points.None;
        var visits = known.Bookings.Values.Count(booking => booking.IsOpen && booking.Start > now);
        transaction.Admin.Say(known.Id, null, new Body(
            texts.Html(Phrase.AdminEraseSure, ("name", known.Fields.GetValueOrDefault(ProfileFields.Name)), ("contact", known.Fields.GetValueOrDefault(ProfileFields.Phone) ?? known.Fields.GetValueOrDefault(ProfileFields.Email)),
                ("credit", new Value.Number(points.Count)), ("visits", new Value.Number(visits))),
            null,
            AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminYes), StaffPress.EraseConfirmed(known.Id, now)))), now);
        return StaffOutcome.Nothing;
    }
}
