using System.Collections.Immutable;
using Bot.Core.Messages;
using Bot.Core.Sequences;

namespace Bot.Storage.Automations;

/// <summary>What came of a sequence, an automation, or of the reminders of a dialog that customers fell silent in.</summary>
/// <param name="Entered">How many ways through a sequence began; how often an automation did something.</param>
/// <param name="Waiting">Ways through a sequence that go on; timers of an automation or a dialog that are not due yet.</param>
/// <param name="Ended">Ways through a sequence that ended, by how.</param>
/// <param name="Messages">How many messages by what became of them, with the reason of those that were skipped.</param>
public sealed record AutomationNumbers(
    long Entered,
    long Waiting,
    ImmutableDictionary<SequenceEnd, long> Ended,
    ImmutableArray<MessageNumber> Messages)
{
    public static readonly AutomationNumbers None = new(0, 0, ImmutableDictionary<SequenceEnd, long>.Empty, []);
}

/// <param name="Reason">Kept for those that were skipped.</param>
public readonly record struct MessageNumber(DeliveryStatus Status, string? Reason, long Count);
