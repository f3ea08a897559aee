using System.Net;
using System.Net.WebSockets;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>What the web chat refuses.</summary>
public class WebLimitsTests : BotTest
{
    private const string Friend = "https://salon.example";

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Another_site_gets_neither_a_session_nor_a_socket(string origin)
    {
        Settings["Web:AllowedOrigins"] = Friend;
        var bot = await RunAsync();
        await using var visitor = await WebVisitor.NewAsync(bot.Url);

        using var answer = await WebVisitor.AskSessionAsync(bot.Url, origin);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await Assert.ThrowsAsync<WebSocketException>(() => visitor.ConnectAsync(origin: origin));
        await visitor.ConnectAsync(origin: Friend);
        await visitor.HearsAsync(() => visitor.Of("welcome").Any(), "welcome");
    }

    [Fact]
    public async Task Only_the_named_sites_may_frame_the_page_and_nothing_foreign_runs_in_it()
    {
        var bot = await RunAsync();
        Assert.Contains("frame-ancestors 'none'", await PolicyAsync(bot), StringComparison.Ordinal);
        await bot.StopAsync();
        Settings["Web:AllowedOrigins"] = $"{Friend}, https://www.salon.example:8443";

        var policy = await PolicyAsync(await RunAsync());

        Assert.EndsWith($"frame-ancestors {Friend} https://www.salon.example:8443", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_for_scripts_and_goes_into_a_frame_only_where_it_asks_to()
    {
        var bot = await RunAsync();
        var secure = bot.Url.GetLeftPart(UriPartial.Authority).Replace("http:", "https:", StringComparison.Ordinal);

        Assert.EndsWith("path=/chat; samesite=lax; httponly", await CookieAsync(null, ""), StringComparison.Ordinal);
        Assert.EndsWith("path=/chat; samesite=lax; httponly", await CookieAsync(null, "?framed=1"), StringComparison.Ordinal);
        Assert.EndsWith("path=/chat; secure; samesite=lax; httponly", await CookieAsync(secure, ""), StringComparison.Ordinal);
        Assert.EndsWith("path=/chat; secure; samesite=none; httponly; Partitioned", await CookieAsync(secure, "?framed=1"), StringComparison.Ordinal);

        async Task<string> CookieAsync(string? origin, string query)
        {
            using var answer = await WebVisitor.AskSessionAsync(bot.Url, origin, query);
            return answer.Headers.GetValues("Set-Cookie").Single();
        }
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_and_the_chat_goes_on()
    {
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();

        await visitor.SendAsync(new { type = "message", id = "1", text = new string('x', 4097) });
        await visitor.HearsAsync(() => visitor.Of("refused").Any(), "refused");
        await visitor.SaysAsync("2", new string('x', 4096));

        Assert.Equal("long", visitor.Of("refused").Single().GetProperty("reason").GetString());
        Assert.Equal(1, Database.Number("SELECT count(*) FROM web_messages WHERE text IS NOT NULL"));
    }

    [Fact]
    public async Task A_frame_that_is_too_large_ends_the_connection_with_the_reason()
    {
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();

        await visitor.SendRawAsync(new string('x', 100_000));

        await visitor.ClosedAsync();
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, visitor.Closed);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"type":"hello","after":"0"}""")]
    [InlineData("""{"type":"message","id":"1 or 1=1","text":"x"}""")]
    [InlineData("""{"type":"message","id":"1","text":"\ud800"}""")]
    [InlineData("""{"type":"press","id":"1","message":"-1","data":"a.menu"}""")]
    public async Task What_our_page_never_says_ends_the_connection(string frame)
    {
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();

        await visitor.SendRawAsync(frame);

        await visitor.ClosedAsync();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, visitor.Closed);
    }

    [Fact]
    public async Task Who_writes_too_fast_is_asked_to_wait_and_loses_nothing()
    {
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        for (var i = 0; i < 30; i++)
            await visitor.SendAsync(new { type = "message", id = $"{i}", text = $"text {i}" });
        await visitor.HearsAsync(() => visitor.Of("slow").Any(), "slow");
        await visitor.HearsAsync(() => visitor.Of("slow").Count() + visitor.Of("ack").Count() == 30, "an answer to each");

        Assert.InRange(visitor.Of("ack").Count(), 10, 29);
        var slow = visitor.Of("slow").First();
        Assert.InRange(slow.GetProperty("wait").GetInt32(), 1, 500);
        var id = slow.GetProperty("id").GetString()!;
        await Eventually.TrueAsync(
            async () =>
            {
                await visitor.SendAsync(new { type = "message", id, text = "again" });
                return visitor.Of("ack").Any(ack => ack.GetProperty("id").GetString() == id);
            },
            () => "the repeated one is taken");
    }

    [Fact]
    public async Task A_sixth_tab_is_told_that_there_are_too_many()
    {
        var bot = await RunAsync();
        var visitor = await WebVisitor.NewAsync(bot.Url);
        var tabs = new List<WebVisitor>();
        for (var i = 0; i < 6; i++)
            tabs.Add(await visitor.OtherTabAsync());

        await tabs[5].ClosedAsync();

        Assert.Equal((WebSocketCloseStatus)4029, tabs[5].Closed);
        Assert.All(tabs.Take(5), static tab => Assert.Null(tab.Closed));
        foreach (var tab in tabs)
            await tab.DisposeAsync();
    }

    [Fact]
    public async Task New_visitors_are_limited_by_address_and_only_a_trusted_proxy_is_believed()
    {
        Settings["Web:TrustedProxies"] = "127.0.0.0/8";
        var bot = await RunAsync();

        var fromOne = await StatusesAsync(_ => "198.51.100.7, 203.0.113.5");
        var fromMany = await StatusesAsync(static i => $"203.0.113.5, 10.0.0.{i + 1}");
        await bot.StopAsync();
        Settings.Remove("Web:TrustedProxies");
        bot = await RunAsync();
        var pretended = await StatusesAsync(static i => $"10.0.0.{i + 1}");

        Assert.InRange(fromOne.Count(static status => status == HttpStatusCode.OK), 10, 14);
        Assert.Contains(HttpStatusCode.TooManyRequests, fromOne);
        Assert.All(fromMany, static status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Contains(HttpStatusCode.TooManyRequests, pretended);

        async Task<List<HttpStatusCode>> StatusesAsync(Func<int, string> forwarded)
        {
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i < 15; i++)
            {
                using var answer = await WebVisitor.AskSessionAsync(bot.Url, forwarded: forwarded(i));
                statuses.Add(answer.StatusCode);
            }

            return statuses;
        }
    }

    private static async Task<string> PolicyAsync(BotProcess bot)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(bot.Url, "chat"));
        return answer.Headers.GetValues("Content-Security-Policy").Single();
    }
}
