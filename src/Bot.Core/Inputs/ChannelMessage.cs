namespace Bot.Core.Inputs;

/// <summary>A message as it stands in its channel.</summary>
/// <param name="Id">The channel's id of it, in its chat.</param>
/// <param name="Html">Its text, or what is written beside its file, with its formatting in Telegram's HTML; may be empty.</param>
/// <param name="Media">What it carries besides text.</param>
/// <param name="Thread">The topic of a forum that it stands in.</param>
/// <param name="Sender">The numeric id of the person who wrote it; <see langword="null"/> for a bot and what is written in the name of a chat.</param>
/// <param name="ReplyTo">What it answers; that message's own <see cref="ReplyTo"/> is not known.</param>
public sealed record ChannelMessage(
    long Id, string Html, Media? Media = null, long? Thread = null, long? Sender = null, ChannelMessage? ReplyTo = null);

/// <summary>What a message carries besides text.</summary>
/// <param name="FileId">By which the channel gives it out and sends it again; <see langword="null"/> for what is no file.</param>
/// <param name="FileName">As its sender called it: to be shown, never to be used as a path.</param>
/// <param name="Size">In bytes, as the channel says.</param>
public sealed record Media(MediaKind Kind, string? FileId = null, string? FileName = null, long? Size = null);

/// <summary>Kinds of media that can be sent on.</summary>
public enum MediaKind
{
    Picture,
    Document,
    Video,
    Voice,

    /// <summary>Anything else: a sticker, a place, a poll.</summary>
    Other,
}
