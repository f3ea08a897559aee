using System.Diagnostics;
using Bot.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Storage.Tests;

public sealed class LockTests : SqliteTest
{
    [Fact]
    public void A_second_bot_waits_and_then_refuses_in_one_clear_line()
    {
        using var first = Open();
        var start = Stopwatch.StartNew();

        var refusal = Assert.Throws<StoreRefusedException>(() => Open(Options with { WaitForLock = TimeSpan.FromMilliseconds(300) }));

        Assert.True(start.ElapsedMilliseconds >= 300);
        Assert.Contains("Another bot is running with this database", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_second_bot_starts_when_the_first_lets_go()
    {
        var first = Open();
        var second = Task.Run(() => Open(Options with { WaitForLock = TimeSpan.FromSeconds(30) }), TestContext.Current.CancellationToken);

        first.Dispose();

        using var store = await second;
        Assert.Empty(store.Pending(default, 1));
    }

    [Fact]
    public async Task A_wait_for_the_lock_can_be_called_off()
    {
        using var first = Open();
        using var stop = new CancellationTokenSource();
        var options = Options with { WaitForLock = TimeSpan.FromMinutes(5) };
        var second = Task.Run(() => Store.Open(options, Clock, NullLogger.Instance, stop.Token), CancellationToken.None);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public void The_lock_holds_between_processes()
    {
        const string flock = "/usr/bin/flock";
        Assert.SkipUnless(File.Exists(flock), "needs util-linux");
        using (Open())
        {
            Assert.Equal(1, Flock());
        }

        Assert.Equal(0, Flock());

        int Flock()
        {
            using var process = Process.Start(flock, ["--nonblock", Options.DatabasePath + ".lock", "true"]);
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    [Fact]
    public void A_refused_bot_leaves_the_running_one_alone()
    {
        using var first = Open();
        Assert.Throws<StoreRefusedException>(() => Open());

        AddCustomer(first);

        Assert.Single(first.Pending(default, 10));
    }

    [Fact]
    public void Only_their_owner_can_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var store = Open(new StoreOptions($"Data Source={Folder.File("deep/er/bot.db")}"));
        AddCustomer(store);

        foreach (var path in Directory.GetFiles(Folder.File("deep/er")))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void What_was_set_aside_is_listed_beside_a_running_bot_and_dropped_without_one()
    {
        using (var store = Open())
        {
            using (var transaction = store.Begin())
            {
                transaction.SetAside(Some.Message("one", text: "Привет"), "InvalidOperationException", Some.Noon);
                transaction.SetAside(Some.Message("two"), "InvalidOperationException", Some.Noon);
                transaction.Commit();
            }

            var listed = Aside.List(Options);
            Assert.Equal(["one", "two"], listed.Select(input => input.Key));
            Assert.Equal(("Message", Some.Noon), (listed[0].Kind, listed[0].At));
            Assert.Contains("\"text\":\"Привет\"", listed[0].Input, StringComparison.Ordinal);
            Assert.Throws<StoreRefusedException>(() => Aside.Drop(Options, null, Clock, NullLogger.Instance));
        }

        Assert.Equal(1, Aside.Drop(Options, Aside.List(Options)[0].Id, Clock, NullLogger.Instance));
        Assert.Equal("two", Assert.Single(Aside.List(Options)).Key);
        Assert.Equal(1, Aside.Drop(Options, null, Clock, NullLogger.Instance));
        Assert.Equal(0, Aside.Drop(Options, null, Clock, NullLogger.Instance));
    }

    [Fact]
    public void A_database_is_deleted_with_all_its_parts_but_its_lock_and_not_under_a_bot_that_runs_with_it()
    {
        var store = Open();
        AddCustomer(store);
        Assert.Throws<StoreRefusedException>(Delete);
        store.Dispose();
        File.WriteAllText(Folder.File("bot.db.old"), "");
        File.WriteAllText(Folder.File("bot.db-wal"), "what a crash left");

        Delete();

        Assert.Equal(["bot.db.lock", "bot.db.old"], Directory.EnumerateFiles(Path.GetDirectoryName(Options.DatabasePath)!).Select(Path.GetFileName).Order());
        Delete();

        void Delete() => Store.Delete(Options, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("data/bot.db")]
    [InlineData("Data Source=data/bot.db;Cache=Shared")]
    public void Another_database_can_stand_beside_one(string configured) =>
        Assert.Equal(Path.GetFullPath("data/a;b=c.db"), new StoreOptions(configured).Beside("a;b=c.db").DatabasePath);
}
