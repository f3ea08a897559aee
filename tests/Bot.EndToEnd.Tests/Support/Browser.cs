using Microsoft.Playwright;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>Debian's Chromium without a window, started once for the tests of a class that use it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private static readonly float Patience = (float)Eventually.Patience.TotalMilliseconds;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        Assertions.SetDefaultExpectTimeout(Patience);
    }

    /// <summary>A visitor with a browser of their own; without Chromium the test says so and is skipped.</summary>
    public async Task<IBrowserContext> NewVisitorAsync(
        string language = "ru-RU", int width = 900, int height = 760, ColorScheme scheme = ColorScheme.Light, bool isPhone = false)
    {
        if (_browser is null)
            Assert.Skip($"There is no {Program}: apt-get install chromium");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = language,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            DeviceScaleFactor = isPhone ? 2 : 1,
            HasTouch = isPhone,
            IsMobile = isPhone,
        });
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
