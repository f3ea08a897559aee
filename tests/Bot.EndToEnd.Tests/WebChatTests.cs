using System.Net;
using System.Net.WebSockets;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>The chat on the web page, over real sockets.</summary>
public class WebChatTests : BotTest
{
    [Fact]
    public async Task Without_a_token_a_visitor_gets_the_checklist_and_downloads_it()
    {
        Settings.Remove("Telegram:Token");
        var bot = await RunAsync();
        await bot.SaysAsync($"Open {bot.Url.GetLeftPart(UriPartial.Authority)} and try the chat");
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();

        var line = await visitor.GetsTheChecklistAsync("Плантида");

        using var file = await visitor.DownloadAsync(line);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal("application/pdf", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Customer.Magnet, file.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition.DispositionType);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(PublishedBot.Dialogs, "files", Customer.Magnet)),
            await file.Content.ReadAsByteArrayAsync());
        Assert.Equal("site", Assert.Single(Database.Texts("SELECT first_source FROM profiles")));
        Assert.Equal(["marketing", "personal-data"], Database.Texts("SELECT purpose FROM consents WHERE given = 1 ORDER BY purpose"));
        Assert.Empty(Database.Texts("SELECT name FROM profile_fields WHERE name = 'phone-verified'"));
        Assert.DoesNotContain(bot.Errors, static said => said.Contains("Плантида", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_bot_speaks_the_language_of_the_browser()
    {
        var bot = await RunAsync();
        await using var visitor = await WebVisitor.NewAsync(bot.Url);
        visitor.Language = "en-GB";
        await visitor.ConnectAsync();

        await visitor.SaysAsync("start", "/start guide");

        await visitor.ReceivesAsync("I need your consent");
    }

    [Fact]
    public async Task A_message_that_is_sent_again_has_one_effect()
    {
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await visitor.GetsToTheNameAsync();
        await visitor.SaysAsync("name", "Анна");
        await visitor.ReceivesAsync(Customer.AskedPhone);

        await visitor.DropAsync();
        await visitor.ConnectAsync();
        await visitor.SaysAsync("name", "Анна");
        await visitor.SaysAsync("name", "Анна");
        await visitor.SaysAsync("phone", "+79991234567");
        await visitor.ReceivesAsync(Customer.AskedOffers);

        Assert.Single(visitor.Texts, "Анна");
        Assert.Single(visitor.Texts, static text => text.Contains(Customer.AskedPhone, StringComparison.Ordinal));
        Assert.Equal(visitor.Texts.Distinct(), visitor.Texts);
    }

    [Fact]
    public async Task After_a_lost_connection_what_was_missed_comes_exactly_once_and_in_order()
    {
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await visitor.GetsToTheNameAsync();
        await using var tab = await visitor.OtherTabAsync();
        await tab.ReceivesAsync(Customer.AskedName);
        await visitor.DropAsync();
        await tab.SaysAsync("name", "Анна");
        await tab.ReceivesAsync(Customer.AskedPhone);
        await tab.SaysAsync("phone", "+79991234567");
        await tab.ReceivesAsync(Customer.AskedOffers);
        await tab.PressesAsync(Customer.Refuse);
        await tab.ReceivesAsync(Customer.Refused);

        await visitor.ConnectAsync();

        await visitor.ReceivesAsync(Customer.Refused);
        Assert.Equal(tab.Texts, visitor.Texts);
        Assert.Equal(visitor.Texts.Distinct(), visitor.Texts);
    }

    [Fact]
    public async Task Two_tabs_see_the_same_and_used_buttons_go_in_both_and_in_the_history()
    {
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await visitor.SaysAsync("start", "/start guide");
        await visitor.ReceivesAsync(Customer.Asked);
        await using var tab = await visitor.OtherTabAsync();
        await tab.ReceivesAsync(Customer.Asked);

        await visitor.PressesAsync(Customer.Agree);

        await tab.ReceivesAsync(Customer.AskedName);
        await visitor.ReceivesAsync(Customer.AskedName);
        await tab.HearsAsync(() => tab.Of("used").Any() && visitor.Of("used").Any(), "the buttons are used");
        Assert.Equal(visitor.Texts, tab.Texts);
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM web_messages WHERE used = 1") == 1, "it is written");
        await using var reloaded = await visitor.OtherTabAsync();
        await reloaded.ReceivesAsync(Customer.AskedName);
        Assert.DoesNotContain(reloaded.Lines, static line => line.TryGetProperty("buttons", out _));
    }

    [Fact]
    public async Task Buttons_used_while_a_page_was_away_are_told_when_it_is_back()
    {
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await visitor.SaysAsync("start", "/start guide");
        await visitor.ReceivesAsync(Customer.Asked);
        await using var tab = await visitor.OtherTabAsync();
        await tab.ReceivesAsync(Customer.Asked);
        await visitor.DropAsync();
        await tab.PressesAsync(Customer.Agree);
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM web_messages WHERE used = 1") == 1, "it is written");
        var asked = visitor.Last;

        await visitor.ConnectAsync();

        await visitor.ReceivesAsync(Customer.AskedName);
        Assert.Equal(asked, Assert.Single(visitor.Of("welcome").Last().GetProperty("used").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task What_one_visitor_has_another_cannot_reach()
    {
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        var line = await visitor.GetsTheChecklistAsync();
        var menu = visitor.Lines.First(static said => said.TryGetProperty("html", out _)).GetProperty("id").GetString();
        await using var other = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await other.HearsAsync(() => other.Of("welcome").Any(), "welcome");

        await other.SendAsync(new { type = "press", id = "1", message = menu, data = "a.menu" });
        await other.HearsAsync(() => other.Of("refused").Any(), "refused");
        using var file = await other.DownloadAsync(line);
        using var nothing = await visitor.DownloadAsync(menu!);

        Assert.True(other.Of("welcome").Single().GetProperty("empty").GetBoolean());
        Assert.Empty(other.Lines);
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bot.GetAsync($"chat/files/{line}")).Status);
    }

    [Fact]
    public async Task The_database_has_the_hash_of_the_cookie_and_never_the_cookie()
    {
        var bot = await RunAsync();
        var visitor = await WebVisitor.NewAsync(bot.Url);
        await bot.StopAsync();

        var secret = visitor.Cookie["chat=".Length..];
        var bytes = await File.ReadAllTextAsync(Database.Path, System.Text.Encoding.Latin1);
        Assert.Equal(43, secret.Length);
        Assert.DoesNotContain(secret, bytes, StringComparison.Ordinal);
        Assert.Equal(1, Database.Number("SELECT count(*) FROM web_sessions WHERE length(secret_hash) = 64"));
    }

    [Fact]
    public async Task Killed_again_and_again_in_the_middle_visitors_go_on_and_nothing_is_lost_or_doubled()
    {
        var bot = await RunAsync();
        var visitors = new List<WebVisitor>();
        for (var i = 0; i < 8; i++)
            visitors.Add(await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync());
        (string Id, string? Button, string Text, string Answer)[] way =
        [
            ("1", null, "/start guide", Customer.Asked), ("2", Customer.Agree, "", Customer.AskedName),
            ("3", null, "Анна", Customer.AskedPhone), ("4", null, "anna@example.com", Customer.AskedOffers),
        ];

        foreach (var (id, button, text, answer) in way)
        {
            // Everybody speaks, the bot dies before anybody knows what became of it, and everybody says it again.
            await Task.WhenAll(visitors.Select(visitor => SayAsync(visitor)));
            await bot.KillAsync();
            await Task.WhenAll(visitors.Select(static visitor => visitor.DropAsync()));
            bot = await RunAsync();
            foreach (var visitor in visitors)
            {
                await visitor.ConnectAsync();
                await (button is null ? visitor.SaysAsync(id, text) : visitor.PressesAsync(button, id));
                await visitor.ReceivesAsync(answer);
            }

            async Task SayAsync(WebVisitor visitor)
            {
                if (button is null)
                {
                    await visitor.SendAsync(new { type = "message", id, text });
                    return;
                }

                var line = visitor.Lines.Last(static said => said.TryGetProperty("buttons", out _));
                var data = line.GetProperty("buttons")[0][0].GetProperty("data").GetString();
                await visitor.SendAsync(new { type = "press", id, message = line.GetProperty("id").GetString(), data });
            }
        }

        foreach (var visitor in visitors)
        {
            Assert.Equal(visitor.Texts.Distinct(), visitor.Texts);
            Assert.All(way, step => Assert.Single(visitor.Texts, text => text.Contains(step.Answer, StringComparison.Ordinal)));
            await visitor.DisposeAsync();
        }

        Assert.Equal(8, Database.Number("SELECT count(*) FROM consents WHERE purpose = 'personal-data'"));
        Assert.Equal(8, Database.Number("SELECT count(*) FROM events WHERE event = 'lead-magnet.delivered'"));
    }

    [Fact]
    public async Task Told_to_stop_it_says_that_it_goes_away_and_the_visitor_goes_on_after_the_next_start()
    {
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await visitor.GetsToTheNameAsync();

        Assert.Equal(0, await bot.StopAsync());

        await visitor.ClosedAsync();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, visitor.Closed);
        Assert.Equal("clean", Assert.Single(Database.Texts("SELECT value FROM meta WHERE name = 'end'")));
        await RunAsync();
        await visitor.ConnectAsync();
        await visitor.SaysAsync("name", "Анна");
        await visitor.ReceivesAsync(Customer.AskedPhone);
    }

    [Fact]
    public async Task A_hundred_visitors_and_customers_in_Telegram_are_served_at_once()
    {
        Settings["Web:TrustedProxies"] = "127.0.0.1";
        var bot = await RunAsync();
        var telegram = Task.WhenAll(Enumerable.Range(1, 20).Select(id => Chat(id).GetsTheChecklistAsync()));

        await Task.WhenAll(Enumerable.Range(1, 100).Select(async id =>
        {
            using var answer = await WebVisitor.AskSessionAsync(bot.Url, forwarded: $"10.1.0.{id}");
            await using var visitor = await WebVisitor.Returning(bot.Url, answer).ConnectAsync();
            await visitor.GetsTheChecklistAsync($"Анна {(char)('А' + (id % 30))}");
        }));
        await telegram.WaitAsync(Eventually.Patience);

        Assert.Equal(120, Database.Number("SELECT count(*) FROM events WHERE event = 'lead-magnet.delivered'"));
        Assert.Equal(120, Database.Number("SELECT count(*) FROM consents WHERE purpose = 'marketing' AND given = 1"));
    }
}
