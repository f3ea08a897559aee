using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bot.Core.Broadcasts;
using Bot.Core.Conversations;
using Bot.Core.Inputs;
using Bot.Core.Messages;

namespace Bot.Storage.Json;

/// <summary>
/// The JSON in the database, in UTF-8: read and written without reflection. Its names are those of the core's properties; a test
/// holds a stored sample, so that a renaming there does not make rows unreadable.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(ValueConverter), typeof(KeyboardConverter), typeof(MomentConverter)])]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(Body))]
[JsonSerializable(typeof(StoredKeyboard))]
[JsonSerializable(typeof(BroadcastPlan))]
[JsonSerializable(typeof(Input.Message))]
[JsonSerializable(typeof(Input.Press))]
[JsonSerializable(typeof(Input.Contact))]
[JsonSerializable(typeof(Input.Unsupported))]
[JsonSerializable(typeof(Input.Blocked))]
[JsonSerializable(typeof(Input.Unblocked))]
[JsonSerializable(typeof(Input.Migrated))]
[JsonSerializable(typeof(Input.Ignored))]
[JsonSerializable(typeof(Input.TimerFired))]
[JsonSerializable(typeof(Input.Event))]
[JsonSerializable(typeof(Input.Bought))]
[JsonSerializable(typeof(Input.Refunded))]
[JsonSerializable(typeof(Input.Redeemed))]
[JsonSerializable(typeof(Input.StaffMessage))]
[JsonSerializable(typeof(Input.StaffPress))]
[JsonSerializable(typeof(Input.Clicked))]
[JsonSerializable(typeof(Input.Tagged))]
[JsonSerializable(typeof(Input.Noted))]
[JsonSerializable(typeof(Input.VisitBooked))]
[JsonSerializable(typeof(Input.VisitChanged))]
[JsonSerializable(typeof(Input.Edited))]
[JsonSerializable(typeof(Input.Written))]
[JsonSerializable(typeof(Input.Rewritten))]
[JsonSerializable(typeof(Input.Undelivered))]
[JsonSerializable(typeof(Input.TalkClosed))]
[JsonSerializable(typeof(Input.Imported))]
[JsonSerializable(typeof(Input.CaseMarked))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    /// <summary>To be used everywhere: Cyrillic stands as it is, a third of the size of its escapes.</summary>
    public static StoredJson Compact => field ??= new StoredJson(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Write(Conversation conversation) => JsonSerializer.SerializeToUtf8Bytes(conversation, Compact.Conversation);

    public static byte[] Write(Body body) => JsonSerializer.SerializeToUtf8Bytes(body, Compact.Body);

    public static byte[] Write(BroadcastPlan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, Compact.BroadcastPlan);

    public static byte[] Write(Input input) => JsonSerializer.SerializeToUtf8Bytes(input, Compact.GetTypeInfo(input.GetType())!);

    public static Conversation ReadConversation(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Compact.Conversation)!;

    public static BroadcastPlan ReadPlan(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Compact.BroadcastPlan)!;

    public static Body ReadBody(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Compact.Body)!;
}
