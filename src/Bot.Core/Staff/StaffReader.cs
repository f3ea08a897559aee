using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Core.Purchases;

namespace Bot.Core.Staff;

/// <summary>Reads what staff type and press. Whatever it is, it never throws.</summary>
public static class StaffReader
{
    /// <summary>The commands that the menu and /help show, in their order.</summary>
    public static readonly ImmutableArray<(string Name, Phrase About)> Commands =
    [
        ("sale", Phrase.AdminSaleCommand), ("refund", Phrase.AdminRefundCommand), ("redeem", Phrase.AdminRedeemCommand),
        ("leads", Phrase.AdminLeadsCommand), ("find", Phrase.AdminFindCommand), ("tag", Phrase.AdminTagCommand),
        ("note", Phrase.AdminNoteCommand), ("why", Phrase.AdminWhyCommand), ("segments", Phrase.AdminSegmentsCommand),
        ("stats", Phrase.AdminStatsCommand), ("nps", Phrase.AdminNpsCommand), ("survey", Phrase.AdminSurveyCommand),
        ("cases", Phrase.AdminCasesCommand), ("staff", Phrase.AdminStaffCommand), ("operator", Phrase.AdminOperatorCommand),
        ("aside", Phrase.AdminAsideCommand), ("backup", Phrase.AdminBackupCommand), ("reload", Phrase.AdminReloadCommand), ("help", Phrase.AdminHelpCommand),
    ];

    private const int MaxTags = 20;
    private const int LongestNote = 1_000;
    private const int LongestSearch = 100;

    /// <summary>What a text asks for, or <see langword="null"/> if it is no command of staff.</summary>
    /// <param name="replyTo">The person whose message it answers.</param>
    public static StaffCommand? Read(string text, long? replyTo) => Command.In(text) is not { } command ? null : command.Name switch
    {
        "help" => new StaffCommand.Help(),
        "find" => command.Argument is { Length: > 0 and <= LongestSearch } what
            ? new StaffCommand.Find(what)
            : new StaffCommand.Hint(Phrase.AdminFindUsage),
        "tag" => Tag(Words(command.Argument)),
        "note" => Note(command.Argument),
        "why" => command.Argument is { Length: > 0 and <= LongestSearch } who ? new StaffCommand.Why(who) : new StaffCommand.Hint(Phrase.AdminWhyUsage),
        "leads" => Period.Read(command.Argument) is { } period ? new StaffCommand.Leads(period) : new StaffCommand.Hint(Phrase.AdminLeadsUsage),
        "stats" => Period.Read(command.Argument) is { } period ? new StaffCommand.Stats(period) : new StaffCommand.Hint(Phrase.AdminStatsUsage),
        "nps" => OfSurveys(command.Argument) is { } period ? new StaffCommand.Nps(period) : new StaffCommand.Hint(Phrase.AdminNpsUsage),
        "survey" => Survey(Words(command.Argument)),
        "cases" => new StaffCommand.Cases(),
        "segments" => new StaffCommand.Segments(),
        "staff" => new StaffCommand.List(),
        "operator" => (Id(command.Argument) ?? (command.Argument.Length == 0 ? replyTo : null)) is { } user
            ? new StaffCommand.AddOperator(user)
            : new StaffCommand.Hint(Phrase.AdminOperatorUsage),
        "sale" => Sale(command.Argument),
        "refund" => Refund(Words(command.Argument)),
        "redeem" => Card.Read(command.Argument) is { } code ? new StaffCommand.Redeem(code, IsConfirmed: false) : new StaffCommand.Hint(Phrase.AdminRedeemUsage),
        "aside" => new StaffCommand.Aside(),
        "backup" => new StaffCommand.Backup(),
        "reload" => new StaffCommand.Reload(),
        _ => null,
    };

    private static StaffCommand Sale(string argument)
    {
        var space = argument.IndexOfAny([' ', '\n']);
        return space > 0 && Amount(argument[..space]) is { } amount && new Purchase("sale", amount).Fault is null
            && argument[space..].Trim().TrimStart('@') is { Length: > 0 and <= LongestSearch } who
            ? new StaffCommand.Sale(amount, who)
            : new StaffCommand.Hint(Phrase.AdminSaleUsage);
    }

    private static StaffCommand Refund(string[] words) => words switch
    {
        [{ Length: <= LongestSearch } purchase] => new StaffCommand.RefundOf(purchase, null),
        [{ Length: <= LongestSearch } purchase, var part] when Amount(part) is { } amount => new StaffCommand.RefundOf(purchase, amount),
        _ => new StaffCommand.Hint(Phrase.AdminRefundUsage),
    };

    /// <summary>An amount of money as it is typed: 3200, 3200.50 or 3200,50.</summary>
    private static decimal? Amount(string text) =>
        decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount is > 0 and <= Purchase.MaxAmount && decimal.Round(amount, 2) == amount
            ? amount
            : null;

    private static Period? OfSurveys(string text) => text.Length == 0 ? Period.OfSurveys : Period.Read(text);

    private static StaffCommand Survey(string[] words) => words switch
    {
        [] => new StaffCommand.Survey(null, Period.OfSurveys),
        [var name, .. var rest] when rest.Length <= 1 && Identifier.IsId(name) && OfSurveys(string.Concat(rest)) is { } period =>
            new StaffCommand.Survey(name, period),
        _ => new StaffCommand.Hint(Phrase.AdminSurveyUsage),
    };

    private static StaffCommand Tag(string[] words)
    {
        var changes = words.Skip(1).ToList();
        return words is [var who, _, ..] && Id(who) is { } id && changes.Count <= MaxTags
            && changes.TrueForAll(change => change is ['+' or '-', .. var tag] && Identifier.IsId(tag))
            ? new StaffCommand.Tag(new ProfileId(id), TagsWith(changes, '+'), TagsWith(changes, '-'))
            : new StaffCommand.Hint(Phrase.AdminTagUsage, words is [var first, ..] && Id(first) is { } known ? new ProfileId(known) : null);
    }

    private static StaffCommand Note(string argument)
    {
        var space = argument.IndexOfAny([' ', '\n']);
        return space > 0 && Id(argument[..space]) is { } id && argument[space..].Trim() is { Length: > 0 and <= LongestNote } text
            ? new StaffCommand.Note(new ProfileId(id), text)
            : new StaffCommand.Hint(Phrase.AdminNoteUsage, Id(argument) is { } known ? new ProfileId(known) : null);
    }

    private static ImmutableArray<string> TagsWith(List<string> changes, char sign) =>
        [.. changes.Where(change => change[0] == sign).Select(change => change[1..]).Distinct()];

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
