using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.Benchmarks.Ceiling;

/// <summary>Calls the Bot API, the usual way.</summary>
internal sealed class CeilingApi(HttpClient http)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public async Task<T> CallAsync<T>(string method, object parameters)
    {
        using var response = await http.PostAsJsonAsync(method, parameters, Json).ConfigureAwait(false);
        return await ReadAsync<T>(response).ConfigureAwait(false);
    }

    public async Task<T> UploadAsync<T>(string method, HttpContent content)
    {
        using var response = await http.PostAsync(new Uri(method, UriKind.Relative), content).ConfigureAwait(false);
        return await ReadAsync<T>(response).ConfigureAwait(false);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        var reply = await response.Content.ReadFromJsonAsync<Reply<T>>(Json).ConfigureAwait(false);
        return reply!.Result;
    }
}

internal sealed record Reply<T>(bool Ok, T Result);

internal sealed record Update(long UpdateId, Message? Message, Press? CallbackQuery);

internal sealed record Message(long MessageId, Chat Chat, string? Text, Document? Document);

internal sealed record Press(string Id, Message Message, string Data);

internal sealed record Chat(long Id);

internal sealed record Document(string FileId);
