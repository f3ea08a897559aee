using System.Text.Json;
using System.Text.Json.Serialization;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Storage.Sqlite;

namespace Bot.Storage.Json;

/// <summary>A value as an object of one property that names its kind: <c>{"number":12.5}</c>.</summary>
internal sealed class ValueConverter : JsonConverter<Value>
{
    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        var kind = StoredValues.Kind(reader.GetString()!);
        reader.Read();
        Value value = kind switch
        {
            ValueKind.Boolean => new Value.Boolean(reader.GetBoolean()),
            ValueKind.Number => new Value.Number(reader.GetDecimal()),
            ValueKind.Text => new Value.Text(reader.GetString()!),
            ValueKind.Date => new Value.Date(StoredValues.Day(reader.GetInt64())),
            ValueKind.Moment => new Value.Moment(DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64())),
            ValueKind.Duration => new Value.Duration(TimeSpan.FromMilliseconds(reader.GetInt64())),
            ValueKind.Choice => new Value.Choice(reader.GetString()!),
            ValueKind.File => new Value.File(reader.GetString()!),
            ValueKind.Magnet => new Value.Magnet(reader.GetString()!),
            ValueKind.Service => new Value.Service(reader.GetString()!),
            ValueKind.Specialist => new Value.Specialist(reader.GetString()!),
            ValueKind.Booking => new Value.Booking(new BookingId(reader.GetInt64())),
        };
        reader.Read();
        return value;
    }

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(StoredValues.Name(value.Kind));
        switch (value)
        {
            case Value.Boolean boolean:
                writer.WriteBooleanValue(boolean.Is);
                break;
            case Value.Number number:
                writer.WriteNumberValue(number.Amount);
                break;
            default:
                var (text, whole) = StoredValues.Columns(value);
                if (text is not null)
                {
                    writer.WriteStringValue(text);
                }
                else
                {
                    writer.WriteNumberValue(whole!.Value);
                }

                break;
        }

        writer.WriteEndObject();
    }
}
