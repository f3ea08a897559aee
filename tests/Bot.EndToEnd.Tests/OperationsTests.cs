using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Chats;
using Bot.FakeTelegram.Faults;

namespace Bot.EndToEnd.Tests;

/// <summary>What the owner hears of besides customers, and when the admin chat itself cannot be reached.</summary>
public sealed class OperationsTests : BotTest
{
    private const long Owner = 501;
    private const long Group = -700;

    [Fact]
    public async Task A_disk_that_gets_full_is_told_once_and_so_is_its_end()
    {
        Settings["Alarms:DiskMegabytes"] = "1000000";
        var bot = await RunAsync();
        await ClaimAsync(bot, Chat(Owner));
        await Chat(Owner).ReceivesAsync("На диске мало места", Eventually.Patience);
        await bot.StopAsync();

        Settings["Alarms:DiskMegabytes"] = "0";
        await RunAsync();

        await Chat(Owner).ReceivesAsync("снова достаточно", Eventually.Patience);
        Assert.Single(Chat(Owner).Texts(), static text => text.Contains("мало места", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_token_is_told_when_it_is_taken_again()
    {
        var bot = await RunAsync();
        await ClaimAsync(bot, Chat(Owner));
        Server.Faults.Add(Fault.Unauthorized());
        await bot.ReadyAsync(System.Net.HttpStatusCode.ServiceUnavailable, "refuses the bot's token");
        await Eventually.TrueAsync(
            () => Database.Texts("SELECT value FROM meta WHERE name = 'alarm.Token'").Any(static value => value.EndsWith("open", StringComparison.Ordinal)), "it is seen");
        await bot.StopAsync();
        Server.Faults.Clear();

        await RunAsync();

        await Chat(Owner).ReceivesAsync("не принимал токен бота с", Eventually.Patience);
    }

    [Fact]
    public async Task A_bot_that_was_kicked_says_so_in_the_log_and_tells_when_it_is_back()
    {
        var group = Chat(Group);
        group.Sender = Owner;
        var bot = await RunAsync();
        await ClaimAsync(bot, group);
        Server.Faults.Add(Fault.Forbidden("Forbidden: bot was kicked from the group chat") with { Chat = Group });

        await Chat(7).GetsTheChecklistAsync("Мария");

        await bot.SaysAsync("bot was kicked from the group chat");
        Assert.Equal(1, Database.Number("SELECT count(*) FROM admin_messages WHERE sent_at IS NULL AND reason IS NULL"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM chats WHERE blocked_at IS NOT NULL"));
        await bot.StopAsync();
        Server.Faults.Clear();
        await RunAsync();
        await group.ReceivesAsync("Новый контакт", Eventually.Patience);
        Assert.Single(group.Texts(), static text => text.Contains("Мария", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_group_gets_no_more_than_twenty_lines_a_minute_and_all_of_them_in_order()
    {
        var group = Chat(Group);
        group.Sender = Owner;
        var bot = await RunAsync();
        await ClaimAsync(bot, group);
        for (var i = 1; i <= 20; i++)
            group.Says($"/operator {1_000 + i}");

        await group.ReceivesAsync("1020 теперь оператор", TimeSpan.FromMinutes(3));

        var lines = group.Messages;
        Assert.Equal(21, lines.Count);
        Assert.True(lines[20].At - lines[0].At >= TimeSpan.FromSeconds(59), $"{lines[20].At - lines[0].At}");
        Assert.Equal(Enumerable.Range(1_001, 20), lines.Skip(1).Select(static line => int.Parse(line.Text[..4], System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task ClaimAsync(BotProcess bot, FakeChat chat)
    {
        var line = bot.Errors.First(static line => line.Contains("/claim ", StringComparison.Ordinal));
        chat.Says(line[line.IndexOf("/claim ", StringComparison.Ordinal)..].Trim());
        await chat.ReceivesAsync("чат администратора", Eventually.Patience);
    }
}
