using System.Collections.Immutable;
using Bot.Core.Broadcasts;
using Bot.Core.Cases;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Core.Purchases;

namespace Bot.Core.Staff;

/// <summary>What staff ask for in the admin chat, typed or by a button.</summary>
/// <param name="Name">As it stands in the audit: the command's own name, never what was typed.</param>
/// <param name="Needs">Who may.</param>
public abstract record StaffCommand(string Name, StaffRole Needs)
{
    /// <summary>What can be asked.</summary>
    public sealed record Help() : StaffCommand("help", StaffRole.Operator);

    /// <summary>Customers by name, phone, email or id.</summary>
    public sealed record Find(string What) : StaffCommand("find", StaffRole.Operator);

    /// <summary>What is known of a customer.</summary>
    public sealed record Card(ProfileId Profile) : StaffCommand("card", StaffRole.Operator);

    /// <summary>What happened to a customer, and what waits.</summary>
    /// <param name="Who">An id, phone or email.</param>
    public sealed record Why(string Who) : StaffCommand("why", StaffRole.Operator);

    /// <summary>Puts tags on a customer and takes others off.</summary>
    public sealed record Tag(ProfileId Profile, ImmutableArray<string> Added, ImmutableArray<string> Removed) : StaffCommand("tag", StaffRole.Operator);

    /// <summary>Writes down something about a customer.</summary>
    public sealed record Note(ProfileId Profile, string Text) : StaffCommand("note", StaffRole.Operator);

    /// <summary>Writes to a customer.</summary>
    public sealed record Reply(ProfileId Profile, string Text) : StaffCommand("reply", StaffRole.Operator);

    /// <summary>Says how to write to a customer, in a line that can be answered.</summary>
    public sealed record Write(ProfileId Profile) : StaffCommand("write", StaffRole.Operator);

    /// <summary>Ends the talk with a customer.</summary>
    public sealed record CloseTalk(ProfileId Profile) : StaffCommand("close", StaffRole.Operator);

    /// <summary>Who left a contact.</summary>
    public sealed record Leads(Period Period) : StaffCommand("leads", StaffRole.Operator);

    /// <summary>How many customers each segment has.</summary>
    public sealed record Segments() : StaffCommand("segments", StaffRole.Operator);

    /// <summary>The numbers.</summary>
    public sealed record Stats(Period Period) : StaffCommand("stats", StaffRole.Operator);

    /// <summary>The last week, compared with the one before.</summary>
    public sealed record Digest() : StaffCommand("digest", StaffRole.Operator);

    /// <summary>How ready customers are to recommend the business.</summary>
    public sealed record Nps(Period Period) : StaffCommand("nps", StaffRole.Operator);

    /// <summary>What customers answered to a survey of the business's own.</summary>
    /// <param name="Dialog">Its dialog; <see langword="null"/> to be asked which.</param>
    public sealed record Survey(string? Dialog, Period Period) : StaffCommand("survey", StaffRole.Operator);

    /// <summary>What staff should see to.</summary>
    public sealed record Cases() : StaffCommand("cases", StaffRole.Operator);

    /// <summary>One case.</summary>
    public sealed record ShowCase(CaseId Case) : StaffCommand("case", StaffRole.Operator);

    /// <summary>Notes what was done about a case.</summary>
    public sealed record MarkCase(CaseId Case, CaseMark Mark) : StaffCommand($"case.{NameOf(Mark)}", StaffRole.Operator)
    {
        private static string NameOf(CaseMark mark) => mark switch
        {
            CaseMark.Called => "called",
            CaseMark.WrittenBack => "written",
            CaseMark.Solved => "solved",
        };
    }

    /// <summary>Asks whether a customer's data is to be deleted.</summary>
    public sealed record Erase(ProfileId Profile) : StaffCommand("erase", StaffRole.Owner);

    /// <summary>Deletes it: it was confirmed.</summary>
    /// <param name="At">When it was asked, to the minute.</param>
    public sealed record EraseNow(ProfileId Profile, DateTimeOffset At) : StaffCommand("erase.now", StaffRole.Owner);

    /// <summary>Whose data is to be deleted, and by when.</summary>
    public sealed record Erasures() : StaffCommand("erasures", StaffRole.Operator);

    /// <summary>Inputs that could not be handled.</summary>
    public sealed record Aside() : StaffCommand("aside", StaffRole.Operator);

    /// <summary>Deletes them, once it is confirmed.</summary>
    /// <param name="Id">One of them, or <see langword="null"/> for all.</param>
    public sealed record DropAside(bool IsConfirmed, long? Id = null) : StaffCommand("aside.drop", StaffRole.Owner);

    /// <summary>Makes a backup.</summary>
    public sealed record Backup() : StaffCommand("backup", StaffRole.Owner);

    /// <summary>Reads the dialogs again.</summary>
    public sealed record Reload() : StaffCommand("reload", StaffRole.Owner);

    /// <summary>A broadcast. What reaches customers is the owner's.</summary>
    public sealed record Broadcast(BroadcastOrder Order) : StaffCommand(
        $"broadcast.{Order.Name}", Order is BroadcastOrder.List or BroadcastOrder.Show or BroadcastOrder.Report ? StaffRole.Operator : StaffRole.Owner);

    /// <summary>Who is staff.</summary>
    public sealed record List() : StaffCommand("staff", StaffRole.Operator);

    /// <summary>Makes somebody an operator.</summary>
    public sealed record AddOperator(long User) : StaffCommand("operator", StaffRole.Owner);

    /// <summary>Makes somebody an owner, once it is confirmed.</summary>
    public sealed record AddOwner(long User, bool IsConfirmed) : StaffCommand("owner", StaffRole.Owner);

    /// <summary>Takes somebody's rights, once it is confirmed.</summary>
    public sealed record Remove(long User, bool IsConfirmed) : StaffCommand("staff.remove", StaffRole.Owner);

    /// <summary>A purchase at the desk, of whoever this is.</summary>
    /// <param name="Who">A card's code, a phone, an id, an email or a name.</param>
    public sealed record Sale(decimal Amount, string Who) : StaffCommand("sale", StaffRole.Operator);

    /// <summary>The same where it is known whose it is.</summary>
    public sealed record SaleTo(decimal Amount, ProfileId Profile) : StaffCommand("sale.card", StaffRole.Operator);

    /// <summary>Enters the sale, once it is confirmed.</summary>
    public sealed record Sell(ProposedSale Proposed, bool IsConfirmed) : StaffCommand("sale.sell", StaffRole.Operator);

    /// <summary>A customer's purchases.</summary>
    public sealed record Purchases(ProfileId Profile) : StaffCommand("purchases", StaffRole.Operator);

    /// <summary>What a refund would do; without an amount of all that is left of the purchase.</summary>
    public sealed record RefundOf(string Purchase, decimal? Amount) : StaffCommand("refund", StaffRole.Operator);

    /// <summary>The same of a purchase on the customer's card.</summary>
    public sealed record RefundOn(ProfileId Profile, string Mark) : StaffCommand("refund", StaffRole.Operator);

    /// <summary>Enters the refund: it was confirmed.</summary>
    /// <param name="Refunded">What was refunded before, as whoever confirmed it saw it.</param>
    public sealed record GiveBack(ProfileId Profile, string Mark, decimal Amount, decimal Refunded) : StaffCommand("refund.done", StaffRole.Operator);

    /// <summary>Redeems a personal code, once it is confirmed.</summary>
    public sealed record Redeem(string Code, bool IsConfirmed) : StaffCommand("redeem", StaffRole.Operator);

    /// <summary>What is done with lists of customers. It takes people's data out or brings it in, so it is the owner's.</summary>
    public abstract record OfLists(string Name) : StaffCommand(Name, StaffRole.Owner);

    /// <summary>Asks whether a list is to go out.</summary>
    /// <param name="Condition">A segment or an expression; empty for everybody.</param>
    /// <param name="Id">By which the question is confirmed; 0 until it is kept.</param>
    public sealed record Export(string Condition, long Id = 0) : OfLists("export");

    /// <summary>Makes the list, now that it is confirmed.</summary>
    public sealed record MakeExport(long Id, string Condition = "") : OfLists("export.make");

    /// <summary>Shows what a list would do that staff sent.</summary>
    /// <param name="File">The document; <see langword="null"/> if there is none.</param>
    /// <param name="IsUploaded">It came by the demo's page and is in the folder of lists; else Telegram has it.</param>
    public sealed record Import(Media? File, long By = 0, bool IsUploaded = false) : OfLists("import");

    /// <summary>Takes it in, now that it is confirmed.</summary>
    public sealed record ApplyImport(long Id) : OfLists("import.apply");

    /// <summary>Does not take it in.</summary>
    public sealed record DropImport(long Id) : OfLists("import.drop");

    /// <summary>How a command is to be written, with an example; no harm done.</summary>
    public sealed record Hint(Phrase Phrase, ProfileId? Profile = null) : StaffCommand("hint", StaffRole.Operator);
}

/// <summary>A sale as the card of it proposes: entered once, however often its buttons are pressed.</summary>
/// <param name="Pay">So much of it with points.</param>
/// <param name="Number">What makes it this sale: made with the card.</param>
/// <param name="At">When the card was made, to the minute.</param>
public sealed record ProposedSale(ProfileId Profile, decimal Amount, Points Pay, long Number, DateTimeOffset At)
{
    /// <summary>The purchase that comes of it.</summary>
    public Purchase Purchase => new($"sale-{ShortNumber.Of(Number)}", Amount);
}

/// <summary>A stretch of time up to now.</summary>
/// <param name="Days"><see langword="null"/> for today.</param>
public readonly record struct Period(int? Days)
{
    private const int Longest = 366;

    /// <summary>What surveys are looked at over when no time is named: long enough for enough answers.</summary>
    public static readonly Period OfSurveys = new(180);

    /// <summary>A period as staff type it: <c>today</c>, <c>7d</c>; nothing is a week. <see langword="null"/> if it is none.</summary>
    public static Period? Read(string text) => text.Trim().ToLowerInvariant() switch
    {
        "" => new Period(7),
        "today" or "сегодня" => new Period(null),
        [.. var number, 'd' or 'д'] when int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var days)
            && days is >= 1 and <= Longest => new Period(days),
        _ => null,
    };

    /// <summary>When it began.</summary>
    public DateTimeOffset From(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (Days is { } days)
        {
            return now.AddDays(-days);
        }

        var local = TimeZoneInfo.ConvertTime(now, zone);
        return now - local.TimeOfDay;
    }
}
