using System.Collections.Immutable;
using Bot.Core.Messages;
using Bot.Core.Timers;

namespace Bot.Core.Gate;

/// <summary>
/// The one rule that lets a message out, defers it, or refuses it. It knows nothing but what it is given, so that what it says of a
/// message can be said again at any time.
/// </summary>
public static class SendGate
{
    /// <summary>How long a message waits before it is asked again whether a person still talks with the customer.</summary>
    private static readonly TimeSpan TalkingPause = TimeSpan.FromMinutes(30);

    /// <summary>Decides on a message that is to go at <see cref="Proposal.Now"/>.</summary>
    public static GateDecision Decide(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal.IsBlocked)
        {
            return new GateDecision.Skip(SkipReason.Blocked);
        }

        return proposal.Kind switch
        {
            MessageKind.Reply => GateDecision.Go,
            MessageKind.Service => Service(proposal),
            MessageKind.Marketing => Marketing(proposal),
        };
    }

    /// <summary>About the customer's own: it need not be agreed to, keeps quiet hours, and would rather disturb than come too late.</summary>
    private static GateDecision Service(Proposal proposal)
    {
        if (proposal.IsTopicOff)
        {
            return new GateDecision.Skip(SkipReason.TopicOff);
        }

        if (proposal.UsefulUntil is { } until && proposal.Now > until)
        {
            return new GateDecision.Skip(SkipReason.TooLate);
        }

        var (at, reason) = Later(QuietUntil(proposal), proposal.IsTalking ? (proposal.Now + TalkingPause, WaitReason.Talking) : null) ?? default;
        return at <= proposal.Now || at > proposal.UsefulUntil ? GateDecision.Go : new GateDecision.NotBefore(at, reason);
    }

    private static GateDecision Marketing(Proposal proposal)
    {
        SkipReason? reason = proposal switch
        {
            { HasConsent: false } => SkipReason.NoConsent,
            { IsTopicOff: true } => SkipReason.TopicOff,
            { PausedUntil: { } paused } when paused > proposal.Now => SkipReason.Paused,
            { IsGoalReached: true } => SkipReason.GoalReached,
            _ when proposal.Now - proposal.Due > proposal.MarketingLate => SkipReason.TooLate,
            _ => null,
        };
        if (reason is { } refused)
        {
            return new GateDecision.Skip(refused);
        }

        // The night is waited for in any case, so a cap that opens by the morning is none.
        var quiet = QuietUntil(proposal);
        var capped = CappedUntil(proposal);
        if (capped - (quiet?.At ?? proposal.Now) > proposal.MarketingLate)
        {
            return new GateDecision.Skip(SkipReason.Cap);
        }

        var wait = Later(
            quiet,
            Later(
                proposal.IsTalking ? (proposal.Now + TalkingPause, WaitReason.Talking) : null,
                capped is { } until ? (until, WaitReason.Cap) : null));
        return wait is { } later && later.At > proposal.Now ? new GateDecision.NotBefore(later.At, later.Why) : GateDecision.Go;
    }

    /// <summary>The end of the night that it is now where the customer is.</summary>
    private static (DateTimeOffset At, WaitReason Why)? QuietUntil(Proposal proposal) =>
        proposal.Quiet?.EndsAfter(proposal.Now, proposal.Zone) is { } end ? (end, WaitReason.QuietHours) : null;

    /// <summary>When the last of the caps that fit lets another message through.</summary>
    private static DateTimeOffset? CappedUntil(Proposal proposal)
    {
        DateTimeOffset? latest = null;
        foreach (var cap in proposal.Caps)
        {
            // The one that must have left the stretch; without it there were not so many yet.
            if (cap.EarliestCounted is { } earliest && !(earliest + cap.In <= latest))
            {
                latest = earliest + cap.In;
            }
        }

        return latest > proposal.Now ? latest : null;
    }

    private static (DateTimeOffset At, WaitReason Why)? Later((DateTimeOffset At, WaitReason Why)? one, (DateTimeOffset At, WaitReason Why)? other) =>
        one is null ? other : other is null || one.Value.At >= other.Value.At ? one : other;
}

/// <summary>A message that is to go, and all that the gate must know.</summary>
/// <param name="Due">When it was meant to go.</param>
/// <param name="UsefulUntil">After this a Service message has lost its sense; <see langword="null"/> for never.</param>
/// <param name="IsBlocked">The chat cannot be written to.</param>
/// <param name="HasConsent">The consent to Marketing in this chat.</param>
/// <param name="IsTopicOff">The customer switched its topic off.</param>
/// <param name="PausedUntil">The customer wants no Marketing until then.</param>
/// <param name="IsTalking">A person is talking with the customer.</param>
/// <param name="IsGoalReached">What it is to bring about has come about.</param>
/// <param name="Zone">The customer's.</param>
public sealed record Proposal(
    MessageKind Kind,
    DateTimeOffset Due,
    DateTimeOffset Now,
    TimeZoneInfo Zone,
    QuietHours? Quiet,
    TimeSpan MarketingLate,
    bool IsBlocked = false,
    bool HasConsent = false,
    bool IsTopicOff = false,
    DateTimeOffset? PausedUntil = null,
    bool IsTalking = false,
    bool IsGoalReached = false,
    DateTimeOffset? UsefulUntil = null)
{
    /// <summary>The caps that fit this customer.</summary>
    public ImmutableArray<CapUse> Caps { get; init; } = [];
}

/// <summary>A cap and how far it is used up.</summary>
/// <param name="EarliestCounted">When the earliest of the customer's latest so many Marketing messages went, if there were so many.</param>
public readonly record struct CapUse(TimeSpan In, DateTimeOffset? EarliestCounted);

/// <summary>What the gate says of a message.</summary>
public abstract record GateDecision
{
    private GateDecision()
    {
    }

    /// <summary>It may go now.</summary>
    public static readonly GateDecision Go = new Send();

    /// <summary>It may go now.</summary>
    public sealed record Send : GateDecision;

    /// <summary>Its timer moves to then, and everything is read again.</summary>
    public sealed record NotBefore(DateTimeOffset At, WaitReason Reason) : GateDecision;

    /// <summary>It is not sent.</summary>
    public sealed record Skip(SkipReason Reason) : GateDecision;
}

/// <summary>Why a message was not sent. Stored by name: a name never changes.</summary>
public enum SkipReason
{
    /// <summary>The customer blocked the bot.</summary>
    Blocked,

    /// <summary>No consent to Marketing in this chat.</summary>
    NoConsent,

    /// <summary>The customer switched the topic off.</summary>
    TopicOff,

    /// <summary>The customer paused Marketing.</summary>
    Paused,

    /// <summary>The goal was reached.</summary>
    GoalReached,

    /// <summary>It would have come too late.</summary>
    TooLate,

    /// <summary>The customer has had as many as a cap allows.</summary>
    Cap,

    /// <summary>Its condition does not hold for this customer, or no longer.</summary>
    NotFitting,

    /// <summary>The customer had it not long ago.</summary>
    TooSoonAgain,

    /// <summary>It is switched off.</summary>
    Disabled,

    /// <summary>The content no longer has it.</summary>
    Gone,

    /// <summary>It was due when a backup was restored, and may have gone out before.</summary>
    Restored,

    /// <summary>One of those to whom an experiment sends nothing, to be compared with.</summary>
    HeldOut,

    /// <summary>The customer had another variant of the same experiment, and keeps it.</summary>
    OtherVariant,

    /// <summary>Staff cancelled it before it came to this customer.</summary>
    Cancelled,

    /// <summary>The customer's channel cannot carry it.</summary>
    CannotCarry,

    /// <summary>The visit was moved or called off, or is over.</summary>
    VisitChanged,
}
