using System.Collections.Immutable;
using System.Text.Json;
using Bot.Telegram.Receiving;

namespace Bot.Telegram.Setup;

/// <summary>Parameters and results of the calls made at a start.</summary>
internal static class SetupJson
{
    // The most that Telegram offers: updates of different chats arrive side by side, and the writer commits them in groups.
    private const int MostConnections = 100;

    public static BotIdentity ReadIdentity(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var user = JsonElement.ParseValue(ref reader);
        return user.TryGetProperty("id", out var id) && user.TryGetProperty("username", out var username)
            ? new BotIdentity(id.GetInt64(), username.GetString() ?? "")
            : throw new JsonException();
    }

    public static ImmutableArray<BotCommand> ReadCommands(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return
        [
            .. JsonElement.ParseValue(ref reader).EnumerateArray().Select(static command =>
                new BotCommand(TextOf(command, "command"), TextOf(command, "description"))),
        ];
    }

    public static void WriteScope(Utf8JsonWriter json, BotCommandList list)
    {
        if (list.Chat is { } chat)
        {
            json.WriteStartObject("scope"u8);
            json.WriteString("type"u8, "chat"u8);
            json.WriteNumber("chat_id"u8, chat);
            json.WriteEndObject();
        }

        if (list.Language is { } language)
            json.WriteString("language_code"u8, language);
    }

    public static void WriteCommands(Utf8JsonWriter json, BotCommandList list)
    {
        json.WriteStartArray("commands"u8);
        foreach (var command in list.Commands)
        {
            json.WriteStartObject();
            json.WriteString("command"u8, command.Name);
            json.WriteString("description"u8, command.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteScope(json, list);
    }

    public static void WriteWebhook(Utf8JsonWriter json, (Uri Url, string Secret) webhook)
    {
        json.WriteString("url"u8, webhook.Url.AbsoluteUri);
        json.WriteString("secret_token"u8, webhook.Secret);
        json.WriteNumber("max_connections"u8, MostConnections);
        AllowedUpdates.Write(json);
    }

    private static string TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : throw new JsonException();
}
