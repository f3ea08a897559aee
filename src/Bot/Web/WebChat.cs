using System.Net.WebSockets;
using Bot.Configuration;
using Bot.Contents;
using Bot.Core.Dialogs;
using Bot.Storage;
using Bot.Storage.Web;
using Bot.Writing;

namespace Bot.Web;

/// <summary>Everything between this bot and the chat on its page: the channel that sends, and the sockets that bring what customers say.</summary>
internal sealed class WebChat : IDisposable
{
    /// <summary>A status of our own: the page then says that it is open in too many tabs.</summary>
    private const WebSocketCloseStatus TooMany = (WebSocketCloseStatus)4029;

    /// <summary>How often a page that says nothing is asked whether it is there, and how long it may take to answer.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(30);

    private readonly WebReader _log;
    private readonly Origins _origins;
    private readonly Sessions _sessions;
    private readonly OpenSockets _sockets = new();
    private readonly ChatIntake _intake;
    private readonly ChatFiles _files;
    private readonly Pages _pages;
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="clock">The real clock: pace and sessions are the visitor's.</param>
    /// <param name="business">The business's clock, by which lines are dated.</param>
    public WebChat(WebChatOptions options, DemoOptions demo, Func<Content> content, ContentFolder folder, Store store, Writer writer, TimeProvider clock,
        TimeProvider business)
    {
        _log = store.Web;
        _origins = new Origins(options.AllowedOrigins);
        _sessions = new Sessions(store, writer, _origins, new Visitors(options.TrustedProxies), clock);
        _intake = new ChatIntake(writer, _log, _sockets, clock, business, _stopping.Token);
        _files = new ChatFiles(content, folder, _sessions, _log);
        _pages = new Pages(content, demo, _origins);
        Channel = new WebChannel(writer, _sockets, business);
    }

    public WebChannel Channel { get; }

    public void Map(WebApplication web)
    {
        web.UseWebSockets();
        _pages.Map(web);
        web.MapPost("/chat/session", _sessions.HandleAsync);
        web.MapGet("/chat/files/{line}", _files.HandleAsync);
        web.Map("/chat/socket", TalkAsync);
    }

    /// <summary>Takes nothing in any more and sends the pages away; they come back after the next start.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _sockets.CloseAllAsync().ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task TalkAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else if (!_origins.Allow(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (_stopping.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else if (_sessions.Find(context.Request) is not { } session)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            using var accepted = await context.WebSockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext { KeepAliveInterval = PingEvery, KeepAliveTimeout = PingEvery }).ConfigureAwait(false);
            await TalkAsync(accepted, session).ConfigureAwait(false);
        }
    }

    private async Task TalkAsync(WebSocket accepted, WebSessionId session)
    {
        using var socket = new ChatSocket(accepted, session, _log, (frame, language) => _intake.TakeAsync(session, frame, language));
        var hasRoom = _sockets.TryAdd(session, socket);
        try
        {
            if (!hasRoom)
            {
                _ = socket.CloseAsync(TooMany);
            }
            else if (_stopping.IsCancellationRequested)
            {
                _ = socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable);
            }

            await socket.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _sockets.Remove(session, socket);
        }
    }
}
