using Bot.EndToEnd.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bot.EndToEnd.Tests;

/// <summary>The demo's page in a real browser.</summary>
public class DemoBrowserTests(Browser browser) : BotTest, IClassFixture<Browser>
{
    private const string Hello = "have you had a look at the checklist?";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Settings.Remove("Telegram:Token");
        Settings.Remove("Demo:Enabled");
    }

    [Fact]
    public async Task Whoever_gets_the_checklist_and_moves_the_clock_sees_the_welcome_begin_and_what_staff_see()
    {
        // A business that speaks English, so that its staff do.
        Settings["Dialogs:Path"] = Folder.CopyDialogs();
        Folder.Write("dialogs/settings.yaml", File.ReadAllText(Folder.In("dialogs/settings.yaml"))
            .Replace("languages: [ru, en]", "languages: [en, ru]", StringComparison.Ordinal)
            .Replace("name: Чистый дом", "name: Clean Home", StringComparison.Ordinal));
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync("en-US", 1200, 760);
        var chat = await ChatPage.OpenAsync(visitor, bot.Url);
        var next = chat.Page.Locator("#what");
        var admin = chat.Page.Locator("#lines");
        await Expect(next).ToContainTextAsync("Get the checklist");
        await GetsTheChecklistAsync(chat);
        await Expect(admin).ToContainTextAsync("New contact: Mary-Ann O'Neil, +442079460958");
        await Expect(next).ToContainTextAsync("Next: welcome/hello on");
        var before = await chat.Page.Locator("#now").GetAttributeAsync("datetime");

        await chat.Button("+15 min").ClickAsync();
        await ByDayAsync(chat);

        await chat.SeesOnceAsync(Hello);
        await Expect(next).ToContainTextAsync("Next: welcome/mistakes on");
        Assert.NotEqual(before, await chat.Page.Locator("#now").GetAttributeAsync("datetime"));
        await chat.SavePictureAsync("demo.png");

        await chat.Button("+1 week").ClickAsync();
        await chat.SeesOnceAsync("Three mistakes that make a stain stay for ever");
        await Expect(chat.Log.Locator(".day").First).ToBeVisibleAsync();
        Assert.Empty(chat.Faults);
    }

    [Fact]
    public async Task Whoever_has_the_page_open_is_the_owner_and_looks_at_the_new_contact()
    {
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync("en-US", 1200, 760);
        var chat = await ChatPage.OpenAsync(visitor, bot.Url);
        var admin = chat.Page.Locator("#lines");
        await GetsTheChecklistAsync(chat);

        await chat.Button("Карточка").ClickAsync();
        await Expect(admin).ToContainTextAsync("Телефон: +442079460958");
        await chat.Page.GetByLabel("Write to the admin chat").FillAsync("/find <ann>");
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(admin).ToContainTextAsync("Никого не нашлось");
        await chat.Page.GetByLabel("Write to the admin chat").FillAsync("/leads today");
        await chat.Button("Write").ClickAsync();
        await Expect(admin).ToContainTextAsync("неизвестно: 1");

        Assert.Empty(await chat.FaultsOfAccessAsync());
        Assert.Empty(chat.Faults);
    }

    [Fact]
    public async Task Whoever_is_forgotten_while_the_page_is_open_begins_anew_in_it_as_somebody_new()
    {
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync("en-US", 1200, 760);
        var chat = await ChatPage.OpenAsync(visitor, bot.Url);
        await GetsTheChecklistAsync(chat);
        await chat.WritesAsync("delete my data");
        await chat.Button("Yes, delete it").ClickAsync();
        await chat.SeesAsync("Your data will be deleted by");
        await Expect(chat.Page.Locator("#lines")).ToContainTextAsync("Просят удалить данные");

        using var demo = new DemoVisitor(bot.Url);
        await demo.AdvanceAsync("P31D");
        await chat.SeesAsync("Your data is being deleted");
        await Expect(chat.Page.Locator("#lines")).ToContainTextAsync("Данные удалены");
        await chat.WritesAsync("/points");

        await chat.SeesAsync("You have 0 points");
        await Expect(chat.Log).Not.ToContainTextAsync("Your data will be deleted by");
        Assert.Equal(2, new Database(Folder.In("data/demo.db")).Number("SELECT count(*) FROM profiles"));
    }

    [Fact]
    public async Task A_fresh_demo_asks_first_and_then_the_page_begins_anew_by_itself()
    {
        var bot = await RunAsync();
        await using var visitor = await browser.NewVisitorAsync("en-US", 1200, 760);
        var chat = await ChatPage.OpenAsync(visitor, bot.Url);
        await GetsTheChecklistAsync(chat);
        await Expect(chat.Page.Locator("#lines article")).ToHaveCountAsync(1);

        await chat.Button("Fresh demo").ClickAsync();
        await Expect(chat.Page.GetByRole(AriaRole.Dialog, new() { Name = "Begin anew?" })).ToBeVisibleAsync();
        Assert.Empty(await chat.FaultsOfAccessAsync());
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(chat.Button("Fresh demo")).ToBeFocusedAsync();
        await chat.SeesOnceAsync("Here it is, Mary-Ann O'Neil");

        await chat.Button("Fresh demo").ClickAsync();
        await chat.Button("Begin anew").ClickAsync();

        await Expect(chat.Button("🎁 Get the checklist")).ToBeVisibleAsync();
        await Expect(chat.Log.Locator(".message")).ToHaveCountAsync(1);
        await Expect(chat.Page.Locator("#lines article")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light, true)]
    [InlineData(ColorScheme.Dark, true)]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, false)]
    public async Task On_a_phone_and_on_a_desk_everything_fits_is_named_and_can_be_read(ColorScheme scheme, bool isPhone)
    {
        var bot = await RunAsync();
        await using var visitor = isPhone
            ? await browser.NewVisitorAsync("ru-RU", 360, 720, scheme, isPhone)
            : await browser.NewVisitorAsync("en-US", 1200, 760, scheme);
        var chat = await ChatPage.OpenAsync(visitor, bot.Url);
        var agree = chat.Button(isPhone ? "Согласен" : "I agree");
        await chat.Button(isPhone ? "🎁 Получить чек-лист" : "🎁 Get the checklist").ClickAsync();
        await Expect(agree).ToBeInViewportAsync();
        await Expect(chat.Page.Locator("#now")).Not.ToBeEmptyAsync();
        await Expect(chat.Page.Locator("#what")).Not.ToBeEmptyAsync();
        Assert.Empty(await chat.FaultsOfAccessAsync());
        await Expect(chat.Page.Locator("#demo")).ToBeInViewportAsync();
        await Expect(chat.Field).ToBeInViewportAsync();
        if (isPhone)
        {
            await Expect(chat.Page.Locator("#lines")).ToBeHiddenAsync();
            await chat.Page.Locator("#admin summary").ClickAsync();
            await Expect(chat.Field).ToBeInViewportAsync();
        }

        await Expect(chat.Page.Locator("#lines")).ToBeInViewportAsync();
        Assert.Empty(await chat.FaultsOfAccessAsync());
        Assert.Empty(chat.Faults);
    }

    private static async Task GetsTheChecklistAsync(ChatPage chat)
    {
        await chat.Button("🎁 Get the checklist").ClickAsync();
        await chat.Button("I agree").ClickAsync();
        await chat.SeesAsync("What is your name?");
        await chat.WritesAsync("Mary-Ann O'Neil");
        await chat.GivesPhoneAsync("+44 20 7946 0958");
        await chat.Button("Please do").ClickAsync();
        await chat.SeesAsync("Thank you!");
    }

    /// <summary>At night the welcome waits for the morning, and the page says so.</summary>
    private static async Task ByDayAsync(ChatPage chat)
    {
        var next = chat.Page.Locator("#what");
        await Expect(next).ToContainTextAsync(new System.Text.RegularExpressions.Regex("quiet hours until 0?9:00|welcome/mistakes"));
        if ((await next.InnerTextAsync()).Contains("quiet hours", StringComparison.Ordinal))
            await chat.Button("Next event").ClickAsync();
    }
}
