using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Bot.Core.Messages;
using Bot.Storage.Web;

namespace Bot.Web;

/// <summary>What the bot says to the page, as JSON. Ids are texts: they do not fit into a browser's numbers.</summary>
internal static class ServerFrame
{
    public static byte[] Pong { get; } = Write("pong", _ => { });

    /// <summary>The answer to hello.</summary>
    /// <param name="used">Lines that the page has and whose buttons are spent by now.</param>
    public static byte[] Welcome(bool isEmpty, ImmutableArray<long> used) => Write("welcome", json =>
    {
        json.WriteBoolean("empty", isEmpty);
        json.WriteStartArray("used");
        foreach (var id in used)
        {
            json.WriteStringValue(Text(id));
        }

        json.WriteEndArray();
    });

    /// <summary>It is committed; the page need not repeat it.</summary>
    public static byte[] Acknowledged(string id) => Write("ack", json => json.WriteString("id", id));

    /// <summary>Not taken: the page may repeat it after a while.</summary>
    public static byte[] TooFast(string id, TimeSpan wait) => Write("slow", json =>
    {
        json.WriteString("id", id);
        json.WriteNumber("wait", (int)Math.Ceiling(wait.TotalMilliseconds));
    });

    /// <summary>Never taken: too long, empty, or a button that is not there.</summary>
    public static byte[] Refused(string id, string reason) => Write("refused", json =>
    {
        json.WriteString("id", id);
        json.WriteString("reason", reason);
    });

    /// <summary>A short text over the chat.</summary>
    public static byte[] Notice(string text) => Write("notice", json => json.WriteString("text", text));

    /// <summary>The buttons of a line are spent.</summary>
    public static byte[] Used(long message) => Write("used", json => json.WriteString("message", Text(message)));

    /// <summary>A line has other words now.</summary>
    public static byte[] Edited(long message, string html) => Write("edited", json =>
    {
        json.WriteString("message", Text(message));
        json.WriteString("html", html);
    });

    /// <summary>One line of the log.</summary>
    public static byte[] Message(WebMessage message) => Write("message", json =>
    {
        json.WriteString("id", Text(message.Id));
        json.WriteNumber("at", message.At.ToUnixTimeMilliseconds());
        if (message.Body is { } body)
        {
            WriteBody(json, message, body);
        }
        else
        {
            json.WriteString("client", message.ClientId);
            json.WriteString("text", message.Text);
        }
    });

    private static void WriteBody(Utf8JsonWriter json, WebMessage message, Body body)
    {
        json.WriteString("html", body.Html);
        if (body.Attachment is { } file)
        {
            json.WriteStartObject("file");
            json.WriteString("name", Path.GetFileName(file.File));
            json.WriteBoolean("picture", file.Kind == AttachmentKind.Picture);
            json.WriteEndObject();
        }

        switch (body.Keyboard)
        {
            case Keyboard.Inline inline when !message.IsUsed:
                WriteButtons(json, inline);
                break;
            case Keyboard.ShareContact share:
                json.WriteStartArray("contact");
                foreach (var label in share.Others)
                {
                    json.WriteStringValue(label);
                }

                json.WriteEndArray();
                break;
            case Keyboard.Remove:
                json.WriteNull("contact");
                break;
        }
    }

    private static void WriteButtons(Utf8JsonWriter json, Keyboard.Inline keyboard)
    {
        json.WriteStartArray("buttons");
        foreach (var row in keyboard.Rows)
        {
            json.WriteStartArray();
            foreach (var button in row)
            {
                json.WriteStartObject();
                json.WriteString("label", button.Label);
                json.WriteString(button switch { { Url: not null } => "url", { Copy: not null } => "copy", _ => "data" }, button.Url ?? button.Copy ?? button.Data);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static byte[] Write(string type, Action<Utf8JsonWriter> rest)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            rest(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
