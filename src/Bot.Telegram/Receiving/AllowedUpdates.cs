using System.Text.Json;

namespace Bot.Telegram.Receiving;

/// <summary>The kinds of updates that we ask for. Telegram keeps the list of the last call that gave one, so both ways of receiving give it.</summary>
internal static class AllowedUpdates
{
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("allowed_updates"u8);
        json.WriteStringValue("message"u8);
        json.WriteStringValue("edited_message"u8);
        json.WriteStringValue("callback_query"u8);
        json.WriteStringValue("my_chat_member"u8);
        json.WriteEndArray();
    }
}
