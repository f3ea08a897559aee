using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Bot.Tests.Webhooks;

/// <summary>One try as the receiver sees it.</summary>
internal sealed record Post(string Id, DateTimeOffset At, string Signature, byte[] Body)
{
    public string Event => JsonDocument.Parse(Body).RootElement.GetProperty("type").GetString()!;

    public string Profile => JsonDocument.Parse(Body).RootElement.GetProperty("data").GetProperty("profile").GetString()!;

    /// <summary>One of the values that the event came with, as JSON, or <see langword="null"/>.</summary>
    public string? With(string name) =>
        JsonDocument.Parse(Body).RootElement.GetProperty("data").GetProperty("with").TryGetProperty(name, out var value) ? value.GetRawText() : null;
}

/// <summary>The business's own system, which answers as the test wants.</summary>
internal sealed class FakeReceiver : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<Post> _posts = [];
    private int _inFlight;

    /// <summary>What is answered; 200 at once as long as nothing else is said.</summary>
    public Func<Post, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = (_, _) => Say(HttpStatusCode.OK);

    /// <summary>The most posts that there were at a time.</summary>
    public int MostAtOnce { get; private set; }

    public Uri? Url { get; private set; }

    public IReadOnlyList<Post> Posts
    {
        get
        {
            lock (_gate)
            {
                return [.. _posts];
            }
        }
    }

    public static Task<HttpResponseMessage> Say(HttpStatusCode status, TimeSpan? retryAfter = null)
    {
        var response = new HttpResponseMessage(status);
        response.Headers.RetryAfter = retryAfter is { } wait ? new RetryConditionHeaderValue(wait) : null;
        return Task.FromResult(response);
    }

    /// <summary>Answers all that follows like this.</summary>
    public void Says(HttpStatusCode status, TimeSpan? retryAfter = null) => Answer = (_, _) => Say(status, retryAfter);

    /// <summary>Never answers; lets go when the bot does.</summary>
    public void Hangs() => Answer = async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return null!;
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal((HttpMethod.Post, "application/json"), (request.Method, request.Content!.Headers.ContentType!.MediaType));
        var post = new Post(Header("webhook-id"), DateTimeOffset.FromUnixTimeSeconds(long.Parse(Header("webhook-timestamp"), CultureInfo.InvariantCulture)),
            Header("webhook-signature"), await request.Content.ReadAsByteArrayAsync(cancellationToken));
        lock (_gate)
        {
            Url = request.RequestUri;
            _posts.Add(post);
            MostAtOnce = Math.Max(MostAtOnce, ++_inFlight);
        }

        try
        {
            return await Answer(post, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _inFlight--;
            }
        }

        string Header(string name) => Assert.Single(request.Headers.GetValues(name));
    }
}
