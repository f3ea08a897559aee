using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Bot.Core.Inputs;
using Bot.Telegram.Receiving;
using Bot.Telegram.Setup;
using Bot.Telegram.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Telegram.Tests;

public sealed class WebhookTests : ServerTest, IDisposable
{
    private const string Secret = "s3cret_-";
    private const string Update = """{"update_id":7,"message":{"message_id":1,"chat":{"id":1,"type":"private"},"text":"hi"}}""";
    private readonly ConcurrentQueue<Input> _inputs = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _http = new();

    [Theory]
    [InlineData(Update, HttpStatusCode.OK, 1)]
    [InlineData("""{"update_id":7,"something_new":{}}""", HttpStatusCode.OK, 1)]
    [InlineData("""{"update_id":7,"message":"forged"}""", HttpStatusCode.OK, 1)]
    [InlineData("""{"update_id":7,""", HttpStatusCode.BadRequest, 0)]
    [InlineData("""{"a":1}""", HttpStatusCode.BadRequest, 0)]
    [InlineData("", HttpStatusCode.BadRequest, 0)]
    public async Task A_body_is_answered_by_what_it_is(string body, HttpStatusCode status, int inputs)
    {
        await using var app = await HostAsync();

        Assert.Equal(status, await PostAsync(app, new StringContent(body), Secret));
        Assert.Equal(inputs, _inputs.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s3cret_")]
    [InlineData("S3cret_-")]
    public async Task Without_the_secret_nothing_is_read(string? secret)
    {
        await using var app = await HostAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(app, new StringContent(Update), secret));
        Assert.Empty(_inputs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_a_mebibyte_is_too_large(bool isLengthKnown)
    {
        await using var app = await HostAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Update + new string(' ', 1024 * 1024)));
        if (!isLengthKnown)
            _http.DefaultRequestHeaders.TransferEncodingChunked = true;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(app, content, Secret));
        Assert.Empty(_inputs);
    }

    [Fact]
    public async Task A_stopping_bot_leaves_updates_to_its_next_start()
    {
        await using var app = await HostAsync();
        await _stopping.CancelAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(app, new StringContent(Update), Secret));
        Assert.Empty(_inputs);
    }

    [Fact]
    public async Task An_update_that_was_not_committed_is_not_acknowledged()
    {
        await using var app = await HostAsync(static (_, _) => throw new IOException("the disk is full"));

        Assert.Equal(HttpStatusCode.InternalServerError, await PostAsync(app, new StringContent(Update), Secret));
    }

    [Fact]
    public async Task An_update_is_acknowledged_after_the_commit()
    {
        var committed = new TaskCompletionSource();
        await using var app = await HostAsync((_, _) => committed.Task);

        var post = PostAsync(app, new StringContent(Update), Secret);
        Assert.False(post.IsCompleted);
        committed.SetResult();

        Assert.Equal(HttpStatusCode.OK, await post);
    }

    [Fact]
    public async Task Telegram_delivers_to_the_webhook_that_was_set_at_the_start()
    {
        var failures = 1;
        await using var app = await HostAsync((inputs, cancellationToken) =>
            Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("once") : AcceptAsync(inputs, cancellationToken));
        var state = new TelegramState();
        var introduction = new Introduction(Api, state, TimeProvider.System, new Random(1), Log.For<Introduction>());

        Assert.True(await introduction.SetWebhookAsync(AddressOf(app), Secret, default));
        foreach (var text in new[] { "one", "two", "three" })
            Server.Chat(1).Says(text);

        await Eventually.TrueAsync(() => _inputs.Count == 3, "not delivered");
        Assert.Equal(["one", "two", "three"], _inputs.Select(static input => ((Input.Message)input).Text));
        await Eventually.TrueAsync(() => Server.Bot().Pending == 0, "not confirmed");
        Assert.Equal(TelegramStatus.Working, state.Status);
        Assert.Empty(Server.Violations);
    }

    public void Dispose()
    {
        _http.Dispose();
        _stopping.Dispose();
    }

    private async Task<WebApplication> HostAsync(AcceptInputs? accept = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        app.MapTelegramWebhook(new Webhook(Some.Bot, Secret, accept ?? AcceptAsync, Log.For<Webhook>(), _stopping.Token));
        await app.StartAsync();
        return app;
    }

    private Task AcceptAsync(IReadOnlyList<Input> inputs, CancellationToken cancellationToken)
    {
        foreach (var input in inputs)
            _inputs.Enqueue(input);
        return Task.CompletedTask;
    }

    private async Task<HttpStatusCode> PostAsync(WebApplication app, HttpContent content, string? secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(app)) { Content = content };
        if (secret is not null)
            request.Headers.TryAddWithoutValidation("X-Telegram-Bot-Api-Secret-Token", secret);
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    private static Uri AddressOf(WebApplication app) =>
        new($"{app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/telegram");
}
