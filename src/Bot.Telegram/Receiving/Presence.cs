using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.Telegram.Receiving;

/// <summary>Reads any value as "it is there", without looking inside.</summary>
internal sealed class Presence : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Skip();
        return true;
    }

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}
