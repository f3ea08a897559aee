using System.Net.Http.Headers;
using Bot.Tests.Support;

namespace Bot.Tests.Api;

/// <summary>The form of requests: what is not as it should be is refused, named, and leaves nothing behind.</summary>
public sealed class FormTests : IAsyncLifetime
{
    private const string Anna = """{"phone":"+79991234567"}""";

    private TestBot _bot = null!;
    private TestApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _bot = TestBot.Create().Start(sends: false);
        _api = await TestApi.StartAsync(_bot);
        Assert.Equal(201, (await _api.PostAsync("/profiles", Anna)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _bot.DisposeAsync();
    }

    [Theory]

    // The form.
    [InlineData("/purchases", "", "invalid-value", "id")]
    [InlineData("/purchases?id=p", "{}", "invalid-value", "id")]
    [InlineData("/purchases", "{", "malformed-json", null)]
    [InlineData("/purchases", "{}}", "malformed-json", null)]
    [InlineData("/purchases", "[]", "malformed-json", null)]
    [InlineData("/purchases", "null", "malformed-json", null)]
    [InlineData("/purchases", """{"id":"p",}""", "malformed-json", null)]
    [InlineData("/purchases", """{/* */}""", "malformed-json", null)]
    [InlineData("/purchases", """{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{"i":1}}}}}}}}}""", "malformed-json", null)]
    [InlineData("/purchases", """{"id":"p","ammount":1}""", "invalid-value", "ammount")]
    [InlineData("/purchases", """{"id":"p","id":"p"}""", "invalid-value", "id")]
    [InlineData("/purchases", """{"\ud800":"p"}""", "invalid-value", "")]

    // Values.
    [InlineData("/purchases", """{"id":1,"customer":{"id":"1"},"amount":1}""", "invalid-value", "id")]
    [InlineData("/purchases", """{"id":"\ud800","customer":{"id":"1"},"amount":1}""", "invalid-value", "id")]
    [InlineData("/purchases", """{"id":"","customer":{"id":"1"},"amount":1}""", "invalid-value", "id")]
    [InlineData("/purchases", """{"id":"a/b","customer":{"id":"1"},"amount":1}""", "invalid-value", "id")]
    [InlineData("/purchases", """{"id":"..","customer":{"id":"1"},"amount":1}""", "invalid-value", "id")]
    [InlineData("/purchases", """{"id":"12345678901234567890123456789012345678901234567890123456789012345","customer":{"id":"1"},"amount":1}""", "invalid-value", "id")]
    [InlineData("/purchases", """{"id":null,"customer":{"id":"1"},"amount":1}""", "invalid-value", "id")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1"},"amount":"1"}""", "invalid-value", "amount")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1"},"amount":1.001}""", "invalid-value", "amount")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1"},"amount":0}""", "invalid-value", "amount")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1"},"amount":-1}""", "invalid-value", "amount")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1"},"amount":1e99}""", "invalid-value", "amount")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1"},"amount":1000000000.01}""", "invalid-value", "amount")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1"}}""", "invalid-value", "amount")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1"},"amount":1,"pay_points":-1}""", "invalid-value", "pay_points")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1"},"amount":1,"pay_points":1.5}""", "invalid-value", "pay_points")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1"},"amount":1,"pay_points":1000000000001}""", "invalid-value", "pay_points")]
    [InlineData("/refunds", """{"id":"r","purchase":"p","amount":0}""", "invalid-value", "amount")]
    [InlineData("/refunds", """{"id":"r","amount":1}""", "invalid-value", "purchase")]
    [InlineData("/refunds", """{"id":"r/1","purchase":"p","amount":1}""", "invalid-value", "id")]

    // Whom it is about.
    [InlineData("/purchases", """{"id":"p","amount":1}""", "invalid-value", "customer")]
    [InlineData("/purchases", """{"id":"p","customer":"1","amount":1}""", "invalid-value", "customer")]
    [InlineData("/purchases", """{"id":"p","customer":{},"amount":1}""", "invalid-value", "customer")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"1","phone":"2"},"amount":1}""", "invalid-value", "customer")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":1},"amount":1}""", "invalid-value", "customer.id")]
    [InlineData("/purchases", """{"id":"p","customer":{"id":"-1"},"amount":1}""", "invalid-value", "customer.id")]
    [InlineData("/purchases", """{"id":"p","customer":{"phone":"call me"},"amount":1}""", "invalid-value", "customer.phone")]
    [InlineData("/purchases", """{"id":"p","customer":{"email":"nobody"},"amount":1}""", "invalid-value", "customer.email")]
    [InlineData("/purchases", """{"id":"p","customer":{"card":"K7QM"},"amount":1}""", "invalid-value", "customer.card")]
    [InlineData("/purchases", """{"id":"p","customer":{"name":"Anna"},"amount":1}""", "invalid-value", "customer.name")]

    // Profiles, by the rules of lists.
    [InlineData("/profiles", """{"name":"Анна"}""", "invalid-value", "phone")]
    [InlineData("/profiles", """{"phone":"12"}""", "invalid-value", "phone")]
    [InlineData("/profiles", """{"email":"a@b"}""", "invalid-value", "email")]
    [InlineData("/profiles", """{"phone":"+79991234567","name":"https://example.com"}""", "invalid-value", "name")]
    [InlineData("/profiles", """{"phone":"+79991234567","birthday":"2099-01-01"}""", "invalid-value", "birthday")]
    [InlineData("/profiles", """{"phone":"+79991234567","birthday":19900101}""", "invalid-value", "birthday")]
    [InlineData("/profiles", """{"phone":"+79991234567","tags":["Очень важный"]}""", "invalid-value", "tags")]
    [InlineData("/profiles", """{"phone":"+79991234567","tags":"vip"}""", "invalid-value", "tags")]
    [InlineData("/profiles", """{"phone":"+79991234567","tags":[1]}""", "invalid-value", "tags")]
    [InlineData("/profiles", """{"phone":"+79991234567","tags":["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","q","r","s","t","u"]}""", "invalid-value", "tags")]
    [InlineData("/profiles", """{"phone":"+79991234567","fields":{"height":170}}""", "invalid-value", "fields.height")]
    [InlineData("/profiles", """{"phone":"+79991234567","fields":[]}""", "invalid-value", "fields")]
    [InlineData("/profiles", """{"phone":"+79991234567","source":"the street"}""", "invalid-value", "source")]
    [InlineData("/profiles", """{"phone":"+79991234567","source":"123456789012345678901234567890123"}""", "invalid-value", "source")]
    [InlineData("/profiles", """{"phone":"+79991234567","note":"  "}""", "invalid-value", "note")]
    [InlineData("/profiles", """{"phone":"+79991234567","id":"1"}""", "invalid-value", "id")]
    [InlineData("/profiles", """{"phone":"+79991234567","consents":["marketing"]}""", "invalid-value", "consents")]

    // Visits.
    [InlineData("/bookings", """{"customer":{"phone":"+79991234567"},"service":"windows","start":"2026-11-24T10:00:00"}""", "invalid-value", "start")]
    [InlineData("/bookings", """{"customer":{"phone":"+79991234567"},"service":"windows","start":"2026-11-24 10:00:00+03:00"}""", "invalid-value", "start")]
    [InlineData("/bookings", """{"customer":{"phone":"+79991234567"},"service":"windows","start":"2026-02-30T10:00:00Z"}""", "invalid-value", "start")]
    [InlineData("/bookings", """{"customer":{"phone":"+79991234567"},"service":"windows","start":"0001-01-01T00:00:00+14:00"}""", "invalid-value", "start")]
    [InlineData("/bookings", """{"customer":{"phone":"+79991234567"},"service":"windows","start":1700000000}""", "invalid-value", "start")]
    [InlineData("/bookings", """{"customer":{"phone":"+79991234567"},"start":"2026-11-24T10:00:00Z"}""", "invalid-value", "service")]
    [InlineData("/bookings", """{"customer":{"phone":"+79991234567"},"service":"doors","start":"2026-11-24T10:00:00Z"}""", "unknown-service", "service")]
    [InlineData("/bookings", """{"customer":{"phone":"+79991234567"},"service":"sofa","specialist":"oleg","start":"2026-11-24T10:00:00Z"}""", "unknown-specialist", "specialist")]
    [InlineData("/bookings/1/confirm", """{"at":1}""", "invalid-value", "at")]
    [InlineData("/bookings/1/confirm", "{}", "unknown-booking", "id")]
    [InlineData("/bookings/x/cancel", "", "unknown-booking", "id")]
    [InlineData("/bookings/1/move", """{"start":"2026-11-24T10:00:00Z"}""", "unknown-booking", "id")]
    [InlineData("/bookings/1/move", "{}", "invalid-value", "start")]

    // Events.
    [InlineData("/events", """{"customer":{"phone":"+79991234567"}}""", "invalid-value", "name")]
    [InlineData("/events", """{"customer":{"phone":"+79991234567"},"name":"purchase"}""", "invalid-value", "name")]
    [InlineData("/events", """{"customer":{"phone":"+79991234567"},"name":"Order Paid"}""", "invalid-value", "name")]
    [InlineData("/events", """{"customer":{"phone":"+79991234567"},"name":"review.askd"}""", "invalid-value", "name")]
    [InlineData("/events", """{"customer":{"phone":"+79991234567"},"name":"review.asked","with":{"Total":1}}""", "invalid-value", "with.Total")]
    [InlineData("/events", """{"customer":{"phone":"+79991234567"},"name":"review.asked","with":{"total":null}}""", "invalid-value", "with.total")]
    [InlineData("/events", """{"customer":{"phone":"+79991234567"},"name":"review.asked","with":{"total":[1]}}""", "invalid-value", "with.total")]
    [InlineData("/events", """{"customer":{"phone":"+79991234567"},"name":"review.asked","with":{"total":1.00001}}""", "invalid-value", "with.total")]
    [InlineData("/events", """{"customer":{"phone":"+79991234567"},"name":"review.asked","with":{"total":1e30}}""", "invalid-value", "with.total")]
    [InlineData("/events", """{"customer":{"phone":"+79991234567"},"name":"review.asked","with":{"a":1,"a":2}}""", "invalid-value", "with.a")]
    public async Task What_cannot_be_taken_is_named(string path, string body, string problem, string? field)
    {
        var rows = await RowsAsync();

        var answer = await _api.PostAsync(path, body, "key");

        Assert.Equal((problem, field), (answer.Problem, answer["field"]));
        Assert.Equal(problem.StartsWith("unknown", StringComparison.Ordinal) ? 404 : 400, answer.Status);
        Assert.Equal(rows, await RowsAsync());
    }

    [Theory]
    [InlineData("/profiles", "phone")]
    [InlineData("/profiles?phone=%2B79991234567&email=a@example.com", "email")]
    [InlineData("/profiles?phone=x", "phone")]
    [InlineData("/profiles?name=Anna", "name")]
    [InlineData("/profiles/1?phone=1", "phone")]
    [InlineData("/bookings?from=2026-11-01T00:00:00Z", "to")]
    [InlineData("/bookings?from=2026-11-01T00:00:00Z&to=2026-11-01T00:00:00Z", "to")]
    [InlineData("/bookings?from=2026-11-01T00:00:00Z&to=2026-12-02T00:00:01Z", "to")]
    [InlineData("/bookings?from=2026-11-01&to=2026-11-02", "from")]
    [InlineData("/bookings?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&limit=501", "limit")]
    [InlineData("/bookings?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&limit=0", "limit")]
    [InlineData("/bookings?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&after=1", "after")]
    [InlineData("/bookings?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&after=1-1", "after")]
    [InlineData("/bookings?from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z&after=9999999999999999-1", "after")]
    [InlineData("/bookings?from=2026-11-01T00:00:00Z&from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z", "from")]
    [InlineData("/slots?day=2026-11-24", "service")]
    [InlineData("/slots?service=windows&day=24.11.2026", "day")]
    [InlineData("/slots?service=windows&day=9999-12-31", "day")]
    [InlineData("/segments?limit=1", "limit")]
    [InlineData("/segments/sleeping/profiles?after=x", "after")]
    public async Task A_parameter_that_cannot_be_taken_is_named(string path, string field)
    {
        var answer = await _api.GetAsync(path);

        Assert.Equal((400, "invalid-value", field), (answer.Status, answer.Problem, answer["field"]));
    }

    [Theory]
    [InlineData("/profiles/1")]
    [InlineData("/profiles/anna")]
    [InlineData("/profiles?card=ABCDEFGH")]
    [InlineData("/profiles?email=nobody@example.com")]
    [InlineData("/purchases/none")]
    [InlineData("/bookings/1")]
    [InlineData("/segments/none/profiles")]
    [InlineData("/slots?service=doors&day=2026-11-24")]
    [InlineData("/slots?service=sofa&day=2026-11-24&specialist=oleg")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        var answer = await _api.GetAsync(path);

        Assert.Equal(404, answer.Status);
        Assert.StartsWith("unknown-", answer.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_services_there_is_nothing_to_book()
    {
        var without = TestBot.Shipped with { Catalog = null };
        _bot.ContentOrThrow = () => without;

        Assert.Equal((404, "unknown-catalog"), StatusOf(await _api.GetAsync("/slots?service=windows&day=2026-11-24")));
        Assert.Equal((404, "unknown-catalog"), StatusOf(await _api.PostAsync("/bookings",
            $$"""{"customer":{{Anna}},"service":"windows","start":"2026-11-24T10:00:00Z"}""", "key")));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=windows-1251")]
    [InlineData("application/problem+json")]
    public async Task A_body_that_is_not_said_to_be_json_is_not_read(string type)
    {
        var request = TestApi.Request(HttpMethod.Post, "/profiles", Anna);
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        Assert.Equal((415, "content-type"), StatusOf(await _api.SendAsync(request)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_more_than_64_KiB_is_not_read_whether_or_not_its_length_is_said(bool isSaid)
    {
        var request = TestApi.Request(HttpMethod.Post, "/profiles", new string(' ', 64 * 1024) + Anna);
        request.Headers.TransferEncodingChunked = !isSaid;

        Assert.Equal((413, "too-large"), StatusOf(await _api.SendAsync(request)));
    }

    [Fact]
    public async Task A_body_of_just_64_KiB_is_read_and_one_that_is_no_utf8_is_refused()
    {
        Assert.Equal(200, (await _api.PostAsync("/profiles", Anna + new string(' ', (64 * 1024) - Anna.Length))).Status);
        var request = TestApi.Request(HttpMethod.Post, "/profiles", "");
        request.Content = new ByteArrayContent([.. "{\"phone\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        Assert.Equal(400, (await _api.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("/bookings")]
    [InlineData("/bookings/1/confirm")]
    [InlineData("/bookings/1/move")]
    [InlineData("/events")]
    public async Task Where_nothing_else_tells_a_repetition_a_key_is_demanded(string path)
    {
        var answer = await _api.PostAsync(path, "{}");

        Assert.Equal((400, "key-missing", "Idempotency-Key"), (answer.Status, answer.Problem, answer["field"]));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234")]
    public async Task A_key_of_another_form_is_none(string key)
    {
        var answer = await _api.PostAsync("/profiles", Anna, key);

        Assert.Equal((400, "Idempotency-Key"), (answer.Status, answer["field"]));
    }

    [Fact]
    public async Task Two_keys_at_once_are_none()
    {
        var request = TestApi.Request(HttpMethod.Post, "/profiles", Anna, "one");
        request.Headers.Add("Idempotency-Key", "two");

        Assert.Equal(400, (await _api.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/customers", 404)]
    [InlineData("POST", "/purchases/p/refund", 404)]
    [InlineData("GET", "/purchases", 405)]
    [InlineData("DELETE", "/profiles/1", 405)]
    [InlineData("PUT", "/bookings", 405)]
    public async Task What_there_is_not_is_told_so(string method, string path, int status)
    {
        var answer = await _api.SendAsync(TestApi.Request(new HttpMethod(method), path, null));

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Type));
    }

    private static (int, string?) StatusOf(ApiAnswer answer) => (answer.Status, answer.Problem);

    /// <summary>All that a request could leave behind.</summary>
    private Task<long> RowsAsync() => _bot.SqlAsync("""
        SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM requests) + (SELECT count(*) FROM profiles) + (SELECT count(*) FROM events)
            + (SELECT count(*) FROM profile_tags) + (SELECT count(*) FROM admin_messages)
        """);
}
