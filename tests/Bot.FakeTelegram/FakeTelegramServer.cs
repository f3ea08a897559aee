using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Bot.FakeTelegram.Api;
using Bot.FakeTelegram.Chats;
using Bot.FakeTelegram.Faults;
using Bot.FakeTelegram.Receiving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.FakeTelegram;

/// <summary>
/// A Bot API server for tests and benchmarks: real HTTP on a loopback port, every request checked against the published
/// table, customers driven from C#. Every token of the right shape is a bot of its own.
/// </summary>
public sealed class FakeTelegramServer : IAsyncDisposable
{
    /// <summary>The token of <see cref="Bot()"/>.</summary>
    public const string DefaultToken = "1000:TEST-token_of_the_fake_server";

    private readonly WebApplication _app;
    private readonly long _started;
    private readonly ConcurrentDictionary<string, FakeBot> _bots = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentQueue<LoggedCall> _calls = new();

    private FakeTelegramServer(WebApplication app, TimeProvider time)
    {
        _app = app;
        Time = time;
        _started = time.GetTimestamp();
        Limits = new Limits(time);
    }

    /// <summary>The base address for <c>Telegram:ApiUrl</c>.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Every request that broke a rule of the Bot API. Assert that it is empty.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>Check requests; off for load.</summary>
    public bool Validate { get; set; } = true;

    /// <summary>Since the start, as calls are timed.</summary>
    public TimeSpan Now => Time.GetElapsedTime(_started);

    /// <summary>Keep the logs of chats and calls; off for load, with <see cref="Called"/> instead.</summary>
    public bool KeepLog { get; set; } = true;

    /// <summary>Called for every request that belongs to a chat, after it is carried out and before it is answered.</summary>
    public Action<FakeChat, LoggedCall>? Called { get; set; }

    public FaultList Faults { get; } = new();

    public Limits Limits { get; }

    /// <summary>The pause before a webhook's second repetition.</summary>
    public TimeSpan WebhookRetry { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>All requests, in order, if <see cref="KeepLog"/>.</summary>
    public IReadOnlyList<LoggedCall> Calls => [.. _calls];

    internal TimeProvider Time { get; }

    /// <summary>Starts on a free port of 127.0.0.1, or on the one given.</summary>
    public static async Task<FakeTelegramServer> StartAsync(int port = 0, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
        });
        var app = builder.Build();
        var server = new FakeTelegramServer(app, time ?? TimeProvider.System);
        app.Run(server.HandleAsync);
        await app.StartAsync().ConfigureAwait(false);
        server.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <summary>The default bot.</summary>
    public FakeBot Bot() => Bot(DefaultToken);

    /// <summary>The bot with this token.</summary>
    public FakeBot Bot(string token) => _bots.GetOrAdd(token, static (key, server) => new FakeBot(server, key), this);

    /// <summary>A chat of the default bot.</summary>
    public FakeChat Chat(long id) => Bot().Chat(id);

    public async ValueTask DisposeAsync()
    {
        foreach (var bot in _bots.Values)
            await WebhookSettings.RemoveAsync(bot).ConfigureAwait(false);
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        // Held polls are not waited for.
        await _app.StopAsync(now.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.Value!.StartsWith("/file/", StringComparison.Ordinal))
        {
            await GiveFileAsync(context).ConfigureAwait(false);
            return;
        }

        if (!TryReadPath(context.Request.Path.Value!, out var token, out var method))
        {
            await WriteAsync(context, ApiAnswer.Error(404, "Not Found")).ConfigureAwait(false);
            return;
        }

        var bot = Bot(token);
        if (bot.IsRevoked)
        {
            await WriteAsync(context, ApiAnswer.Error(401, "Unauthorized")).ConfigureAwait(false);
            return;
        }

        if (await ApiCall.ReadAsync(method, context.Request).ConfigureAwait(false) is not { } call)
        {
            _violations.Enqueue($"{method}: the body is not a JSON object");
            await WriteAsync(context, ApiAnswer.BadRequest("can't parse JSON object")).ConfigureAwait(false);
            return;
        }

        await AnswerAsync(context, bot, call).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, FakeBot bot, ApiCall call)
    {
        var fault = Faults.For(call.Method, call.ChatId);
        var answer = fault?.Kind switch
        {
            FaultKind.Refusal => ApiAnswer.Error(fault.Code, fault.Description, fault.RetryAfter, fault.MigrateTo),
            FaultKind.HtmlPage => ApiAnswer.Html(fault.Code),
            FaultKind.Reset or FaultKind.Silence => null,
            _ => await RunAsync(bot, call, fault?.Kind, context.RequestAborted).ConfigureAwait(false),
        };
        if (fault?.Kind is FaultKind.Refusal or FaultKind.HtmlPage or FaultKind.Reset or FaultKind.Silence)
            Log(bot, call, call.ChatId is { } id ? bot.Chat(id) : null, "", answer?.Status ?? 0, null, fault.Kind);
        await WriteFaultyAsync(context, answer, fault).ConfigureAwait(false);
    }

    private async Task<ApiAnswer> RunAsync(FakeBot bot, ApiCall call, FaultKind? fault, CancellationToken aborted)
    {
        var text = "";
        if (Validate)
        {
            if (Rules.FaultOf(call) is { } violation)
            {
                _violations.Enqueue($"{call.Method}: {violation}");
                var refusal = violation == "method not found" ? ApiAnswer.Error(404, "Not Found: method not found") : ApiAnswer.BadRequest(violation);
                Log(bot, call, call.ChatId is { } refused ? bot.KnownChat(refused) : null, "", refusal.Status, null, fault);
                return refusal;
            }

            text = call.Method == "copyMessage" && call.Text("caption") is null ? Methods.CopiedText(bot, call) ?? "" : Rules.Shown(call).Text;
        }
        else
        {
            text = call.Text("text") ?? call.Text("caption") ?? "";
        }

        var special = call.Method switch
        {
            "getUpdates" => await bot.Poll.RunAsync(bot, call, Time, _violations.Enqueue, aborted).ConfigureAwait(false),
            "setWebhook" => await WebhookSettings.SetAsync(bot, call, WebhookRetry).ConfigureAwait(false),
            "deleteWebhook" => await WebhookSettings.DeleteAsync(bot, call).ConfigureAwait(false),
            "getWebhookInfo" => WebhookSettings.Info(bot),
            _ => null,
        };
        if (special is not null)
        {
            Log(bot, call, null, "", special.Status, null, fault);
            return special;
        }

        var chat = call.ChatId is { } id ? bot.KnownChat(id)
            : call.Text("callback_query_id") is { } callback ? bot.TakeCallback(callback) : null;
        var (answer, message) = RefusalOf(call, chat) is { } no ? (no, null) : bot.Methods.Run(bot, call, chat, text);
        Log(bot, call, chat, text, answer.Status, message, fault);
        return answer;
    }

    private ApiAnswer? RefusalOf(ApiCall call, FakeChat? chat)
    {
        if (call.ChatId is null)
            return null;
        if (chat is null)
            return ApiAnswer.BadRequest("chat not found");
        if (chat.MigratedTo is { } moved)
            return ApiAnswer.Error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrateTo: moved);
        if (chat.IsBlocked || chat.Forbidden is not null)
            return ApiAnswer.Error(403, chat.Forbidden ?? "Forbidden: bot was blocked by the user");
        if (call.Long("message_thread_id") is { } thread && !chat.Topics.ContainsKey(thread))
            return ApiAnswer.BadRequest("message thread not found");
        var sends = call.Method.StartsWith("send", StringComparison.Ordinal) || call.Method == "copyMessage";
        return sends && Limits.WaitOf(chat.Id) is { } seconds ? ApiAnswer.TooManyRequests(seconds) : null;
    }

    private void Log(FakeBot bot, ApiCall call, FakeChat? chat, string text, int status, long? message, FaultKind? fault)
    {
        if (!KeepLog && Called is null)
            return;

        var logged = new LoggedCall(
            Time.GetElapsedTime(_started), call.Method, call.Parameters, text, status, message, call.Files.Values.FirstOrDefault()?.Name, fault,
            call.Files.Values.FirstOrDefault()?.Bytes);
        if (KeepLog)
        {
            _calls.Enqueue(logged);
            chat?.Add(logged);
        }

        if (chat is not null)
            Called?.Invoke(chat, logged);
    }

    private async Task WriteFaultyAsync(HttpContext context, ApiAnswer? answer, Fault? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Reset or FaultKind.Lost:
                context.Abort();
                return;
            case FaultKind.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, Time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case FaultKind.Hang:
                await Task.Delay(fault.Delay, Time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case FaultKind.Truncated:
                context.Response.ContentLength = answer!.Body.Length;
                context.Response.ContentType = answer.ContentType;
                await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2)).ConfigureAwait(false);
                await context.Response.Body.FlushAsync().ConfigureAwait(false);
                context.Abort();
                return;
            case FaultKind.Garbage:
                answer = new ApiAnswer(200, "}{ \u0000 not json"u8.ToArray());
                break;
            case null or FaultKind.Refusal or FaultKind.HtmlPage:
                break;
            default:
                throw new UnreachableException();
        }

        await WriteAsync(context, answer!).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        if (context.RequestAborted.IsCancellationRequested)
            return;

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body).ConfigureAwait(false);
    }

    // /file/bot<token>/<path>
    private async Task GiveFileAsync(HttpContext context)
    {
        if (!TryReadPath(context.Request.Path.Value!["/file".Length..], out var token, out var path) || Bot(token) is not { IsRevoked: false } bot
            || bot.Methods.FileAt(path) is not { } bytes)
        {
            await WriteAsync(context, ApiAnswer.Error(404, "Not Found")).ConfigureAwait(false);
            return;
        }

        await WriteAsync(context, new ApiAnswer(200, bytes, "application/octet-stream")).ConfigureAwait(false);
    }

    // /bot<token>/<method>
    private static bool TryReadPath(string path, out string token, out string method)
    {
        token = method = "";
        var slash = path.IndexOf('/', 1);
        if (slash < 0 || !path.StartsWith("/bot", StringComparison.Ordinal))
            return false;

        token = path[4..slash];
        method = path[(slash + 1)..];
        var colon = token.IndexOf(':');
        return colon > 0 && long.TryParse(token.AsSpan(0, colon), out _) && token.Length > colon + 1;
    }
}
