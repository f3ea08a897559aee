using System.Globalization;
using System.Text.Json;
using Bot.Core.Expressions;
using Bot.Storage.Sqlite;

namespace Bot.Storage.Privacy;

/// <summary>
/// Our own JSON out of a column (<see cref="Json.StoredJson"/>), with ids and moments as in the rest of an export. Files that were made for
/// the customer are left out: an earlier export within an export would double its size each time.
/// </summary>
internal static class StoredDocument
{
    /// <summary>Greater whole numbers lose their last digits in many programs.</summary>
    private const long MaxExact = 1L << 53;

    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document);
        using var parsed = JsonDocument.ParseValue(ref reader);
        Write(json, parsed.RootElement, "");
    }

    private static void Write(Utf8JsonWriter json, JsonElement element, string name)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    if (name != "attachment" || property.Name != "content")
                    {
                        json.WritePropertyName(property.Name);
                        Write(json, property.Value, property.Name);
                    }
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(json, item, name);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Number when element.TryGetInt64(out var number):
                Write(json, number, name);
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, long number, string name)
    {
        if (name is "moment" or "due" or "at" || name.EndsWith("At", StringComparison.Ordinal))
        {
            json.WriteStringValue(ValueJson.Moment(DateTimeOffset.FromUnixTimeMilliseconds(number)));
        }
        else if (name == "date")
        {
            json.WriteStringValue(StoredValues.Day(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        else if (name is "address" or "bot" || number is > MaxExact or < -MaxExact)
        {
            json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }
}
