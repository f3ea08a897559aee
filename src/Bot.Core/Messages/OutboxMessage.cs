using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Inputs;

namespace Bot.Core.Messages;

/// <summary>Why a message goes out; decides what may stop it and what happens when its fate is uncertain. In order of priority.</summary>
public enum MessageKind
{
    /// <summary>The answer to the customer's own act.</summary>
    Reply = 0,

    /// <summary>About the customer's own booking, points or safety.</summary>
    Service = 1,

    /// <summary>Everything else.</summary>
    Marketing = 2,
}

/// <summary>One message that may go now: exactly one call of the channel.</summary>
/// <param name="Cause">What made it, for example <c>conversation:4711</c>.</param>
/// <param name="Template">Which text it is, for example <c>contact/consent</c>; no customer's data.</param>
/// <param name="Attempts">How often it was tried with an uncertain end; waiting as told and an unreachable channel do not count.</param>
/// <param name="NotBefore">Set after a failed try, and by a channel that told us to wait.</param>
/// <param name="NotAfter">By the business's clock: later than this it is not sent any more.</param>
/// <param name="IsMaybeSent">An earlier try may have arrived.</param>
/// <param name="Broadcast">It is no row of the outbox but one of this broadcast's recipients, under the same id.</param>
public sealed record OutboxMessage(
    OutboxId Id,
    ProfileId Profile,
    ChatId Chat,
    ChatAddress Address,
    MessageKind Kind,
    string Cause,
    string Template,
    Body Body,
    int Attempts = 0,
    DateTimeOffset? NotBefore = null,
    bool IsMaybeSent = false,
    DateTimeOffset? NotAfter = null,
    BroadcastMessage? Broadcast = null)
{
    /// <summary>The visit without which it is not sent.</summary>
    public BookingId? Booking { get; init; }

    /// <summary>Where in its chat it goes; <see langword="null"/> for the end of it. Found out when it is sent, and not kept.</summary>
    public Place? Place { get; init; }
}

/// <summary>Where a message of a broadcast comes from, so that everything can be looked at again when it is claimed.</summary>
/// <param name="Variant">Which wording.</param>
/// <param name="Experiment">In which nobody gets two variants, or <see langword="null"/>.</param>
/// <param name="Decided">When the gate let it out, by the real clock.</param>
/// <param name="Revision">It takes the place of what the customer has, as this change of the broadcast; <see langword="null"/> for the message itself.</param>
public sealed record BroadcastMessage(BroadcastId Broadcast, int Variant, string? Experiment, DateTimeOffset Decided, int? Revision = null);

/// <summary>What the customer sees.</summary>
/// <param name="Html">Text in Telegram's HTML, escaped and within the channel's length; empty only beside an attachment or a copy.</param>
/// <param name="Copy">A message that is sent on as it is; what stands in <paramref name="Html"/> is then its new caption.</param>
/// <param name="EditOf">The message of ours that this one takes the place of.</param>
public sealed record Body(string Html, Attachment? Attachment = null, Keyboard? Keyboard = null, Copy? Copy = null, OutboxId? EditOf = null);

/// <summary>A message that somebody wrote in another chat of the same channel and bot.</summary>
/// <param name="Chat">The channel's own id of that chat.</param>
/// <param name="Message">The channel's id of the message there.</param>
/// <param name="Media">What it carries besides text.</param>
/// <param name="Html">What is written in it, in Telegram's HTML.</param>
public sealed record Copy(long Chat, long Message, MediaKind? Media = null, string? Html = null);

/// <summary>A place in a chat.</summary>
/// <param name="Thread">The topic of a forum.</param>
/// <param name="ReplyTo">The message that it answers, as the channel calls it.</param>
/// <param name="Edits">The message that it takes the place of, as the channel calls it.</param>
public sealed record Place(long? Thread = null, long? ReplyTo = null, long? Edits = null);

/// <summary>A file that goes with a message.</summary>
/// <param name="File">A name in <c>dialogs/files</c>; with <paramref name="Content"/> the name that the customer sees.</param>
/// <param name="Content">A text made for this customer alone, to be sent as a file: as a document itself, as a picture its QR code; else
/// <see langword="null"/>.</param>
/// <param name="FileId">What the channel calls a file that staff sent there, to be sent on as it is; else <see langword="null"/>.</param>
public sealed record Attachment(AttachmentKind Kind, string File, string? Content = null, string? FileId = null)
{
    // A colon is in no name of ours, and in none that the content's files can have on every system.
    private const string Lists = "lists:";

    /// <summary>As <see cref="File"/>: a file in the folder of lists, which only the admin chat gets.</summary>
    public static string List(string name) => Lists + name;

    /// <summary>The name in the folder of lists, or <see langword="null"/> if it is no list.</summary>
    public static string? NameOfList(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.StartsWith(Lists, StringComparison.Ordinal) ? file[Lists.Length..] : null;
    }
}

public enum AttachmentKind
{
    Document,
    Picture,
    Video,
    Voice,
}

/// <summary>What stands under a message or replaces the customer's keyboard.</summary>
public abstract record Keyboard
{
    private Keyboard()
    {
    }

    /// <summary>Buttons under the message, in rows.</summary>
    public sealed record Inline(ImmutableArray<ImmutableArray<InlineButton>> Rows) : Keyboard;

    /// <summary>A keyboard with a button that shares the customer's own phone, and below it buttons that type their label.</summary>
    public sealed record ShareContact(string Label, ImmutableArray<string> Others) : Keyboard;

    /// <summary>Takes an earlier <see cref="ShareContact"/> off the screen.</summary>
    public sealed record Remove : Keyboard;
}

/// <summary>A button under a message: it brings back its data, opens an address or copies a text; one of them.</summary>
/// <param name="Data">1-64 bytes.</param>
/// <param name="Url">http or https.</param>
/// <param name="Copy">Put on the clipboard, 1-256 characters; no input comes of it.</param>
public sealed record InlineButton(string Label, string? Data, string? Url = null, string? Copy = null);
