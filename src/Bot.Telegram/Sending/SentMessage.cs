using System.Text.Json;

namespace Bot.Telegram.Sending;

/// <summary>What we need to know of a message that Telegram has sent.</summary>
internal readonly record struct SentMessage(long Id, string? FileId)
{
    /// <summary>Reads a Message up to its id.</summary>
    public static SentMessage ReadId(ReadOnlySpan<byte> json) => Read(json, withFile: false);

    /// <summary>Reads a Message with the id of its document, or of its largest picture.</summary>
    public static SentMessage ReadIdAndFile(ReadOnlySpan<byte> json) => Read(json, withFile: true);

    private static SentMessage Read(ReadOnlySpan<byte> json, bool withFile)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();

        long? id = null;
        string? fileId = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("message_id"u8))
            {
                reader.Read();
                id = reader.GetInt64();
                if (!withFile)
                    break;
            }
            else if (withFile && (reader.ValueTextEquals("document"u8) || reader.ValueTextEquals("photo"u8)))
            {
                reader.Read();
                fileId = LastFileId(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new SentMessage(id ?? throw new JsonException(), fileId);
    }

    // A document is one object; a photo is a list of sizes with the largest at the end. Thumbnails lie one level deeper.
    private static string? LastFileId(ref Utf8JsonReader reader)
    {
        var end = reader.CurrentDepth;
        var depth = reader.TokenType == JsonTokenType.StartArray ? end + 2 : end + 1;
        string? fileId = null;
        while (reader.Read() && reader.CurrentDepth > end)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth && reader.ValueTextEquals("file_id"u8))
            {
                reader.Read();
                fileId = reader.GetString();
            }
        }

        return fileId;
    }
}
