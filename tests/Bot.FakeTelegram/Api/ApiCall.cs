using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Bot.FakeTelegram.Api;

/// <summary>One request: the method, its parameters as a JSON object, and the files that came with it.</summary>
internal sealed record ApiCall(string Method, JsonElement Parameters, IReadOnlyDictionary<string, SentFile> Files)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");
    private static readonly Dictionary<string, SentFile> NoFiles = [];

    public long? ChatId => Long("chat_id");

    public long? Long(string name) =>
        Parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public string? Text(string name) =>
        Parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public JsonElement? Element(string name) => Parameters.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Reads a request in any of the ways that the Bot API takes; <see langword="null"/> if its JSON does not parse.</summary>
    public static async Task<ApiCall?> ReadAsync(string method, HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync().ConfigureAwait(false);
            var files = new Dictionary<string, SentFile>(StringComparer.Ordinal);
            foreach (var file in form.Files)
            {
                using var copy = new MemoryStream();
                await file.CopyToAsync(copy).ConfigureAwait(false);
                files[file.Name] = new SentFile(file.FileName, copy.ToArray());
            }

            return new ApiCall(method, OfStrings(method, form.Select(static field => (field.Key, field.Value.ToString()))), files);
        }

        if (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding"))
        {
            return request.Query.Count == 0
                ? new ApiCall(method, Nothing, NoFiles)
                : new ApiCall(method, OfStrings(method, request.Query.Select(static field => (field.Key, field.Value.ToString()))), NoFiles);
        }

        try
        {
            var parameters = await ReadJsonAsync(request).ConfigureAwait(false);
            return parameters.ValueKind == JsonValueKind.Object ? new ApiCall(method, parameters, NoFiles) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<JsonElement> ReadJsonAsync(HttpRequest request)
    {
        if (request.ContentLength is { } length)
        {
            var bytes = new byte[length];
            await request.Body.ReadExactlyAsync(bytes).ConfigureAwait(false);
            return JsonElement.Parse(bytes);
        }

        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy).ConfigureAwait(false);
        return JsonElement.Parse(copy.ToArray());
    }

    // Outside of a JSON body everything is a string; numbers, booleans and objects are read by the type they should have.
    private static JsonElement OfStrings(string method, IEnumerable<(string Name, string Value)> fields)
    {
        var types = ApiTable.Current.FieldsOf(method);
        var json = new JsonObject();
        foreach (var (name, value) in fields)
            json[name] = types is not null && types.TryGetValue(name, out var field) ? OfString(field.Types, value) : JsonValue.Create(value);
        return JsonElement.Parse(json.ToJsonString());
    }

    private static JsonNode? OfString(string[] types, string value)
    {
        if (types.Contains("Integer") && long.TryParse(value, CultureInfo.InvariantCulture, out var number))
            return JsonValue.Create(number);
        if (types.Contains("String"))
            return JsonValue.Create(value);
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}

/// <summary>A file that came with a request.</summary>
public sealed record SentFile(string Name, byte[] Bytes);
