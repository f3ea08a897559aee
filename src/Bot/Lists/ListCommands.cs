using System.Diagnostics;
using Bot.Admin;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Lists;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Storage;
using Bot.Storage.Lists;

namespace Bot.Lists;

/// <summary>What an owner wants of lists, as far as it is decided in the transaction: questions are kept, and what is confirmed is confirmed once.</summary>
internal static class ListCommands
{
    public static StaffOutcome Do(WriteTransaction transaction, Content content, StaffCommand.OfLists command, Input input, StaffMember member, DateTimeOffset now)
    {
        var texts = new AdminTexts(content, now);
        switch (command)
        {
            case StaffCommand.Export export when ListCondition.Read(export.Condition, content).Fault is { } fault:
                Say(transaction, texts.Html(Phrase.AdminExportUsage, ("reason", AdminTexts.Text(fault.Message))), now);
                return StaffOutcome.Nothing;
            case StaffCommand.Export export:
                return Ask(export with { Id = transaction.Lists.AddExport(export.Condition, now) });
            case StaffCommand.MakeExport make when transaction.Lists.TakeExport(make.Id) is { } condition:
                return Ask(make with { Condition = condition });
            case StaffCommand.Import { File: null }:
                Say(transaction, texts.Html(Phrase.AdminImportUsage), now);
                return StaffOutcome.Nothing;
            case StaffCommand.Import import:
                return Ask(import with { By = member.User, IsUploaded = input.Chat.Channel == ChatAddress.Demo });
            case StaffCommand.ApplyImport apply when transaction.Lists.TryMove(apply.Id, ListImportState.Shown, ListImportState.Begun):
                Say(transaction, texts.Html(Phrase.AdminImportStarted), now);
                return Ask(apply);
            case StaffCommand.DropImport drop when transaction.Lists.TryMove(drop.Id, ListImportState.Shown, ListImportState.GivenUp):
                Say(transaction, texts.Html(Phrase.AdminImportDropped), now);
                return StaffOutcome.Nothing;
            case StaffCommand.MakeExport or StaffCommand.ApplyImport or StaffCommand.DropImport:
                Say(transaction, texts.Html(Phrase.AdminListGone), now);
                return StaffOutcome.Nothing;
            default:
                throw new UnreachableException();
        }
    }

    private static StaffOutcome Ask(StaffCommand command) => new([new Effect.Answer(command)]);

    private static void Say(WriteTransaction transaction, string html, DateTimeOffset now) => transaction.Admin.Say(null, null, new Body(html), now);
}
