using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Broadcasts;
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
        ("today", Phrase.AdminTodayCommand), ("tomorrow", Phrase.AdminTomorrowCommand), ("bookings", Phrase.AdminBookingsCommand),
        ("book", Phrase.AdminBookCommand),
        ("sale", Phrase.AdminSaleCommand), ("refund", Phrase.AdminRefundCommand), ("redeem", Phrase.AdminRedeemCommand),
        ("leads", Phrase.AdminLeadsCommand), ("find", Phrase.AdminFindCommand), ("tag", Phrase.AdminTagCommand),
        ("note", Phrase.AdminNoteCommand), ("why", Phrase.AdminWhyCommand), ("reply", Phrase.AdminReplyCommand),
        ("close", Phrase.AdminCloseCommand), ("segments", Phrase.AdminSegmentsCommand),
        ("stats", Phrase.AdminStatsCommand), ("digest", Phrase.AdminDigestCommand), ("broadcast", Phrase.AdminBroadcastCommand),
        ("variant", Phrase.AdminVariantCommand), ("set", Phrase.AdminSetCommand), ("edit", Phrase.AdminEditCommand), ("nps", Phrase.AdminNpsCommand), ("survey", Phrase.AdminSurveyCommand),
        ("cases", Phrase.AdminCasesCommand), ("erase", Phrase.AdminEraseCommand), ("export", Phrase.AdminExportCommand), ("import", Phrase.AdminImportCommand), ("staff", Phrase.AdminStaffCommand),
        ("operator", Phrase.AdminOperatorCommand), ("owner", Phrase.AdminOwnerCommand),
        ("aside", Phrase.AdminAsideCommand), ("webhooks", Phrase.AdminWebhooksCommand), ("backup", Phrase.AdminBackupCommand), ("reload", Phrase.AdminReloadCommand), ("help", Phrase.AdminHelpCommand),
    ];

    /// <summary>The longest note, in characters.</summary>
    public const int LongestNote = 1_000;

    /// <summary>Ids of customers are made of the time and are never small.</summary>
    private const long LeastId = 1_000_000_000_000;

    private const int MaxTags = 20;
    private const int LongestSearch = 100;

    /// <summary>What a text asks for, or <see langword="null"/> if it is no command of staff.</summary>
    /// <param name="original">The message as the channel has it: with its file, and what it answers.</param>
    /// <param name="about">The customer whose topic it stands in, or whose message it answers.</param>
    public static StaffCommand? Read(string text, ChannelMessage? original, ProfileId? about = null) => Command.In(text) is not { } command ? null : command.Name switch
    {
        "help" => new StaffCommand.Help(),
        "find" => command.Argument is { Length: > 0 and <= LongestSearch } what
            ? new StaffCommand.Find(what)
            : new StaffCommand.Hint(Phrase.AdminFindUsage),
        "tag" => Tag(Words(command.Argument)),
        "note" => Note(command.Argument, about),
        "reply" => Reply(command.Argument),
        "close" => (Customer(command.Argument) ?? (command.Argument.Length == 0 ? about : null)) is { } talk
            ? new StaffCommand.CloseTalk(talk)
            : new StaffCommand.Hint(Phrase.AdminCloseUsage),
        "why" => command.Argument is { Length: > 0 and <= LongestSearch } who ? new StaffCommand.Why(who) : new StaffCommand.Hint(Phrase.AdminWhyUsage),
        "leads" => Period.Read(command.Argument) is { } period ? new StaffCommand.Leads(period) : new StaffCommand.Hint(Phrase.AdminLeadsUsage),
        "stats" => Period.Read(command.Argument) is { } period ? new StaffCommand.Stats(period) : new StaffCommand.Hint(Phrase.AdminStatsUsage),
        "today" => new BookingCommand.Day("today", 0),
        "tomorrow" => new BookingCommand.Day("tomorrow", 1),
        "bookings" => Day(command.Argument) is { } typed ? new BookingCommand.Day("bookings", null, typed) : new StaffCommand.Hint(Phrase.AdminBookingsUsage),
        "book" => command.Argument is { Length: > 0 and <= LongestSearch } whom ? new BookingCommand.Book(whom) : new StaffCommand.Hint(Phrase.AdminBookUsage),
        "digest" => new StaffCommand.Digest(),
        "nps" => OfSurveys(command.Argument) is { } period ? new StaffCommand.Nps(period) : new StaffCommand.Hint(Phrase.AdminNpsUsage),
        "survey" => Survey(Words(command.Argument)),
        "cases" => new StaffCommand.Cases(),
        "erase" => (Customer(command.Argument), command.Argument.Length == 0 ? about : null) switch
        {
            ({ } typed, _) => new StaffCommand.Erase(typed),
            (null, { } meant) => new StaffCommand.Erase(meant),
            _ => command.Argument.Length == 0 ? new StaffCommand.Erasures() : new StaffCommand.Hint(Phrase.AdminEraseUsage),
        },
        "segments" => new StaffCommand.Segments(),
        "staff" => new StaffCommand.List(),
        "export" => new StaffCommand.Export(command.Argument),
        "import" => new StaffCommand.Import(DocumentOf(original) ?? DocumentOf(original?.ReplyTo)),
        "operator" => (Id(command.Argument) ?? (command.Argument.Length == 0 ? original?.ReplyTo?.Sender : null)) is { } user
            ? new StaffCommand.AddOperator(user)
            : new StaffCommand.Hint(Phrase.AdminOperatorUsage),
        "broadcast" or "variant" or "set" or "edit" => BroadcastOrderReader.Read(command, original),
        "sale" => Sale(command.Argument),
        "refund" => Refund(Words(command.Argument)),
        "redeem" => Card.Read(command.Argument) is { } code ? new StaffCommand.Redeem(code, IsConfirmed: false) : new StaffCommand.Hint(Phrase.AdminRedeemUsage),
        "owner" => (Id(command.Argument) ?? (command.Argument.Length == 0 ? original?.ReplyTo?.Sender : null)) is { } owner
            ? new StaffCommand.AddOwner(owner, IsConfirmed: false)
            : new StaffCommand.Hint(Phrase.AdminOwnerUsage),
        "aside" => new StaffCommand.Aside(),
        "webhooks" => new WebhookCommand.Show(),
        "backup" => new StaffCommand.Backup(),
        "reload" => new StaffCommand.Reload(),
        _ => null,
    };

    /// <summary>27.11, 27.11.2026, 2026-11-27, or a day of this month.</summary>
    private static TypedDay? Day(string text)
    {
        var parts = text.Split(['.', '/', '-'], StringSplitOptions.TrimEntries).Select(Whole).ToList();
        return parts switch
        {
            [{ } year and > 31, { } month, { } day] => new TypedDay(day, month, year),
            [{ } day, { } month, { } year] => new TypedDay(day, month, year),
            [{ } day, { } month] => new TypedDay(day, month, null),
            [{ } day] => new TypedDay(day, null, null),
            _ => null,
        };
    }

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static StaffCommand Sale(string argument)
    {
        var space = argument.IndexOfAny([' ', '\n']);
        return space > 0 && Amount(argument[..space]) is { } amount && new Purchase("sale", amount).Fault is null
            && argument[space..].Trim() is { Length: > 0 and <= LongestSearch } who
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
    private static Media? DocumentOf(ChannelMessage? message) => message?.Media is { Kind: MediaKind.Document, FileId: not null } document ? document : null;

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

    /// <summary>The id comes first, unless it is clear about whom; there a note may begin with a number.</summary>
    private static StaffCommand Note(string argument, ProfileId? about)
    {
        if (Addressed(argument) is var (customer, text) && text.Length <= LongestNote && (about is null || customer.Value >= LeastId))
        {
            return new StaffCommand.Note(customer, text);
        }

        return about is { } known && argument.Length is > 0 and <= LongestNote
            ? new StaffCommand.Note(known, argument)
            : new StaffCommand.Hint(Phrase.AdminNoteUsage, Customer(argument) ?? about);
    }

    private static StaffCommand Reply(string argument) => Addressed(argument) is var (customer, text)
        ? new StaffCommand.Reply(customer, text)
        : new StaffCommand.Hint(Phrase.AdminReplyUsage, Customer(argument));

    private static (ProfileId Customer, string Text)? Addressed(string argument)
    {
        var space = argument.IndexOfAny([' ', '\n']);
        return space > 0 && Customer(argument[..space]) is { } customer && argument[space..].Trim() is { Length: > 0 } text ? (customer, text) : null;
    }

    private static ProfileId? Customer(string text) => Id(text) is { } id ? new ProfileId(id) : null;

    private static ImmutableArray<string> TagsWith(List<string> changes, char sign) =>
        [.. changes.Where(change => change[0] == sign).Select(change => change[1..]).Distinct()];

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
