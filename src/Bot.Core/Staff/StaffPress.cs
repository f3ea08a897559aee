using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Core.Broadcasts;
using Bot.Core.Cases;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Loyalty;

namespace Bot.Core.Staff;

/// <summary>What the buttons of the admin chat bring back: <c>s.what</c> or <c>s.what.id</c>, at most 64 bytes.</summary>
public static class StaffPress
{
    private const string Prefix = "s.";

    public const string DropAside = "s.drop";

    public const string DropAsideConfirmed = "s.drop.yes";

    /// <summary>Stands for the button of a broadcast that is shown to staff.</summary>
    public const string Test = "s.test";

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

    public static string Erase(ProfileId profile) => Of("erase", profile.Value);

    public static string EraseConfirmed(ProfileId profile, DateTimeOffset now) => Short("erased", profile.Value, Minutes(now));

    /// <summary>The button that shows what was answered to a survey.</summary>
    public static string Survey(string dialog) => $"{Prefix}survey.{dialog}";

    public static string Remove(long user) => Of("remove", user);

    public static string RemoveConfirmed(long user) => Of("removed", user);

    /// <summary>A button of a broadcast.</summary>
    /// <param name="what">One of the words of <see cref="BroadcastOrderReader"/>, and what belongs to it.</param>
    public static string Broadcast(BroadcastId broadcast, string what) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}b.{broadcast.Value}.{what}");

    /// <summary>How a sale is typed.</summary>
    public static string SaleHint(ProfileId profile) => Of("sale", profile.Value);

    public static string SaleTo(ProfileId profile, decimal amount) => Short("saleto", profile.Value, Hundredths(amount));

    /// <summary>Chooses how a sale is paid.</summary>
    public static string Sell(ProposedSale sale) => Sale("sell", sale);

    public static string SellConfirmed(ProposedSale sale) => Sale("sold", sale);

    public static string Purchases(ProfileId profile) => Of("purchases", profile.Value);

    public static string RefundOn(ProfileId profile, string purchase) => $"{Short("refund", profile.Value)}.{MarkOf(purchase)}";

    public static string RefundConfirmed(ProfileId profile, string purchase, decimal amount, decimal refunded) =>
        $"{Short("refunded", profile.Value, Hundredths(amount), Hundredths(refunded))}.{MarkOf(purchase)}";

    public static string RedeemConfirmed(string code) => $"{Prefix}redeem.{code}";

    /// <summary>A purchase among a customer's, in the room that a button has.</summary>
    public static string MarkOf(string purchase) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(purchase)))[..12];
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
        ["s", "test"] => new StaffCommand.Hint(Phrase.AdminTestPress),
        ["s", "visit" or "book" or "move", ..] parts => BookingPresses.Read(parts),
        ["s", "hooks", ..] => WebhookPresses.Read(data),
        ["s", "drop"] => new StaffCommand.DropAside(IsConfirmed: false),
        ["s", "drop", "yes"] => new StaffCommand.DropAside(IsConfirmed: true),
        ["s", "b", var number, .. var what] when long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var broadcast) =>
            BroadcastOrderReader.Read(broadcast, what),
        ["s", "redeem", var code] when Loyalty.Card.Read(code) is { } read => new StaffCommand.Redeem(read, IsConfirmed: true),
        ["s", "saleto", var profile, var amount] when Numbers(profile, amount) is [var id, var hundredths] => new StaffCommand.SaleTo(hundredths / 100m, new ProfileId(id)),
        ["s", ("sell" or "sold") and var what, var profile, var amount, var points, var sale, var minute]
            when Numbers(profile, amount, points, sale, minute) is [var id, var hundredths, <= Points.Most and var pay, var number, <= MostMinutes and var minutes] =>
            new StaffCommand.Sell(new ProposedSale(new ProfileId(id), hundredths / 100m, new Points(pay), number, DateTimeOffset.UnixEpoch.AddMinutes(minutes)),
                IsConfirmed: what == "sold"),
        ["s", "erased", var profile, var minute] when Numbers(profile, minute) is [var id, <= MostMinutes and var minutes] =>
            new StaffCommand.EraseNow(new ProfileId(id), DateTimeOffset.UnixEpoch.AddMinutes(minutes)),
        ["s", "refund", var profile, var mark] when Numbers(profile) is [var id] => new StaffCommand.RefundOn(new ProfileId(id), mark),
        ["s", "refunded", var profile, var amount, var before, var mark] when Numbers(profile, amount, before) is [var id, var hundredths, var refunded] =>
            new StaffCommand.GiveBack(new ProfileId(id), mark, hundredths / 100m, refunded / 100m),
        ["s", "survey", var dialog] when Identifier.IsId(dialog) => new StaffCommand.Survey(dialog, Period.OfSurveys),
        ["s", var what, var number] when long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => what switch
        {
            "card" => new StaffCommand.Card(new ProfileId(id)),
            "tag" => new StaffCommand.Hint(Phrase.AdminTagUsage, new ProfileId(id)),
            "note" => new StaffCommand.Hint(Phrase.AdminNoteUsage, new ProfileId(id)),
            "why" => new StaffCommand.Why(number),
            "sale" => new StaffCommand.Hint(Phrase.AdminSaleUsage, new ProfileId(id)),
            "purchases" => new StaffCommand.Purchases(new ProfileId(id)),
            "write" => new StaffCommand.Write(new ProfileId(id)),
            "close" => new StaffCommand.CloseTalk(new ProfileId(id)),
            "drop-one" => new StaffCommand.DropAside(IsConfirmed: false, id),
            "dropped" => new StaffCommand.DropAside(IsConfirmed: true, id),
            "owned" => new StaffCommand.AddOwner(id, IsConfirmed: true),
            "case" => new StaffCommand.ShowCase(new CaseId(id)),
            "erase" => new StaffCommand.Erase(new ProfileId(id)),
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

    /// <summary>Minutes since 1970 that a moment can have.</summary>
    private const long MostMinutes = 1_000_000_000;

    private static string Sale(string what, ProposedSale sale) =>
        Short(what, sale.Profile.Value, Hundredths(sale.Amount), sale.Pay.Count, sale.Number, Minutes(sale.At));

    private static long Minutes(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMinute;

    private static string Short(string what, params ReadOnlySpan<long> numbers)
    {
        var data = new StringBuilder(Prefix).Append(what);
        foreach (var number in numbers)
        {
            data.Append('.').Append(ShortNumber.Of(number));
        }

        return data.ToString();
    }

    /// <summary>All of them, or <see langword="null"/> if one is none.</summary>
    private static long[]? Numbers(params string[] numbers)
    {
        var read = numbers.Select(ShortNumber.Read).ToList();
        return read.TrueForAll(number => number is not null) ? [.. read.Select(number => number!.Value)] : null;
    }

    private static long Hundredths(decimal amount) => (long)(amount * 100);

    private static string Of(string what, long id) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{what}.{id}");
}
