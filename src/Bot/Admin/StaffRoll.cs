using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage;

namespace Bot.Admin;

/// <summary>Who is staff: shown, and taken off.</summary>
internal static class StaffRoll
{
    public static void Say(WriteTransaction transaction, AdminTexts texts, StaffMember asking, DateTimeOffset now)
    {
        var list = transaction.Staff.List();
        var lines = list.Select(member => texts.Html(member.Role == StaffRole.Owner ? Phrase.AdminOwner : Phrase.AdminOperator, ("user", Id(member.User))));
        var buttons = asking.Role != StaffRole.Owner
            ? []
            : list.Where(member => member.Role != StaffRole.Owner || member.User != asking.User).Select(member => ImmutableArray.Create(
                new InlineButton(texts.Plain(Phrase.AdminRemoveButton, ("user", Id(member.User))), StaffPress.Remove(member.User)))).Take(50).ToImmutableArray();
        Tell(transaction, string.Join('\n', [texts.Html(Phrase.AdminStaff), .. lines]), now, buttons.IsEmpty ? null : new Keyboard.Inline(buttons));
    }

    public static void Remove(WriteTransaction transaction, AdminTexts texts, StaffCommand.Remove remove, DateTimeOffset now)
    {
        var owners = transaction.Staff.List().Where(member => member.Role == StaffRole.Owner).ToList();
        if (owners is [var last] && last.User == remove.User)
        {
            Tell(transaction, texts.Html(Phrase.AdminLastOwner), now);
        }
        else if (remove.IsConfirmed)
        {
            transaction.Staff.Remove(remove.User);
            Tell(transaction, texts.Html(Phrase.AdminRemoved, ("user", Id(remove.User))), now);
        }
        else
        {
            Tell(transaction, texts.Html(Phrase.AdminRemoveSure, ("user", Id(remove.User))), now,
                AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminYes), StaffPress.RemoveConfirmed(remove.User))));
        }
    }

    private static void Tell(WriteTransaction transaction, string html, DateTimeOffset now, Keyboard? keyboard = null) =>
        transaction.Admin.Say(null, null, new Body(html, null, keyboard), now);

    private static Core.Expressions.Value? Id(long id) => AdminTexts.Text(id.ToString(CultureInfo.InvariantCulture));
}
