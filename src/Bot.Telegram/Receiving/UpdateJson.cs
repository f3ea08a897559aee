using System.Text.Json.Serialization;

namespace Bot.Telegram.Receiving;

// The part of an Update that we use. Everything may be missing: what arrives by webhook can be forged, and the Bot API grows.

internal sealed class UpdateJson
{
    public long UpdateId { get; set; }

    public MessageJson? Message { get; set; }

    public MessageJson? EditedMessage { get; set; }

    public CallbackQueryJson? CallbackQuery { get; set; }

    public ChatMemberJson? MyChatMember { get; set; }
}

internal sealed class MessageJson
{
    public long MessageId { get; set; }

    public UserJson? From { get; set; }

    public ChatJson? Chat { get; set; }

    [JsonConverter(typeof(LenientText))]
    public string? Text { get; set; }

    public EntityJson[]? Entities { get; set; }

    [JsonConverter(typeof(LenientText))]
    public string? Caption { get; set; }

    public EntityJson[]? CaptionEntities { get; set; }

    public ContactJson? Contact { get; set; }

    public long? MessageThreadId { get; set; }

    public long? MigrateToChatId { get; set; }

    public MessageJson? ReplyToMessage { get; set; }

    // Sent in the name of a chat: by an anonymous administrator, or from a linked channel.
    [JsonConverter(typeof(Presence))] public bool SenderChat { get; set; }

    [JsonConverter(typeof(Presence))] public bool ForwardOrigin { get; set; }

    public FileJson? Document { get; set; }

    // One picture in several sizes, the largest at the end.
    public FileJson[]? Photo { get; set; }

    public FileJson? Video { get; set; }

    public FileJson? Voice { get; set; }

    // What people send besides these. Service messages (a pinned message, a changed background) are not among them.
    [JsonConverter(typeof(Presence))] public bool Animation { get; set; }

    [JsonConverter(typeof(Presence))] public bool Audio { get; set; }

    [JsonConverter(typeof(Presence))] public bool Checklist { get; set; }

    [JsonConverter(typeof(Presence))] public bool Dice { get; set; }

    [JsonConverter(typeof(Presence))] public bool Game { get; set; }

    [JsonConverter(typeof(Presence))] public bool LivePhoto { get; set; }

    [JsonConverter(typeof(Presence))] public bool Location { get; set; }

    [JsonConverter(typeof(Presence))] public bool PaidMedia { get; set; }

    [JsonConverter(typeof(Presence))] public bool Poll { get; set; }

    [JsonConverter(typeof(Presence))] public bool RichMessage { get; set; }

    [JsonConverter(typeof(Presence))] public bool Sticker { get; set; }

    [JsonConverter(typeof(Presence))] public bool Story { get; set; }

    [JsonConverter(typeof(Presence))] public bool Venue { get; set; }

    [JsonConverter(typeof(Presence))] public bool VideoNote { get; set; }

    [JsonIgnore]
    public bool HasOtherContent =>
        Document is not null || Photo is not null || Video is not null || Voice is not null || Animation || Audio || Checklist || Dice || Game
        || LivePhoto || Location || PaidMedia || Poll || RichMessage || Sticker || Story || Venue || VideoNote;
}

internal sealed class EntityJson
{
    public string? Type { get; set; }

    public int Offset { get; set; }

    public int Length { get; set; }

    [JsonConverter(typeof(LenientText))]
    public string? Url { get; set; }
}

internal sealed class FileJson
{
    public string? FileId { get; set; }

    [JsonConverter(typeof(LenientText))]
    public string? FileName { get; set; }

    public long? FileSize { get; set; }
}

internal sealed class CallbackQueryJson
{
    [JsonConverter(typeof(LenientText))]
    public string? Id { get; set; }

    public UserJson? From { get; set; }

    // An InaccessibleMessage has the same chat and message_id, and nothing else that we use.
    public MessageJson? Message { get; set; }

    [JsonConverter(typeof(LenientText))]
    public string? Data { get; set; }
}

internal sealed class ChatMemberJson
{
    public ChatJson? Chat { get; set; }

    public MembershipJson? NewChatMember { get; set; }
}

internal sealed class MembershipJson
{
    public string? Status { get; set; }
}

internal sealed class ContactJson
{
    [JsonConverter(typeof(LenientText))]
    public string? PhoneNumber { get; set; }

    public long? UserId { get; set; }
}

internal sealed class ChatJson
{
    public long Id { get; set; }

    public string? Type { get; set; }
}

internal sealed class UserJson
{
    public long Id { get; set; }

    public bool IsBot { get; set; }

    [JsonConverter(typeof(LenientText))]
    public string? FirstName { get; set; }

    [JsonConverter(typeof(LenientText))]
    public string? Username { get; set; }

    [JsonConverter(typeof(LenientText))]
    public string? LanguageCode { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, GenerationMode = JsonSourceGenerationMode.Metadata, MaxDepth = UpdateJsonContext.Depth)]
[JsonSerializable(typeof(UpdateJson))]
internal sealed partial class UpdateJsonContext : JsonSerializerContext
{
    /// <summary>Deeper than anything that Telegram nests: an update that is not read blocks those behind it.</summary>
    public const int Depth = 1000;
}
