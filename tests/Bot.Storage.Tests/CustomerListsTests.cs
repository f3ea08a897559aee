using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Turns;
using Bot.Storage.Histories;
using Bot.Storage.Lists;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

/// <summary>Lists are files for a day, and customers are looked for by what stands in them.</summary>
public sealed class CustomerListsTests : SqliteTest
{
    [Theory]
    [InlineData("@Anna_P")]
    [InlineData("anna_p")]
    [InlineData("+7 999 123-45-67")]
    [InlineData("1234567")]
    public void A_customer_is_found_by_the_name_in_telegram_and_by_the_end_of_the_phone(string what)
    {
        using var store = Open();
        var anna = Add(store, 1, ("telegram", "Anna_P"), ("phone", "+79991234567"));
        Add(store, 2, ("telegram", "anna_p2"), ("phone", "+79990000000"));

        Assert.Equal([anna], CustomerHistories.Search(Options, what, 10).Select(one => one.Profile));
    }

    [Theory]
    [InlineData("../bot.db")]
    [InlineData("/etc/passwd")]
    [InlineData("nothing.csv")]
    [InlineData("")]
    public void No_name_leads_out_of_the_folder_of_lists(string name)
    {
        using var store = Open();
        store.Lists.Create("customers", Some.Noon).File.Dispose();

        Assert.Null(store.Lists.Open(name));
    }

    [Fact]
    public void A_list_is_for_its_owner_alone_and_gone_with_the_database()
    {
        using (var store = Open())
        {
            var (name, file) = store.Lists.Create("customers", Some.Noon);
            file.Dispose();
            using var opened = store.Lists.Open(name);
            Assert.NotNull(opened);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(((FileStream)opened).Name));
            }
        }

        Store.Delete(Options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TestContext.Current.CancellationToken);

        Assert.False(Directory.Exists(Options.DatabasePath + ListFiles.Ending));
    }

    [Fact]
    public void Lists_are_kept_for_a_day()
    {
        using var store = Open();
        var names = new[] { store.Lists.Create("old", Some.Noon), store.Lists.Create("new", Some.Noon) }.Select(made =>
        {
            made.File.Dispose();
            return made.Name;
        }).ToList();
        var folder = Options.DatabasePath + ListFiles.Ending;
        File.SetLastWriteTimeUtc(Path.Combine(folder, names[0]), DateTimeOffset.UnixEpoch.UtcDateTime);
        File.SetLastWriteTimeUtc(Path.Combine(folder, names[1]), DateTimeOffset.UnixEpoch.AddDays(1).UtcDateTime);

        ListFiles.DeleteOld(Options.DatabasePath, DateTimeOffset.UnixEpoch.AddDays(1).AddHours(1));

        Assert.Equal([names[1]], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Somebody_with_rows_that_may_not_be_moved_is_not_joined()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Made()};Pooling=False"))
        {
            connection.Open();
            Dapper.SqlMapper.Execute(connection, "CREATE TABLE ledger_of_test (id INTEGER PRIMARY KEY, profile_id INTEGER NOT NULL)");
            Dapper.SqlMapper.Execute(connection,
                "CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger_of_test BEGIN SELECT RAISE(ABORT, 'append-only'); END");
        }

        using var store = Open();
        var place = new ChatAddress(ChatAddress.Staff, 0, 77);
        var brought = Add(store, 77, ("phone", "+79991234567"));
        Dapper.SqlMapper.Execute(store.WriteConnection, "UPDATE chats SET channel = @channel, bot = 0", new { channel = place.Channel });
        using var transaction = store.Begin();
        Assert.NotNull(transaction.Answer(new Query.BroughtIn("+79991234567"), new ProfileId(1), Some.Noon));

        Dapper.SqlMapper.Execute(store.WriteConnection, "INSERT INTO ledger_of_test VALUES (1, @id)", new { id = brought.Value });

        Assert.Null(transaction.Answer(new Query.BroughtIn("+79991234567"), new ProfileId(1), Some.Noon));
    }

    private string Made()
    {
        Open().Dispose();
        return Options.DatabasePath;
    }

    private static ProfileId Add(Store store, long address, params (string Name, string Text)[] fields)
    {
        var customer = Some.NewCustomer(store, address);
        var named = customer with
        {
            Profile = customer.Profile! with
            {
                Fields = customer.Profile.Fields.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, (Value)new Value.Text(field.Text)))),
            },
        };
        using var transaction = store.Begin();
        transaction.Apply(Snapshot.None, Some.Outcome(named), Some.Noon);
        transaction.Commit();
        return named.Profile!.Id;
    }
}
