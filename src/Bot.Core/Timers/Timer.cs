using Bot.Core.Chats;
using Bot.Core.Ids;

namespace Bot.Core.Timers;

/// <summary>Something due at one moment for one customer. What it is about is read again when it fires: nothing is decided ahead.</summary>
/// <param name="Due">When it was meant to be; how late something is counts from here.</param>
/// <param name="Waits">Why it is due no sooner, if the gate moved it.</param>
/// <param name="IsMarketing">What comes of it is Marketing, which gives way to everything else.</param>
/// <param name="IsExpired">It was due when a backup was restored: what it stands for may have happened already and is not done again.</param>
public sealed record Timer(
    TimerId Id, DateTimeOffset Due, TimerCause Cause, WaitReason? Waits = null, bool IsMarketing = false, bool IsExpired = false);

/// <summary>What a timer is about.</summary>
public abstract record TimerCause
{
    private TimerCause()
    {
    }

    /// <summary>The next message of a sequence.</summary>
    public sealed record SequenceStep(SequenceRunId Run, string Sequence, string Step) : TimerCause;

    /// <summary>An automation, some time after its event or at its time of day.</summary>
    /// <param name="At">When its event happened or its time came.</param>
    /// <param name="Booking">The visit that it is about; before one, <paramref name="At"/> is when it was to begin.</param>
    public sealed record Automation(string Name, DateTimeOffset At, BookingId? Booking = null) : TimerCause;

    /// <summary>A conversation that waits in a step for only so long.</summary>
    public sealed record Timeout(ConversationId Conversation, string Dialog, int Step) : TimerCause;

    /// <summary>A conversation in the middle of which the customer fell silent.</summary>
    public sealed record Silence(ConversationId Conversation, string Dialog) : TimerCause;

    /// <summary>The customer's points: some expire, or will soon, or the tier is to be worked out anew.</summary>
    public sealed record Points : TimerCause;

    /// <summary>A talk with a person in which both may have fallen silent.</summary>
    public sealed record Talk(DateTimeOffset Since) : TimerCause;

    /// <summary>A customer's data is to be deleted, or staff are to hear that it soon will be.</summary>
    /// <param name="Asked">When it was asked for; of an earlier time it counts no more.</param>
    /// <param name="IsFarewellSaid">The customer was told that it is done now, and it is.</param>
    public sealed record Erasure(DateTimeOffset Asked, bool IsFarewellSaid) : TimerCause;

    /// <summary>A case that staff should have solved by then.</summary>
    public sealed record Case(CaseId Id, string Kind) : TimerCause;
}

/// <summary>A timer that may have come due, and whose chat it is.</summary>
public sealed record DueTimer(Timer Timer, ChatAddress Chat);

/// <summary>Why something may not go out yet.</summary>
public enum WaitReason
{
    /// <summary>It is night where the customer is.</summary>
    QuietHours = 0,

    /// <summary>The customer had as many messages as a cap allows.</summary>
    Cap = 1,

    /// <summary>A person is talking with the customer.</summary>
    Talking = 2,

    /// <summary>The customer is in the middle of another conversation.</summary>
    Busy = 3,
}
