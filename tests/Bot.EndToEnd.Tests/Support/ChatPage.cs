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

    /// <summary>What a person would stumble over: no name, no label, too little contrast, too small for a finger, wider than the screen.</summary>
    public Task<string[]> FaultsOfAccessAsync() => Page.EvaluateAsync<string[]>("""
        () => {
          const faults = [];
          const seen = e => e.checkVisibility({ checkVisibilityCSS: true }) && e.getBoundingClientRect().width > 1;
          const say = (what, e) => faults.push(`${what}: ${e.outerHTML.slice(0, 120)}`);
          for (const e of document.querySelectorAll('button, a, input, textarea, summary, [tabindex]')) {
            if (!seen(e)) continue;
            const name = e.getAttribute('aria-label') || [...(e.labels ?? [])].map(l => l.textContent).join('') || (e.matches('input, textarea') ? '' : e.textContent);
            if (!name.trim()) say('no name', e);
            // A command stands in a sentence, like a link.
            if (e.matches('button:not(.command), input, textarea, summary') && e.getBoundingClientRect().height < 44) say('too small', e);
          }
          const numbers = color => color.match(/[\d.]+/g).map(Number);
          const light = color => numbers(color).slice(0, 3).map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
          const ground = e => { const c = getComputedStyle(e).backgroundColor; return (numbers(c)[3] ?? 1) > 0 || !e.parentElement ? c : ground(e.parentElement); };
          for (const e of document.querySelectorAll('body *')) {
            if (!seen(e) || e.disabled || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
            const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
            if ((a + .05) / (b + .05) < 4.5) say(`contrast ${((a + .05) / (b + .05)).toFixed(2)}`, e);
          }
          if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the screen');
          if (!document.documentElement.lang) faults.push('no language');
          if (document.querySelectorAll('h1').length !== 1 || !document.querySelector('main') || !document.querySelector('[role=log][aria-live=polite]')) faults.push('no landmarks');
          return faults;
        }
        """);

    /// <summary>Pictures for the README are made when they are asked for.</summary>
    public async Task SavePictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("BOT_PICTURES") is { Length: > 0 })
            await Page.ScreenshotAsync(new() { Path = Path.Combine(PublishedBot.Root, "docs", "images", name) });
    }

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
