using System.Collections.Immutable;
using Bot.Core.Messages;
using Bot.Core.Sequences;

namespace Bot.Storage.Admin;

/// <summary>What happened between two moments.</summary>
/// <param name="Leads">Who left a contact, by source, the most first.</param>
/// <param name="Consents">Customers who consented to Marketing.</param>
/// <param name="Unsubscribed">Customers who took that back.</param>
/// <param name="Blocked">Chats that were blocked and still are.</param>
/// <param name="Funnels">The conversations that began.</param>
/// <param name="Sequences">The ways through sequences that began.</param>
/// <param name="Messages">Messages of sequences, automations, reminders and broadcasts by what became of them, and why they were skipped.</param>
public sealed record PeriodNumbers(
    ImmutableArray<(string? Source, long Count)> Leads,
    long Consents,
    long Unsubscribed,
    long Blocked,
    ImmutableArray<FunnelStep> Funnels,
    ImmutableArray<SequenceNumber> Sequences,
    ImmutableArray<CauseNumber> Messages);

/// <summary>Ways through a sequence that began in a period.</summary>
/// <param name="Ended">How they ended; the others go on.</param>
public sealed record SequenceNumber(string Sequence, long Entered, ImmutableDictionary<SequenceEnd, long> Ended)
{
    public long Running => Entered - Ended.Values.Sum();
}

/// <param name="Cause">For example <c>automation:birthday</c>.</param>
/// <param name="Reason">Of those that were skipped.</param>
public readonly record struct CauseNumber(string Cause, DeliveryStatus Status, string? Reason, long Count);
