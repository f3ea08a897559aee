using System.Text;
using Bot.Core.Inputs;
using Bot.Core.Messages;

namespace Bot.Telegram.Receiving;

/// <summary>Reads a message with its formatting, its file and what it answers.</summary>
internal static class Originals
{
    public static ChannelMessage Of(MessageJson message) => new(
        message.MessageId,
        HtmlOf(message.Text ?? message.Caption ?? "", message.Text is null ? message.CaptionEntities : message.Entities),
        MediaOf(message),
        message.MessageThreadId,
        message is { SenderChat: false, From: { IsBot: false, Id: var id } } ? id : null,
        message.ReplyToMessage is { } replied ? Of(replied) : null);

    private static Media? MediaOf(MessageJson message) => message switch
    {
        { Document: { } file } => Of(MediaKind.Document, file),
        { Photo: [.., var file] } => Of(MediaKind.Picture, file),
        { Video: { } file } => Of(MediaKind.Video, file),
        { Voice: { } file } => Of(MediaKind.Voice, file),
        { HasOtherContent: true } => new Media(MediaKind.Other),
        _ => null,
    };

    private static Media Of(MediaKind kind, FileJson file) =>
        file.FileId is { } id ? new Media(kind, id, file.FileName, file.FileSize) : new Media(MediaKind.Other);

    /// <summary>
    /// The text in Telegram's HTML. Entities nest and never cross; what forged ones do to the text stays well-formed all the same: one that
    /// does not lie within the one around it is left out.
    /// </summary>
    private static string HtmlOf(string text, EntityJson[]? entities)
    {
        if (entities is not { Length: > 0 })
        {
            return Html.Escape(text);
        }

        var html = new StringBuilder(text.Length * 2);
        var open = new Stack<(int End, string Close)>();
        var at = 0;
        foreach (var entity in entities.Where(one => one.Offset >= 0 && one.Length > 0 && one.Offset <= text.Length - one.Length)
            .OrderBy(one => one.Offset).ThenByDescending(one => one.Length))
        {
            var end = entity.Offset + entity.Length;
            CloseUntil(entity.Offset);
            if (TagOf(entity) is not var (tag, attributes) || (open.TryPeek(out var around) && around.End < end))
            {
                continue;
            }

            Write(entity.Offset);
            html.Append('<').Append(tag).Append(attributes).Append('>');
            open.Push((end, tag));
        }

        CloseUntil(text.Length);
        Write(text.Length);
        return html.ToString();

        void CloseUntil(int place)
        {
            while (open.TryPeek(out var inner) && inner.End <= place)
            {
                Write(inner.End);
                html.Append("</").Append(inner.Close).Append('>');
                open.Pop();
            }
        }

        void Write(int to)
        {
            if (to > at)
            {
                html.Append(Html.Escape(text[at..to]));
                at = to;
            }
        }
    }

    private static (string Tag, string Attributes)? TagOf(EntityJson entity) => entity.Type switch
    {
        "bold" => ("b", ""),
        "italic" => ("i", ""),
        "underline" => ("u", ""),
        "strikethrough" => ("s", ""),
        "spoiler" => ("tg-spoiler", ""),
        "code" => ("code", ""),
        "pre" => ("pre", ""),
        "blockquote" or "expandable_blockquote" => ("blockquote", ""),
        "text_link" when entity.Url is { } url => ("a", $" href=\"{Html.Escape(url.Replace("\"", "%22", StringComparison.Ordinal))}\""),

        // What Telegram finds by itself again (links, mentions), or what only premium bots may send (custom emoji).
        _ => null,
    };
}
