using Bot.Core.Ids;

namespace Bot.Core.Sequences;

/// <summary>One customer's way through a sequence.</summary>
/// <param name="Chat">Where it began.</param>
/// <param name="Step">The step to come, or the last one once it is over.</param>
/// <param name="Timer">The timer of the step to come.</param>
/// <param name="End">How it ended; <see langword="null"/> while it runs.</param>
public sealed record SequenceRun(
    SequenceRunId Id,
    string Sequence,
    ChatId Chat,
    DateTimeOffset StartedAt,
    string Step,
    TimerId? Timer,
    SequenceEnd? End = null,
    DateTimeOffset? EndedAt = null)
{
    public bool IsRunning => End is null;
}

/// <summary>How a run of a sequence ended.</summary>
public enum SequenceEnd
{
    /// <summary>After its last step.</summary>
    Finished = 0,

    /// <summary>Its goal was reached.</summary>
    Goal = 1,

    /// <summary>By <c>stop:</c> in a dialog or automation.</summary>
    Stopped = 2,

    /// <summary>The customer unsubscribed or withdrew a consent.</summary>
    Unsubscribed = 3,

    /// <summary>The content no longer has it.</summary>
    Gone = 4,

    /// <summary>A step could not be handled and was set aside.</summary>
    Failed = 5,
}
