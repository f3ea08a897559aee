using System.Collections.Immutable;
using Bot.Storage.Migrations;
using Bot.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Storage.Tests;

public sealed class MigrationTests : SqliteTest
{
    /// <summary>The one after those of this program.</summary>
    private static readonly int Number = Migration.All[^1].Number + 1;

    private static readonly Migration Next = new(
        Number, $"{Number:D4}_more", "CREATE TABLE more (id INTEGER PRIMARY KEY); INSERT INTO more VALUES (7);");

    [Fact]
    public void An_older_database_is_copied_and_then_migrated()
    {
        using (var store = Open())
        {
            AddCustomer(store);
        }

        OpenWith([.. Migration.All, Next]).Dispose();

        Assert.Equal(1, Count("more"));
        var copy = Path.GetFileName(Assert.Single(Directory.GetFiles(Folder.Path, "bot.db.before-*")));
        Assert.StartsWith($"bot.db.before-{Number:D4}-20261121T120000Z", copy, StringComparison.Ordinal);
        Assert.Equal(1, Count("profiles", copy));
        Assert.Equal(Migration.All.Length, Count("migrations", copy));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.File(copy)));
        }
    }

    [Fact]
    public void A_new_database_is_not_copied()
    {
        OpenWith([.. Migration.All, Next]).Dispose();

        Assert.Empty(Directory.GetFiles(Folder.Path, "bot.db.before-*"));
        Assert.Equal(Migration.All.Length + 1, Count("migrations"));
    }

    [Fact]
    public void Copies_and_leftovers_go_in_time()
    {
        using var store = Open();
        Touch("bot.db.before-0002-old", TimeSpan.FromDays(8));
        Touch("bot.db.before-0002-new", TimeSpan.FromDays(6));
        Touch("bot.db.copy-abc.partial", TimeSpan.FromDays(2));

        Assert.False(store.Tidy(Clock.Now));

        Assert.Equal("bot.db.before-0002-new", Path.GetFileName(Assert.Single(Directory.GetFiles(Folder.Path, "bot.db.*-*"))));

        void Touch(string name, TimeSpan age)
        {
            File.WriteAllText(Folder.File(name), "");
            File.SetLastWriteTimeUtc(Folder.File(name), (Clock.Now - age).UtcDateTime);
        }
    }

    [Fact]
    public void A_newer_database_is_refused_in_one_clear_line()
    {
        OpenWith([.. Migration.All, Next]).Dispose();

        var refusal = Assert.Throws<StoreRefusedException>(() => Open());

        Assert.Contains($"newer bot (schema {Number}, this one knows {Migration.All[^1].Number})", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Contains("newer bot", Store.Check(Options), StringComparison.Ordinal);
        Assert.Throws<StoreRefusedException>(() => Aside.List(Options));
    }

    [Fact]
    public void An_applied_migration_that_was_changed_is_refused()
    {
        OpenWith([.. Migration.All, Next]).Dispose();

        var refusal = Assert.Throws<StoreRefusedException>(() => OpenWith([.. Migration.All, Next with { Sql = Next.Sql + " " }]));

        Assert.Contains($"another {Next.Name}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_database_can_still_be_opened_by_the_right_bot()
    {
        OpenWith([.. Migration.All, Next]).Dispose();
        Assert.Throws<StoreRefusedException>(() => Open());

        OpenWith([.. Migration.All, Next]).Dispose();
    }

    [Fact]
    public void A_migration_that_fails_half_way_leaves_nothing_and_the_next_start_completes_it()
    {
        Open().Dispose();
        var broken = Next with { Sql = Next.Sql + "INSERT INTO nowhere VALUES (1);" };

        Assert.Throws<StoreException>(() => OpenWith([.. Migration.All, broken]));
        Assert.Equal(0, Count("sqlite_master WHERE name = 'more'"));

        OpenWith([.. Migration.All, Next]).Dispose();
        Assert.Equal(1, Count("more"));
    }

    [Fact]
    public void A_process_killed_in_a_migration_leaves_a_database_that_the_next_start_completes()
    {
        Open().Dispose();

        // What a kill -9 leaves: the files as they are in the middle of the transaction, more of it than fits in memory.
        using (var connection = OpenRaw())
        {
            connection.Execute("PRAGMA cache_size = 10");
            connection.Execute("BEGIN IMMEDIATE");
            connection.Execute(Next.Sql);
            connection.Execute("CREATE TABLE bulk AS WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9999) "
                + "SELECT i, hex(randomblob(100)) AS x FROM n");
            Directory.CreateDirectory(Folder.File("crashed"));
            foreach (var part in (string[])["", "-wal"])
            {
                File.Copy(Folder.File("bot.db" + part), Folder.File("crashed/bot.db" + part));
            }
        }

        Assert.True(new FileInfo(Folder.File("crashed/bot.db-wal")).Length > 1_000_000);
        using (OpenWith([.. Migration.All, Next], Folder.File("crashed/bot.db")))
        {
            Assert.Equal(1, Count("more", "crashed/bot.db"));
            Assert.Equal(0, Count("sqlite_master WHERE name = 'bulk'", "crashed/bot.db"));
        }
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_alone()
    {
        using (var connection = OpenRaw())
        {
            connection.Execute("CREATE TABLE theirs (id INTEGER)");
        }

        Assert.Contains("another program", Assert.Throws<StoreRefusedException>(() => Open()).Message, StringComparison.Ordinal);
        Assert.Equal(1, Count("sqlite_master"));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(Options.DatabasePath, string.Concat(Enumerable.Repeat("not a database ", 100)));

        Assert.Contains("cannot be opened", Assert.Throws<StoreRefusedException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_migrations_of_this_program_have_each_a_number_of_their_own() =>
        Assert.Equal(Migration.All.Length, Migration.All.Select(migration => migration.Number).Distinct().Count());

    private Store OpenWith(ImmutableArray<Migration> migrations, string? path = null) =>
        Store.Open(new StoreOptions(path ?? Options.DatabasePath), migrations, Clock, NullLogger.Instance, CancellationToken.None);
}
