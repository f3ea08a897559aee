using System.Diagnostics;
using System.Net;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>The disk, the schema and another process.</summary>
public class DatabaseTests : BotTest
{
    [Fact]
    public async Task Case_08_A_full_disk_stops_the_intake_and_space_lets_it_go_on_by_itself()
    {
        using var disk = SmallDisk.TryMount(Folder.In("disk"), megabytes: 4);
        Assert.SkipWhen(disk is null, "A file system of a fixed size cannot be mounted here (it needs root and CAP_SYS_ADMIN).");
        var database = new Database(Path.Combine(disk.Path, "bot.db"));
        Settings["Storage:ConnectionString"] = $"Data Source={database.Path}";
        var bot = await RunAsync();
        await Chat(1).GetsToTheNameAsync();
        await Eventually.TrueAsync(() => Server.Bot().Pending == 0 && database.Number("SELECT count(*) FROM outbox") == 0, "rest");
        disk.Fill();
        var others = 0;
        while (!await IsStalledAsync())
        {
            // The log has some room of its own; others talk until it is used up.
            Chat(100 + others++).Says("/help");
        }

        Chat(1).Says("Анна");
        await bot.ReadyAsync(HttpStatusCode.ServiceUnavailable, "disk is full");
        Assert.False(database.Of(1).Fields.ContainsKey("name"));
        Assert.NotEqual(0, Server.Bot().Pending);

        disk.Free();

        await bot.ReadyAsync();
        await Chat(1).ReceivesAsync(Customer.AskedPhone, Eventually.Patience);
        Assert.Equal("Анна", database.Of(1).Fields["name"]);
        Assert.Equal(["ok"], database.Texts("PRAGMA integrity_check"));
        await Eventually.TrueAsync(() => Server.Bot().Pending == 0, "everything is confirmed");
        await Eventually.TrueAsync(() => database.Number("SELECT count(*) FROM outbox") == 0, "everything is sent");
        Assert.All(Enumerable.Range(100, others), chat => Assert.Single(Chat(chat).Messages));
        Assert.Equal(0, await bot.StopAsync());

        async Task<bool> IsStalledAsync() => (await bot.GetAsync("health/ready")).Body.Contains("disk", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_10_A_database_of_a_newer_program_is_refused_in_one_clear_line()
    {
        Assert.Equal(0, await (await RunAsync()).StopAsync());
        Database.Change("INSERT INTO migrations (number, name, hash, applied_at) VALUES (1000, '1000_later', 'x', 1)");

        var (exit, _, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.Contains("was written by a newer bot", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_10_A_database_of_another_program_is_refused_and_left_alone()
    {
        Folder.Write("data/bot.db", "");
        Database.Change("CREATE TABLE theirs (x)");

        var (exit, _, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.Contains("is a database of another program", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(["theirs"], Database.Texts("SELECT name FROM sqlite_master"));
    }

    [Fact]
    public async Task Case_10_A_file_that_is_no_database_is_refused_in_one_clear_line()
    {
        Folder.Write("data/bot.db", new string('x', 10_000));

        var (exit, _, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.Contains("cannot be opened as a database", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE theirs (x)", "is a database of another program")]
    [InlineData("CREATE TABLE migrations (theirs)", "cannot be opened as a database")]
    [InlineData("PRAGMA user_version = 1", "has an older schema")]
    [InlineData("""
        CREATE TABLE migrations (number, name, hash);
        INSERT INTO migrations WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 999) SELECT i, '', '' FROM n
        """, "was written by a newer bot")]
    public async Task Case_10_A_list_of_inputs_set_aside_in_a_strange_database_is_refused_in_one_clear_line(string change, string line)
    {
        Folder.Write("data/bot.db", "");
        Database.Change(change);

        var (exit, _, errors) = await CommandAsync("aside");

        Assert.Equal(1, exit);
        Assert.Contains(line, Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_10_Broken_tables_end_the_start_in_one_clear_line()
    {
        Assert.Equal(0, await (await RunAsync()).StopAsync());
        Database.Change("DROP TABLE file_ids");

        var (exit, _, errors) = await CommandAsync("run");

        Assert.Equal(1, exit);
        Assert.Contains("file_ids", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_11_A_second_process_waits_for_the_first_and_takes_over_from_it()
    {
        var first = await RunAsync();
        await Chat(1).GetsToTheNameAsync();
        var second = await StartSecondAsync();
        await second.SaysAsync("Waiting up to 30 s");

        Assert.Equal(0, await first.StopAsync());

        await second.ReadyAsync();
        await Chat(1).GivesNameAndPhoneAsync("Анна", "+79991234567");
    }

    [Fact]
    public async Task Case_11_A_second_process_that_has_waited_in_vain_is_refused()
    {
        await RunAsync();
        var started = Stopwatch.GetTimestamp();

        var second = await StartSecondAsync();
        Assert.Equal(1, await second.ExitAsync());

        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(30));
        await second.SaysAsync("Another bot is running with this database");
        await Chat(1).GetsToTheNameAsync();
    }

    [Fact]
    public async Task Case_11_A_second_process_that_waits_can_be_told_to_stop()
    {
        await RunAsync();
        var second = await StartSecondAsync();
        await second.SaysAsync("Waiting up to 30 s");

        await second.StopAsync();

        Assert.DoesNotContain(second.Errors, static line => line.Contains("   at ", StringComparison.Ordinal));
    }

    private async Task<BotProcess> StartSecondAsync() => await StartAsync(Folder, Settings, "run");
}
