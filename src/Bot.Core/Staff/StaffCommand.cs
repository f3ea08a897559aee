using System.Collections.Immutable;
using Bot.Core.Cases;
using Bot.Core.Dialogs;
using Bot.Core.Ids;

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

    /// <summary>Who left a contact.</summary>
    public sealed record Leads(Period Period) : StaffCommand("leads", StaffRole.Operator);

    /// <summary>How many customers each segment has.</summary>
    public sealed record Segments() : StaffCommand("segments", StaffRole.Operator);

    /// <summary>The numbers.</summary>
    public sealed record Stats(Period Period) : StaffCommand("stats", StaffRole.Operator);

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

    /// <summary>Inputs that could not be handled.</summary>
    public sealed record Aside() : StaffCommand("aside", StaffRole.Operator);

    /// <summary>Deletes them, once it is confirmed.</summary>
    public sealed record DropAside(bool IsConfirmed) : StaffCommand("aside.drop", StaffRole.Owner);

    /// <summary>Makes a backup.</summary>
    public sealed record Backup() : StaffCommand("backup", StaffRole.Owner);

    /// <summary>Reads the dialogs again.</summary>
    public sealed record Reload() : StaffCommand("reload", StaffRole.Owner);

    /// <summary>Who is staff.</summary>
    public sealed record List() : StaffCommand("staff", StaffRole.Operator);

    /// <summary>Makes somebody an operator.</summary>
    public sealed record AddOperator(long User) : StaffCommand("operator", StaffRole.Owner);

    /// <summary>Takes somebody's rights, once it is confirmed.</summary>
    public sealed record Remove(long User, bool IsConfirmed) : StaffCommand("staff.remove", StaffRole.Owner);

    /// <summary>How a command is to be written, with an example; no harm done.</summary>
    public sealed record Hint(Phrase Phrase, ProfileId? Profile = null) : StaffCommand("hint", StaffRole.Operator);
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
