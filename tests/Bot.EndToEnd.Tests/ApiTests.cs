using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>The API by the real process over real HTTP: each endpoint, many tills at once, repetitions, crashes, and what is seen of it.</summary>
public sealed class ApiTests : BotTest
{
    private const string Key = "till-till-till-till-till-till-till";
    private const string OtherKey = "site_site_site_site_site_site_site";
    private const string Anna = """{"phone":"+79991234567"}""";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Settings["Web:ApiKey"] = $"{Key},{OtherKey}";
    }

    [Fact]
    public async Task Every_endpoint_answers_as_the_document_says_and_the_customer_hears_of_what_is_theirs()
    {
        var bot = await RunAsync();
        using var api = await ApiClient.NewAsync(bot.Url, Key);
        var anna = Chat(7);
        await anna.GetsTheChecklistAsync();

        var profile = await api.PostAsync("/profiles", """{"phone":"+79991234567","tags":["vip"],"note":"Звонить после 18","source":"site"}""");
        Assert.Equal((HttpStatusCode.OK, "vk", "site", "True"), (profile.Status, profile["first_source"], profile["last_source"], profile["can_be_written_to"]));
        Assert.Equal(HttpStatusCode.Created, (await api.PostAsync("/profiles", """{"email":"boris@example.com","name":"Борис"}""")).Status);
        Assert.Equal(profile["id"], (await api.GetAsync("/profiles?phone=%2B79991234567"))["id"]);
        Assert.Equal(["marketing", "personal-data"], (await api.GetAsync($"/profiles/{profile["id"]}")).Json.GetProperty("consents").EnumerateArray()
            .Select(consent => consent.GetProperty("purpose").GetString()));

        var bought = await BuyAsync(api, "p1", 3_200);
        Assert.Equal((HttpStatusCode.Created, "160"), (bought.Status, bought["points_earned"]));
        await anna.ReceivesAsync("Начислено: 160 баллов", Eventually.Patience);
        Assert.Equal("840", (await BuyAsync(api, "p2", 1_000, 160))["money"]);
        await anna.ReceivesAsync("Оплачено баллами: 160", Eventually.Patience);
        Assert.Equal("160", (await api.GetAsync("/purchases/p2"))["points_spent"]);
        Assert.Equal("160", (await api.PostAsync("/refunds", """{"id":"r1","purchase":"p2","amount":1000}"""))["points_returned"]);
        await anna.ReceivesAsync("Вернулось на счёт баллов: 160", Eventually.Patience);

        var (day, free) = await FreeDayAsync(api);
        var visit = (await BookAsync(api, free[0], "book"))["id"];
        await anna.ReceivesAsync("Записали вас", Eventually.Patience);
        Assert.DoesNotContain(free[0], (await api.GetAsync($"/slots?service=windows&specialist=irina&day={day}")).Body, StringComparison.Ordinal);
        Assert.Equal("confirmed", (await api.PostAsync($"/bookings/{visit}/confirm", "", "confirm"))["state"]);
        Assert.Equal(free[^1], (await api.PostAsync($"/bookings/{visit}/move", $$"""{"start":"{{free[^1]}}"}""", "move"))["start"]);
        await anna.ReceivesAsync("перенесён", Eventually.Patience);
        Assert.Equal("arrived", (await api.PostAsync($"/bookings/{visit}/arrive", "{}", "arrive"))["state"]);
        Assert.Equal("done", (await api.PostAsync($"/bookings/{visit}/done", "", "done"))["state"]);
        Assert.Equal("no-show", (await api.PostAsync($"/bookings/{visit}/no-show", "", "no-show"))["state"]);
        var other = (await BookAsync(api, free[0], "book2"))["id"];
        Assert.Equal("cancelled", (await api.PostAsync($"/bookings/{other}/cancel", "", "cancel"))["state"]);
        await anna.ReceivesAsync("отменён", Eventually.Patience);
        Assert.Equal("cancelled", (await api.GetAsync($"/bookings/{other}"))["state"]);
        Assert.Equal(2, (await api.GetAsync($"/bookings?from={day}T00:00:00Z&to={Next(day)}T00:00:00Z")).Json.GetProperty("bookings").GetArrayLength());

        Assert.Equal(HttpStatusCode.Created, (await api.PostAsync("/events", $$"""{"customer":{{Anna}},"name":"review.asked","with":{"stars":5} }""", "event")).Status);
        Assert.Contains("only-guide", (await api.GetAsync("/segments")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(profile["id"]!, (await api.GetAsync("/segments/only-guide/profiles")).Body, StringComparison.Ordinal);

        Assert.Equal(api.Operations.Order(), api.Done.Keys.Order());
        await IsAddedUpAsync();
    }

    [Fact]
    public async Task Fifty_tills_at_once_spend_one_balance_and_it_never_falls_below_nothing()
    {
        using var api = await ApiClient.NewAsync((await RunAsync()).Url, Key);
        await api.PostAsync("/profiles", Anna);
        await BuyAsync(api, "first", 3_200);

        // Each of them is to be paid with 30 points and brings 3; there are 160.
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => BuyAsync(api, $"p{i}", 100, 30))));

        var bought = answers.Where(answer => answer.Status == HttpStatusCode.Created).ToList();
        Assert.Equal(5, bought.Count);
        Assert.All(bought, answer => Assert.Equal("30", answer["points_spent"]));
        Assert.All(answers.Except(bought), answer => Assert.Equal((HttpStatusCode.Conflict, "urn:bot:not-enough-points"), (answer.Status, answer["type"])));
        Assert.Equal(bought.Count + 1, Database.Number("SELECT count(*) FROM purchases"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM points_lots WHERE remaining < 0"));
        await IsAddedUpAsync();
    }

    [Fact]
    public async Task The_same_request_ten_times_at_once_is_done_once_and_answered_alike()
    {
        using var api = await ApiClient.NewAsync((await RunAsync()).Url, Key);
        await api.PostAsync("/profiles", Anna);
        var start = (await FreeDayAsync(api)).Free[0];

        var visits = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => BookAsync(api, start, "one"))));
        var events = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => EventAsync(api, "review.asked", "two"))));
        var purchases = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => BuyAsync(api, "p", 3_200))));

        Assert.All([.. visits, .. events], answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(purchases, answer => answer.Status == HttpStatusCode.Created);
        foreach (var answers in (ApiAnswer[][])[visits, events, purchases])
            Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Equal(1, Database.Number("SELECT count(*) FROM bookings"));
        Assert.Equal(1, Database.Number("SELECT count(*) FROM events WHERE event = 'review.asked'"));
        Assert.Equal(1, Database.Number("SELECT count(*) FROM purchases"));
    }

    [Fact]
    public async Task What_comes_twice_and_in_the_wrong_order_is_put_right_by_sending_it_again()
    {
        using var api = await ApiClient.NewAsync((await RunAsync()).Url, Key);

        // A refund before its purchase, and that before its customer.
        Assert.Equal(HttpStatusCode.NotFound, (await RefundAsync(api, "r", "p", 100)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await BuyAsync(api, "p", 3_200)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await EventAsync(api, "review.asked", "event")).Status);
        Assert.Equal(HttpStatusCode.Created, (await api.PostAsync("/profiles", Anna)).Status);
        Assert.Equal(HttpStatusCode.Created, (await BuyAsync(api, "p", 3_200)).Status);
        Assert.Equal(HttpStatusCode.Created, (await RefundAsync(api, "r", "p", 100)).Status);
        Assert.Equal(HttpStatusCode.OK, (await BuyAsync(api, "p", 3_200)).Status);
        Assert.Equal(HttpStatusCode.OK, (await RefundAsync(api, "r", "p", 100)).Status);
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(HttpStatusCode.Created, (await EventAsync(api, "review.asked", "event")).Status);

        // Who was there has come before: one act that came late changes nothing.
        var visit = (await BookAsync(api, (await FreeDayAsync(api)).Free[0], "book"))["id"];
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync($"/bookings/{visit}/done", "", "done")).Status);
        Assert.Equal((HttpStatusCode.Conflict, "urn:bot:state-forbids"), ((await api.PostAsync($"/bookings/{visit}/arrive", "", "arrive")) is var late ? late.Status : 0, late["type"]));
        Assert.Equal(3, Database.Number("SELECT state FROM bookings"));
        Assert.Equal(1, Database.Number("SELECT count(*) FROM events WHERE event = 'review.asked'"));
        Assert.Equal(10_000, Database.Number("SELECT refunded FROM purchases"));
        await IsAddedUpAsync();
    }

    [Fact]
    public async Task Of_fifty_customers_who_want_one_time_at_once_one_has_it()
    {
        var bot = await RunAsync();
        using var api = await ApiClient.NewAsync(bot.Url, Key);
        using var site = await ApiClient.NewAsync(bot.Url, OtherKey);
        await Task.WhenAll(Enumerable.Range(10, 50).Select(i => Task.Run(() => site.PostAsync("/profiles", $$"""{"phone":"+799900000{{i}}"}"""))));
        var start = (await FreeDayAsync(api)).Free[0];

        var answers = await Task.WhenAll(Enumerable.Range(10, 50).Select(i => Task.Run(() => BookAsync(api, start, $"key{i}", $$"""{"phone":"+799900000{{i}}"}"""))));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(49, answers.Count(answer => (answer.Status, answer["type"]) == (HttpStatusCode.Conflict, "urn:bot:time-taken")));
        Assert.Equal(1, Database.Number("SELECT count(*) FROM bookings"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM aside"));
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_purchases_loses_and_doubles_none_that_is_sent_again()
    {
        var bot = await RunAsync();
        using (var api = await ApiClient.NewAsync(bot.Url, Key))
        {
            await api.PostAsync("/profiles", Anna);
            await BuyAsync(api, "first", 3_200);
            var sent = Enumerable.Range(0, 40).Select(i => Task.Run(() => BuyAsync(api, $"p{i}", 1_000, i % 2))).ToList();
            await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM purchases") > 1, "some are entered");
            await bot.KillAsync();
            await Task.WhenAll(sent).ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        bot = await RunAsync();
        using var again = await ApiClient.NewAsync(bot.Url, Key);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => BuyAsync(again, $"p{i}", 1_000, i % 2))));

        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.OK, answer.Body));
        Assert.Equal(41, Database.Number("SELECT count(*) FROM purchases"));
        Assert.Equal(20, Database.Number("SELECT -sum(points) FROM points_ledger WHERE kind = 1"));
        await IsAddedUpAsync();
    }

    [Fact]
    public async Task A_request_with_a_key_is_answered_the_same_after_a_restart()
    {
        var bot = await RunAsync();
        using var api = await ApiClient.NewAsync(bot.Url, Key);
        await api.PostAsync("/profiles", Anna);
        var start = (await FreeDayAsync(api)).Free[0];
        var first = await BookAsync(api, start, "book");
        await bot.KillAsync();
        await RunAsync();

        var again = await BookAsync(api, start, "book");

        Assert.Equal((HttpStatusCode.Created, first.Body), (again.Status, again.Body));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await BookAsync(api, start, "book", """{"email":"boris@example.com"}""")).Status);
        Assert.Equal(1, Database.Number("SELECT count(*) FROM bookings"));
    }

    [Fact]
    public async Task Without_a_right_key_or_the_right_form_nothing_is_done()
    {
        using var api = await ApiClient.NewAsync((await RunAsync()).Url, Key);
        var wrong = api.Request(HttpMethod.Post, "/profiles", Anna);
        wrong.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OtherKey + "x");
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.SendAsync(wrong)).Status);
        var text = api.Request(HttpMethod.Post, "/profiles", Anna);
        text.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await api.SendAsync(text)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await api.PostAsync("/profiles", $$"""{"note":"{{new string('x', 70_000)}}"}""")).Status);
        Assert.Equal("tel", (await api.PostAsync("/profiles", """{"tel":"+79991234567"}"""))["field"]);

        Assert.Equal(0, Database.Number("SELECT count(*) FROM profiles"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM requests"));
    }

    [Fact]
    public async Task Without_a_key_in_the_settings_there_is_no_api()
    {
        Settings.Remove("Web:ApiKey");
        var bot = await RunAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await bot.GetAsync("api/v1/segments")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bot.GetAsync("api/v1/openapi.json")).Status);
    }

    [Fact]
    public async Task Nothing_of_requests_is_in_the_log()
    {
        Settings["Log:Level"] = "Debug";
        Settings["Web:ApiKey"] = "PLANTED-PLANTED-PLANTED-PLANTED-PLANTED";
        var bot = await RunAsync();
        using var api = await ApiClient.NewAsync(bot.Url, "PLANTED-PLANTED-PLANTED-PLANTED-PLANTED");
        const string Who = """{"phone":"+79161112233"}""";
        await api.PostAsync("/profiles", """{"phone":"+79161112233","email":"planted@example.com","name":"Плантида","note":"PLANTED","source":"PLANTED"}""", "PLANTED-key");
        await api.GetAsync("/profiles?phone=%2B79161112233");
        await api.GetAsync("/profiles?email=planted@example.com");
        await BuyAsync(api, "PLANTED", 3_200, 0, Who);
        await BuyAsync(api, "PLANTED", 3_200, 1, Who);
        await api.GetAsync("/purchases/PLANTED");
        await RefundAsync(api, "PLANTED-r", "PLANTED", 100);
        await BookAsync(api, (await FreeDayAsync(api)).Free[0], "PLANTED-book", Who);
        await api.PostAsync("/events", $$"""{"customer":{{Who}},"name":"review.asked","with":{"words":"PLANTED"} }""", "PLANTED-event");
        await api.PostAsync("/events", $$"""{"customer":{{Who}},"name":"PLANTED"}""", "PLANTED-event");
        await api.PostAsync("/profiles", """{"PLANTED":"PLANTED"}""");
        await api.PostAsync("/profiles", "{PLANTED");
        await bot.KillAsync();

        var log = string.Join('\n', [.. bot.Errors, .. bot.Output]);
        Assert.Contains("API POST /purchases was answered with 201", log, StringComparison.Ordinal);
        foreach (var planted in (string[])["PLANTED", "planted", "9161112233", "Плантида"])
            Assert.DoesNotContain(planted, log, StringComparison.Ordinal);
    }

    private static Task<ApiAnswer> BuyAsync(ApiClient api, string id, int amount, int points = 0, string customer = Anna) =>
        api.PostAsync("/purchases", $$"""{"id":"{{id}}","amount":{{amount}},"pay_points":{{points}},"customer":{{customer}} }""");

    private static Task<ApiAnswer> RefundAsync(ApiClient api, string id, string purchase, int amount) =>
        api.PostAsync("/refunds", $$"""{"id":"{{id}}","purchase":"{{purchase}}","amount":{{amount}} }""");

    private static Task<ApiAnswer> BookAsync(ApiClient api, string start, string key, string customer = Anna) =>
        api.PostAsync("/bookings", $$"""{"customer":{{customer}},"service":"windows","specialist":"irina","start":"{{start}}"}""", key);

    private static Task<ApiAnswer> EventAsync(ApiClient api, string name, string key) =>
        api.PostAsync("/events", $$"""{"customer":{{Anna}},"name":"{{name}}"}""", key);

    /// <summary>A day that is free, and its times; never today, whose times pass.</summary>
    private static async Task<(string Day, List<string> Free)> FreeDayAsync(ApiClient api)
    {
        for (var ahead = 2; ; ahead++)
        {
            var day = TimeProvider.System.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var slots = (await api.GetAsync($"/slots?service=windows&specialist=irina&day={day}")).Json.GetProperty("slots");
            if (slots.GetArrayLength() > 2)
                return (day, [.. slots.EnumerateArray().Select(slot => slot.GetProperty("start").GetString()!)]);
        }
    }

    private static string Next(string day) =>
        DateOnly.Parse(day, CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What <c>bot audit</c> says of points, beside the running bot.</summary>
    private async Task IsAddedUpAsync()
    {
        var (exit, output, errors) = await CommandAsync("audit");
        Assert.True(exit == 0, output + errors);
        Assert.Contains("everything adds up", output, StringComparison.Ordinal);
    }
}
