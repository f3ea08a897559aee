using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace Bot.FakeTelegram.Receiving;

/// <summary>Posts updates: those of a chat one after another, chats side by side; repeats what is not answered by 2xx.</summary>
internal sealed class WebhookPusher : IAsyncDisposable
{
    private readonly UpdateQueue _queue;
    private readonly Uri _url;
    private readonly string? _secret;
    private readonly TimeSpan _firstRetry;
    private readonly SemaphoreSlim _connections;
    private readonly ConcurrentDictionary<long, Task> _lanes = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 100 }) { Timeout = TimeSpan.FromSeconds(60) };

    public WebhookPusher(UpdateQueue queue, Uri url, string? secret, int maxConnections, TimeSpan firstRetry)
    {
        _queue = queue;
        _url = url;
        _secret = secret;
        _firstRetry = firstRetry;
        _connections = new SemaphoreSlim(maxConnections);
        foreach (var chat in queue.Chats())
            Wake(chat);
    }

    public string? LastError { get; private set; }

    /// <summary>Says that there is something for this chat.</summary>
    public void Wake(long chat)
    {
        lock (_gate)
        {
            if (!_lanes.ContainsKey(chat))
                _lanes[chat] = Task.Run(() => RunLaneAsync(chat));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_lanes.Values).ConfigureAwait(false);
        _http.Dispose();
        _stop.Dispose();
        _connections.Dispose();
    }

    private async Task RunLaneAsync(long chat)
    {
        var retry = TimeSpan.Zero;
        while (true)
        {
            QueuedUpdate? update;
            lock (_gate)
            {
                update = _stop.IsCancellationRequested ? null : _queue.First(chat);
                if (update is null)
                {
                    _lanes.TryRemove(chat, out _);
                    return;
                }
            }

            try
            {
                if (await PostAsync(update).ConfigureAwait(false))
                {
                    _queue.Remove(update);
                    retry = TimeSpan.Zero;
                    continue;
                }

                // At first at once, then doubling.
                await Task.Delay(retry, _stop.Token).ConfigureAwait(false);
                retry = retry == TimeSpan.Zero ? _firstRetry : retry * 2;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The next turn of the loop ends the lane.
            }
        }
    }

    private async Task<bool> PostAsync(QueuedUpdate update)
    {
        await _connections.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(update.Json) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (_secret is not null)
                request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", _secret);
            using var response = await _http.SendAsync(request, _stop.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return true;

            LastError = $"Wrong response from the webhook: {(int)response.StatusCode}";
            return false;
        }
        catch (HttpRequestException failure)
        {
            LastError = failure.Message;
            return false;
        }
        finally
        {
            _connections.Release();
        }
    }
}
