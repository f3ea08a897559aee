using System.Diagnostics;
using Bot.Core.Ids;
using Bot.Core.Timers;

namespace Bot.Storage.Timers;

/// <summary>How timers stand in the database. The numbers of the kinds must never change.</summary>
internal static class TimerRows
{
    private const long SequenceStep = 0;
    private const long Automation = 1;
    private const long Silence = 2;

    public static (long Kind, string Name, string? Step, long Subject) Columns(TimerCause cause) => cause switch
    {
        TimerCause.SequenceStep step => (SequenceStep, step.Sequence, step.Step, step.Run.Value),
        TimerCause.Automation automation => (Automation, automation.Name, null, automation.At.ToUnixTimeMilliseconds()),
        TimerCause.Silence silence => (Silence, silence.Dialog, null, silence.Conversation.Value),
        _ => throw new UnreachableException(),
    };

    public static Timer Read(long id, DateTimeOffset due, long kind, string name, string? step, long subject, long? waits,
        bool isExpired) => new(new TimerId(id), due, Cause(kind, name, step, subject), (WaitReason?)waits, isExpired);

    private static TimerCause Cause(long kind, string name, string? step, long subject) => kind switch
    {
        SequenceStep => new TimerCause.SequenceStep(new SequenceRunId(subject), name, step!),
        Automation => new TimerCause.Automation(name, DateTimeOffset.FromUnixTimeMilliseconds(subject)),
        Silence => new TimerCause.Silence(new ConversationId(subject), name),
        _ => throw new InvalidDataException($"A timer of the unknown kind {kind} is stored."),
    };
}
