using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Staff;
using Bot.Core.Turns;

namespace Bot.Core.Talks;

/// <summary>What the admin chat is shown of a talk, in the business's own language.</summary>
internal static class TalkLines
{
    /// <summary>Somebody asks for a person: who it is, and how to answer.</summary>
    public static void Opened(Draft draft) => draft.Add(new Effect.Relay(new Body(
        Html(draft, Phrase.AdminTalkOpened, ("contact", AdminNotices.ContactOf(draft.Profile))),
        null,
        new Keyboard.Inline(
        [
            [
                AdminNotices.Button(draft, Phrase.AdminCardButton, StaffPress.Card(draft.Profile.Id)),
                AdminNotices.Button(draft, Phrase.AdminWriteButton, StaffPress.Write(draft.Profile.Id)),
            ],
            [AdminNotices.Button(draft, Phrase.AdminCloseButton, StaffPress.CloseTalk(draft.Profile.Id))],
        ]))));

    /// <summary>What the customer said, under their name.</summary>
    /// <param name="html">What is written in it.</param>
    /// <param name="original">The message as it stands in its channel; <see langword="null"/> where there is nothing to copy.</param>
    public static Body Said(Draft draft, Phrase name, string html, ChannelMessage? original) => new(
        $"{Html(draft, name)} {(original?.Media is { } media ? Sign(media.Kind) : "")}{html}",
        Copy: original is null ? null : new Copy(draft.Chat.Address.Address, original.Id, original.Media?.Kind, html));

    /// <summary>A line about the talk.</summary>
    /// <param name="replyTo">The message in the admin chat that it is about.</param>
    public static void Tell(Draft draft, Phrase phrase, long? replyTo = null, string? reason = null) => draft.Add(new Effect.Relay(
        new Body(Html(draft, phrase, ("reason", reason is null ? null : new Value.Text(reason)))), replyTo));

    private static string Html(Draft draft, Phrase phrase, params ReadOnlySpan<(string Name, Value? Value)> more) => AdminNotices.Html(
        draft, phrase, [("name", AdminNotices.TextOf(draft, ProfileFields.Name)), ("id", new Value.Text($"{draft.Profile.Id.Value}")), .. more]);

    /// <summary>Says what there is besides text, where the message itself is not seen.</summary>
    private static string Sign(MediaKind kind) => kind switch
    {
        MediaKind.Picture => "🖼 ",
        MediaKind.Document => "📄 ",
        MediaKind.Video => "🎬 ",
        MediaKind.Voice => "🎤 ",
        MediaKind.Other => "📦 ",
    };
}
