using Bot.Core.Dialogs;
using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Staff;

/// <summary>What became of messages and sequences, as phrases of the admin chat; <see cref="Words"/> has them for the terminal.</summary>
public static class StaffWords
{
    public static Phrase Of(SkipReason reason) => reason switch
    {
        SkipReason.Blocked => Phrase.AdminSkipBlocked,
        SkipReason.NoConsent => Phrase.AdminSkipNoConsent,
        SkipReason.TopicOff => Phrase.AdminSkipTopicOff,
        SkipReason.Paused => Phrase.AdminSkipPaused,
        SkipReason.GoalReached => Phrase.AdminSkipGoalReached,
        SkipReason.TooLate => Phrase.AdminSkipTooLate,
        SkipReason.Cap => Phrase.AdminSkipCap,
        SkipReason.NotFitting => Phrase.AdminSkipNotFitting,
        SkipReason.TooSoonAgain => Phrase.AdminSkipTooSoonAgain,
        SkipReason.Disabled => Phrase.AdminSkipDisabled,
        SkipReason.Gone => Phrase.AdminSkipGone,
        SkipReason.Restored => Phrase.AdminSkipRestored,
        SkipReason.HeldOut => Phrase.AdminSkipHeldOut,
        SkipReason.OtherVariant => Phrase.AdminSkipOtherVariant,
        SkipReason.Cancelled => Phrase.AdminSkipCancelled,
        SkipReason.CannotCarry => Phrase.AdminSkipCannotCarry,
        SkipReason.VisitChanged => Phrase.AdminSkipVisitChanged,
    };

    /// <summary>By the reason kept with a delivery that was skipped; <see langword="null"/> for one that has no words.</summary>
    public static Phrase? OfSkipped(string? reason) => reason switch
    {
        null => Phrase.AdminSkipUnknown,
        Unsubscription.Reason => Phrase.AdminSkipUnsubscribed,
        _ => Enum.TryParse<SkipReason>(reason, out var skip) && Enum.IsDefined(skip) ? Of(skip) : null,
    };

    public static Phrase Of(WaitReason reason) => reason switch
    {
        WaitReason.QuietHours => Phrase.AdminWaitQuietHours,
        WaitReason.Cap => Phrase.AdminWaitCap,
        WaitReason.Talking => Phrase.AdminWaitTalking,
        WaitReason.Busy => Phrase.AdminWaitBusy,
    };

    public static Phrase Of(SequenceEnd end) => end switch
    {
        SequenceEnd.Finished => Phrase.AdminEndFinished,
        SequenceEnd.Goal => Phrase.AdminEndGoal,
        SequenceEnd.Stopped => Phrase.AdminEndStopped,
        SequenceEnd.Unsubscribed => Phrase.AdminEndUnsubscribed,
        SequenceEnd.Gone => Phrase.AdminEndGone,
        SequenceEnd.Failed => Phrase.AdminEndFailed,
    };

    public static Phrase Of(MessageKind kind) => kind switch
    {
        MessageKind.Reply => Phrase.AdminKindReply,
        MessageKind.Service => Phrase.AdminKindService,
        MessageKind.Marketing => Phrase.AdminKindMarketing,
    };
}
