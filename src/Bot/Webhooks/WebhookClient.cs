using System.Globalization;
using System.Net.Http.Headers;
using Bot.Configuration;
using Bot.Core.Webhooks;

namespace Bot.Webhooks;

/// <summary>
/// Posts events to the receiver, signed. The address may hold a secret of the receiver's, so what goes wrong is told by codes, never by an
/// exception's text. Nothing of what the receiver answers is read but its status and how long it asks to wait.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    /// <summary>How long the receiver may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private const int MostDrained = 16 * 1024;

    private readonly Uri _url;
    private readonly WebhookSecret _secret;
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _clock;

    public WebhookClient(WebhookOptions options, HttpMessageHandler handler, TimeProvider clock) =>
        (_url, _secret, _http, _clock) = (options.Url!, options.Secret!, new HttpMessageInvoker(handler), clock);

    /// <summary>What speaks with real receivers.</summary>
    public static HttpMessageHandler Handler() => new SocketsHttpHandler
    {
        // No trace and no diagnostic event may have the address.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxResponseDrainSize = MostDrained,
        // Shorter than servers keep idle connections; and a moved address is found again.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };

    /// <summary>One try. Whatever goes wrong on the way is an answer.</summary>
    public async Task<WebhookAnswer> PostAsync(RecordedEvent recorded, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = Request(recorded);
            using var response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            return new WebhookAnswer((int)response.StatusCode, RetryAfter: WaitOf(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer(null, "timeout");
        }
        catch (HttpRequestException failure)
        {
            return new WebhookAnswer(null, failure.HttpRequestError.ToString());
        }
        catch (IOException)
        {
            return new WebhookAnswer(null, "connection lost");
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(RecordedEvent recorded)
    {
        var (id, timestamp, body) = (recorded.Id.ToString(CultureInfo.InvariantCulture), _clock.GetUtcNow().ToUnixTimeSeconds(), WebhookBody.Of(recorded));
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("User-Agent", "bot-webhooks");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", _secret.Sign(id, timestamp, body));
        return request;
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? header) => header?.Delta ?? (header?.Date - _clock.GetUtcNow());
}
