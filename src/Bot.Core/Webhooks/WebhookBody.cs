using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
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
            json.WriteString("timestamp", Moment(recorded.At));
            json.WriteStartObject("data");
            json.WriteString("profile", Id(recorded.Profile.Value));
            json.WriteStartObject("with");
            foreach (var (name, value) in recorded.With)
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Ids as text, because JavaScript's numbers do not hold 64 bits; moments, days and durations as ISO 8601 writes them.</summary>
    private static void Write(Utf8JsonWriter json, Value value)
    {
        switch (value)
        {
            case Value.Boolean boolean:
                json.WriteBooleanValue(boolean.Is);
                break;
            case Value.Number number:
                json.WriteNumberValue(number.Amount);
                break;
            case Value.Text text:
                json.WriteStringValue(text.Content);
                break;
            case Value.Date date:
                json.WriteStringValue(date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case Value.Moment moment:
                json.WriteStringValue(Moment(moment.At));
                break;
            case Value.Duration duration:
                json.WriteStringValue(XmlConvert.ToString(duration.Length));
                break;
            case Value.Choice choice:
                json.WriteStringValue(choice.Id);
                break;
            case Value.File file:
                json.WriteStringValue(file.Name);
                break;
            case Value.Magnet magnet:
                json.WriteStringValue(magnet.Id);
                break;
            case Value.Service service:
                json.WriteStringValue(service.Id);
                break;
            case Value.Specialist specialist:
                json.WriteStringValue(specialist.Id);
                break;
            case Value.Booking booking:
                json.WriteStringValue(Id(booking.Id.Value));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
