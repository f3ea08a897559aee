using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bot.FakeTelegram.Api;

/// <summary>What the server says to one request.</summary>
internal sealed record ApiAnswer(int Status, byte[] Body, string ContentType = "application/json")
{
    public static readonly ApiAnswer True = new(200, """{"ok":true,"result":true}"""u8.ToArray());

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsOk => Status == 200;

    public static ApiAnswer Result(Action<Utf8JsonWriter> writeResult)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("ok"u8, true);
            json.WritePropertyName("result"u8);
            writeResult(json);
            json.WriteEndObject();
        }

        return new ApiAnswer(200, buffer.ToArray());
    }

    public static ApiAnswer Error(int code, string description, int? retryAfter = null, long? migrateTo = null)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("ok"u8, false);
            json.WriteNumber("error_code"u8, code);
            json.WriteString("description"u8, description);
            if (retryAfter is not null || migrateTo is not null)
            {
                json.WriteStartObject("parameters"u8);
                if (retryAfter is { } seconds)
                    json.WriteNumber("retry_after"u8, seconds);
                if (migrateTo is { } chat)
                    json.WriteNumber("migrate_to_chat_id"u8, chat);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return new ApiAnswer(code, buffer.ToArray());
    }

    public static ApiAnswer BadRequest(string what) => Error(400, $"Bad Request: {what}");

    public static ApiAnswer TooManyRequests(int seconds) =>
        Error(429, string.Create(CultureInfo.InvariantCulture, $"Too Many Requests: retry after {seconds}"), retryAfter: seconds);

    public static ApiAnswer Html(int status) => new(
        status,
        System.Text.Encoding.UTF8.GetBytes($"<html>\r\n<head><title>{status}</title></head>\r\n<body><h1>{status}</h1>nginx</body>\r\n</html>\r\n"),
        "text/html");
}
