using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Faults;

namespace Bot.EndToEnd.Tests;

/// <summary>Backups made beside a running bot, and the way back.</summary>
public class BackupTests : BotTest
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task Case_09_A_backup_under_load_holds_all_that_was_committed_before_and_comes_back_elsewhere()
    {
        Settings["Backup:Password"] = Password;
        await RunAsync();
        var customers = Task.WhenAll(Enumerable.Range(1, 150).Select(id => Chat(id).GetsTheChecklistAsync()));
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM profile_tags") >= 20, "the load");
        var before = Database.Texts("SELECT c.address FROM profile_tags t JOIN chats c USING (profile_id)");

        var (exit, output, _) = await CommandAsync("backup");
        await customers;

        Assert.Equal(0, exit);
        Assert.Contains("bytes", output, StringComparison.Ordinal);
        using var elsewhere = new BotFolder();
        var (restored, _, errors) = await RestoreAsync(elsewhere, Password);
        Assert.Equal((0, ""), (restored, errors));
        Assert.Equal(["ok"], elsewhere.Database.Texts("PRAGMA integrity_check"));
        Assert.Empty(elsewhere.Database.Rows("PRAGMA foreign_key_check"));
        Assert.Empty(before.Except(elsewhere.Database.Texts("SELECT c.address FROM profile_tags t JOIN chats c USING (profile_id)")));
        foreach (var file in Directory.EnumerateFiles(PublishedBot.Dialogs, "*", SearchOption.AllDirectories))
            Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(elsewhere.In("dialogs/" + Path.GetRelativePath(PublishedBot.Dialogs, file))));
    }

    [Fact]
    public async Task Case_09_A_restore_with_a_wrong_password_or_of_a_damaged_file_changes_nothing()
    {
        Settings["Backup:Password"] = Password;
        Assert.Equal(0, await (await RunAsync()).StopAsync());
        Assert.Equal(0, (await CommandAsync("backup")).Exit);
        using var elsewhere = new BotFolder();

        var (wrong, _, errors) = await RestoreAsync(elsewhere, "wrong");
        var bytes = await File.ReadAllBytesAsync(Backup());
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(Backup(), bytes);
        var (damaged, _, complaint) = await RestoreAsync(elsewhere, Password);

        Assert.Equal((1, 1), (wrong, damaged));
        Assert.Single(errors.Split('\n'));
        Assert.Single(complaint.Split('\n'));
        Assert.False(File.Exists(elsewhere.Database.Path));
        Assert.False(Directory.Exists(elsewhere.In("dialogs")));
    }

    [Fact]
    public async Task Case_09_A_restored_bot_sends_nothing_of_what_waited()
    {
        Settings["Backup:Password"] = Password;
        Server.Faults.Add(Fault.Silence() with { Chat = 1 });
        var bot = await RunAsync();
        Chat(1).Says("/start guide");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 1, "a message waits");
        Assert.Equal(0, (await CommandAsync("backup")).Exit);
        await bot.KillAsync();
        Server.Faults.Clear();
        using var elsewhere = new BotFolder();
        Assert.Equal(0, (await RestoreAsync(elsewhere, Password)).Exit);

        var settings = SettingsFor(elsewhere);
        settings["Dialogs:Path"] = elsewhere.In("dialogs");
        await (await StartAsync(elsewhere, settings, "run")).ReadyAsync();

        await Chat(2).GetsTheChecklistAsync();
        Assert.Empty(Chat(1).Messages);
        await Chat(1).IsAnsweredAsync("/menu", Customer.Menu);
        Assert.Single(Chat(1).Messages);
    }

    [Fact]
    public async Task Case_09_A_restore_over_a_running_bot_or_over_data_is_refused()
    {
        Settings["Backup:Password"] = Password;
        var bot = await RunAsync();
        Assert.Equal(0, (await CommandAsync("backup")).Exit);

        var (running, _, first) = await CommandAsync("restore", Backup(), "--force");
        Assert.Equal(0, await bot.StopAsync());
        var (present, _, second) = await CommandAsync("restore", Backup());

        Assert.Equal((1, 1), (running, present));
        Assert.Contains("Another bot is running", first, StringComparison.Ordinal);
        Assert.Contains("--force", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_password_there_is_no_backup_and_one_line_says_why()
    {
        Assert.Equal(0, await (await RunAsync()).StopAsync());

        var (exit, _, errors) = await CommandAsync("backup");

        Assert.Equal(1, exit);
        Assert.Contains("Backup:Password", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
    }

    private string Backup() => Assert.Single(Directory.GetFiles(Folder.In("data/backups")));

    private async Task<(int Exit, string Output, string Errors)> RestoreAsync(BotFolder folder, string password)
    {
        var settings = SettingsFor(folder);
        settings["Dialogs:Path"] = folder.In("dialogs");
        settings["Backup:Password"] = password;
        var restore = await StartAsync(folder, settings, "restore", Backup());
        var exit = await restore.ExitAsync();
        return (exit, string.Join('\n', restore.Output), string.Join('\n', restore.Errors));
    }
}
