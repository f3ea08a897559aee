using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>What a receiver may do instead of taking an event.</summary>
internal enum HookFault
{
    /// <summary>It answers 500.</summary>
    Error,

    /// <summary>It leads to another path of its own, which takes everything.</summary>
    Redirect,

    /// <summary>It closes the connection without an answer.</summary>
    Close,

    /// <summary>It never answers.</summary>
    Hang,
}

/// <summary>One post of an event.</summary>
internal sealed record HookPost(string Id, string Event, string Body, bool IsTaken);

/// <summary>A system of the business's own, as its programmer would write it: checks each post, and takes it unless a test wants a fault.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    public const string Secret = "whsec_UExBTlRFRC13ZWJob29rLXNlY3JldC1QTEFOVEVE";

    /// <summary>What stands in the address, and nowhere else.</summary>
    public const string Path = "/hooks/PLANTED-path";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<HookPost> _posts = new();
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _strange = new();
    private int _seen;

    private HookReceiver(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>Faults by which event is new: 1 for the first one that ever comes. The same event is taken when it comes again.</summary>
    public Dictionary<int, HookFault> Faults { get; } = [];

    /// <summary>All that came, in order.</summary>
    public IReadOnlyList<HookPost> Posts => [.. _posts];

    /// <summary>The ids of what was taken, each once.</summary>
    public IReadOnlySet<string> Taken => _posts.Where(static post => post.IsTaken).Select(static post => post.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>What no bot should send: wrong signatures, other methods, other paths.</summary>
    public IReadOnlyList<string> Strange => [.. _strange];

    public static async Task<HookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var receiver = new HookReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        receiver.Url = new Uri(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), Path);
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body, Encoding.UTF8).ReadToEndAsync(context.RequestAborted);
        if (context.Request is not { Method: "POST", Path.Value: Path })
            _strange.Enqueue($"{context.Request.Method} {context.Request.Path}");
        else if (Complaint(context.Request, body) is { } complaint)
            _strange.Enqueue(complaint);
        var (id, what) = (context.Request.Headers["webhook-id"].ToString(), JsonDocument.Parse(body).RootElement.GetProperty("type").GetString()!);
        HookFault? fault = _known.TryAdd(id, true) && Faults.TryGetValue(Interlocked.Increment(ref _seen), out var wanted) ? wanted : null;
        _posts.Enqueue(new HookPost(id, what, body, fault is null));
        switch (fault)
        {
            case HookFault.Error:
                context.Response.StatusCode = 500;
                await context.Response.WriteAsync(new string('x', 10_000_000), context.RequestAborted);
                break;
            case HookFault.Redirect:
                context.Response.Redirect("/elsewhere");
                break;
            case HookFault.Close:
                context.Abort();
                break;
            case HookFault.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
            default:
                context.Response.StatusCode = 204;
                break;
        }
    }

    /// <summary>Computed here anew, as the specification of Standard Webhooks says.</summary>
    private static string? Complaint(HttpRequest request, string body)
    {
        var (id, timestamp) = (request.Headers["webhook-id"].ToString(), request.Headers["webhook-timestamp"].ToString());
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        var right = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")))}";
        var age = TimeProvider.System.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture));
        return right != request.Headers["webhook-signature"] ? $"wrong signature of {id}"
            : age.Duration() > TimeSpan.FromMinutes(5) ? $"{id} is {age} old"
            : request.ContentType != "application/json" ? $"{id} is {request.ContentType}"
            : request.Headers.Cookie.Count > 0 ? $"{id} has cookies"
            : null;
    }
}
