using System.Globalization;
using Bot.Core.Cases;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;

namespace Bot.Core.Staff;

/// <summary>What the buttons of the admin chat bring back: <c>s.what</c> or <c>s.what.id</c>, at most 64 bytes.</summary>
public static class StaffPress
{
    private const string Prefix = "s.";

    public const string DropAside = "s.drop";

    public const string DropAsideConfirmed = "s.drop.yes";

    public static string Card(ProfileId profile) => Of("card", profile.Value);

    public static string Tag(ProfileId profile) => Of("tag", profile.Value);

    public static string Note(ProfileId profile) => Of("note", profile.Value);

    public static string Why(ProfileId profile) => Of("why", profile.Value);

    public static string Visit(BookingId booking) => Of("visit", booking.Value);

    public static string Write(ProfileId profile) => Of("write", profile.Value);

    public static string CloseTalk(ProfileId profile) => Of("close", profile.Value);

    public static string Case(CaseId id) => Of("case", id.Value);

    /// <summary>The button that notes what was done about a case.</summary>
    public static string MarkCase(CaseId id, CaseMark mark) => Of(mark switch
    {
        CaseMark.Called => "called",
        CaseMark.WrittenBack => "written",
        CaseMark.Solved => "solved",
    }, id.Value);

    /// <summary>The button that shows what was answered to a survey.</summary>
    public static string Survey(string dialog) => $"{Prefix}survey.{dialog}";

    public static string Remove(long user) => Of("remove", user);

    public static string RemoveConfirmed(long user) => Of("removed", user);

    public static string MakeExport(long export) => Of("export", export);

    public static string ApplyImport(long import) => Of("import", import);

    public static string DropImport(long import) => Of("noimport", import);

    public static string DropAsideOne(long id) => Of("drop-one", id);

    public static string DropAsideOneConfirmed(long id) => Of("dropped", id);

    public static string OwnerConfirmed(long user) => Of("owned", user);

    /// <summary>Whether this is the button of an admin chat, whoever presses it.</summary>
    public static bool IsOurs(string data) => data.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What a press asks for, or <see langword="null"/>; the data may be forged.</summary>
    public static StaffCommand? Read(string data) => data.Split('.') switch
    {
        ["s", "visit" or "book" or "move", ..] parts => BookingPresses.Read(parts),
        ["s", "drop"] => new StaffCommand.DropAside(IsConfirmed: false),
        ["s", "drop", "yes"] => new StaffCommand.DropAside(IsConfirmed: true),
        ["s", "survey", var dialog] when Identifier.IsId(dialog) => new StaffCommand.Survey(dialog, Period.OfSurveys),
        ["s", var what, var number] when long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => what switch
        {
            "card" => new StaffCommand.Card(new ProfileId(id)),
            "tag" => new StaffCommand.Hint(Phrase.AdminTagUsage, new ProfileId(id)),
            "note" => new StaffCommand.Hint(Phrase.AdminNoteUsage, new ProfileId(id)),
            "why" => new StaffCommand.Why(number),
            "write" => new StaffCommand.Write(new ProfileId(id)),
            "close" => new StaffCommand.CloseTalk(new ProfileId(id)),
            "drop-one" => new StaffCommand.DropAside(IsConfirmed: false, id),
            "dropped" => new StaffCommand.DropAside(IsConfirmed: true, id),
            "owned" => new StaffCommand.AddOwner(id, IsConfirmed: true),
            "case" => new StaffCommand.ShowCase(new CaseId(id)),
            "called" => new StaffCommand.MarkCase(new CaseId(id), CaseMark.Called),
            "written" => new StaffCommand.MarkCase(new CaseId(id), CaseMark.WrittenBack),
            "solved" => new StaffCommand.MarkCase(new CaseId(id), CaseMark.Solved),
            "remove" => new StaffCommand.Remove(id, IsConfirmed: false),
            "export" => new StaffCommand.MakeExport(id),
            "import" => new StaffCommand.ApplyImport(id),
            "noimport" => new StaffCommand.DropImport(id),
            "removed" => new StaffCommand.Remove(id, IsConfirmed: true),
            _ => null,
        },
        _ => null,
    };

    private static string Of(string what, long id) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{what}.{id}");
}
