using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>The product's dialog from the first tap to the last, both ways of receiving.</summary>
public class LeadMagnetTests : BotTest
{
    [Fact]
    public async Task A_customer_gets_the_checklist_for_a_contact_and_a_consent()
    {
        await RunAsync();

        await Chat(1).GetsTheChecklistAsync();

        IsKnown(1);
        Assert.Equal("7-pyaten.pdf", Assert.Single(Chat(1).Messages, static message => message.Method == "sendDocument").FileName);
    }

    [Fact]
    public async Task A_customer_gets_the_checklist_by_webhook()
    {
        Settings["Telegram:Mode"] = "webhook";
        Settings["Telegram:WebhookUrl"] = new Uri(Folder.Url, "telegram").ToString();
        await RunAsync();

        await Chat(1).GetsTheChecklistAsync();

        IsKnown(1);
        Assert.DoesNotContain(Server.Calls, static call => call.Method == "getUpdates");
        await Eventually.TrueAsync(() => Server.Bot().Pending == 0, "every update is confirmed");
    }

    [Fact]
    public async Task A_file_is_uploaded_once_and_named_afterwards_also_after_a_restart()
    {
        var bot = await RunAsync();
        await Chat(1).GetsTheChecklistAsync();
        await Chat(2).GetsTheChecklistAsync();
        Assert.Equal(0, await bot.StopAsync());
        await RunAsync();

        await Chat(3).GetsTheChecklistAsync();

        Assert.Equal(1, Server.Bot().Uploads);
        Assert.Equal(1, Chat(3).Magnets());
    }

    private void IsKnown(long chat)
    {
        var known = Database.Of(chat);
        Assert.Equal(["guide"], known.Tags);
        Assert.Equal(["marketing", "personal-data"], known.Consents);
        Assert.Equal(1, known.Delivered);
        Assert.Equal("Анна", known.Fields["name"]);
        Assert.Equal("+79991234567", known.Fields["phone"]);
        Assert.Equal(1, Chat(chat).Magnets());
    }
}
