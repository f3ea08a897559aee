using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Storage;

namespace Bot.Admin;

/// <summary>
/// What staff do in talks with customers, inside the transaction of the input: finds whom it is for, and leaves the rest to a turn of that
/// customer. Whether they are staff is looked at before.
/// </summary>
internal static class TalkDesk
{
    /// <summary>What begins like this stays inside.</summary>
    private const string NoteMark = "//";

    /// <summary>What a line of staff's own is called in the audit.</summary>
    public const string Said = "talk";

    /// <summary>The customer whose topic a message stands in, or whose message it answers.</summary>
    public static (ProfileId Profile, ChatAddress Chat)? About(WriteTransaction transaction, ChatAddress admin, ChannelMessage? original)
    {
        if (original is null || admin.Channel != ChatAddress.Telegram)
        {
            return null;
        }

        // What it answers says more than where it stands: a line about another customer may be in this topic.
        return (original.ReplyTo is { } answered ? transaction.Talks.Answered(admin, answered.Id) : null)
            ?? (original.Thread is { } thread ? transaction.Talks.InThread(admin, thread) : null);
    }

    /// <summary>Staff wrote, in a topic or as an answer, what is no command: to the customer, or a note.</summary>
    public static StaffOutcome Write(WriteTransaction transaction, Input input, StaffMember member, ChannelMessage original, string text,
        (ProfileId Profile, ChatAddress Chat) customer, AdminTexts texts, DateTimeOffset now)
    {
        if (text.StartsWith(NoteMark, StringComparison.Ordinal))
        {
            var note = text[NoteMark.Length..].Trim();
            if (note.Length is 0 or > StaffReader.LongestNote)
            {
                Tell(transaction, customer, texts.Html(Phrase.AdminNoteUsage), original.Id, now);
                return StaffOutcome.Nothing;
            }

            return KeepNote(transaction, input, member, original, note, customer, texts, now);
        }

        transaction.Staff.Audit(member.User, Said, customer.Profile.Value, now);
        return new StaffOutcome([], new Input.Written(input.Key, customer.Chat, original.Html, CopyOf(input.Chat, original)));
    }

    /// <summary>A note about the customer whose talk it stands in.</summary>
    public static StaffOutcome KeepNote(WriteTransaction transaction, Input input, StaffMember member, ChannelMessage original, string note,
        (ProfileId Profile, ChatAddress Chat) customer, AdminTexts texts, DateTimeOffset now)
    {
        transaction.Staff.Audit(member.User, "note", customer.Profile.Value, now);
        Tell(transaction, customer, texts.Html(Phrase.AdminNoted), original.Id, now);
        return new StaffOutcome([], new Input.Noted(input.Key, customer.Chat, member.User, note));
    }

    /// <summary>Staff changed something: if it was written to a customer, what the customer sees changes too.</summary>
    public static StaffOutcome Edit(WriteTransaction transaction, Input.Edited edited, StaffMember member, DateTimeOffset now)
    {
        if (transaction.Talks.Sent(edited.Chat, edited.Original.Id) is not var (message, chat))
        {
            return StaffOutcome.Nothing;
        }

        transaction.Staff.Audit(member.User, "talk.edit", null, now);
        return new StaffOutcome([], new Input.Rewritten(edited.Key, chat, message, CopyOf(edited.Chat, edited.Original)));
    }

    /// <summary>Carries out what was asked for by a command or a button.</summary>
    public static StaffOutcome Do(WriteTransaction transaction, Input input, StaffCommand command, AdminTexts texts, DateTimeOffset now)
    {
        var profile = command switch
        {
            StaffCommand.Reply reply => reply.Profile,
            StaffCommand.Write write => write.Profile,
            StaffCommand.CloseTalk close => close.Profile,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (transaction.Talks.ChatOf(profile) is not { } chat || transaction.Load(chat) is not { Profile: { } known })
        {
            transaction.Admin.Say(null, null, new Body(texts.Html(Phrase.AdminNobody)), now);
            return StaffOutcome.Nothing;
        }

        (string, Value?)[] who = [("name", known.Fields.GetValueOrDefault(ProfileFields.Name)), ("id", AdminTexts.Text($"{profile.Value}"))];
        switch (command)
        {
            case StaffCommand.Reply reply:
                transaction.Admin.Say(profile, null, new Body(texts.Html(Phrase.AdminTalkSent, who), null, texts.CardButton(profile)), now);
                return new StaffOutcome([], new Input.Written(input.Key, chat, Html.Escape(reply.Text), null));
            case StaffCommand.Write:
                Tell(transaction, (profile, chat), texts.Html(Phrase.AdminTalkWrite, who), null, now);
                return StaffOutcome.Nothing;
            default:
                return new StaffOutcome([], new Input.TalkClosed(input.Key, chat));
        }
    }

    private static void Tell(WriteTransaction transaction, (ProfileId Profile, ChatAddress Chat) customer, string html, long? replyTo, DateTimeOffset now)
    {
        if (transaction.Load(customer.Chat).Chat is { } chat)
        {
            transaction.Admin.Relay(customer.Profile, chat.Id, new Effect.Relay(new Body(html), replyTo), now);
        }
    }

    private static Copy CopyOf(ChatAddress admin, ChannelMessage original) => new(admin.Address, original.Id, original.Media?.Kind, original.Html);
}
