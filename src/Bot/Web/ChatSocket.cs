using System.Net.WebSockets;
using System.Threading.Channels;
using Bot.Storage.Web;

namespace Bot.Web;

/// <summary>
/// One open page. What is said reaches it by one way only, the log: it is told that there is more and reads on from the last line it
/// had. So history, a reconnect and the live chat are the same thing, in order, with nothing lost or doubled.
/// </summary>
internal sealed class ChatSocket : IDisposable
{
    /// <summary>Lines that a page shows when it opens.</summary>
    private const int History = 100;

    private const int Page = 50;
    private const int MaxFrame = 16 * 1024;
    private const int MaxWaiting = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly WebSessionId _session;
    private readonly WebReader _log;
    private readonly Func<ClientFrame, string?, Task<byte[]>> _take;
    private readonly Channel<Outgoing> _outgoing = Channel.CreateBounded<Outgoing>(MaxWaiting);
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebSocketCloseStatus _status = WebSocketCloseStatus.NormalClosure;
    private ClientFrame.Hello? _hello;
    private long? _last;
    private int _isTold;

    /// <param name="take">Takes in what the customer said, in the browser's language, and answers the frame that says what became of it.</param>
    public ChatSocket(WebSocket socket, WebSessionId session, WebReader log, Func<ClientFrame, string?, Task<byte[]>> take) =>
        (_socket, _session, _log, _take) = (socket, session, log, take);

    private readonly record struct Outgoing(byte[]? Frame, ClientFrame.Hello? Hello = null);

    /// <summary>Talks until either side ends it.</summary>
    public async Task RunAsync()
    {
        var sending = SendAllAsync();
        try
        {
            await ReceiveAllAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The page is gone without a word, or we are: it reads on where it was.
            _socket.Abort();
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            await sending.ConfigureAwait(false);
            _ended.TrySetResult();
        }
    }

    /// <summary>The log has grown.</summary>
    public void Tell()
    {
        if (Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            Queue(new Outgoing(null));
        }
    }

    public void Send(byte[] frame) => Queue(new Outgoing(frame));

    /// <summary>Says why, waits a moment for the other side to agree, and ends it.</summary>
    public Task CloseAsync(WebSocketCloseStatus status)
    {
        _status = status;
        _outgoing.Writer.TryComplete();
        _over.CancelAfter(Patience);
        return _ended.Task;
    }

    public void Dispose()
    {
        _over.Dispose();
        _socket.Dispose();
    }

    private void Queue(Outgoing outgoing)
    {
        // A page that does not read for so long begins anew; what it missed is in the log.
        if (!_outgoing.Writer.TryWrite(outgoing) && !_outgoing.Reader.Completion.IsCompleted && _outgoing.Reader.Count >= MaxWaiting)
        {
            _socket.Abort();
        }
    }

    private async Task ReceiveAllAsync()
    {
        var buffer = new byte[MaxFrame + 1];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await _socket.ReceiveAsync(buffer.AsMemory(length), _over.Token).ConfigureAwait(false);
                length += received.Count;
            }
            while (!received.EndOfMessage && length <= MaxFrame);

            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            if (length > MaxFrame)
            {
                await RefuseAsync(WebSocketCloseStatus.MessageTooBig, buffer).ConfigureAwait(false);
                return;
            }

            if (received.MessageType != WebSocketMessageType.Text || !await TakeAsync(ClientFrame.Parse(buffer.AsMemory(0, length))).ConfigureAwait(false))
            {
                await RefuseAsync(WebSocketCloseStatus.PolicyViolation, buffer).ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>Reads on until the other side has seen why: what is left unread would cut the connection before.</summary>
    private async Task RefuseAsync(WebSocketCloseStatus status, byte[] buffer)
    {
        _ = CloseAsync(status);
        while ((await _socket.ReceiveAsync(buffer.AsMemory(), _over.Token).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    /// <summary>Whether it is what our page would send.</summary>
    private async Task<bool> TakeAsync(ClientFrame? frame)
    {
        switch (frame)
        {
            case ClientFrame.Ping:
                Send(ServerFrame.Pong);
                return true;
            case ClientFrame.Hello hello when _hello is null:
                _hello = hello;
                Queue(new Outgoing(null, hello));
                return true;
            case ClientFrame.Said or ClientFrame.Pressed when _hello is not null:
                Send(await _take(frame, _hello.Language).WaitAsync(_over.Token).ConfigureAwait(false));
                return true;
            default:
                return false;
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (var outgoing in _outgoing.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await (outgoing switch
                {
                    { Frame: { } frame } => SendAsync(frame),
                    { Hello: { } hello } => GreetAsync(hello),
                    _ => ReadOnAsync(),
                }).ConfigureAwait(false);
            }

            await _socket.CloseOutputAsync(_status, null, _over.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or Storage.StoreException)
        {
            _socket.Abort();
        }
    }

    private async Task GreetAsync(ClientFrame.Hello hello)
    {
        var latest = hello.After == 0 ? _log.Latest(_session, History) : [];
        await SendAsync(ServerFrame.Welcome(
            isEmpty: hello.After == 0 && latest.IsEmpty,
            hello.After == 0 ? [] : _log.Used(_session, hello.After, History))).ConfigureAwait(false);
        _last = hello.After;
        foreach (var message in latest)
        {
            await ShowAsync(message).ConfigureAwait(false);
        }

        await ReadOnAsync().ConfigureAwait(false);
    }

    private async Task ReadOnAsync()
    {
        Interlocked.Exchange(ref _isTold, 0);
        while (_last is { } last)
        {
            var page = _log.After(_session, last, Page);
            foreach (var message in page)
            {
                await ShowAsync(message).ConfigureAwait(false);
            }

            if (page.Length < Page)
            {
                return;
            }
        }
    }

    private Task ShowAsync(WebMessage message)
    {
        _last = message.Id;
        return SendAsync(ServerFrame.Message(message));
    }

    private Task SendAsync(byte[] frame) =>
        _socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, _over.Token).AsTask();
}
