using System.Net.Http.Headers;
using Bot.Configuration;
using Bot.Tests.Support;

namespace Bot.Tests.Api;

/// <summary>Who is let in, at what pace, and what of it can be read in the log.</summary>
public sealed class DoorTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer wrong-wrong-wrong-wrong-wrong-wrong")]
    [InlineData("Basic dGlsbA==")]
    [InlineData($"Basic {TestApi.Key}")]
    [InlineData($"Bearer {TestApi.Key} {TestApi.Key}")]
    [InlineData($"Bearer {TestApi.Key}x")]
    public async Task Without_a_right_key_nothing_is_told_not_even_what_there_is(string? header)
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await using var api = await TestApi.StartAsync(bot);
        foreach (var path in (string[])["/segments", "/nothing-like-this"])
        {
            using var request = TestApi.Request(HttpMethod.Get, path, null);
            request.Headers.Remove("Authorization");
            if (header is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", header);
            }

            var answer = await api.SendAsync(request);

            Assert.Equal((401, "unauthorized", "application/problem+json"), (answer.Status, answer.Problem, answer.Type));
            Assert.Equal([new AuthenticationHeaderValue("Bearer")], answer.Headers.WwwAuthenticate);
        }
    }

    [Fact]
    public async Task Each_of_several_keys_is_good_and_the_scheme_is_written_in_any_case()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await using var api = await TestApi.StartAsync(bot);
        foreach (var header in (string[])[$"Bearer {TestApi.Key}", $"bearer {TestApi.OtherKey}"])
        {
            using var request = TestApi.Request(HttpMethod.Get, "/segments", null);
            request.Headers.Remove("Authorization");
            request.Headers.TryAddWithoutValidation("Authorization", header);

            Assert.Equal(200, (await api.SendAsync(request)).Status);
        }
    }

    [Fact]
    public async Task Wrong_keys_are_slowed_and_whoever_has_a_right_one_is_not()
    {
        var time = new ManualTime();
        await using var bot = TestBot.Create().Start(sends: false);
        await using var api = await TestApi.StartAsync(bot, time);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(401, (await WrongAsync(api)).Status);
        }

        var slowed = await WrongAsync(api);
        Assert.Equal((429, "too-many-requests"), (slowed.Status, slowed.Problem));
        Assert.Equal(TimeSpan.FromSeconds(6), slowed.Headers.RetryAfter!.Delta);
        Assert.Equal(200, (await api.GetAsync("/segments")).Status);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(401, (await WrongAsync(api)).Status);
    }

    [Fact]
    public async Task A_key_that_asks_too_fast_waits_and_the_others_do_not()
    {
        var time = new ManualTime();
        await using var bot = TestBot.Create().Start(sends: false);
        await using var api = await TestApi.StartAsync(bot, time);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(404, (await api.GetAsync("/purchases/none")).Status);
        }

        var slowed = await api.GetAsync("/purchases/none");
        Assert.Equal((429, "too-many-requests"), (slowed.Status, slowed.Problem));
        Assert.Equal(TimeSpan.FromSeconds(1), slowed.Headers.RetryAfter!.Delta);
        Assert.Equal(404, (await api.SendAsync(TestApi.Request(HttpMethod.Get, "/purchases/none", null, bearer: TestApi.OtherKey))).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(404, (await api.GetAsync("/purchases/none")).Status);
        }

        Assert.Equal(429, (await api.GetAsync("/purchases/none")).Status);
    }

    [Fact]
    public async Task Nothing_of_a_request_is_logged_however_it_ends()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await using var api = await TestApi.StartAsync(bot);
        await api.PostAsync("/profiles", """{"phone":"+79161112233","name":"Плантида"}""", "PLANTED-key");
        await api.GetAsync("/profiles?phone=%2B79161112233");
        await api.PostAsync("/purchases", """{"id":"PLANTED","customer":{"phone":"+79161112233"},"amount":1}""");
        await api.PostAsync("/purchases", """{"PLANTED":"PLANTED"}""");
        await api.GetAsync("/purchases/PLANTED");
        await WrongAsync(api, "PLANTED-PLANTED-PLANTED-PLANTED-PLANTED");
        bot.ContentOrThrow = () => throw new InvalidOperationException("PLANTED: of what was sent");
        var failed = await api.PostAsync("/profiles", """{"phone":"+79161112233","name":"Плантида"}""");

        Assert.Equal((500, "failed"), (failed.Status, failed.Problem));
        var log = string.Join('\n', api.Log);
        Assert.Contains("API POST /profiles failed as ", log, StringComparison.Ordinal);
        Assert.Contains("API GET /purchases/{id} was answered with 200", log, StringComparison.Ordinal);
        foreach (var planted in (string[])["PLANTED", "9161112233", "Плантида", TestApi.Key])
        {
            Assert.DoesNotContain(planted, log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Options_do_not_print_keys()
    {
        var options = new ApiOptions(["0123456789abcdef"]);

        Assert.Equal("1 keys", options.ToString());
    }

    private static Task<ApiAnswer> WrongAsync(TestApi api, string key = "wrong-wrong-wrong-wrong-wrong-wrong-wrong") =>
        api.SendAsync(TestApi.Request(HttpMethod.Get, "/segments", null, bearer: key));
}
