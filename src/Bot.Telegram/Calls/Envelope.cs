using System.Text.Json;

namespace Bot.Telegram.Calls;

/// <summary>Reads the envelope that every answer of the Bot API comes in.</summary>
internal static class Envelope
{
    private const int LongestDescription = 200;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1024 };

    /// <summary>
    /// Says what an answer means. What does not parse, and every 5xx, leaves open whether the request was carried out:
    /// proxies answer with HTML, and a connection can end in the middle of the JSON.
    /// </summary>
    /// <param name="retryAfter">The header's, for a 429 of a proxy that knows nothing of the envelope.</param>
    public static ApiReply<T> Read<T>(int status, ReadOnlySpan<byte> body, TimeSpan? retryAfter, Func<ReadOnlySpan<byte>, T> readResult)
    {
        if (status >= 500)
            return new ApiReply<T>.Lost(MayHaveArrived: true, $"status {status}");

        try
        {
            return ReadJson(status, body, retryAfter, readResult);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return status switch
            {
                429 => new ApiReply<T>.Refused(new ApiError(429, "Too Many Requests", retryAfter)),
                413 => new ApiReply<T>.Refused(new ApiError(413, "Request Entity Too Large")),
                _ => new ApiReply<T>.Lost(MayHaveArrived: true, $"unreadable answer, status {status}"),
            };
        }
    }

    private static ApiReply<T> ReadJson<T>(int status, ReadOnlySpan<byte> body, TimeSpan? retryAfter, Func<ReadOnlySpan<byte>, T> readResult)
    {
        var reader = new Utf8JsonReader(body, Options);
        Expect(ref reader, JsonTokenType.StartObject);

        bool? ok = null;
        Range? result = null;
        var code = status;
        var description = "";
        long? migrateTo = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ok"u8))
            {
                reader.Read();
                ok = reader.GetBoolean();
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                result = start..(int)reader.BytesConsumed;
            }
            else if (reader.ValueTextEquals("error_code"u8))
            {
                reader.Read();
                code = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("description"u8))
            {
                reader.Read();
                description = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                reader.Read();
                (var told, migrateTo) = ReadParameters(ref reader);
                retryAfter = told ?? retryAfter;
            }
            else
            {
                reader.Skip();
            }
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new JsonException();

        return (ok, result) switch
        {
            (true, { } range) => new ApiReply<T>.Done(readResult(body[range])),
            (false, _) when code < 500 => new ApiReply<T>.Refused(new ApiError(code, OneLine(description), retryAfter, migrateTo)),
            (false, _) => new ApiReply<T>.Lost(MayHaveArrived: true, $"error {code}"),
            _ => throw new JsonException(),
        };
    }

    private static (TimeSpan? RetryAfter, long? MigrateTo) ReadParameters(ref Utf8JsonReader reader)
    {
        TimeSpan? retryAfter = null;
        long? migrateTo = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("retry_after"u8))
            {
                reader.Read();
                retryAfter = TimeSpan.FromSeconds(Math.Max(1, reader.GetInt32()));
            }
            else if (reader.ValueTextEquals("migrate_to_chat_id"u8))
            {
                reader.Read();
                migrateTo = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return (retryAfter, migrateTo);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new JsonException();
    }

    // It goes into logs and rows: a line feed in it must not forge a line.
    private static string OneLine(string text)
    {
        if (text.Length > LongestDescription)
            text = text[..LongestDescription];
        return text.AsSpan().ContainsAnyInRange('\0', '\u001f')
            ? string.Create(text.Length, text, static (line, source) =>
            {
                for (var i = 0; i < line.Length; i++)
                    line[i] = char.IsControl(source[i]) ? ' ' : source[i];
            })
            : text;
    }
}
