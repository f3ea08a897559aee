using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Turns;

namespace Bot.Core.Talks;

/// <summary>What staff do in a talk with the customer.</summary>
internal static class StaffTalk
{
    /// <summary>Staff write to the customer. That begins a talk if there is none, so that the answer comes to them.</summary>
    public static void Write(Draft draft, Input.Written written)
    {
        var original = written.Original;
        if (draft.Chat.BlockedAt is not null)
        {
            TalkLines.Tell(draft, Phrase.AdminTalkBlocked, original?.Message);
            return;
        }

        if (original?.Media is not null && !CanCopy(draft))
        {
            TalkLines.Tell(draft, Phrase.AdminTalkTextOnly, original.Message);
            return;
        }

        TalkTurn.Begin(draft);
        draft.Pause();

        // What the channel copies keeps everything; elsewhere, and where nothing stands to be copied, it is the text that counts.
        var body = original is not null && CanCopy(draft) ? new Body("", Copy: original with { Html = null }) : new Body(written.Html, Copy: original);
        draft.Add(new Effect.Say(MessageKind.Reply, TalkCause.Of(original), "talk/staff", body));
    }

    /// <summary>Staff changed what they had written: so does what the customer sees.</summary>
    public static void Rewrite(Draft draft, Input.Rewritten rewritten)
    {
        var original = rewritten.Original;
        if (original.Media is MediaKind.Other || draft.Chat.BlockedAt is not null)
        {
            return;
        }

        draft.Add(new Effect.Say(MessageKind.Reply, TalkCause.Of(original), "talk/edit",
            new Body(original.Html ?? "", Copy: original with { Html = null }, EditOf: rewritten.Sent)));
    }

    /// <summary>Staff hear under their own message that it did not arrive.</summary>
    public static void Fail(Draft draft, Input.Undelivered failed) => TalkLines.Tell(draft,
        failed.Status == DeliveryStatus.Blocked ? Phrase.AdminTalkBlocked : Phrase.AdminTalkUndelivered, failed.Original, failed.Reason ?? "?");

    /// <summary>Staff end the talk; the customer is told.</summary>
    public static void Close(Draft draft)
    {
        if (!TalkTurn.End(draft))
        {
            TalkLines.Tell(draft, Phrase.AdminTalkNone);
            return;
        }

        draft.SpeakAs(MessageKind.Reply, null, TalkTurn.Cause, null);
        draft.Say(Phrase.TalkClosed);
        TalkLines.Tell(draft, Phrase.AdminTalkClosed);
    }

    private static bool CanCopy(Draft draft) => draft.Chat.Address.Channel == ChatAddress.Telegram;
}
