using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bot.Benchmarks.Ceiling;

/// <summary>
/// The ceiling: a bot that makes the same calls as the product and keeps nothing. Written as one would without a thought of speed,
/// on HttpClient, System.Text.Json and the default settings. It acknowledges at once and handles all updates side by side.
/// </summary>
internal static class CeilingBot
{
    /// <param name="args">The Bot API's address with the token, the webhook's port or 0 for polling, and the file to give away.</param>
    public static async Task RunAsync(string[] args)
    {
        using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
        var api = new CeilingApi(http);
        using var answers = new CeilingAnswers(api, args[2]);
        if (args[1] == "0")
            await PollAsync(api, answers).ConfigureAwait(false);
        else
            await ListenAsync(api, answers, $"http://127.0.0.1:{args[1]}").ConfigureAwait(false);
    }

    private static async Task PollAsync(CeilingApi api, CeilingAnswers answers)
    {
        long? offset = null;
        while (true)
        {
            foreach (var update in await api.CallAsync<Update[]>("getUpdates", new { offset, limit = 100, timeout = 50 }).ConfigureAwait(false))
            {
                offset = update.UpdateId + 1;
                _ = answers.HandleAsync(update);
            }
        }
    }

    private static async Task ListenAsync(CeilingApi api, CeilingAnswers answers, string url)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        await using var web = builder.Build();
        web.MapPost("/telegram", async (HttpRequest request) =>
        {
            var update = await request.ReadFromJsonAsync<Update>(CeilingApi.Json).ConfigureAwait(false);
            _ = answers.HandleAsync(update!);
        });
        await web.StartAsync().ConfigureAwait(false);
        await api.CallAsync<bool>("setWebhook", new { url = $"{url}/telegram", max_connections = 100 }).ConfigureAwait(false);
        await web.WaitForShutdownAsync().ConfigureAwait(false);
    }
}
