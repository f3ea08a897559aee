using System.Text.Json;
using Bot.Core.Chats;
using Bot.Core.Messages;
using Bot.Telegram.Calls;

namespace Bot.Telegram.Sending;

/// <summary>Groups with topics.</summary>
public sealed class Forum(BotApi api)
{
    /// <summary>The longest name of a topic.</summary>
    public const int MaxName = 128;

    /// <summary>Whether a group has topics; <see langword="null"/> if Telegram does not say.</summary>
    public async Task<bool?> HasTopicsAsync(ChatAddress chat, CancellationToken cancellationToken)
    {
        var reply = await api.CallAsync("getChat", chat, static (json, asked) => json.WriteNumber("chat_id"u8, asked.Address),
            static json => Read(json, "is_forum"u8) is { TokenType: JsonTokenType.True }, api.Options.Timeout, cancellationToken).ConfigureAwait(false);
        return reply is ApiReply<bool>.Done done ? done.Result : null;
    }

    /// <summary>Makes a topic; what was sent is its id, by which messages are put into it.</summary>
    public async Task<SendOutcome> CreateTopicAsync(ChatAddress chat, string name, CancellationToken cancellationToken)
    {
        var reply = await api.CallAsync("createForumTopic", (chat, name), static (json, asked) =>
            {
                json.WriteNumber("chat_id"u8, asked.chat.Address);
                json.WriteString("name"u8, asked.name);
            },
            static json => new SentMessage(Read(json, "message_thread_id"u8)?.Number ?? throw new JsonException(), null),
            api.Options.Timeout, cancellationToken).ConfigureAwait(false);
        return Outcomes.Of(reply, chat);
    }

    /// <summary>A member of an object, if it has it.</summary>
    private static (JsonTokenType TokenType, long Number)? Read(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
                return (reader.TokenType, reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : 0);
            reader.Skip();
        }

        return null;
    }
}
