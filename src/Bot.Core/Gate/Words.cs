using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Gate;

/// <summary>What became of messages, in words for those who run the bot; in English, as the log is.</summary>
public static class Words
{
    /// <summary>Why a message was not sent.</summary>
    public static string Of(SkipReason reason) => reason switch
    {
        SkipReason.Blocked => "the customer has the bot blocked",
        SkipReason.NoConsent => "no consent to marketing in this chat",
        SkipReason.TopicOff => "the customer switched its topic off",
        SkipReason.Paused => "the customer paused marketing",
        SkipReason.GoalReached => "its goal was reached already",
        SkipReason.TooLate => "it would have come too late",
        SkipReason.Cap => "the customer has had as many as a cap allows",
        SkipReason.NotFitting => "its condition did not hold for this customer",
        SkipReason.TooSoonAgain => "the customer had it not long ago",
        SkipReason.Disabled => "it is switched off",
        SkipReason.Gone => "the dialogs no longer have it",
        SkipReason.VisitChanged => "the visit that it was about was moved or called off, or is over",
        SkipReason.Restored => "it was due when a backup was restored, and may have gone out before",
        SkipReason.HeldOut => "held out of an experiment, to be compared with",
        SkipReason.OtherVariant => "the customer had another variant of the same experiment, and keeps it",
        SkipReason.Cancelled => "staff cancelled the broadcast before it came to this customer",
        SkipReason.CannotCarry => "the customer's channel cannot carry it",
    };

    /// <summary>Why something waits.</summary>
    public static string Of(WaitReason reason) => reason switch
    {
        WaitReason.QuietHours => "quiet hours",
        WaitReason.Cap => "a cap on how many messages the customer gets",
        WaitReason.Talking => "a person is talking with the customer",
        WaitReason.Busy => "the customer is in the middle of another conversation",
    };

    /// <summary>What became of a message.</summary>
    /// <param name="reason">As it is kept with the delivery: a <see cref="SkipReason"/>, a short code, or what the channel said.</param>
    public static string Of(DeliveryStatus status, string? reason) => status switch
    {
        DeliveryStatus.Sent => "sent",
        DeliveryStatus.Blocked => $"not sent: {Of(SkipReason.Blocked)}{Said(reason == "blocked" ? null : reason)}",
        DeliveryStatus.Failed => $"not sent: the channel refused it or could not be reached{Said(reason)}",
        DeliveryStatus.Skipped => $"not sent: {OfSkipped(reason)}",
        DeliveryStatus.Unknown => $"may have arrived or not; it is not sent again{Said(reason)}",
    };

    /// <summary>How a customer's way through a sequence ended.</summary>
    public static string Of(SequenceEnd end) => end switch
    {
        SequenceEnd.Finished => "went through to its last step",
        SequenceEnd.Goal => "ended: its goal was reached",
        SequenceEnd.Stopped => "ended: stopped by a dialog or an automation",
        SequenceEnd.Unsubscribed => "ended: the customer unsubscribed or withdrew a consent",
        SequenceEnd.Gone => "ended: the dialogs no longer have it",
        SequenceEnd.Failed => "ended: a step of it failed and was set aside, see bot aside",
    };

    /// <summary>Why a skipped message was not sent, by the reason kept with its delivery.</summary>
    public static string OfSkipped(string? reason) => reason switch
    {
        null => "no reason is kept",
        Unsubscription.Reason => "the customer unsubscribed before it went out",
        _ => Enum.TryParse<SkipReason>(reason, out var skip) && Enum.IsDefined(skip) ? Of(skip) : reason,
    };

    private static string Said(string? reason) => reason is null ? "" : $" ({reason})";
}
