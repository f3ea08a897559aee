using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>The chat as a visitor sees and uses it.</summary>
internal sealed class ChatPage
{
    private readonly List<string> _faults = [];

    private ChatPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _faults.Add(error);
        page.Console += (_, line) => Note(line);
        page.Request += (_, request) => NoteForeign(request.Url);
    }

    public IPage Page { get; }

    public ILocator Log => Page.Locator("#log");

    public ILocator Banner => Page.Locator("#banner");

    public ILocator Field => Page.Locator("#text");

    /// <summary>What went wrong inside the page: errors, things its policy forbids, requests to anybody else.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static async Task<ChatPage> OpenAsync(IBrowserContext visitor, Uri url, string path = "/")
    {
        var page = new ChatPage(await visitor.NewPageAsync());
        await page.Page.GotoAsync(new Uri(url, path).ToString());
        return page;
    }

    public Task SeesAsync(string text) => Expect(Log.Locator(".message:not(.own)", new() { HasText = text })).ToBeVisibleAsync();

    /// <summary>Sees it once, whatever was repeated.</summary>
    public Task SeesOnceAsync(string text) => Expect(Log.Locator(".message", new() { HasText = text })).ToHaveCountAsync(1);

    public ILocator Button(string label) => Page.GetByRole(AriaRole.Button, new() { Name = label, Exact = true });

    public async Task WritesAsync(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    public async Task GivesPhoneAsync(string number)
    {
        await Page.Locator("#number").FillAsync(number);
        await Page.Locator("#phone button").ClickAsync();
    }

    /// <summary>The texts of all messages, in order.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync() => await Log.Locator(".bubble").AllInnerTextsAsync();

    private void Note(IConsoleMessage line)
    {
        // That a connection fails is what some tests are about; the browser complains of it whatever the page does.
        if (line.Type == "error" && !Regex.IsMatch(line.Text, "WebSocket connection|net::ERR_|status of 401"))
            _faults.Add(line.Text);
    }

    private void NoteForeign(string url)
    {
        var page = new Uri(Page.Url);
        if (page.Scheme == "http" && new Uri(url) is { Scheme: "http" or "https" or "ws" } to && to.Authority != page.Authority)
            _faults.Add($"a request to {url}");
    }
}
