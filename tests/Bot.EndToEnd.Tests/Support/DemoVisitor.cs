using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>Whoever uses the demo's endpoints: the page, or a program on this machine.</summary>
internal sealed class DemoVisitor : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _url;

    public DemoVisitor(Uri url) => (_url, _http) = (url, new HttpClient { BaseAddress = url, Timeout = Eventually.Patience });

    /// <summary>What it is on the clock.</summary>
    public async Task<DateTimeOffset> NowAsync() => DateTimeOffset.Parse((await ClockAsync()).GetProperty("now").GetString()!, CultureInfo.InvariantCulture);

    public Task<JsonElement> ClockAsync() => ReadAsync("demo/clock");

    /// <summary>The lines of the admin chat.</summary>
    public async Task<IReadOnlyList<string>> AdminAsync() =>
        [.. (await ReadAsync("demo/admin")).GetProperty("lines").EnumerateArray().Select(static line => line.GetProperty("html").GetString()!)];

    /// <summary>Presses the newest button with this label in the admin chat, once it is there.</summary>
    public async Task PressesInAdminAsync(string label)
    {
        string? press = null;
        for (var tries = 0; press is null; tries++)
        {
            Assert.True(tries < 400, $"There is no button \"{label}\" in the admin chat.");
            var lines = (await ReadAsync("demo/admin")).GetProperty("lines").EnumerateArray().Reverse();
            press = lines.SelectMany(static line => line.GetProperty("buttons").EnumerateArray())
                .Where(button => button.GetProperty("label").GetString() == label).Select(static button => button.GetProperty("press").GetString()).FirstOrDefault();
            if (press is null)
                await Task.Delay(50);
        }

        var (status, body) = await PostAsync("demo/admin", $$"""{"press":"{{press}}"}""");
        Assert.True(status == HttpStatusCode.NoContent, body);
    }

    public async Task AdvanceAsync(string duration)
    {
        var (status, body) = await PostAsync("demo/clock", $$"""{"advance":"{{duration}}"}""");
        Assert.True(status == HttpStatusCode.OK, body);
    }

    /// <summary>Moves the clock to a moment, if that is not past.</summary>
    public async Task AdvanceToAsync(DateTimeOffset to)
    {
        if (to - await NowAsync() is { Ticks: > 0 } left)
            await AdvanceAsync(System.Xml.XmlConvert.ToString(TimeSpan.FromMinutes(Math.Ceiling(left.TotalMinutes))));
    }

    public Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body, string? origin = null, string? header = null) =>
        SendAsync(HttpMethod.Post, path, body, origin ?? _url.GetLeftPart(UriPartial.Authority), header);

    /// <summary>Asks as a page of this origin would, or as a program without one.</summary>
    /// <param name="header">One more, as <c>Name: value</c>.</param>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string? body, string? origin, string? header = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (header?.Split(": ") is [var name, var value])
            request.Headers.Add(name, value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> ReadAsync(string path)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path, null, null);
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }
}
