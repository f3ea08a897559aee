using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Core.Expressions;

namespace Bot.Core.Webhooks;

/// <summary>
/// What a webhook says, as JSON in UTF-8: what happened, when, to which profile and with what. No names and no contacts: whoever hears it
/// asks for the profile.
/// </summary>
public static class WebhookBody
{
    // Words of customers stay readable; the body is never part of a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same bytes for the same event, so that a try that is repeated says the same.</summary>
    public static byte[] Of(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", recorded.Event);
            json.WriteString("timestamp", ValueJson.Moment(recorded.At));
            json.WriteStartObject("data");
            json.WriteString("profile", Id(recorded.Profile.Value));
            json.WriteStartObject("with");
            foreach (var (name, value) in recorded.With)
            {
                json.WritePropertyName(name);
                ValueJson.Write(json, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
