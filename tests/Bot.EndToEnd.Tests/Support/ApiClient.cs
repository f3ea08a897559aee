using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bot.Tests.Api;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>A till or a site that uses the API as programs do: with a key, and with patience where it is told to wait. Every answer is held to the document.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly ApiContract _contract;
    private readonly string _key;

    private ApiClient(HttpClient http, ApiContract contract, string key) => (_http, _contract, _key) = (http, contract, key);

    /// <summary>The operations that were answered as asked, as <c>POST /purchases</c>.</summary>
    public ConcurrentDictionary<string, bool> Done { get; } = new();

    /// <summary>All that the document lists.</summary>
    public IEnumerable<string> Operations => _contract.Operations;

    public static async Task<ApiClient> NewAsync(Uri url, string key)
    {
        var http = new HttpClient { BaseAddress = new Uri(url, "api/v1/"), Timeout = Eventually.Patience };
        return new ApiClient(http, new ApiContract(await http.GetStringAsync(new Uri("openapi.json", UriKind.Relative))), key);
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    /// <param name="key">The Idempotency-Key, if it has one.</param>
    public Task<ApiAnswer> PostAsync(string path, string body, string? key = null) => SendAsync(HttpMethod.Post, path, body, key);

    /// <summary>Asks once, whatever the answer.</summary>
    public async Task<ApiAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var answer = await _http.SendAsync(request))
        {
            return new ApiAnswer(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(),
                answer.Headers.RetryAfter?.Delta);
        }
    }

    public HttpRequestMessage Request(HttpMethod method, string path, string? body, string? key = null)
    {
        var request = new HttpRequestMessage(method, path.TrimStart('/'));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    public void Dispose() => _http.Dispose();

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body, string? key)
    {
        ApiAnswer answer;
        while ((answer = await SendAsync(Request(method, path, body, key))).Status == HttpStatusCode.TooManyRequests)
            await Task.Delay(answer.RetryAfter!.Value);

        var operation = _contract.OperationOf(method.Method, path);
        Assert.Null(_contract.FaultOf(operation, (int)answer.Status, answer.Type, answer.Body));
        if ((int)answer.Status < 300)
            Done[operation] = true;
        return answer;
    }
}

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string? Type, string Body, TimeSpan? RetryAfter)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>A property as a text, whatever it is.</summary>
    public string? this[string name] => Json.TryGetProperty(name, out var value) ? value.ToString() : null;
}
