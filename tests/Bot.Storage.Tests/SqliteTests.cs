using System.Text;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Turns;
using Bot.Storage.Json;
using Bot.Storage.Sqlite;
using Bot.Storage.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Tests;

public sealed class SqliteTests : SqliteTest
{
    private static readonly Effect Long = Some.Say(new string('x', 2000));

    [Theory]
    [InlineData("UPDATE consents SET given = 0")]
    [InlineData("DELETE FROM consents")]
    [InlineData("UPDATE events SET at = 0")]
    [InlineData("DELETE FROM events")]
    [InlineData("UPDATE event_numbers SET number = 0")]
    [InlineData("DELETE FROM event_numbers")]
    public void What_is_proof_cannot_be_changed(string sql)
    {
        using (var store = Open())
        using (var transaction = store.Begin())
        {
            transaction.Apply(
                Snapshot.None,
                Some.Outcome(
                    Some.NewCustomer(store),
                    new Effect.WithdrawConsent("marketing", "stop"),
                    new Effect.Record("done", [KeyValuePair.Create<string, Value>("n", new Value.Number(1))])),
                Some.Noon);
            transaction.Commit();
        }

        using var connection = OpenRaw();
        Assert.Contains("append-only", Assert.Throws<SqliteException>(() => connection.Execute(sql)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_loses_nothing_and_the_store_goes_on_when_there_is_space()
    {
        using var store = Open();
        AddCustomer(store, 0);
        var pages = store.WriteConnection.ExecuteScalar<long>("PRAGMA page_count");
        store.WriteConnection.Execute($"PRAGMA max_page_count = {pages + 2}");

        var fault = Assert.Throws<StoreException>(() =>
        {
            using var transaction = store.Begin();
            for (var customer = 1; customer < 500; customer++)
            {
                transaction.TryAddKey($"key:{customer}", Some.Noon);
                transaction.Savepoint();
                transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(store, customer), Long), Some.Noon);
                transaction.Release();
            }

            transaction.Commit();
        });

        Assert.Equal(StoreFault.Full, fault.Fault);
        Assert.Equal(1, Count("profiles"));
        Assert.Equal(0, Count("inbox"));

        store.WriteConnection.Execute("PRAGMA max_page_count = 1000000");
        AddCustomer(store, 1);
        Assert.Equal(2, store.Pending(default, 10).Count);
        Assert.Null(Store.Check(Options));
    }

    [Fact]
    public void A_reader_beside_the_writer_sees_what_is_committed_and_holds_nobody_up()
    {
        using var store = Open();
        AddCustomer(store, 1);
        using var transaction = store.Begin();
        transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(store, 2), Some.Say()), Some.Noon);

        Assert.Single(store.Pending(default, 10));
        Assert.Equal(1, Count("profiles"));
        using (var reader = Connections.OpenReader(Options.DatabasePath))
        {
            reader.Execute("BEGIN");
            Assert.Equal(1, reader.ExecuteScalar<long>("SELECT count(*) FROM outbox"));
            transaction.Commit();
            Assert.Equal(1, reader.ExecuteScalar<long>("SELECT count(*) FROM outbox"));
        }

        Assert.Equal(2, store.Pending(default, 10).Count);
    }

    [Fact]
    public void A_reader_cannot_write()
    {
        Open().Dispose();
        using var reader = Connections.OpenReader(Options.DatabasePath);

        Assert.Throws<SqliteException>(() => reader.Execute("DELETE FROM meta"));
    }

    [Fact]
    public void A_process_killed_with_a_transaction_open_leaves_only_what_was_committed()
    {
        Directory.CreateDirectory(Folder.File("crashed"));
        using (var store = Open())
        {
            AddCustomer(store, 1);
            store.WriteConnection.Execute("PRAGMA cache_size = 10");
            using var transaction = store.Begin();
            for (var customer = 2; customer < 200; customer++)
            {
                transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(store, customer), Long), Some.Noon);
            }

            File.Copy(Folder.File("bot.db"), Folder.File("crashed/bot.db"));
            File.Copy(Folder.File("bot.db-wal"), Folder.File("crashed/bot.db-wal"));
        }

        using var restarted = Open(new StoreOptions(Folder.File("crashed/bot.db")));

        Assert.Equal("hello", Assert.Single(restarted.Pending(default, 1000)).Body.Html);
    }

    [Fact]
    public void The_durable_settings_are_on()
    {
        using var store = Open();

        Assert.Equal("wal", store.WriteConnection.ExecuteScalar<string>("PRAGMA journal_mode"));
        Assert.Equal(2, store.WriteConnection.ExecuteScalar<long>("PRAGMA synchronous"));
        Assert.Equal(1, store.WriteConnection.ExecuteScalar<long>("PRAGMA foreign_keys"));
        Assert.Equal(1, store.WriteConnection.ExecuteScalar<long>("PRAGMA secure_delete"));
        AddCustomer(store);
        Assert.True(store.WalBytes > 0);
    }

    [Fact]
    public void Damage_is_found_and_a_missing_database_is_named()
    {
        Assert.Contains("There is no database at", Store.Check(Options), StringComparison.Ordinal);
        Open().Dispose();
        Assert.Null(Store.Check(Options));

        using (var file = File.OpenWrite(Options.DatabasePath))
        {
            file.Position = 8192;
            file.Write(Enumerable.Repeat((byte)0x5A, 20_000).ToArray());
        }

        Assert.NotNull(Store.Check(Options));
    }

    [Fact]
    public void Rows_that_an_earlier_bot_stored_stay_readable()
    {
        foreach (var value in (string[])[
            """{"boolean":true}""", """{"number":1.25}""", """{"text":"Ё"}""", """{"date":20280229}""", """{"moment":1795262400000}""",
            """{"duration":60000}""", """{"choice":"x"}""", """{"file":"f"}""", """{"magnet":"m"}"""])
        {
            var conversation = """
                {"id":{"value":5},"revision":"r","step":3,"frames":[{"dialog":"d","state":"s","values":{"v":*},"trail":["t"]}],
                "offers":[{"kind":"Button","value":"yes"}],"attempts":1,"startedAt":1795262400000,"lastAt":1795262400001,"isPaused":false,"isNudged":false}
                """.Replace("*", value, StringComparison.Ordinal);
            AssertStable(conversation, json => StoredJson.Write(StoredJson.ReadConversation(json)));
        }

        const string body = """
            {"html":"Ё","attachment":{"kind":"Picture","file":"f"},"keyboard":{"rows":[[{"label":"l","data":"d"},{"label":"l","url":"u"}]]}}
            """;
        const string share = """{"html":"","keyboard":{"shareContact":"l","others":["o"]}}""";

        AssertStable(body, json => StoredJson.Write(StoredJson.ReadBody(json)));
        AssertStable(share, json => StoredJson.Write(StoredJson.ReadBody(json)));
        Assert.IsType<Keyboard.Remove>(StoredJson.ReadBody("""{"html":"","keyboard":{}}"""u8).Keyboard);

        static void AssertStable(string json, Func<byte[], byte[]> rewrite)
        {
            var compact = json.ReplaceLineEndings("");
            Assert.Equal(compact, Encoding.UTF8.GetString(rewrite(Encoding.UTF8.GetBytes(compact))));
        }
    }
}
