using System.Net;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>What an owner sees who types commands.</summary>
public class CommandLineTests : BotTest
{
    [Fact]
    public async Task Help_names_every_command()
    {
        var (exit, output, errors) = await CommandAsync("--help");

        Assert.Equal(0, exit);
        Assert.Empty(errors);
        foreach (var command in (string[])["run", "check", "graph", "aside", "webhooks", "why", "automations", "backup", "restore", "health"])
            Assert.Contains(command, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bananas")]
    [InlineData("--bananas")]
    [InlineData("run", "bananas")]
    [InlineData("check", "--nonsense=1")]
    [InlineData("restore")]
    [InlineData("why")]
    public async Task A_word_that_is_not_understood_is_wrong_usage(params string[] arguments)
    {
        var (exit, _, errors) = await CommandAsync(arguments);

        Assert.Equal(2, exit);
        Assert.NotEmpty(errors);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_products_own_dialogs_have_no_mistakes()
    {
        var (exit, output, errors) = await CommandAsync("check");

        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("lead-magnet", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checking_tells_what_was_read_and_what_of_it_is_switched_off()
    {
        var file = Path.Combine(Settings["Dialogs:Path"] = Folder.CopyDialogs(), "automations.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("  birthday:\n", "  birthday:\n    enabled: false\n", StringComparison.Ordinal));

        var (exit, output, _) = await CommandAsync("check");

        Assert.Equal(0, exit);
        Assert.Contains("sequences: come-back, welcome\n", output, StringComparison.Ordinal);
        Assert.Contains("automations: birthday (off), birthday-soon, ", output, StringComparison.Ordinal);
        Assert.Contains("segments: best, ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_in_dialogs_are_shown_with_their_place_and_nothing_runs_with_them()
    {
        var dialogs = Folder.CopyDialogs();
        Settings["Dialogs:Path"] = dialogs;
        var file = Path.Combine(dialogs, "lead-magnet.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("goto: gift", "goto: gfit", StringComparison.Ordinal));

        var (exit, _, errors) = await CommandAsync("check");
        var (runs, _, said) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.Matches(@"lead-magnet\.yaml:\d+:\d+: .*gfit", errors);
        Assert.Equal(1, runs);
        Assert.Matches(@"lead-magnet\.yaml:\d+:\d+: .*gfit", said);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        Settings["Dialogs:Path"] = "nowhere";

        var (exit, _, errors) = await CommandAsync("check");

        Assert.Equal(1, exit);
        Assert.Contains(Folder.In("nowhere"), errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_set_aside_in_a_fresh_database()
    {
        Assert.Equal(0, await (await RunAsync()).StopAsync());

        var (exit, output, _) = await CommandAsync("aside");

        Assert.Equal(0, exit);
        Assert.Equal("Nothing is set aside.", output);
    }

    [Theory]
    [InlineData("aside")]
    [InlineData("aside", "--drop", "all")]
    [InlineData("why", "1")]
    [InlineData("automations")]
    [InlineData("backup")]
    public async Task Without_a_database_there_is_nothing_to_do_and_one_line_says_so(params string[] arguments)
    {
        Settings["Backup:Password"] = "secret";

        var (exit, _, errors) = await CommandAsync(arguments);

        Assert.Equal(1, exit);
        Assert.StartsWith("There is no database at ", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(Database.Path));
    }

    [Theory]
    [InlineData("Telegram:Token", "not a token", "Telegram:Token: ")]
    [InlineData("Telegram:ApiUrl", "ftp://example.com", "Telegram:ApiUrl: ")]
    [InlineData("Telegram:Mode", "pigeons", "Telegram:Mode: ")]
    [InlineData("Telegram:Mode", "webhook", "Telegram:WebhookUrl: ")]
    [InlineData("Telegram:WebhookUrl", "here", "Telegram:WebhookUrl: ")]
    [InlineData("Telegram:WebhookSecret", "a b", "Telegram:WebhookSecret: ")]
    [InlineData("Telegram:MessagesPerSecond", "many", "Telegram:MessagesPerSecond: ")]
    [InlineData("Telegram:MessagesPerSecond", "0", "Telegram:MessagesPerSecond: ")]
    [InlineData("Telegram:TimeoutSeconds", "-1", "Telegram:TimeoutSeconds: ")]
    [InlineData("Telegram:Tokken", "1:a", "Telegram:Tokken: ")]
    [InlineData("Web:Url", "ftp://127.0.0.1", "Web:Url: ")]
    [InlineData("Backup:Keep", "0", "Backup:Keep: ")]
    [InlineData("Otlp:Endpoint", "there", "Otlp:Endpoint: ")]
    [InlineData("Log:Level", "Loud", "Log:Level: ")]
    public async Task A_wrong_setting_is_one_clear_line(string key, string value, string line)
    {
        Settings[key] = value;

        var (exit, _, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.StartsWith(line, Assert.Single(errors.Split('\n')), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Data Source=/proc/nowhere/bot.db")]
    [InlineData("Data Source=/dev/null/bot.db")]
    [InlineData("Data Source=")]
    [InlineData("Host=db;Password=hunter2")]
    public async Task A_database_that_cannot_be_opened_is_one_clear_line(string connectionString)
    {
        Settings["Storage:ConnectionString"] = connectionString;

        var (exit, _, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.Single(errors.Split('\n'));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_settings_file_is_one_clear_line()
    {
        Folder.Write("appsettings.json", "{ \"Telegram\": ");

        var (exit, _, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.StartsWith("appsettings.json is not valid JSON", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_it_runs_says_what_is_missing_and_serves_its_health()
    {
        Settings.Remove("Telegram:Token");

        var bot = await RunAsync();

        await bot.SaysAsync("Telegram is off: no token.");
        Assert.Equal(HttpStatusCode.OK, (await bot.GetAsync("health/live")).Status);
        Assert.Equal(0, (await CommandAsync("health")).Exit);
        Assert.Equal(0, await bot.StopAsync());
        Assert.Equal(1, (await CommandAsync("health")).Exit);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_clear_line()
    {
        var first = await RunAsync();
        using var other = new BotFolder();
        var settings = SettingsFor(other);
        settings["Web:Url"] = Folder.Url.ToString();
        settings.Remove("Telegram:Token");

        var second = await StartAsync(other, settings, "run");

        Assert.Equal(1, await second.ExitAsync());
        await second.SaysAsync("is taken by another program");
        Assert.DoesNotContain(second.Errors, static line => line.Contains("   at ", StringComparison.Ordinal));
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_one_clear_line()
    {
        // Of RFC 5737's documentation addresses, which no machine has.
        Settings["Web:Url"] = "http://192.0.2.1:8080";

        var (exit, _, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.Contains("http://192.0.2.1:8080/ cannot be listened at", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_Telegram_refuses_shows_in_readiness()
    {
        Server.Bot().IsRevoked = true;
        var bot = await StartAsync(Folder, Settings, "run");

        await bot.ReadyAsync(HttpStatusCode.ServiceUnavailable, "refuses the bot's token");

        await bot.SaysAsync("Get a valid one from @BotFather");
    }
}
