using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage;

namespace Bot.Admin;

/// <summary>What staff did about a case: a turn of the customer whose case it is, which tells the admin chat what came of it.</summary>
internal static class CaseMarks
{
    public static StaffOutcome Of(WriteTransaction transaction, AdminTexts texts, string key, StaffCommand.MarkCase mark, DateTimeOffset now)
    {
        if (transaction.Cases.ChatOf(mark.Case) is { } chat)
        {
            return new StaffOutcome([], new Input.CaseMarked(key, chat, mark.Case, mark.Mark));
        }

        transaction.Admin.Say(null, null, new Body(texts.Html(Phrase.AdminCaseGone)), now);
        return StaffOutcome.Nothing;
    }
}
