using System.Diagnostics;
using System.Globalization;
using Bot.Core.Ids;
using Bot.Core.Timers;
using Bot.Storage.Sqlite;

namespace Bot.Storage.Timers;

/// <summary>How timers stand in the database. The numbers of the kinds must never change.</summary>
internal static class TimerRows
{
    private const long SequenceStep = 0;
    private const long Automation = 1;
    private const long Silence = 2;
    private const long Timeout = 3;
    private const long Points = 7;
    private const long Talk = 5;
    private const long Case = 9;
    private const long Erasure = 11;

    private const string FarewellSaid = "farewell";

    public static (long Kind, string Name, string? Step, long Subject) Columns(TimerCause cause) => cause switch
    {
        TimerCause.SequenceStep step => (SequenceStep, step.Sequence, step.Step, step.Run.Value),
        TimerCause.Automation automation => (Automation, automation.Name, null, automation.At.ToUnixTimeMilliseconds()),
        TimerCause.Silence silence => (Silence, silence.Dialog, null, silence.Conversation.Value),
        TimerCause.Timeout timeout => (Timeout, timeout.Dialog, timeout.Step.ToString(CultureInfo.InvariantCulture), timeout.Conversation.Value),
        TimerCause.Points => (Points, "points", null, 0),
        TimerCause.Talk talk => (Talk, "talk", null, talk.Since.ToUnixTimeMilliseconds()),
        TimerCause.Case @case => (Case, @case.Kind, null, @case.Id.Value),
        TimerCause.Erasure erasure => (Erasure, "erasure", erasure.IsFarewellSaid ? FarewellSaid : null, erasure.Asked.ToUnixTimeMilliseconds()),
        _ => throw new UnreachableException(),
    };

    /// <summary>The timer of a row that begins with id, due_at, kind, name, step, subject, waits, marketing, expired, booking_id.</summary>
    public static Timer Read(Rows row) => new(new TimerId(row.Number(0)), row.Moment(1),
        Cause(row.Number(2), row.Text(3), row.TextOrNull(4), row.Number(5), row.IsNull(9) ? null : new BookingId(row.Number(9))), row.IsNull(6) ? null : (WaitReason)row.Number(6), row.Boolean(7),
        row.Boolean(8));

    /// <summary>The visit that a timer is about.</summary>
    public static long? Booking(TimerCause cause) => (cause as TimerCause.Automation)?.Booking?.Value;

    private static TimerCause Cause(long kind, string name, string? step, long subject, BookingId? booking) => kind switch
    {
        SequenceStep => new TimerCause.SequenceStep(new SequenceRunId(subject), name, step!),
        Automation => new TimerCause.Automation(name, DateTimeOffset.FromUnixTimeMilliseconds(subject), booking),
        Silence => new TimerCause.Silence(new ConversationId(subject), name),
        Timeout => new TimerCause.Timeout(new ConversationId(subject), name, int.Parse(step!, CultureInfo.InvariantCulture)),
        Points => new TimerCause.Points(),
        Talk => new TimerCause.Talk(DateTimeOffset.FromUnixTimeMilliseconds(subject)),
        Case => new TimerCause.Case(new CaseId(subject), name),
        Erasure => new TimerCause.Erasure(DateTimeOffset.FromUnixTimeMilliseconds(subject), IsFarewellSaid: step == FarewellSaid),
        _ => throw new InvalidDataException($"A timer of the unknown kind {kind} is stored."),
    };
}
