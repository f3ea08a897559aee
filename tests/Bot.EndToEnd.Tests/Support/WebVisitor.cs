using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>A visitor of the web chat without a browser: one cookie, one socket at a time, and all that was heard on it.</summary>
internal sealed class WebVisitor : IAsyncDisposable
{
    private readonly Uri _url;
    private readonly HttpClient _http;
    private readonly List<JsonElement> _heard = [];
    private readonly Lock _gate = new();
    private ClientWebSocket? _socket;
    private Task _reading = Task.CompletedTask;

    private WebVisitor(Uri url, string cookie)
    {
        (_url, Cookie) = (url, cookie);
        _http = NewHttp(url, Cookie);
    }

    public string Cookie { get; }

    /// <summary>The language of the browser.</summary>
    public string Language { get; set; } = "ru-RU";

    /// <summary>The last line of the log that was seen.</summary>
    public string Last => Lines.LastOrDefault() is { ValueKind: JsonValueKind.Object } line ? line.GetProperty("id").GetString()! : "0";

    /// <summary>Why the bot closed the socket.</summary>
    public WebSocketCloseStatus? Closed => _socket?.CloseStatus;

    public IReadOnlyList<JsonElement> Heard
    {
        get
        {
            lock (_gate)
                return [.. _heard];
        }
    }

    /// <summary>The lines of the log, in the order in which they came.</summary>
    public IEnumerable<JsonElement> Lines => Of("message");

    public IReadOnlyList<string> Texts => [.. Lines.Select(TextOf)];

    /// <summary>A new visitor, as the page's script makes one.</summary>
    public static async Task<WebVisitor> NewAsync(Uri url)
    {
        using var answer = await AskSessionAsync(url);
        return Returning(url, answer);
    }

    /// <summary>The visitor whom an answer gave a cookie.</summary>
    public static WebVisitor Returning(Uri url, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        return new WebVisitor(url, cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]);
    }

    public static async Task<HttpResponseMessage> AskSessionAsync(Uri url, string? origin = null, string query = "", string? forwarded = null)
    {
        using var http = NewHttp(url, null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "chat/session" + query);
        request.Headers.Add("Origin", origin ?? OriginOf(url));
        if (forwarded is not null)
            request.Headers.Add("X-Forwarded-For", forwarded);
        return await http.SendAsync(request);
    }

    /// <summary>Opens a socket and says hello.</summary>
    public async Task<WebVisitor> ConnectAsync(string? after = null, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", Cookie);
        socket.Options.SetRequestHeader("Origin", origin ?? OriginOf(_url));
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await socket.ConnectAsync(new UriBuilder(_url) { Scheme = "ws", Path = "/chat/socket" }.Uri, patience.Token);
        _socket = socket;
        _reading = ReadAsync(socket);
        try
        {
            await SendAsync(new { type = "hello", after = after ?? Last, language = Language });
        }
        catch (WebSocketException) when (socket.State != WebSocketState.Open)
        {
            // The bot was quicker to close it; why is in Closed.
        }

        return this;
    }

    /// <summary>Another tab of the same browser.</summary>
    public Task<WebVisitor> OtherTabAsync() => new WebVisitor(_url, Cookie).ConnectAsync();

    /// <summary>Loses the connection without a word.</summary>
    public async Task DropAsync()
    {
        _socket?.Abort();
        await _reading;
    }

    public Task SendAsync(object frame) => SendRawAsync(JsonSerializer.Serialize(frame));

    public Task SendRawAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text) =>
        _socket!.SendAsync(Encoding.UTF8.GetBytes(text), type, endOfMessage: true, CancellationToken.None);

    /// <summary>Writes a text under an id and waits until it is acknowledged.</summary>
    public async Task SaysAsync(string id, string text)
    {
        await SendAsync(new { type = "message", id, text });
        await HearsAsync(() => Of("ack").Any(ack => ack.GetProperty("id").GetString() == id), $"the acknowledgement of {id}");
    }

    /// <summary>Presses the last button with this label and waits until it is acknowledged.</summary>
    public async Task PressesAsync(string label, string? id = null)
    {
        id ??= $"press-{Lines.Count()}";
        var (line, data) = Lines.Reverse().SelectMany(static line => Buttons(line).Select(button => (Line: line, Button: button)))
            .Where(found => found.Button.GetProperty("label").GetString() == label)
            .Select(static found => (found.Line.GetProperty("id").GetString(), found.Button.GetProperty("data").GetString())).First();
        await SendAsync(new { type = "press", id, message = line, data });
        await HearsAsync(() => Of("ack").Any(ack => ack.GetProperty("id").GetString() == id), $"the acknowledgement of {id}");
    }

    /// <summary>Waits for a line of the bot.</summary>
    public Task ReceivesAsync(string text) => HearsAsync(() => Texts.Any(line => line.Contains(text, StringComparison.Ordinal)), $"\"{text}\"");

    public Task HearsAsync(Func<bool> isSo, string what) => Eventually.TrueAsync(
        isSo, () => $"{what}; heard was\n{string.Join('\n', Heard)}\nclosed: {Closed}");

    /// <summary>Waits until the bot has closed the socket.</summary>
    public Task ClosedAsync() => _reading.WaitAsync(Eventually.Patience);

    /// <summary>Downloads a file, with this visitor's cookie.</summary>
    public Task<HttpResponseMessage> DownloadAsync(string line) => _http.GetAsync(new Uri($"chat/files/{line}", UriKind.Relative));

    public IEnumerable<JsonElement> Of(string type) => Heard.Where(frame => frame.GetProperty("type").GetString() == type);

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        _socket?.Dispose();
        _http.Dispose();
    }

    private static string OriginOf(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private static string TextOf(JsonElement line) =>
        (line.TryGetProperty("html", out var html) ? html : line.GetProperty("text")).GetString()!;

    private static IEnumerable<JsonElement> Buttons(JsonElement line) => line.TryGetProperty("buttons", out var rows)
        ? rows.EnumerateArray().SelectMany(static row => row.EnumerateArray())
        : [];

    private static HttpClient NewHttp(Uri url, string? cookie)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = url, Timeout = Eventually.Patience };
        if (cookie is not null)
            http.DefaultRequestHeaders.Add("Cookie", cookie);
        return http;
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += received.Count;
                }
                while (!received.EndOfMessage);

                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return;
                }

                using var frame = JsonDocument.Parse(buffer.AsMemory(0, length));
                lock (_gate)
                    _heard.Add(frame.RootElement.Clone());
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is gone.
        }
    }
}

/// <summary>What a visitor does on the way to the checklist, in Russian.</summary>
internal static class WebWays
{
    /// <summary>Follows the link and agrees.</summary>
    public static async Task GetsToTheNameAsync(this WebVisitor visitor)
    {
        await visitor.SaysAsync("start", "/start guide-site");
        await visitor.ReceivesAsync(Customer.Asked);
        await visitor.PressesAsync(Customer.Agree);
        await visitor.ReceivesAsync(Customer.AskedName);
    }

    /// <summary>Walks the whole way and says yes to everything; answers the line with the file.</summary>
    public static async Task<string> GetsTheChecklistAsync(this WebVisitor visitor, string name = "Анна", string phone = "+79991234567")
    {
        await visitor.GetsToTheNameAsync();
        await visitor.SaysAsync("name", name);
        await visitor.ReceivesAsync(Customer.AskedPhone);
        await visitor.SaysAsync("phone", phone);
        await visitor.ReceivesAsync(Customer.AskedOffers);
        await visitor.PressesAsync(Customer.Accept);
        await visitor.ReceivesAsync(Customer.Accepted);
        return visitor.Lines.Single(static line => line.TryGetProperty("file", out _)).GetProperty("id").GetString()!;
    }
}
