using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Bot.Core.Chats;
using Bot.Core.Messages;

namespace Bot.Telegram.Sending;

/// <summary>Writes messages as parameters of the Bot API's send methods.</summary>
internal static class MessageJson
{
    /// <summary>The parameters of sendMessage.</summary>
    public static void WriteText(Utf8JsonWriter json, OutboxMessage message)
    {
        json.WriteNumber("chat_id"u8, message.Address.Address);
        WritePlace(json, message.Place);
        WriteWords(json, message.Body.Html);
        WriteMarkup(json, message.Body.Keyboard);
    }

    /// <summary>The parameters of copyMessage; what stands in the body is the new caption.</summary>
    public static void WriteCopy(Utf8JsonWriter json, (OutboxMessage Message, Copy Copy) sent)
    {
        var (message, copy) = sent;
        json.WriteNumber("chat_id"u8, message.Address.Address);
        WritePlace(json, message.Place);
        json.WriteNumber("from_chat_id"u8, copy.Chat);
        json.WriteNumber("message_id"u8, copy.Message);
        WriteCaption(json, message.Body.Html);
        WriteMarkup(json, message.Body.Keyboard);
    }

    /// <summary>The parameters of editMessageText.</summary>
    public static void WriteNewText(Utf8JsonWriter json, (OutboxMessage Message, long Edits) edit)
    {
        json.WriteNumber("chat_id"u8, edit.Message.Address.Address);
        json.WriteNumber("message_id"u8, edit.Edits);
        WriteWords(json, edit.Message.Body.Html);
    }

    /// <summary>The parameters of editMessageCaption; without words the caption goes.</summary>
    public static void WriteNewCaption(Utf8JsonWriter json, (OutboxMessage Message, long Edits) edit)
    {
        json.WriteNumber("chat_id"u8, edit.Message.Address.Address);
        json.WriteNumber("message_id"u8, edit.Edits);
        WriteCaption(json, edit.Message.Body.Html);
    }

    /// <summary>The parameters of sendDocument, sendPhoto and the like with a file that Telegram has already.</summary>
    public static void WriteFile(Utf8JsonWriter json, (OutboxMessage Message, AttachmentKind Kind, string FileId) file)
    {
        var body = file.Message.Body;
        json.WriteNumber("chat_id"u8, file.Message.Address.Address);
        json.WriteString(FieldOf(file.Kind), file.FileId);
        WriteCaption(json, body.Html);
        WriteMarkup(json, body.Keyboard);
    }

    /// <summary>The same parameters for an upload, without the file.</summary>
    public static List<KeyValuePair<string, string>> UploadFields(OutboxMessage message, AttachmentKind kind)
    {
        var body = message.Body;
        var fields = new List<KeyValuePair<string, string>>
        {
            new("chat_id", message.Address.Address.ToString(CultureInfo.InvariantCulture)),
        };
        if (body.Html.Length > 0)
        {
            fields.Add(new("caption", body.Html));
            fields.Add(new("parse_mode", "HTML"));
        }

        // Otherwise a GIF or MP3 comes back as something else, and its id cannot be sent as a document.
        if (kind == AttachmentKind.Document)
            fields.Add(new("disable_content_type_detection", "true"));
        if (body.Keyboard is not null)
            fields.Add(new("reply_markup", MarkupOf(body.Keyboard)));
        return fields;
    }

    /// <summary>The parameters of answerCallbackQuery.</summary>
    public static void WriteAnswer(Utf8JsonWriter json, Acknowledgement acknowledgement)
    {
        json.WriteString("callback_query_id"u8, acknowledgement.Callback);
        if (!string.IsNullOrEmpty(acknowledgement.Notice))
            json.WriteString("text"u8, acknowledgement.Notice);
    }

    /// <summary>The parameters of editMessageReplyMarkup that take all buttons away.</summary>
    public static void WriteNoButtons(Utf8JsonWriter json, (ChatAddress Chat, long Message) edit)
    {
        json.WriteNumber("chat_id"u8, edit.Chat.Address);
        json.WriteNumber("message_id"u8, edit.Message);
    }

    /// <summary>The parameter that carries the file, and the name of its part in an upload.</summary>
    public static string FieldOf(AttachmentKind kind) => kind switch
    {
        AttachmentKind.Document => "document",
        AttachmentKind.Picture => "photo",
        AttachmentKind.Video => "video",
        AttachmentKind.Voice => "voice",
    };

    /// <summary>The method that sends such a file.</summary>
    public static string MethodOf(AttachmentKind kind) => kind switch
    {
        AttachmentKind.Document => "sendDocument",
        AttachmentKind.Picture => "sendPhoto",
        AttachmentKind.Video => "sendVideo",
        AttachmentKind.Voice => "sendVoice",
    };

    private static void WriteWords(Utf8JsonWriter json, string html)
    {
        json.WriteString("text"u8, html);
        json.WriteString("parse_mode"u8, "HTML"u8);
        json.WriteStartObject("link_preview_options"u8);
        json.WriteBoolean("is_disabled"u8, true);
        json.WriteEndObject();
    }

    private static void WriteCaption(Utf8JsonWriter json, string html)
    {
        if (html.Length > 0)
        {
            json.WriteString("caption"u8, html);
            json.WriteString("parse_mode"u8, "HTML"u8);
        }
    }

    private static void WritePlace(Utf8JsonWriter json, Place? place)
    {
        if (place?.Thread is { } thread)
            json.WriteNumber("message_thread_id"u8, thread);

        // Also when what it answers was deleted meanwhile.
        if (place?.ReplyTo is { } answered)
        {
            json.WriteStartObject("reply_parameters"u8);
            json.WriteNumber("message_id"u8, answered);
            json.WriteBoolean("allow_sending_without_reply"u8, true);
            json.WriteEndObject();
        }
    }

    private static string MarkupOf(Keyboard keyboard)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            WriteKeyboard(json, keyboard);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteMarkup(Utf8JsonWriter json, Keyboard? keyboard)
    {
        if (keyboard is null)
            return;

        json.WritePropertyName("reply_markup"u8);
        WriteKeyboard(json, keyboard);
    }

    private static void WriteKeyboard(Utf8JsonWriter json, Keyboard keyboard)
    {
        json.WriteStartObject();
        switch (keyboard)
        {
            case Keyboard.Inline inline:
                WriteInline(json, inline);
                break;
            case Keyboard.ShareContact share:
                WriteShareContact(json, share);
                break;
            case Keyboard.Remove:
                json.WriteBoolean("remove_keyboard"u8, true);
                break;
            default:
                throw new UnreachableException();
        }

        json.WriteEndObject();
    }

    private static void WriteInline(Utf8JsonWriter json, Keyboard.Inline inline)
    {
        json.WriteStartArray("inline_keyboard"u8);
        foreach (var row in inline.Rows)
        {
            json.WriteStartArray();
            foreach (var button in row)
            {
                json.WriteStartObject();
                json.WriteString("text"u8, button.Label);
                if (button.Url is { } url)
                {
                    json.WriteString("url"u8, url);
                }
                else if (button.Copy is { } copy)
                {
                    json.WriteStartObject("copy_text"u8);
                    json.WriteString("text"u8, copy);
                    json.WriteEndObject();
                }
                else
                {
                    json.WriteString("callback_data"u8, button.Data);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteShareContact(Utf8JsonWriter json, Keyboard.ShareContact share)
    {
        json.WriteStartArray("keyboard"u8);
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("text"u8, share.Label);
        json.WriteBoolean("request_contact"u8, true);
        json.WriteEndObject();
        json.WriteEndArray();
        foreach (var label in share.Others)
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("text"u8, label);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteBoolean("resize_keyboard"u8, true);
        json.WriteBoolean("one_time_keyboard"u8, true);
    }
}
