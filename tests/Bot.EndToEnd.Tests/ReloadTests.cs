using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>The owner edits the dialogs while customers stand in them.</summary>
public sealed class ReloadTests : BotTest
{
    private const long Owner = 501;
    private string _dialogs = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Settings["Dialogs:Path"] = _dialogs = Folder.CopyDialogs();
    }

    [Fact]
    public async Task Case_19_Who_stands_in_a_changed_dialog_goes_on_moves_or_begins_anew_and_staff_are_told()
    {
        var bot = await RunAsync();
        await ClaimAsync(bot);
        await Chat(1).GetsToTheNameAsync();
        await Chat(2).GetsToTheNameAsync();
        await Chat(3).GetsToTheNameAsync();

        // The state stays: new words, the same place.
        await ReplaceAsync("contact.yaml", "ru: \"{{ profile.name }}, оставьте телефон", "ru: \"{{ profile.name }}, теперь оставьте телефон");
        await Chat(Owner).ReceivesAsync("Изменилось: contact.yaml", Eventually.Patience);
        Chat(1).Says("Анна");
        await Chat(1).ReceivesAsync("теперь оставьте телефон", Eventually.Patience);
        Chat(1).SharesContact("+79991234567");
        await Chat(1).ReceivesAsync(Customer.Delivered, Eventually.Patience);

        // The state is gone, and the file says where to go on.
        var renamed = (await File.ReadAllTextAsync(In("contact.yaml")))
            .Replace("goto: name", "goto: called", StringComparison.Ordinal)
            .Replace("\n  name:\n", "\n  called:\n", StringComparison.Ordinal)
            .Replace("Как вас зовут?", "Ваше имя?", StringComparison.Ordinal);
        await WriteAsync("contact.yaml", renamed + "\nmoved: { name: consent }\n");
        await Chat(Owner).ReceivesAsync("Изменилось: contact.yaml", Eventually.Patience);
        Chat(2).Says("Анна");
        await Chat(2).ReceivesAsync("Ваше имя?", Eventually.Patience);
        await Chat(2).GivesNameAndPhoneAsync("Ольга", "+79991234568");

        // It is gone without a word: never silence, and staff hear of it once.
        await WriteAsync("contact.yaml", renamed);
        await Chat(Owner).ReceivesAsync("Изменилось: contact.yaml", Eventually.Patience);
        Chat(3).Says("Мария");
        await Chat(3).ReceivesAsync("начнём заново", Eventually.Patience);
        var told = await Chat(Owner).ReceivesAsync("Клиент стоял на шаге name", Eventually.Patience);
        Assert.Contains("moved:", told.Text, StringComparison.Ordinal);
        await Chat(3).IsAnsweredAsync("/start guide", "Ваше имя?");
    }

    [Fact]
    public async Task A_mistake_leaves_what_was_in_force_and_is_told_with_its_place()
    {
        var bot = await RunAsync();
        await ClaimAsync(bot);
        await ReplaceAsync("contact.yaml", "goto: phone", "goto: phnoe");

        var fault = await Chat(Owner).ReceivesAsync("действуют прежние", Eventually.Patience);

        Assert.Matches(@"contact\.yaml:\d+:\d+: ", fault.Text);
        await bot.SaysAsync("The dialogs are not reloaded: contact.yaml:");
        await Chat(1).GetsTheChecklistAsync();

        await ReplaceAsync("contact.yaml", "goto: phnoe", "goto: phone");
        await Chat(Owner).ReceivesAsync("нового в них нет", Eventually.Patience);
        await Chat(Owner).IsAnsweredAsync("/reload", "нового в них нет");
    }

    [Fact]
    public async Task Telegrams_menu_the_page_and_the_files_are_those_of_the_new_content()
    {
        var bot = await RunAsync();
        await ClaimAsync(bot);
        await Chat(1).GetsTheChecklistAsync();
        var bytes = "%PDF-1.4 another"u8.ToArray();
        await File.WriteAllBytesAsync(Path.Combine(_dialogs, "files", Customer.Magnet), bytes);
        await ReplaceAsync("settings.yaml", "name: Чистый дом", "name: Shining House");
        await WriteAsync("hello.yaml", """
            dialog: hello
            about: { ru: Знакомство, en: Getting acquainted }
            opens:
              - command: hello
            states:
              hello:
                say: { ru: Рады знакомству, en: Glad to meet you }
                goto: end
            """);

        await Eventually.TrueAsync(
            () => Server.Bot().Commands["ru"].Contains("Знакомство", StringComparison.Ordinal), () => Server.Bot().Commands["ru"]);

        await Chat(1).IsAnsweredAsync("/hello", "Рады знакомству");
        Assert.Contains("Shining House", (await bot.GetAsync("chat")).Body, StringComparison.Ordinal);
        await Chat(2).GetsTheChecklistAsync();
        Assert.Equal(2, Database.Number("SELECT count(*) FROM file_ids"));
    }

    [Fact]
    public async Task A_stop_at_any_moment_of_the_start_is_obeyed()
    {
        foreach (var line in (string[])["This bot is", "Ready:", "Open http", "Updates arrive"])
        {
            var bot = await StartAsync(Folder, Settings, "run");
            await bot.SaysAsync(line);

            Assert.Equal(0, await bot.StopAsync());
        }
    }

    private async Task ClaimAsync(BotProcess bot)
    {
        var line = bot.Errors.First(static line => line.Contains("/claim ", StringComparison.Ordinal));
        Chat(Owner).Says(line[line.IndexOf("/claim ", StringComparison.Ordinal)..].Trim());
        await Chat(Owner).ReceivesAsync("чат администратора", Eventually.Patience);
    }

    private string In(string file) => Path.Combine(_dialogs, file);

    private async Task ReplaceAsync(string file, string what, string with)
    {
        var text = await File.ReadAllTextAsync(In(file));
        Assert.Contains(what, text, StringComparison.Ordinal);
        await WriteAsync(file, text.Replace(what, with, StringComparison.Ordinal));
    }

    /// <summary>As editors do: another file is put in its place.</summary>
    private async Task WriteAsync(string file, string text)
    {
        await File.WriteAllTextAsync(In(file) + ".tmp", text);
        File.Move(In(file) + ".tmp", In(file), overwrite: true);
    }
}
