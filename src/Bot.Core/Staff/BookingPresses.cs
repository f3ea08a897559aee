using System.Globalization;
using Bot.Core.Bookings;
using Bot.Core.Ids;

namespace Bot.Core.Staff;

/// <summary>
/// What the buttons of the admin chat about visits bring back, at most 64 bytes: <c>s.visit.id.act</c>, <c>s.book.profile.service.who.when</c>,
/// <c>s.move.id.who.when</c>. <c>when</c> is <c>f20261127</c> for days from then on, <c>d20261127</c> for a day, <c>t</c> and the minutes since
/// 1970 for a time, followed by <c>.y</c> once it is confirmed.
/// </summary>
public static class BookingPresses
{
    private const string Yes = "y";
    private const string DayFormat = "yyyyMMdd";

    private static readonly (string Word, BookingAct Act)[] Acts =
        [("arrived", BookingAct.Arrive), ("done", BookingAct.Complete), ("missed", BookingAct.Miss), ("cancel", BookingAct.Cancel)];

    public static string Change(BookingId booking, BookingAct act, bool isConfirmed = false) =>
        $"s.visit.{Number(booking.Value)}.{Acts.First(one => one.Act == act).Word}{(isConfirmed ? $".{Yes}" : "")}";

    public static string Book(ProfileId profile, string? service = null, TimeStep step = default) =>
        $"s.book.{Number(profile.Value)}{(service is null ? "" : $".{service}{Written(step)}")}";

    public static string Move(BookingId booking, TimeStep step = default) => $"s.move.{Number(booking.Value)}{Written(step)}";

    /// <summary>What a press asks for, or <see langword="null"/>; the data may be forged.</summary>
    public static BookingCommand? Read(string[] parts) => parts switch
    {
        ["s", "visit", var id] when Id(id) is { } booking => new BookingCommand.Visit(new BookingId(booking)),
        ["s", "visit", var id, var word, .. var rest] when Id(id) is { } booking && IsYesOrNothing(rest)
            && Array.Exists(Acts, one => one.Word == word) =>
            new BookingCommand.Change(new BookingId(booking), Acts.First(one => one.Word == word).Act, rest.Length > 0),
        ["s", "book", var id] when Id(id) is { } profile => new BookingCommand.Choose(new ProfileId(profile), null, default),
        ["s", "book", var id, var service, .. var rest] when Id(id) is { } profile && StepOf(rest) is { } step =>
            new BookingCommand.Choose(new ProfileId(profile), service, step),
        ["s", "move", var id, .. var rest] when Id(id) is { } booking && StepOf(rest) is { } step =>
            new BookingCommand.Move(new BookingId(booking), step),
        _ => null,
    };

    private static string Written(TimeStep step) => step.Specialist is not { } who ? "" : $".{who}" + step switch
    {
        { Start: { } start } => $".t{Number(start.ToUnixTimeSeconds() / 60)}{(step.IsConfirmed ? $".{Yes}" : "")}",
        { On: { } day } => $".d{day.ToString(DayFormat, CultureInfo.InvariantCulture)}",
        { From: { } day } => $".f{day.ToString(DayFormat, CultureInfo.InvariantCulture)}",
        _ => "",
    };

    private static TimeStep? StepOf(string[] parts) => parts switch
    {
        [] => new TimeStep(null),
        [var who] => new TimeStep(who),
        [var who, ['f', .. var day]] when Day(day) is { } from => new TimeStep(who, From: from),
        [var who, ['d', .. var day]] when Day(day) is { } on => new TimeStep(who, On: on),
        [var who, ['t', .. var minutes], .. var rest] when Id(minutes) is { } time and < 100_000_000 && IsYesOrNothing(rest) =>
            new TimeStep(who, Start: DateTimeOffset.FromUnixTimeSeconds(time * 60), IsConfirmed: rest.Length > 0),
        _ => null,
    };

    private static bool IsYesOrNothing(string[] rest) => rest is [] or [Yes];

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
