using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Timers;
using Bot.Core.Turns;
using Bot.Storage.Backups;
using Bot.Storage.Migrations;
using Bot.Storage.Sqlite;
using Bot.Storage.Tests.Support;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Storage.Tests;

public sealed partial class BackupTests : SqliteTest
{
    private const string Password = "пароль 1";

    public BackupTests()
    {
        Directory.CreateDirectory(Folder.File("dialogs/files"));
        File.WriteAllText(Folder.File("dialogs/welcome.yaml"), "dialog: welcome");
        File.WriteAllText(Folder.File("dialogs/files/чек-лист.txt"), "1");
        File.WriteAllBytes(Folder.File("dialogs/files/big.bin"), [.. Enumerable.Range(0, 300_000).Select(n => (byte)(n * 7919 >> 5))]);
    }

    private string Target => Folder.File("target/bot.db");

    [Fact]
    public void What_was_backed_up_beside_a_running_bot_comes_back_whole()
    {
        using (var store = Open())
        {
            AddCustomer(store);
            var report = Make();
            AddCustomer(store, 2);

            Assert.Equal(Folder.File("backups/bot-20261121T120000Z.backup"), report.Path);
            Assert.Equal(new FileInfo(report.Path).Length, report.Bytes);
            Run(report.Path);
        }

        Assert.Equal(1, Count("profiles", "target/bot.db"));
        Assert.Equal("dialog: welcome", File.ReadAllText(Folder.File("target/dialogs/welcome.yaml")));
        Assert.Equal("1", File.ReadAllText(Folder.File("target/dialogs/files/чек-лист.txt")));
        Assert.Equal(
            File.ReadAllBytes(Folder.File("dialogs/files/big.bin")),
            File.ReadAllBytes(Folder.File("target/dialogs/files/big.bin")));
        AssertNothingIsLeftOver();
    }

    [Fact]
    public void A_restored_bot_sends_nothing_of_what_waited()
    {
        using (var store = Open())
        {
            AddCustomer(store);
        }

        Assert.Equal(1, Run(Make().Path).Expired);

        using var restored = Open(new StoreOptions(Target));
        Assert.Empty(restored.Pending(default, 10));
        Assert.Equal(1, Count("deliveries WHERE status = 3 AND reason = 'expired by restore'", "target/bot.db"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Case_35_Who_was_forgotten_after_a_backup_is_forgotten_when_it_is_restored(bool isListLost)
    {
        string backup;
        using (var store = Open())
        {
            AddNamed(store, "Анна");
            AddNamed(store, "Борис");
            backup = Make().Path;
            using (var transaction = store.Begin())
            {
                var anna = transaction.Load(Some.Address());
                transaction.Apply(anna, Some.Outcome(anna, new Effect.Erase()), Some.Noon);
                transaction.Commit();
            }

            ErasedList.Keep(Options, Folder.File("backups"));
        }

        if (isListLost)
        {
            // Then the database that is replaced still knows.
            File.Delete(Folder.File("backups/erased.txt"));
            Directory.CreateDirectory(Folder.File("target"));
            File.Copy(Options.DatabasePath, Target);
        }

        Assert.Equal(1, Run(backup, force: true).Erased);

        Assert.Equal(1, Count("profile_fields WHERE name = 'name' AND text = 'Борис'", "target/bot.db"));
        Assert.Equal(1, Count("profile_fields", "target/bot.db"));
        Assert.Equal(1, Count("profiles WHERE erased_at IS NOT NULL", "target/bot.db"));
        Assert.DoesNotContain("Анна", System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(Target)), StringComparison.Ordinal);

        void AddNamed(Store store, string name)
        {
            using var transaction = store.Begin();
            var customer = Some.NewCustomer(store, name == "Анна" ? 1 : 2);
            transaction.Apply(Snapshot.None, Some.Outcome(customer with
            {
                Profile = customer.Profile! with { Fields = customer.Profile.Fields.Add("name", new Value.Text(name)) },
            }), Some.Noon);
            transaction.Commit();
        }
    }

    [Fact]
    public void The_list_beside_the_backups_only_grows_and_holds_ids_alone()
    {
        using (var store = Open())
        {
            AddCustomer(store);
            using var transaction = store.Begin();
            var known = transaction.Load(Some.Address());
            transaction.Apply(known, Some.Outcome(known, new Effect.Erase()), Some.Noon);
            transaction.Commit();
        }

        Directory.CreateDirectory(Folder.File("backups"));
        File.WriteAllText(Folder.File("backups/erased.txt"), "77 1000\nnonsense\n");

        ErasedList.Keep(Options, Folder.File("backups"));

        Assert.Matches($"^77 1000\\n[0-9]+ {Some.Noon.ToUnixTimeMilliseconds()}\\n$", File.ReadAllText(Folder.File("backups/erased.txt")).ReplaceLineEndings("\n"));
        Assert.True(File.Exists(Options.DatabasePath + ".cleaned"));
        Assert.Equal(0, new FileInfo(Options.DatabasePath + "-wal") is { Exists: true, Length: var length } ? length : 0);
    }

    [Fact]
    public void Webhooks_that_waited_may_have_been_told_and_are_dead_after_a_restore()
    {
        using (var store = Open())
        {
            using var transaction = store.Begin();
            transaction.Webhooks.Add([1, 2], Some.Noon);
            transaction.Commit();
        }

        Run(Make().Path);

        using var restored = Open(new StoreOptions(Target));
        Assert.Equal((0, 2), (restored.Webhooks.State().Waiting, restored.Webhooks.State().Dead));
        Assert.Equal(2, Count("webhooks WHERE error = 'expired by restore'", "target/bot.db"));
    }

    [Fact]
    public void What_was_due_when_a_backup_is_restored_may_have_happened_and_is_marked()
    {
        using (var store = Open())
        {
            using var transaction = store.Begin();
            var due = new Effect.Schedule(new Timer(new TimerId(1), Clock.GetUtcNow(), new TimerCause.Automation("birthday", Some.Noon)));
            var later = new Effect.Schedule(new Timer(new TimerId(2), Clock.GetUtcNow().AddTicks(TimeSpan.TicksPerMillisecond), due.Timer.Cause));
            transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(store), due, later), Some.Noon);
            transaction.Commit();
        }

        Run(Make().Path);

        using var restored = Open(new StoreOptions(Target));
        Assert.Equal([true, false], restored.Timers.Next(9).Select(timer => timer.IsExpired));
        Assert.Equal(Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            restored.ReadMeta(Store.RestoredAt));
    }

    [Fact]
    public async Task A_backup_under_concurrent_writes_is_sound_and_holds_what_was_committed_before()
    {
        using var store = Open();
        var committed = 0;
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var writing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                AddCustomer(store, committed + 1);
                if (Interlocked.Increment(ref committed) == 20)
                {
                    started.SetResult();
                }
            }
        }, CancellationToken.None);
        await started.Task;

        var before = Volatile.Read(ref committed);
        var report = Make();
        await stop.CancelAsync();
        await writing;

        Run(report.Path);
        Assert.Null(Store.Check(new StoreOptions(Target)));
        Assert.InRange(Count("profiles", "target/bot.db"), before, committed);
        Assert.Equal(Count("profiles", "target/bot.db"), Count("deliveries", "target/bot.db"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_password_there_is_no_backup_and_the_reason_is_said(string? password)
    {
        Open().Dispose();

        Assert.Contains("Backup:Password", Assert.Throws<StoreRefusedException>(() => Make(password)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder.File("backups")));
        Assert.Contains("Backup:Password", Assert.Throws<StoreRefusedException>(() => Run("x", password)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_cannot_be_read_without_its_password_and_by_its_owner_only()
    {
        using (var store = Open())
        {
            AddCustomer(store, html: "PLANTED");
        }

        var path = Make().Path;

        Assert.Equal(-1, File.ReadAllBytes(path).AsSpan().IndexOf("PLANTED"u8));
        Assert.Equal(-1, File.ReadAllBytes(path).AsSpan().IndexOf("SQLite"u8));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void Only_the_newest_backups_are_kept()
    {
        Open().Dispose();
        for (var day = 0; day < 4; day++)
        {
            Clock.Now = Clock.Now.AddDays(1);
            Make(keep: 2);
        }

        Assert.Equal(["bot-20261124T120000Z.backup", "bot-20261125T120000Z.backup"],
            Directory.GetFiles(Folder.File("backups")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_wrong_password_is_told_from_a_damaged_file()
    {
        Open().Dispose();
        var path = Make().Path;
        var good = File.ReadAllBytes(path);

        Assert.Contains("password does not fit", RefusalOf(good, "wrong"), StringComparison.Ordinal);
        Assert.Contains("not a backup", RefusalOf([.. "hello"u8]), StringComparison.Ordinal);
        Assert.Contains("newer bot", RefusalOf([.. good.Take(7), 2, .. good.Skip(8)]), StringComparison.Ordinal);
        foreach (var damaged in (byte[][])[good[..^1], good[..40], [.. good, 0], [.. good[..5_000], (byte)~good[5_000], .. good[5_001..]]])
        {
            Assert.Contains("damaged or was cut short", RefusalOf(damaged), StringComparison.Ordinal);
        }

        AssertNothingIsRestored();

        string RefusalOf(byte[] bytes, string password = Password)
        {
            File.WriteAllBytes(path, bytes);
            return Assert.Throws<StoreRefusedException>(() => Run(path, password)).Message;
        }
    }

    [Fact]
    public void A_restore_refuses_while_a_bot_runs_there()
    {
        using (var store = Open())
        {
            AddCustomer(store);
        }

        var path = Make().Path;
        using var running = Open(new StoreOptions(Target));

        Assert.Contains("Another bot is running", Assert.Throws<StoreRefusedException>(() => Run(path, force: true)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_of_a_newer_schema_is_refused_and_changes_nothing()
    {
        Open().Dispose();
        var path = WithNewerSchema();

        Assert.Contains("newer bot", Assert.Throws<StoreRefusedException>(() => Run(path)).Message, StringComparison.Ordinal);
        AssertNothingIsRestored();
    }

    [Fact]
    public void Links_are_followed_inside_the_content_and_not_out_of_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs rights there");
        Open().Dispose();
        File.WriteAllText(Folder.File("secret.txt"), "secret");
        File.CreateSymbolicLink(Folder.File("dialogs/out.yaml"), Folder.File("secret.txt"));
        File.CreateSymbolicLink(Folder.File("dialogs/in.yaml"), Folder.File("dialogs/welcome.yaml"));
        Directory.CreateSymbolicLink(Folder.File("dialogs/loop"), Folder.File("dialogs"));

        Run(Make().Path);

        Assert.Equal(["files/big.bin", "files/чек-лист.txt", "in.yaml", "welcome.yaml"],
            Directory.GetFiles(Folder.File("target/dialogs"), "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Folder.File("target/dialogs"), path))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_missing_database_or_backup_is_named()
    {
        Assert.Contains("There is no database", Assert.Throws<StoreRefusedException>(() => Make()).Message, StringComparison.Ordinal);
        Assert.Contains("There is no backup", Assert.Throws<StoreRefusedException>(() => Run(Folder.File("no.backup"))).Message,
            StringComparison.Ordinal);
    }

    private BackupReport Make(string? password = Password, int keep = 7) =>
        Backup.Make(new BackupOptions(Options, Folder.File("dialogs"), Folder.File("backups"), password, keep), Clock);

    private RestoreReport Run(string path, string? password = Password, bool force = false) => Restore.Run(
        new RestoreOptions(path, password, new StoreOptions(Target), Folder.File("target/dialogs"), force), Clock, NullLogger.Instance);

    private string WithNewerSchema()
    {
        using (var connection = OpenRaw())
        {
            connection.Execute($"INSERT INTO migrations VALUES ({Migration.All[^1].Number + 1}, '9999_future', 'x', 0)");
        }

        var path = Folder.File("newer.backup");
        using var file = File.Create(path);
        using var encrypting = new EncryptingStream(file, BackupHeader.New(Password));
        Archive.Write(encrypting, Options.DatabasePath, Folder.File("dialogs"));
        encrypting.Finish();
        return path;
    }

    private void AssertNothingIsRestored()
    {
        Assert.False(File.Exists(Target));
        Assert.False(Directory.Exists(Folder.File("target/dialogs")));
        AssertNothingIsLeftOver();
    }

    private void AssertNothingIsLeftOver() =>
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path, "*partial*", SearchOption.AllDirectories));
}
