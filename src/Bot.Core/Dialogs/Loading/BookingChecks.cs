using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>What questions and actions about visits need to be known before them.</summary>
internal static class BookingChecks
{
    /// <summary>Whether the answer is chosen out of what services.yaml and the bookings have.</summary>
    public static bool IsAboutBooking(AskKind kind) =>
        kind is AskKind.Service or AskKind.Specialist or AskKind.FreeDay or AskKind.FreeTime or AskKind.MyBooking;

    /// <summary>Whether there may be nothing to choose from.</summary>
    public static bool MayBeNone(AskKind kind) => kind is AskKind.FreeDay or AskKind.FreeTime or AskKind.MyBooking;

    /// <summary>What the question must know and does not.</summary>
    public static string? Missing(Ask ask, Dialog dialog, Facts facts)
    {
        var kind = ask.Kinds[0];
        if (kind is AskKind.Specialist or AskKind.FreeDay or AskKind.FreeTime && !facts.Sure.Contains(GivenValues.Service))
        {
            return "On some path nobody has chosen a service before this question. Ask for it first: `ask: { as: service, into: service }`.";
        }

        if (kind == AskKind.FreeTime && DayOf(dialog) is not { } day)
        {
            return "Free times are those of a day. Ask for it first: `ask: { as: free-day, into: day }`.";
        }

        return kind == AskKind.FreeTime && !facts.Sure.Contains(DayOf(dialog)!)
            ? $"On some path no day has been chosen before this question. Ask for `{DayOf(dialog)}` first."
            : null;
    }

    /// <summary>The value that a dialog keeps the chosen day in.</summary>
    private static string? DayOf(Dialog dialog) =>
        dialog.States.Select(state => state.Ask).FirstOrDefault(ask => ask?.Kinds is [AskKind.FreeDay])?.Into?.Name;

    /// <summary>What is known where a button that brings a booking opens a dialog.</summary>
    public static Facts Brought(Dialog dialog)
    {
        var brought = new[] { GivenValues.Booking, GivenValues.Service }.Where(dialog.Remember.ContainsKey);

        // Who did it may be gone by then.
        return Facts.None.With(brought).WithPerhaps(dialog.Remember.ContainsKey(GivenValues.Specialist) ? [GivenValues.Specialist] : []);
    }
}
