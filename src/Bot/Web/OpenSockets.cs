using System.Collections.Immutable;
using System.Net.WebSockets;
using Bot.Storage.Web;

namespace Bot.Web;

/// <summary>The open pages of each session. Thread-safe.</summary>
internal sealed class OpenSockets
{
    /// <summary>More tabs than this nobody reads.</summary>
    private const int MaxOfSession = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<WebSessionId, ImmutableArray<ChatSocket>> _open = [];

    /// <summary>Whether there was room for another page of this session.</summary>
    public bool TryAdd(WebSessionId session, ChatSocket socket)
    {
        lock (_gate)
        {
            var open = Of(session);
            if (open.Length >= MaxOfSession)
            {
                return false;
            }

            _open[session] = open.Add(socket);
            return true;
        }
    }

    public void Remove(WebSessionId session, ChatSocket socket)
    {
        lock (_gate)
        {
            var left = Of(session).Remove(socket);
            if (left.IsEmpty)
            {
                _open.Remove(session);
            }
            else
            {
                _open[session] = left;
            }
        }
    }

    /// <summary>The session's log has grown.</summary>
    public void Tell(WebSessionId session)
    {
        foreach (var socket in Open(session))
        {
            socket.Tell();
        }
    }

    /// <summary>Sends to whoever is there; nothing is kept for the others.</summary>
    public void Send(WebSessionId session, byte[] frame)
    {
        foreach (var socket in Open(session))
        {
            socket.Send(frame);
        }
    }

    /// <summary>The session is over: its pages begin anew.</summary>
    public void Close(WebSessionId session)
    {
        foreach (var socket in Open(session))
        {
            _ = socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable);
        }
    }

    /// <summary>Tells every page that the bot goes away; the pages come back by themselves.</summary>
    public Task CloseAllAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_open.Values.SelectMany(sockets => sockets).Select(socket => socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable)));
        }
    }

    private ImmutableArray<ChatSocket> Open(WebSessionId session)
    {
        lock (_gate)
        {
            return Of(session);
        }
    }

    private ImmutableArray<ChatSocket> Of(WebSessionId session) => _open.GetValueOrDefault(session, []);
}
