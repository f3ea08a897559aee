using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bot.Api;
using Bot.Configuration;
using Bot.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Support;

/// <summary>The API over real HTTP, before a bot whose writer and database are real. Every answer is held to the document.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    public const string Key = "till-till-till-till-till-till-till";
    public const string OtherKey = "site_site_site_site_site_site_site";

    private readonly WebApplication _web;
    private readonly HttpClient _http;

    private TestApi(WebApplication web, ApiEndpoints endpoints)
    {
        (_web, Endpoints) = (web, endpoints);
        _http = new HttpClient { BaseAddress = new Uri(web.Urls.Single()) };
    }

    public static ApiContract Contract { get; } = new(File.ReadAllText(Path.Combine(Repository.Root, "src", "Bot", "Api", "openapi.json")));

    public ApiEndpoints Endpoints { get; }

    /// <summary>What was logged, with all that is in exceptions.</summary>
    public ConcurrentQueue<string> Log { get; private init; } = [];

    /// <param name="clock">By which the pace of whoever asks is held.</param>
    public static async Task<TestApi> StartAsync(TestBot bot, TimeProvider? clock = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Web:ApiKey", $"{Key}, {OtherKey}")]).Build();
        var log = new ConcurrentQueue<string>();
        var endpoints = new ApiEndpoints(OptionsReader.Read(configuration).Options!, () => bot.ContentOrThrow(), bot.Store, bot.Writer, clock ?? TimeProvider.System,
            bot.Business, new Logger(log));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        web.UseRouting();
        endpoints.Map(web);
        await web.StartAsync(TestContext.Current.CancellationToken);
        return new TestApi(web, endpoints) { Log = log };
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    /// <param name="key">The Idempotency-Key, if it has one.</param>
    public Task<ApiAnswer> PostAsync(string path, string body, string? key = null) => SendAsync(HttpMethod.Post, path, body, key);

    /// <summary>Sends a request as it stands, and answers what came of it.</summary>
    public async Task<ApiAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var answer = await _http.SendAsync(request))
        {
            return new ApiAnswer((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(), answer.Headers);
        }
    }

    public static HttpRequestMessage Request(HttpMethod method, string path, string? body, string? key = null, string bearer = Key)
    {
        var request = new HttpRequestMessage(method, $"api/v1{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return request;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _web.DisposeAsync();
    }

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body, string? key)
    {
        var answer = await SendAsync(Request(method, path, body, key));
        Assert.Null(Contract.FaultOf(Contract.OperationOf(method.Method, path), answer.Status, answer.Type, answer.Body));
        return answer;
    }

    private sealed class Logger(ConcurrentQueue<string> lines) : ILogger<ApiEndpoints>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(int Status, string? Type, string Body, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>A property as a text, whatever it is.</summary>
    public string? this[string name] => Json.TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <summary>The kind of problem, without what all have in front.</summary>
    public string? Problem => this["type"]?.Replace("urn:bot:", "", StringComparison.Ordinal);
}
