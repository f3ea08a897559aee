using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bot.Core.Inputs;
using Microsoft.Net.Http.Headers;

namespace Bot.Api;

/// <summary>Reads what every request has: its key and its body.</summary>
internal static class Requests
{
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>Far more than anything that is asked needs.</summary>
    public const int MaxBody = 64 * 1024;

    private const int MaxKey = 128;
    private const int MaxDepth = 8;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth };
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>The request as an operation takes it, or what is wrong with it.</summary>
    /// <param name="program">Who asks: the keys of one are not those of another.</param>
    public static async Task<(Call? Call, Problem? Problem)> ReadAsync(HttpRequest http, Operation operation, string program, CancellationToken aborted)
    {
        if (http.Method == "GET")
        {
            return (new Call(http, Nothing, new Request("", ""), IsRepeatable: false, aborted), null);
        }

        var (key, fault) = KeyOf(http, operation, program);
        if ((fault ?? new Parameters(http).Fault) is { } wrong)
        {
            return (null, wrong);
        }

        var (body, problem) = await BodyAsync(http, aborted).ConfigureAwait(false);
        if (body is null || Parse(body, out var json, out problem) is false)
        {
            return (null, problem);
        }

        // One without a key is repeated by nobody: it gets one of its own.
        var request = new Request(key is null ? $"api:own:{RandomNumberGenerator.GetHexString(32, lowercase: true)}" : $"api:{key}", FingerprintOf(http, body));
        return (new Call(http, json, request, key is not null, aborted), null);
    }

    private static (string? Key, Problem? Fault) KeyOf(HttpRequest http, Operation operation, string program) => http.Headers[KeyHeader] switch
    {
        [] when operation.NeedsKey => (null, new Problem(StatusCodes.Status400BadRequest, "key-missing", "An Idempotency-Key is needed",
            "Send the header Idempotency-Key with something new for each wish, for example a UUID, and the same with each repetition of it: "
            + "nothing else tells whether this was done already.")
        { Field = KeyHeader }),
        [] => (null, null),
        // By its hash: keys of inputs stand in the log, and some programs make a key of what they send.
        [{ Length: > 0 and <= MaxKey } key] when key.All(c => c is > ' ' and <= '~') =>
            ($"key:{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{program}\n{key}")))}", null),
        _ => (null, Problem.Invalid(KeyHeader, $"An Idempotency-Key is one text of 1 to {MaxKey} visible ASCII characters without spaces.")),
    };

    private static async Task<(byte[]? Body, Problem? Problem)> BodyAsync(HttpRequest http, CancellationToken aborted)
    {
        var isEmpty = http.ContentLength is 0 || (http.ContentLength is null && !http.Headers.ContainsKey(HeaderNames.TransferEncoding));
        if (!isEmpty && !IsJson(http.ContentType))
        {
            return (null, new Problem(StatusCodes.Status415UnsupportedMediaType, "content-type", "The body is not said to be JSON",
                "Send Content-Type: application/json, in UTF-8.")
            { Field = HeaderNames.ContentType });
        }

        if (http.ContentLength > MaxBody)
        {
            return (null, TooLarge());
        }

        // The length may not be said, or not be true.
        using var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await http.Body.ReadAsync(buffer, aborted).ConfigureAwait(false)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MaxBody)
            {
                return (null, TooLarge());
            }
        }

        return (body.ToArray(), null);
    }

    private static bool Parse(byte[] body, out JsonElement json, out Problem? problem)
    {
        (json, problem) = (Nothing, null);
        if (body.Length == 0)
        {
            return true;
        }

        try
        {
            json = JsonDocument.Parse(body, Strict).RootElement;
        }
        catch (JsonException exception)
        {
            // Its message shows what stands there; where that is must do.
            problem = Malformed($"It breaks off in line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
            return false;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            problem = Malformed("It is to be one object: {...}.");
            return false;
        }

        return true;
    }

    private static bool IsJson(string? type) => MediaTypeHeaderValue.TryParse(type, out var parsed)
        && parsed.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!parsed.Charset.HasValue || parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static string FingerprintOf(HttpRequest http, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Method}\n{http.Path}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Problem Malformed(string detail) => new(StatusCodes.Status400BadRequest, "malformed-json", "The body is not the JSON that is expected", detail);

    private static Problem TooLarge() => new(StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large", $"Send at most {MaxBody} bytes.");
}
