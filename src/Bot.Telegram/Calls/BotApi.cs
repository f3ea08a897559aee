using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Bot.Telegram.Receiving;

namespace Bot.Telegram.Calls;

/// <summary>
/// Calls the Bot API. The token is a part of every request's address, so nothing that knows the address may speak of it:
/// answers are told by <see cref="ApiReply{T}"/> with codes, never with the exception's text; there is no logging handler,
/// as the handler is built here and not by a factory; and <see cref="SocketsHttpHandler.ActivityHeadersPropagator"/> is
/// <see langword="null"/>, which leaves the framework's diagnostics handler out of the chain, so that no trace with a
/// <c>url.full</c> tag and no diagnostic event is made. The metrics of System.Net.Http carry host and status, no path.
/// </summary>
public sealed class BotApi : IDisposable
{
    private const int LargestAnswer = 32 * 1024 * 1024;

    private readonly HttpMessageInvoker _http;
    private readonly string _root;
    private readonly string _files;
    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);

    public BotApi(BotApiOptions options)
    {
        if (BotApiOptions.FaultOf(options.Token) is { } fault)
            throw new ArgumentException(fault, nameof(options));

        Options = options;
        _root = $"{options.ApiUrl.AbsoluteUri.TrimEnd('/')}/bot{options.Token}/";
        _files = $"{options.ApiUrl.AbsoluteUri.TrimEnd('/')}/file/bot{options.Token}/";
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // Above what the sender has in flight at once, so that no call waits here for a connection.
            MaxConnectionsPerServer = 256,
            // Shorter than servers keep idle connections: one that is closed under our hands makes a message's fate unknown.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            // A moved address is found again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        });
    }

    /// <summary>The bot's own user id.</summary>
    public long Bot => Options.Bot;

    internal BotApiOptions Options { get; }

    public void Dispose() => _http.Dispose();

    /// <summary>Calls a method with JSON parameters.</summary>
    /// <param name="write">Writes the members of the parameters' object.</param>
    /// <param name="readResult">Reads the answer's <c>result</c>; a <see cref="JsonException"/> makes the answer an unreadable one.</param>
    internal async Task<ApiReply<TResult>> CallAsync<TArguments, TResult>(
        string method,
        TArguments arguments,
        Action<Utf8JsonWriter, TArguments> write,
        Func<ReadOnlySpan<byte>, TResult> readResult,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        using var body = JsonBody.Of(arguments, write);
        var reply = await ExchangeAsync(method, body, readResult, timeout, cancellationToken).ConfigureAwait(false);
        if (reply is not ApiReply<TResult>.Lost)
            body.Recycle();
        return reply;
    }

    /// <summary>Calls a method with one file.</summary>
    internal async Task<ApiReply<TResult>> UploadAsync<TResult>(
        string method,
        UploadBody body,
        Func<ReadOnlySpan<byte>, TResult> readResult,
        CancellationToken cancellationToken)
    {
        using (body)
            return await ExchangeAsync(method, body, readResult, Options.UploadTimeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches a file from the place for files.</summary>
    /// <param name="path">As getFile says, below that place.</param>
    internal async Task<DownloadEnd> DownloadAsync(string path, Stream to, long largest, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Options.UploadTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_files + path));
            using var response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
                return (int)response.StatusCode is >= 500 or 429 ? DownloadEnd.Lost : DownloadEnd.Refused;

            return await CopyAsync(await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false), to, largest, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException or HttpIOException)
        {
            // Not told further: an exception's text may have the address in it, and that has the token.
            return DownloadEnd.Lost;
        }
    }

    // Counted while it comes: a length that is announced may be untrue.
    private static async Task<DownloadEnd> CopyAsync(Stream from, Stream to, long largest, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (long size = 0; await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read;)
        {
            size += read;
            if (size > largest)
                return DownloadEnd.TooLarge;
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        return DownloadEnd.Done;
    }

    private async Task<ApiReply<TResult>> ExchangeAsync<TResult>(
        string method,
        RequestBody body,
        Func<ReadOnlySpan<byte>, TResult> readResult,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(method)) { Content = body };
            using var response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            var stream = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            var answer = await PooledBytes.ReadAsync(stream, response.Content.Headers.ContentLength, LargestAnswer, limit.Token).ConfigureAwait(false);
            if (answer is not { } bytes)
                return new ApiReply<TResult>.Lost(MayHaveArrived: true, "answer too large");

            using (bytes)
                return Envelope.Read((int)response.StatusCode, bytes.Span, RetryAfterOf(response), readResult);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return new ApiReply<TResult>.Lost(body.HasLeft, "timeout");
        }
        catch (HttpRequestException failure)
        {
            return new ApiReply<TResult>.Lost(body.HasLeft, failure.HttpRequestError.ToString());
        }
        catch (IOException failure)
        {
            return new ApiReply<TResult>.Lost(body.HasLeft, failure is HttpIOException http ? http.HttpRequestError.ToString() : "connection lost");
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        (int)response.StatusCode == 429 && response.Headers.RetryAfter?.Delta is { } wait ? wait : null;

    private Uri AddressOf(string method) =>
        _addresses.GetOrAdd(method, static (name, root) => new Uri(root + name), _root);
}
