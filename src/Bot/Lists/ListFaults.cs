using System.Globalization;
using Bot.Admin;
using Bot.Core.Dialogs;
using Bot.Core.Lists;

namespace Bot.Lists;

/// <summary>What is wrong with rows, in the business's language.</summary>
internal static class ListFaults
{
    /// <summary>The fault alone, as plain text.</summary>
    public static string Text(AdminTexts texts, ListFault fault) => texts.Plain(PhraseOf(fault.Kind), ("value", AdminTexts.Text(fault.Value ?? "")));

    /// <summary>With the row's number.</summary>
    public static string Text(AdminTexts texts, int row, ListFault fault) => texts.Plain(Phrase.AdminImportRow,
        ("row", AdminTexts.Text(row.ToString(CultureInfo.InvariantCulture))), ("fault", AdminTexts.Text(Text(texts, fault))));

    private static Phrase PhraseOf(ListFaultKind kind) => kind switch
    {
        ListFaultKind.Phone => Phrase.AdminFaultPhone,
        ListFaultKind.Email => Phrase.AdminFaultEmail,
        ListFaultKind.Name => Phrase.AdminFaultName,
        ListFaultKind.Day => Phrase.AdminFaultDay,
        ListFaultKind.Number => Phrase.AdminFaultNumber,
        ListFaultKind.YesNo => Phrase.AdminFaultYesNo,
        ListFaultKind.Tag => Phrase.AdminFaultTag,
        ListFaultKind.TooLong => Phrase.AdminFaultTooLong,
        ListFaultKind.Id => Phrase.AdminFaultId,
        ListFaultKind.Nobody => Phrase.AdminFaultNobody,
        ListFaultKind.UnknownId => Phrase.AdminFaultUnknownId,
        ListFaultKind.Twice => Phrase.AdminFaultTwice,
        ListFaultKind.CutOff => Phrase.AdminFaultCutOff,
    };
}
