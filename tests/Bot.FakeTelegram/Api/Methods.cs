using System.Collections.Concurrent;
using System.Text.Json;
using Bot.FakeTelegram.Chats;

namespace Bot.FakeTelegram.Api;

/// <summary>What a method does to one bot and its chats. Receiving updates is elsewhere.</summary>
internal sealed class Methods
{
    private const int LargestDownload = 20 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _received = new(StringComparer.Ordinal);
    private int _uploads;

    public int Uploads => _uploads;

    public ConcurrentDictionary<string, JsonElement> Commands { get; } = new(StringComparer.Ordinal);

    /// <summary>Keeps a file that somebody sent to the bot; answers its id.</summary>
    public string Receive(byte[] bytes)
    {
        var id = $"received-{Interlocked.Increment(ref _uploads)}";
        _received[$"documents/{id}"] = bytes;
        return id;
    }

    /// <summary>The file at a path that getFile gave out.</summary>
    public byte[]? FileAt(string path) => _received.GetValueOrDefault(path);

    public void ForgetFiles() => _files.Clear();

    /// <summary>Carries a call out. Answers what to say, and which message was sent or changed.</summary>
    public (ApiAnswer Answer, long? MessageId) Run(FakeBot bot, ApiCall call, FakeChat? chat, string text) => call.Method switch
    {
        "copyMessage" => Copy(bot, call, chat!, text),
        "sendMessage" or "sendLocation" or "sendContact" => Send(bot, call, chat!, text, null, null),
        "sendDocument" => SendFile(bot, call, chat!, text, "document"),
        "sendPhoto" => SendFile(bot, call, chat!, text, "photo"),
        "sendVideo" => SendFile(bot, call, chat!, text, "video"),
        "sendVoice" => SendFile(bot, call, chat!, text, "voice"),
        "editMessageText" or "editMessageCaption" or "editMessageReplyMarkup" => Edit(bot, call, chat, text),
        "deleteMessage" => (chat!.Forget(call.Long("message_id") ?? 0) ? ApiAnswer.True : ApiAnswer.BadRequest("message to delete not found"), null),
        "answerCallbackQuery" => (chat is not null
            ? ApiAnswer.True
            : ApiAnswer.BadRequest("query is too old and response timeout expired or query ID is invalid"), null),
        "getMe" => (ApiAnswer.Result(json => WriteBot(json, bot)), null),
        "getFile" => (GetFile(call), null),
        "setMyCommands" => (SetCommands(call), null),
        "getMyCommands" => (GetCommands(call), null),
        "deleteMyCommands" => (DeleteCommands(call), null),
        "getChat" => (ApiAnswer.Result(json => WriteChatInfo(json, chat!)), null),
        "createForumTopic" => (CreateTopic(bot, call, chat!), null),
        _ => (ApiAnswer.True, null),
    };

    private (ApiAnswer Answer, long? MessageId) SendFile(FakeBot bot, ApiCall call, FakeChat chat, string text, string field)
    {
        if (call.Files.TryGetValue(field, out _))
        {
            var id = $"{field}-{bot.Id}-{Interlocked.Increment(ref _uploads)}";
            _files[id] = field;
            return Send(bot, call, chat, text, field, id);
        }

        var known = call.Text(field) ?? "";
        if (!_files.TryGetValue(known, out var kind))
            return (ApiAnswer.BadRequest("wrong remote file identifier specified: Wrong string length"), null);
        return kind == field
            ? Send(bot, call, chat, text, field, known)
            : (ApiAnswer.BadRequest($"can't use file of type {kind} as {field}"), null);
    }

    private static (ApiAnswer Answer, long? MessageId) Copy(FakeBot bot, ApiCall call, FakeChat chat, string text) =>
        CopiedText(bot, call) is { } copied
            ? Send(bot, call, chat, call.Text("caption") is null ? copied : text, null, null)
            : (ApiAnswer.BadRequest("message to copy not found"), null);

    /// <summary>What stands in the message that is to be copied.</summary>
    public static string? CopiedText(FakeBot bot, ApiCall call) =>
        call.Long("from_chat_id") is { } from && call.Long("message_id") is { } id ? bot.KnownChat(from)?.TextOf(id) : null;

    private static (ApiAnswer Answer, long? MessageId) Send(FakeBot bot, ApiCall call, FakeChat chat, string text, string? field, string? fileId)
    {
        var id = bot.NewMessageId();
        chat.KeepMarkup(id, call.Parameters);
        chat.KeepText(id, text);
        if (call.Method == "copyMessage")
        {
            return (ApiAnswer.Result(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("message_id"u8, id);
                json.WriteEndObject();
            }), id);
        }

        return (ApiAnswer.Result(json => WriteMessage(json, bot, chat, id, call, text, field, fileId)), id);
    }

    private static (ApiAnswer Answer, long? MessageId) Edit(FakeBot bot, ApiCall call, FakeChat? chat, string text)
    {
        if (chat is null || call.Long("message_id") is not { } id || chat.MarkupOf(id) is not { } before)
            return (ApiAnswer.BadRequest("message to edit not found"), null);
        if (IsSame(before, call, "text") && IsSame(before, call, "caption") && SameButtons(before, call.Parameters))
            return (ApiAnswer.BadRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"), null);

        chat.KeepMarkup(id, call.Parameters);
        chat.KeepText(id, text);
        return (ApiAnswer.Result(json => WriteMessage(json, bot, chat, id, call, text, null, null)), id);
    }

    private static bool IsSame(JsonElement before, ApiCall call, string name) =>
        call.Text(name) is not { } now || (before.TryGetProperty(name, out var then) && then.GetString() == now);

    private static bool SameButtons(JsonElement before, JsonElement now) =>
        LoggedCall.ButtonsOf(before).Select(static button => button.GetRawText())
            .SequenceEqual(LoggedCall.ButtonsOf(now).Select(static button => button.GetRawText()));

    private static void WriteMessage(
        Utf8JsonWriter json, FakeBot bot, FakeChat chat, long id, ApiCall call, string text, string? field, string? fileId)
    {
        json.WriteStartObject();
        json.WriteNumber("message_id"u8, id);
        json.WritePropertyName("from"u8);
        WriteBot(json, bot);
        chat.WriteChat(json);
        json.WriteNumber("date"u8, bot.Now);
        if (field is null)
        {
            json.WriteString("text"u8, text);
        }
        else
        {
            WriteFile(json, field, fileId!);
            if (text.Length > 0)
                json.WriteString("caption"u8, text);
        }

        if (call.Element("reply_markup") is { ValueKind: JsonValueKind.Object } markup && markup.TryGetProperty("inline_keyboard", out _))
        {
            json.WritePropertyName("reply_markup"u8);
            markup.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, string field, string fileId)
    {
        json.WritePropertyName(field);
        if (field == "photo")
        {
            json.WriteStartArray();
            WriteOne(json, $"small-{fileId}");
            WriteOne(json, fileId);
            json.WriteEndArray();
        }
        else
        {
            WriteOne(json, fileId);
        }

        static void WriteOne(Utf8JsonWriter json, string id)
        {
            json.WriteStartObject();
            json.WriteStartObject("thumbnail"u8);
            json.WriteString("file_id"u8, $"thumb-{id}");
            json.WriteEndObject();
            json.WriteString("file_id"u8, id);
            json.WriteString("file_unique_id"u8, "u");
            json.WriteEndObject();
        }
    }

    private static void WriteBot(Utf8JsonWriter json, FakeBot bot)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, bot.Id);
        json.WriteBoolean("is_bot"u8, true);
        json.WriteString("first_name"u8, "Bot");
        json.WriteString("username"u8, bot.Username);
        json.WriteEndObject();
    }

    private static void WriteChatInfo(Utf8JsonWriter json, FakeChat chat)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, chat.Id);
        json.WriteString("type"u8, chat.IsPrivate ? "private"u8 : "supergroup"u8);
        json.WriteString("first_name"u8, chat.FirstName);
        if (chat.IsForum)
            json.WriteBoolean("is_forum"u8, true);
        json.WriteEndObject();
    }

    private static ApiAnswer CreateTopic(FakeBot bot, ApiCall call, FakeChat chat)
    {
        if (!chat.IsForum)
            return ApiAnswer.BadRequest("the chat is not a forum");
        if (!chat.MayManageTopics)
            return ApiAnswer.BadRequest("not enough rights to create a topic");

        var (thread, name) = (bot.NewMessageId(), call.Text("name") ?? "");
        chat.AddTopic(thread, name);
        return ApiAnswer.Result(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("message_thread_id"u8, thread);
            json.WriteString("name"u8, name);
            json.WriteNumber("icon_color"u8, 7322096);
            json.WriteEndObject();
        });
    }

    private ApiAnswer GetFile(ApiCall call)
    {
        var id = call.Text("file_id") ?? "";
        if (!_received.TryGetValue($"documents/{id}", out var bytes))
            return GetSent(call);

        return bytes.Length > LargestDownload
            ? ApiAnswer.BadRequest("file is too big")
            : ApiAnswer.Result(json =>
            {
                json.WriteStartObject();
                json.WriteString("file_id"u8, id);
                json.WriteString("file_unique_id"u8, "u");
                json.WriteNumber("file_size"u8, bytes.Length);
                json.WriteString("file_path"u8, $"documents/{id}");
                json.WriteEndObject();
            });
    }

    private ApiAnswer GetSent(ApiCall call) => _files.ContainsKey(call.Text("file_id") ?? "")
        ? ApiAnswer.Result(json =>
        {
            json.WriteStartObject();
            json.WriteString("file_id"u8, call.Text("file_id"));
            json.WriteString("file_unique_id"u8, "u");
            json.WriteString("file_path"u8, "files/1");
            json.WriteEndObject();
        })
        : ApiAnswer.BadRequest("invalid file_id");

    // The language, and the chat if the list is for one.
    private static string ScopeOf(ApiCall call) =>
        (call.Text("language_code") ?? "") + (call.Element("scope") is { } scope && scope.TryGetProperty("chat_id", out var chat) ? $"@{chat.GetInt64()}" : "");

    private ApiAnswer SetCommands(ApiCall call)
    {
        Commands[ScopeOf(call)] = call.Element("commands")!.Value;
        return ApiAnswer.True;
    }

    private ApiAnswer GetCommands(ApiCall call) => ApiAnswer.Result(json =>
    {
        if (Commands.TryGetValue(ScopeOf(call), out var commands))
        {
            commands.WriteTo(json);
            return;
        }

        json.WriteStartArray();
        json.WriteEndArray();
    });

    private ApiAnswer DeleteCommands(ApiCall call)
    {
        Commands.TryRemove(ScopeOf(call), out _);
        return ApiAnswer.True;
    }
}
