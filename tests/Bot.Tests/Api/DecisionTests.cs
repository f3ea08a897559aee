using System.Globalization;
using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Storage.Loyalty;
using Bot.Tests.Support;

namespace Bot.Tests.Api;

/// <summary>What is decided on requests, down the one path: real HTTP, real writer, real database, many at once.</summary>
public sealed class DecisionTests : IAsyncLifetime
{
    private const string Anna = """{"phone":"+79991234567"}""";

    /// <summary>15:00 in Moscow, on a Saturday.</summary>
    private readonly SimulatedTime _time = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

    private TestBot _bot = null!;
    private TestApi _api = null!;
    private string _anna = "";

    public async ValueTask InitializeAsync()
    {
        _bot = TestBot.Create(business: _time).Start(sends: false);
        _api = await TestApi.StartAsync(_bot);
        _anna = (await _api.PostAsync("/profiles", Anna))["id"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _bot.DisposeAsync();
    }

    [Fact]
    public async Task A_purchase_that_was_refused_is_bought_under_the_same_id_with_fewer_points()
    {
        Assert.Equal(201, (await BuyAsync("first", 2_000)).Status);

        var refused = await BuyAsync("p", 1_000, 101);
        var bought = await BuyAsync("p", 1_000, 100);

        Assert.Equal((409, "not-enough-points", "100"), (refused.Status, refused.Problem, refused["available"]));
        Assert.Equal((201, "900", "100", "45", "45"), (bought.Status, bought["money"], bought["points_spent"], bought["points_earned"], bought["balance"]));
        await AddsUpAsync();
    }

    [Fact]
    public async Task A_purchase_that_is_told_again_is_the_same_whatever_happened_since_and_another_under_its_id_is_refused()
    {
        await _api.PostAsync("/profiles", """{"email":"boris@example.com"}""");
        var first = await BuyAsync("p", 2_000);
        await BuyAsync("q", 1_000, 100);
        await _api.PostAsync("/refunds", """{"id":"r","purchase":"p","amount":500}""");

        var again = await BuyAsync("p", 2_000.00m);

        Assert.Equal((201, 200, first.Body), (first.Status, again.Status, again.Body));
        Assert.Equal((409, "purchase-differs"), StatusOf(await BuyAsync("p", 2_001)));
        Assert.Equal((409, "purchase-differs"), StatusOf(await BuyAsync("p", 2_000, 1)));
        Assert.Equal((409, "purchase-differs"), StatusOf(await _api.PostAsync("/purchases", """{"id":"p","customer":{"email":"boris@example.com"},"amount":2000}""")));
        Assert.Equal("500", (await _api.GetAsync("/purchases/p"))["refunded"]);
        Assert.Equal(2, await _bot.SqlAsync("SELECT count(*) FROM purchases"));
        await AddsUpAsync();
    }

    [Fact]
    public async Task Parts_are_given_back_once_each_and_never_more_than_was_bought()
    {
        await BuyAsync("first", 2_000);
        await BuyAsync("p", 1_000, 100);

        var half = await _api.PostAsync("/refunds", """{"id":"r","purchase":"p","amount":500}""");
        var more = await _api.PostAsync("/refunds", """{"id":"r2","purchase":"p","amount":500.01}""");

        Assert.Equal((201, "450", "50", "23", "72"), (half.Status, half["money"], half["points_returned"], half["points_taken_back"], half["balance"]));
        Assert.Equal((409, "refund-too-large", "500"), (more.Status, more.Problem, more["refundable"]));
        var again = await _api.PostAsync("/refunds", """{"id":"r","purchase":"p","amount":500}""");
        Assert.Equal((200, half.Body), (again.Status, again.Body));
        Assert.Equal((409, "refund-differs"), StatusOf(await _api.PostAsync("/refunds", """{"id":"r","purchase":"p","amount":499}""")));
        Assert.Equal((409, "refund-differs"), StatusOf(await _api.PostAsync("/refunds", """{"id":"r","purchase":"first","amount":500}""")));
        Assert.Equal((404, "unknown-purchase"), StatusOf(await _api.PostAsync("/refunds", """{"id":"r3","purchase":"none","amount":1}""")));
        await AddsUpAsync();
    }

    [Fact]
    public async Task Without_loyalty_a_purchase_is_kept_and_no_points_can_be_paid_with()
    {
        var without = TestBot.Shipped with { Loyalty = null };
        _bot.ContentOrThrow = () => without;

        var refused = await BuyAsync("p", 100, 1);

        Assert.Equal((409, "0"), (refused.Status, refused["available"]));
        Assert.Equal("100", (await BuyAsync("p", 100))["money"]);
        Assert.Equal("", (await _api.GetAsync($"/profiles/{_anna}"))["points"]);
    }

    [Fact]
    public async Task Ten_tellings_of_one_purchase_at_once_buy_once_and_answer_alike()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => BuyAsync("p", 1_000)));

        Assert.Equal(1, answers.Count(answer => answer.Status == 201));
        Assert.Equal(9, answers.Count(answer => answer.Status == 200));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM purchases"));
        await AddsUpAsync();
    }

    [Fact]
    public async Task Ten_requests_with_one_key_at_once_are_done_once_and_answered_all_the_same()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => EventAsync("review.asked", "key")));

        Assert.All(answers, answer => Assert.Equal((201, "{}"), (answer.Status, answer.Body)));
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM events WHERE event = 'review.asked'"));
    }

    [Fact]
    public async Task Two_different_requests_with_one_key_at_once_are_one_that_is_done_and_one_that_is_told_so()
    {
        var answers = await Task.WhenAll(EventAsync("review.asked", "key"), EventAsync("survey.asked", "key"));

        Assert.Equal([201, 422], answers.Select(answer => answer.Status).Order());
        Assert.Equal("key-reused", answers.Single(answer => answer.Status == 422).Problem);
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM events WHERE event IN ('review.asked', 'survey.asked')"));
        Assert.Equal(422, (await _api.PostAsync("/profiles", Anna, "key")).Status);
    }

    [Fact]
    public async Task A_request_that_was_not_right_leaves_its_key_for_the_right_one()
    {
        Assert.Equal(400, (await EventAsync("review.askd", "key")).Status);
        Assert.Equal(404, (await _api.PostAsync("/events", """{"customer":{"email":"nobody@example.com"},"name":"review.asked"}""", "key")).Status);

        Assert.Equal(201, (await EventAsync("review.asked", "key")).Status);
    }

    [Fact]
    public async Task After_a_crash_the_same_request_is_answered_the_same_and_after_three_days_it_is_another()
    {
        var booked = await BookAsync("10:00", "key");
        await _api.DisposeAsync();
        await _bot.CrashAsync();
        _bot = _bot.Restart();
        _bot.Start(sends: false);
        _api = await TestApi.StartAsync(_bot);

        Assert.Equal((201, booked.Body), ((await BookAsync("10:00", "key")) is var again ? again.Status : 0, again.Body));
        await TidyAsync(_time.GetUtcNow().AddHours(72));
        Assert.Equal(201, (await BookAsync("10:00", "key")).Status);

        await TidyAsync(_time.GetUtcNow().AddHours(72).AddMilliseconds(1));
        Assert.Equal(0, await _bot.SqlAsync("SELECT count(*) FROM requests"));
        Assert.Equal(409, (await BookAsync("10:00", "key")).Status);
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM bookings"));
    }

    [Fact]
    public async Task A_key_that_is_used_again_after_three_days_does_not_lead_to_the_customer_of_then()
    {
        var first = await _api.PostAsync("/profiles", """{"phone":"+79990000011","name":"Анна"}""", "row-1");
        await TidyAsync(_time.GetUtcNow().AddHours(73));

        var second = await _api.PostAsync("/profiles", """{"phone":"+79990000012","name":"Борис"}""", "row-1");

        Assert.Equal((201, 201), (first.Status, second.Status));
        Assert.NotEqual(first["id"], second["id"]);
        Assert.Equal(first.Body, (await _api.GetAsync($"/profiles/{first["id"]}")).Body);
    }

    [Fact]
    public async Task A_request_whose_turn_fails_is_set_aside_and_told_so_each_time()
    {
        var shipped = TestBot.Shipped;
        _bot.ContentOrThrow = () => Thread.CurrentThread.Name == "writer" ? throw new InvalidOperationException("a fault of ours") : shipped;

        Assert.Equal((500, "failed"), StatusOf(await EventAsync("review.asked", "key")));
        Assert.Equal((500, "failed"), StatusOf(await EventAsync("review.asked", "key")));

        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM aside"));
    }

    [Fact]
    public async Task Of_somebody_who_has_gone_meanwhile_the_request_says_so()
    {
        var request = new Request("api:gone", "fingerprint");
        await _bot.Writer.AcceptAsync([new Input.Event(request.Key, new ChatAddress(ChatAddress.Telegram, 1000, 4711), "review.asked", []) { Request = request }],
            TestContext.Current.CancellationToken);

        Assert.Equal(RequestResult.Gone, _bot.Store.Api.DecisionOn("api:gone")!.Result);
        Assert.Equal(0, await _bot.SqlAsync("SELECT count(*) FROM aside"));
    }

    [Fact]
    public async Task When_nothing_can_be_written_a_program_is_not_kept_waiting()
    {
        await _bot.Writer.StopAsync(CancellationToken.None);

        var answer = await EventAsync("review.asked", "key");

        Assert.Equal((503, "unavailable"), StatusOf(answer));
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Of_fifty_customers_who_want_one_time_at_once_one_has_it_and_staff_hear_of_that_one_alone()
    {
        await Task.WhenAll(Enumerable.Range(0, 49).Select(i => _api.SendAsync(
            TestApi.Request(HttpMethod.Post, "/profiles", $$"""{"phone":"+7999000{{i:0000}}"}""", bearer: TestApi.OtherKey))));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            BookAsync("10:00", $"key{i}", i == 49 ? Anna : $$"""{"phone":"+7999000{{i:0000}}"}""")));

        Assert.Equal(1, answers.Count(answer => answer.Status == 201));
        Assert.Equal(49, answers.Count(answer => answer is { Status: 409, Problem: "time-taken" }));
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM bookings"));

        // That it is booked, and that the customer has no chat to be told in.
        Assert.Equal(2, _bot.Store.Admin.After(0, 200).Length);
    }

    [Fact]
    public async Task A_visit_goes_its_way_and_what_its_state_forbids_is_told()
    {
        var visit = (await BookAsync("10:00", "book"))["id"]!;

        Assert.Equal("confirmed", (await ActAsync(visit, "confirm"))["state"]);
        Assert.Equal((409, "state-forbids"), StatusOf(await ActAsync(visit, "confirm", "again")));
        var moved = await MoveAsync(visit, "12:00", "move");
        Assert.Equal(("pending", "irina", "2026-11-24T09:00:00Z"), (moved["state"], moved["specialist"], moved["start"]));
        Assert.Equal((409, "time-taken"), StatusOf(await MoveAsync(visit, "12:15", "odd")));
        Assert.Equal("arrived", (await ActAsync(visit, "arrive"))["state"]);
        Assert.Equal((409, "state-forbids"), StatusOf(await MoveAsync(visit, "15:00", "late")));
        Assert.Equal("done", (await ActAsync(visit, "done"))["state"]);
        Assert.Equal((409, "state-forbids"), StatusOf(await ActAsync(visit, "cancel")));
        Assert.Equal("no-show", (await ActAsync(visit, "no-show"))["state"]);

        // The first one of all, told again: nothing is done, and the visit is shown as it is now.
        var again = await BookAsync("10:00", "book");
        Assert.Equal((201, visit, "no-show"), (again.Status, again["id"], again["state"]));
        Assert.Equal("no-show", (await ActAsync(visit, "confirm"))["state"]);
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM events WHERE event = 'booking.confirmed'"));
    }

    [Fact]
    public async Task A_customer_in_telegram_hears_of_a_visit_and_of_points()
    {
        await ComesAsync();
        await BookAsync("10:00", "book");
        await BuyAsync("p", 2_000);

        var told = _bot.Commits.SelectMany(commit => commit.Messages).Select(message => message.Body.Html).ToList();
        Assert.Contains(told, html => html.Contains("Записали вас: Мытьё окон", StringComparison.Ordinal));
        Assert.Contains(told, html => html.Contains("Начислено: 100 баллов", StringComparison.Ordinal));
        Assert.Contains(_bot.Store.Admin.After(0, 100), line => line.Body.Html.Contains("записано и сообщено клиенту", StringComparison.Ordinal));

        // A till is told in its answer, not in the admin chat.
        Assert.DoesNotContain(_bot.Store.Admin.After(0, 100), line => line.Body.Html.Contains("покупка", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Visits_are_listed_in_pages_in_their_order()
    {
        await BookAsync("12:00", "b");
        await BookAsync("10:00", "a");
        await BookAsync("10:00", "c", specialist: "oleg");
        const string Days = "from=2026-11-24T00:00:00%2B03:00&to=2026-11-25T00:00:00%2B03:00";

        var starts = new List<string>();
        string? after = null;
        do
        {
            var page = await _api.GetAsync($"/bookings?{Days}&limit=2{(after is null ? "" : $"&after={after}")}");
            starts.AddRange(page.Json.GetProperty("bookings").EnumerateArray().Select(one => one.GetProperty("start").GetString()!));
            after = page.Json.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal(["2026-11-24T07:00:00Z", "2026-11-24T07:00:00Z", "2026-11-24T09:00:00Z"], starts);
        Assert.Empty((await _api.GetAsync("/bookings?from=2026-11-25T00:00:00Z&to=2026-11-26T00:00:00Z")).Json.GetProperty("bookings").EnumerateArray());
    }

    [Fact]
    public async Task Free_times_are_as_staff_see_them_and_name_who_has_them()
    {
        await BookAsync("10:00", "a");

        var slots = (await _api.GetAsync("/slots?service=windows&day=2026-11-24")).Json.GetProperty("slots").EnumerateArray()
            .ToDictionary(slot => slot.GetProperty("start").GetString()!, slot => string.Join(',', slot.GetProperty("specialists").EnumerateArray()));

        Assert.Equal("oleg", slots["2026-11-24T07:00:00Z"]);
        Assert.Equal("irina,oleg", slots["2026-11-24T09:00:00Z"]);
        Assert.DoesNotContain("2026-11-24T07:00:00Z", (await _api.GetAsync("/slots?service=windows&day=2026-11-24&specialist=irina")).Body, StringComparison.Ordinal);

        // On this Saturday, within the two hours in which customers cannot book any more.
        Assert.Contains("2026-11-21T12:00:00Z", (await _api.GetAsync("/slots?service=windows&day=2026-11-21")).Body, StringComparison.Ordinal);
        Assert.Empty((await _api.GetAsync("/slots?service=windows&day=2027-11-21")).Json.GetProperty("slots").EnumerateArray());
    }

    [Fact]
    public async Task An_event_keeps_what_belongs_to_it_and_sets_off_what_the_business_wrote()
    {
        var content = SomeContent.ShippedWith(
            ("settings.yaml", yaml => $"{yaml}\nevents: [order.paid]\n"),
            ("automations.yaml", yaml => yaml.Replace("\nautomations:\n",
                "\nautomations:\n  order-thanks: { event: order.paid, kind: service, say: { ru: \"Спасибо за заказ!\", en: \"Thanks!\" } }\n", StringComparison.Ordinal)));
        _bot.ContentOrThrow = () => content;
        await ComesAsync();

        var answer = await _api.PostAsync("/events",
            $$"""{"customer":{{Anna}},"name":"order.paid","with":{"total":1990.5,"channel":"site","first":true,"at":"2026-11-21T15:00:00+03:00"} }""", "key");
        await _bot.Due.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(201, answer.Status);
        Assert.Equal(19_905_000, await _bot.SqlAsync("SELECT number FROM event_numbers WHERE name = 'total'"));
        Assert.Equal(1, await _bot.SqlAsync("SELECT number FROM event_numbers WHERE name = 'first'"));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), await _bot.SqlAsync("SELECT number FROM event_numbers WHERE name = 'at'"));
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM event_texts WHERE name = 'channel' AND text = 'site'"));
        Assert.Contains(_bot.Commits.SelectMany(commit => commit.Messages), message => message.Body.Html.Contains("Спасибо за заказ!", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Segments_are_counted_and_their_members_come_in_pages()
    {
        for (var i = 0; i < 4; i++)
        {
            await _api.PostAsync("/profiles", $$"""{"phone":"+7999000000{{i}}"}""");
            await _api.PostAsync("/purchases", $$"""{"id":"p{{i}}","customer":{"phone":"+7999000000{{i}}"},"amount":60000}""");
        }

        var best = (await _api.GetAsync("/segments")).Json.GetProperty("segments").EnumerateArray().Single(segment => segment.GetProperty("id").GetString() == "best");
        Assert.Equal((4, "Принесли больше всех"), (best.GetProperty("count").GetInt32(), best.GetProperty("name").GetString()));

        var members = new List<string>();
        string? after = null;
        do
        {
            var page = await _api.GetAsync($"/segments/best/profiles?limit=3{(after is null ? "" : $"&after={after}")}");
            members.AddRange(page.Json.GetProperty("profiles").EnumerateArray().Select(one => one.GetString()!));
            after = page.Json.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal(4, members.Distinct().Count());
        Assert.Equal(members.Order(), members);
        Assert.DoesNotContain(_anna, members);
    }

    private static (int, string?) StatusOf(ApiAnswer answer) => (answer.Status, answer.Problem);

    private Task<ApiAnswer> BuyAsync(string id, decimal amount, long points = 0) => _api.PostAsync("/purchases", string.Create(CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","amount":{{amount}},"pay_points":{{points}},"customer":{{Anna}} }"""));

    private Task<ApiAnswer> EventAsync(string name, string key) => _api.PostAsync("/events", $$"""{"customer":{{Anna}},"name":"{{name}}"}""", key);

    /// <summary>On a Tuesday, by the business's clock.</summary>
    private Task<ApiAnswer> BookAsync(string clock, string key, string customer = Anna, string specialist = "irina") => _api.PostAsync("/bookings",
        $$"""{"customer":{{customer}},"service":"windows","specialist":"{{specialist}}","start":"2026-11-24T{{clock}}:00+03:00"}""", key);

    private Task<ApiAnswer> MoveAsync(string visit, string clock, string key) =>
        _api.PostAsync($"/bookings/{visit}/move", $$"""{"start":"2026-11-24T{{clock}}:00+03:00"}""", key);

    private Task<ApiAnswer> ActAsync(string visit, string act, string? key = null) => _api.PostAsync($"/bookings/{visit}/{act}", "", key ?? act);

    /// <summary>Anna, who was brought in, comes and is known by her phone.</summary>
    private async Task ComesAsync()
    {
        await _bot.TakeAsync("c1", "/start guide");
        var agree = _bot.Commits.SelectMany(commit => commit.Messages).SelectMany(message => (message.Body.Keyboard as Core.Messages.Keyboard.Inline)?.Rows ?? [])
            .SelectMany(row => row).First(button => button.Label == "Согласен");
        var chat = new ChatAddress(ChatAddress.Telegram, 1000, 42);
        await AcceptAsync(new Input.Press("c2", chat, new Person("Анна", "ru"), agree.Data!, "cb", 1));
        await _bot.TakeAsync("c3", "Анна");
        await AcceptAsync(new Input.Contact("c4", chat, new Person("Анна", "ru"), "+79991234567", IsOwn: true));
    }

    private Task AcceptAsync(Input input) => _bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);

    private async Task TidyAsync(DateTimeOffset now)
    {
        while (await _bot.Writer.StepAsync(_ => _bot.Store.Tidy(now), TestContext.Current.CancellationToken))
        {
        }
    }

    private async Task AddsUpAsync()
    {
        await _bot.Due.RunAsync(TestContext.Current.CancellationToken);
        var report = PointsAudit.Of(_bot.Options, _bot.ContentOrThrow().Loyalty);
        Assert.Empty(report.Faults);
        Assert.Null(report.Note);
    }
}
