using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace Bot.Core.Expressions;

/// <summary>Values as JSON that is read by people and by other programs.</summary>
public static class ValueJson
{
    /// <summary>Ids as text, because JavaScript's numbers do not hold 64 bits; moments, days and durations as ISO 8601 writes them.</summary>
    public static void Write(Utf8JsonWriter json, Value value)
    {
        ArgumentNullException.ThrowIfNull(json);
        switch (value)
        {
            case Value.Boolean boolean:
                json.WriteBooleanValue(boolean.Is);
                break;
            case Value.Number number:
                json.WriteNumberValue(number.Amount);
                break;
            default:
                json.WriteStringValue(TextOf(value));
                break;
        }
    }

    /// <summary>A moment in UTC, to the millisecond.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string TextOf(Value value) => value switch
    {
        Value.Text text => text.Content,
        Value.Date date => date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Value.Moment moment => Moment(moment.At),
        Value.Duration duration => XmlConvert.ToString(duration.Length),
        Value.Choice choice => choice.Id,
        Value.File file => file.Name,
        Value.Magnet magnet => magnet.Id,
        Value.Service service => service.Id,
        Value.Specialist specialist => specialist.Id,
        Value.Booking booking => booking.Id.Value.ToString(CultureInfo.InvariantCulture),
        _ => throw new UnreachableException(),
    };
}
