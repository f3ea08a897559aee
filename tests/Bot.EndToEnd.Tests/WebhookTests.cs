using System.Net;
using System.Text;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>What strangers and Telegram post to the webhook.</summary>
public class WebhookTests : BotTest
{
    private const string Secret = "the-secret_of-this-test";
    private const string Update =
        """{"update_id":5,"message":{"message_id":1,"date":1,"from":{"id":1,"is_bot":false,"first_name":"Anna","language_code":"ru"},"chat":{"id":1,"type":"private"},"text":"/start guide"}}""";

    private readonly HttpClient _http = new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Settings["Telegram:Mode"] = "webhook";
        Settings["Telegram:WebhookUrl"] = new Uri(Folder.Url, "telegram").ToString();
        Settings["Telegram:WebhookSecret"] = Secret;
        await RunAsync();
        Chat(1);
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Case_13_The_same_update_posted_ten_times_at_once_has_one_effect_and_one_reply()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(Update, Secret)));

        Assert.All(answers, static status => Assert.Equal(HttpStatusCode.OK, status));
        await Chat(1).ReceivesAsync(Customer.Asked, Eventually.Patience);
        await Chat(1).IsAnsweredAsync("/menu", Customer.Menu);
        Assert.Equal(2, Chat(1).Messages.Count);
        Assert.Equal(1, Database.Number("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Case_18_What_is_not_Telegrams_or_not_an_update_is_refused_and_nothing_of_it_is_stored()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Update, secret: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Update, "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Update, Secret + "x"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(Update.Replace("/start guide", new string('x', 2_000_000), StringComparison.Ordinal), Secret));
        foreach (var malformed in (string[])["", "{", Update[..^2], "[]", "null", "{\"update_id\":\"five\"}", "{}", "\0"])
            Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(malformed, Secret));

        Assert.Equal(0, Database.Number("SELECT count(*) FROM inbox"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM profiles"));

        Assert.Equal(HttpStatusCode.OK, await PostAsync("""{"update_id":6,"purple_message":{"chat":[1,{"x":null}]}}""", Secret));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("""{"update_id":7,"message":"not an object"}""", Secret));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM profiles"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM aside"));
    }

    [Fact]
    public async Task Case_18_Other_paths_and_methods_lead_nowhere()
    {
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _http.GetAsync(new Uri(Folder.Url, "telegram"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri(Folder.Url, "telegram/../data/bot.db"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri(Folder.Url, "appsettings.json"))).StatusCode);
    }

    [Fact]
    public async Task Case_18_Telegram_is_answered_only_after_the_commit()
    {
        Task<HttpStatusCode> answer;
        using (Database.Hold())
        {
            answer = PostAsync(Update, Secret);
            // The other request is answered meanwhile: it is the commit that ours waits for, not the server.
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(Update, "wrong"));
            Assert.False(answer.IsCompleted);
        }

        Assert.Equal(HttpStatusCode.OK, await answer);
        Assert.Equal(1, Database.Number("SELECT count(*) FROM inbox"));
    }

    private async Task<HttpStatusCode> PostAsync(string body, string? secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Folder.Url, "telegram"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (secret is not null)
            request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }
}
