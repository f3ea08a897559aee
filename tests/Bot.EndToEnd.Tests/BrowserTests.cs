using Bot.EndToEnd.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bot.EndToEnd.Tests;

/// <summary>The web chat in a real browser.</summary>
public class BrowserTests(Browser browser) : BotTest, IClassFixture<Browser>
{
    private const string Hostile = "Анна <img src=x onerror=alert(1)>";
    private const string GetChecklist = "🎁 Получить чек-лист";

    [Fact]
    public async Task A_visitor_gets_the_checklist_by_clicking_with_a_reload_in_the_middle()
    {
        Settings.Remove("Telegram:Token");
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync();
        var chat = await ChatPage.OpenAsync(visitor, bot.Url);
        await Expect(chat.Page).ToHaveTitleAsync("Чистый дом");

        await chat.Button(GetChecklist).ClickAsync();
        await chat.SeesAsync(Customer.Asked);
        await chat.Button(Customer.Agree).ClickAsync();
        await chat.SeesAsync(Customer.AskedName);
        await Expect(chat.Button(Customer.Agree)).ToHaveCountAsync(0);
        var before = await chat.TextsAsync();
        await chat.Page.ReloadAsync();
        await chat.SeesAsync(Customer.AskedName);
        Assert.Equal(before, await chat.TextsAsync());
        await Expect(chat.Button(Customer.Agree)).ToHaveCountAsync(0);
        await chat.WritesAsync(Hostile);
        await chat.SeesAsync($"{Hostile}, {Customer.AskedPhone}");
        await chat.GivesPhoneAsync("+7 999 123-45-67");
        await chat.SeesAsync(Customer.Delivered);
        await Expect(chat.Page.Locator("#contact")).ToBeHiddenAsync();
        var download = await chat.Page.RunAndWaitForDownloadAsync(() => chat.Page.Locator("a.file").ClickAsync());
        await chat.Button(Customer.Accept).ClickAsync();
        await chat.SeesAsync(Customer.Accepted);

        Assert.Equal(Customer.Magnet, download.SuggestedFilename);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(PublishedBot.Dialogs, "files", Customer.Magnet)),
            await File.ReadAllBytesAsync(await download.PathAsync()));
        await Expect(chat.Log.Locator("img")).ToHaveCountAsync(0);
        Assert.Empty(chat.Faults);
    }

    [Fact]
    public async Task What_is_written_without_a_connection_is_sent_once_when_it_is_back()
    {
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync();
        var chat = await ChatPage.OpenAsync(visitor, bot.Url, "/?start=guide-site");
        await chat.Button(Customer.Agree).ClickAsync();
        await chat.SeesAsync(Customer.AskedName);

        await visitor.SetOfflineAsync(true);
        await Expect(chat.Banner).ToBeVisibleAsync();
        await chat.WritesAsync("Анна");
        await Expect(chat.Page.Locator("#pending .message")).ToHaveCountAsync(1);
        await visitor.SetOfflineAsync(false);

        await chat.SeesAsync(Customer.AskedPhone);
        await Expect(chat.Banner).ToBeHiddenAsync();
        await Expect(chat.Page.Locator("#pending .message")).ToHaveCountAsync(0);
        await chat.SeesOnceAsync("Вы: Анна");
        await chat.SeesOnceAsync(Customer.AskedPhone);
        Assert.Equal(1, Database.Number("SELECT count(*) FROM web_messages WHERE text = 'Анна'"));
        Assert.Empty(chat.Faults);
    }

    [Fact]
    public async Task When_the_bot_dies_under_it_the_page_comes_back_by_itself_and_keeps_what_was_written_through_a_reload()
    {
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync();
        var chat = await ChatPage.OpenAsync(visitor, bot.Url, "/?start=guide-site");
        await chat.Button(Customer.Agree).ClickAsync();
        await chat.SeesAsync(Customer.AskedName);

        await bot.KillAsync();
        await Expect(chat.Banner).ToBeVisibleAsync();
        await chat.WritesAsync("Анна");
        await RunAsync();
        await chat.Page.ReloadAsync();

        await chat.SeesAsync(Customer.AskedPhone);
        await Expect(chat.Banner).ToBeHiddenAsync();
        await chat.SeesOnceAsync("Вы: Анна");
        await chat.GivesPhoneAsync("anna@example.com");
        await chat.SeesOnceAsync(Customer.Delivered);
    }

    [Fact]
    public async Task Two_tabs_show_the_same()
    {
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync();
        var first = await ChatPage.OpenAsync(visitor, bot.Url);
        await first.SeesAsync("Чистый дом");
        var second = await ChatPage.OpenAsync(visitor, bot.Url);
        await second.Button(GetChecklist).ClickAsync();
        await second.SeesAsync(Customer.Asked);
        await Expect(first.Button(Customer.Agree)).ToBeVisibleAsync();

        await second.Button(Customer.Agree).ClickAsync();

        await first.SeesAsync(Customer.AskedName);
        await Expect(first.Button(Customer.Agree)).ToHaveCountAsync(0);
        Assert.Equal(await second.TextsAsync(), await first.TextsAsync());
        Assert.Empty(first.Faults.Concat(second.Faults));
    }

    [Fact]
    public async Task A_command_that_the_bot_names_can_be_tapped()
    {
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync();
        var chat = await ChatPage.OpenAsync(visitor, bot.Url, "/?start=guide");
        await chat.Button("Не сейчас").ClickAsync();

        await chat.Button("/menu").ClickAsync();

        await chat.SeesAsync(Customer.Menu);
        await chat.SeesOnceAsync("Вы: /menu");
        Assert.Empty(await chat.FaultsOfAccessAsync());
        Assert.Empty(chat.Faults);
    }

    [Fact]
    public async Task It_can_be_used_with_the_keyboard_alone()
    {
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync();
        var chat = await ChatPage.OpenAsync(visitor, bot.Url);
        await Expect(chat.Button(GetChecklist)).ToBeVisibleAsync();
        await Expect(chat.Field).ToBeFocusedAsync();

        await PressAsync(GetChecklist);
        await PressAsync(Customer.Agree);
        await chat.SeesAsync(Customer.AskedName);
        await Expect(chat.Field).ToBeFocusedAsync();
        await chat.Page.Keyboard.TypeAsync("Анна");
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Page.Locator("#number")).ToBeVisibleAsync();
        await TabToAsync("document.activeElement.id === 'number'");
        await chat.Page.Keyboard.TypeAsync("+79991234567");
        await chat.Page.Keyboard.PressAsync("Enter");
        await chat.SeesAsync(Customer.Delivered);
        await PressAsync(Customer.Accept);

        await chat.SeesAsync(Customer.Accepted);
        Assert.Empty(chat.Faults);

        async Task PressAsync(string label)
        {
            await Expect(chat.Button(label)).ToBeEnabledAsync();
            await TabToAsync($"document.activeElement.textContent === '{label}'");
            Assert.True(await chat.Page.EvaluateAsync<bool>("getComputedStyle(document.activeElement).outlineStyle !== 'none'"), "the focus is seen");
            await chat.Page.Keyboard.PressAsync("Enter");
        }

        async Task TabToAsync(string condition)
        {
            for (var i = 0; i < 20 && !await chat.Page.EvaluateAsync<bool>(condition); i++)
                await chat.Page.Keyboard.PressAsync("Shift+Tab");
            Assert.True(await chat.Page.EvaluateAsync<bool>(condition), $"the keyboard reaches {condition}");
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task On_a_narrow_phone_everything_fits_is_named_and_can_be_read(ColorScheme scheme)
    {
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync("en-US", 360, 720, scheme, isPhone: true);
        var chat = await ChatPage.OpenAsync(visitor, bot.Url);
        await chat.Button("🎁 Get the checklist").TapAsync();
        await chat.SeesAsync("I need your consent");
        await chat.Button("I agree").ScrollIntoViewIfNeededAsync();
        Assert.Empty(await chat.FaultsOfAccessAsync());
        await chat.Button("I agree").TapAsync();
        await chat.SeesAsync("What is your name?");
        await chat.WritesAsync("Mary-Ann O'Neil");
        await chat.SeesAsync("leave your phone");
        Assert.Empty(await chat.FaultsOfAccessAsync());
        if (scheme == ColorScheme.Dark)
            await chat.SavePictureAsync("chat-dark.png");
        await chat.GivesPhoneAsync("+44 20 7946 0958");
        await chat.SeesAsync("May I send you tips");
        await Expect(chat.Button("Please do")).ToBeInViewportAsync();
        await Expect(chat.Page.Locator("#typing")).ToBeHiddenAsync();
        Assert.Empty(await chat.FaultsOfAccessAsync());
        if (scheme == ColorScheme.Light)
            await chat.SavePictureAsync("chat-light.png");

        var background = await chat.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == ColorScheme.Dark, background == "rgb(17, 20, 26)");
        Assert.Empty(chat.Faults);
    }

    [Fact]
    public async Task On_a_page_of_the_business_a_button_opens_the_chat_and_escape_closes_it()
    {
        await using var site = await OtherSite.StartAsync();
        Settings["Web:AllowedOrigins"] = site.Origin;
        var bot = await RunAsync();
        site.Body = $"<script src='{new Uri(bot.Url, "widget.js")}' data-start=guide-site async></script>";
        await using var visitor = await browser.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(site.Origin);

        var button = page.GetByRole(AriaRole.Button, new() { Name = "Чат" });
        await button.ClickAsync();
        var frame = page.FrameLocator("iframe");
        await frame.GetByRole(AriaRole.Button, new() { Name = Customer.Agree }).ClickAsync();
        await Expect(frame.Locator("#log")).ToContainTextAsync(Customer.AskedName);
        await Expect(button).ToHaveAttributeAsync("aria-expanded", "true");
        await frame.Locator("#text").PressAsync("Escape");

        await Expect(page.Locator("iframe")).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();
        Assert.Equal("site", Assert.Single(Database.Texts("SELECT first_source FROM profiles")));
    }

    [Fact]
    public async Task On_a_page_that_nobody_named_the_chat_does_not_open()
    {
        await using var site = await OtherSite.StartAsync();
        var bot = await RunAsync();
        site.Body = $"<iframe src='{new Uri(bot.Url, "chat")}'></iframe>";
        await using var visitor = await browser.NewVisitorAsync();
        var page = await visitor.NewPageAsync();
        var refusal = page.WaitForConsoleMessageAsync(new() { Predicate = static line => line.Text.Contains("frame-ancestors", StringComparison.Ordinal) });

        await page.GotoAsync(site.Origin);

        await refusal;
        Assert.Equal(0, Database.Number("SELECT count(*) FROM web_sessions"));
    }
}
