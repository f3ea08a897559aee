using System.Globalization;
using System.Text.Json;
using Bot.Core.Chats;
using Bot.Core.Inputs;

namespace Bot.Telegram.Receiving;

/// <summary>
/// Turns updates into inputs. Customers talk in private chats; what persons write and press in groups may be staff's; what is sent
/// there in the name of a chat, and kinds of updates that we do not know are <see cref="Input.Ignored"/>, so that their ids are remembered
/// like any other's.
/// </summary>
internal static class Updates
{
    private const string Private = "private";
    private static readonly JsonReaderOptions Options = new() { MaxDepth = UpdateJsonContext.Depth };

    /// <summary>Reads the array of a getUpdates, one by one: a malformed update does not take its neighbours with it.</summary>
    /// <exception cref="JsonException">It is no array, or not even JSON.</exception>
    public static UpdateBatch ReadBatch(ReadOnlySpan<byte> json, long bot)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();

        var inputs = new List<Input>();
        long? last = null;
        var unreadable = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (Read(json[start..(int)reader.BytesConsumed], bot, out var id) is { } input)
            {
                inputs.Add(input);
                last = id;
            }
            else
            {
                unreadable++;
            }
        }

        return new UpdateBatch(inputs, last, unreadable);
    }

    /// <summary>Reads one update, or answers <see langword="null"/> if it has no id.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static Input? Read(ReadOnlySpan<byte> json, long bot, out long id)
    {
        try
        {
            var update = JsonSerializer.Deserialize(json, UpdateJsonContext.Default.UpdateJson);
            id = update?.UpdateId ?? 0;
            return id > 0 ? ToInput(update!, bot) : null;
        }
        catch (JsonException)
        {
            id = FindId(json);
            return id > 0 ? new Input.Ignored(KeyOf(bot, id), new ChatAddress(ChatAddress.Telegram, bot, 0)) : null;
        }
    }

    private static Input ToInput(UpdateJson update, long bot)
    {
        var key = KeyOf(bot, update.UpdateId);
        return update switch
        {
            { Message: { Chat: { } chat } message } => OfMessage(key, At(bot, chat), chat, message),
            { CallbackQuery: { } press } => OfPress(key, bot, press),
            { MyChatMember: { Chat: { } chat } member } => OfMember(key, At(bot, chat), chat, member),
            { EditedMessage: { Chat: { } chat } message } => OfEdited(key, At(bot, chat), chat, message),
            _ => new Input.Ignored(key, new ChatAddress(ChatAddress.Telegram, bot, 0)),
        };
    }

    private static Input OfMessage(string key, ChatAddress at, ChatJson chat, MessageJson message)
    {
        if (message.MigrateToChatId is { } address)
            return new Input.Migrated(key, at, at with { Address = address });

        // Two bots that answer each other would never stop.
        if (message.From is { IsBot: true })
            return new Input.Ignored(key, at);

        // A command that is forwarded is another's, and who writes in the name of a chat can be anyone.
        var isOwn = message is { ForwardOrigin: false, SenderChat: false };
        var sender = SenderOf(message.From, isOwn);
        if (!IsPrivate(chat))
        {
            return IsGroup(chat) && sender?.Id is not null && (message.Text is not null || message.HasOtherContent)
                ? new Input.StaffMessage(key, at, sender, message.Text ?? message.Caption ?? "", Originals.Of(message))
                : new Input.Ignored(key, at);
        }

        return message switch
        {
            { Text: { } text } => new Input.Message(key, at, sender, text, Originals.Of(message)),
            { Contact: { } contact } => OfContact(key, at, sender, contact, message.From),
            { HasOtherContent: true } => new Input.Unsupported(key, at, sender, Originals.Of(message)),
            _ => new Input.Ignored(key, at),
        };
    }

    private static Input OfEdited(string key, ChatAddress at, ChatJson chat, MessageJson message) =>
        (IsPrivate(chat) || IsGroup(chat)) && message.From is { IsBot: false } && message is { ForwardOrigin: false, SenderChat: false }
            && (message.Text is not null || message.HasOtherContent)
            ? new Input.Edited(key, at, SenderOf(message.From, isOwn: true), Originals.Of(message))
            : new Input.Ignored(key, at);

    // Anyone's contact can be forwarded; only the button's carries the sender's own id.
    private static Input OfContact(string key, ChatAddress at, Person? sender, ContactJson contact, UserJson? from) =>
        string.IsNullOrWhiteSpace(contact.PhoneNumber)
            ? new Input.Unsupported(key, at, sender)
            : new Input.Contact(key, at, sender, contact.PhoneNumber, IsOwn: contact.UserId is { } user && user == from?.Id);

    private static Input OfPress(string key, long bot, CallbackQueryJson press)
    {
        // The button of an inline message has no chat of ours; its presser's private chat has the presser's id.
        var chat = press.Message?.Chat ?? (press.From is { } presser ? new ChatJson { Id = presser.Id, Type = Private } : null);
        if (chat is null)
            return new Input.Ignored(key, new ChatAddress(ChatAddress.Telegram, bot, 0));

        if (press.Id is not { Length: > 0 } callback)
            return new Input.Ignored(key, At(bot, chat));

        // The chat of an old, inaccessible message comes complete as well; its type is trusted if given.
        var (sender, data, message) = (SenderOf(press.From, isOwn: true), press.Data ?? "", press.Message?.MessageId ?? 0);
        if (chat.Type is null or Private)
            return new Input.Press(key, At(bot, chat), sender, data, callback, message);

        return IsGroup(chat) && sender is not null
            ? new Input.StaffPress(key, At(bot, chat), sender, data, callback, message)
            : new Input.Ignored(key, At(bot, chat));
    }

    private static Input OfMember(string key, ChatAddress at, ChatJson chat, ChatMemberJson member) =>
        (IsPrivate(chat), member.NewChatMember?.Status) switch
        {
            (true, "kicked") => new Input.Blocked(key, at),
            (true, "member") => new Input.Unblocked(key, at),
            _ => new Input.Ignored(key, at),
        };

    private static bool IsPrivate(ChatJson chat) => chat.Type == Private;

    private static bool IsGroup(ChatJson chat) => chat.Type is "group" or "supergroup";

    private static ChatAddress At(long bot, ChatJson chat) => new(ChatAddress.Telegram, bot, chat.Id);

    private static Person? SenderOf(UserJson? user, bool isOwn) =>
        user is null ? null : new Person(user.FirstName ?? "", user.LanguageCode, isOwn && user.Id > 0 ? user.Id : null, user.Username);

    private static string KeyOf(long bot, long update) =>
        string.Create(CultureInfo.InvariantCulture, $"telegram:{bot}:{update}");

    // Reads to the end: JSON that was cut off must be told from an update of an unknown shape, since the latter is let go.
    private static long FindId(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        long found = 0;
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("update_id"u8);
                reader.Read();
                if (isId && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id))
                    found = id;
                reader.Skip();
            }
        }
        else
        {
            reader.Skip();
        }

        reader.Read();
        return found;
    }
}
