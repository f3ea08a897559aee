using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bot.Core.Messages;

namespace Bot.Storage.Json;

/// <summary>A keyboard in one shape for all its kinds: what has rows is inline, what has a label shares the contact.</summary>
internal sealed class KeyboardConverter : JsonConverter<Keyboard>
{
    public override Keyboard Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, StoredJson.Compact.StoredKeyboard)! switch
        {
            { Rows: { } rows } => new Keyboard.Inline(rows),
            { ShareContact: { } label } stored => new Keyboard.ShareContact(label, stored.Others ?? []),
            _ => new Keyboard.Remove(),
        };

    public override void Write(Utf8JsonWriter writer, Keyboard value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(
            writer,
            value switch
            {
                Keyboard.Inline inline => new StoredKeyboard(inline.Rows, null, null),
                Keyboard.ShareContact share => new StoredKeyboard(null, share.Label, share.Others),
                Keyboard.Remove => new StoredKeyboard(null, null, null),
                _ => throw new UnreachableException(),
            },
            StoredJson.Compact.StoredKeyboard);
}

internal sealed record StoredKeyboard(
    ImmutableArray<ImmutableArray<InlineButton>>? Rows,
    string? ShareContact,
    ImmutableArray<string>? Others);
