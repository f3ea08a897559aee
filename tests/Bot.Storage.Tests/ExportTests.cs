using System.Globalization;
using System.Text;
using System.Text.Json;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Turns;
using Bot.Storage.Json;
using Bot.Storage.Privacy;
using Bot.Storage.Sqlite;
using Bot.Storage.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Storage.Tests;

/// <summary>A person's own rows, all of them and nobody else's.</summary>
public sealed class ExportTests : SqliteTest
{
    private readonly Planted _anna = new("Anna", 111_000_000_000, Some.Noon);
    private readonly Planted _boris = new("Boris", 222_000_000_000, Some.Noon.AddYears(1));

    [Fact]
    public void Every_table_either_holds_something_about_persons_or_is_known_to_hold_nothing()
    {
        Open().Dispose();
        using var connection = OpenRaw();

        var tables = connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");

        Assert.Equal(tables.Order(StringComparer.Ordinal),
            PersonalTables.All.Select(table => table.Name).Concat(PersonalTables.Impersonal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_every_column_with_numbers_it_is_known_what_they_mean()
    {
        Open().Dispose();
        using var connection = OpenRaw();

        Assert.Empty(PersonalTables.All.SelectMany(table => ColumnsOf(connection, table.Name)
            .Where(column => column.Type == "INTEGER" && Columns.FormOf(table.Name, column.Name) == ColumnForm.Plain)
            .Select(column => $"{table.Name}.{column.Name}")));
    }

    [Fact]
    public void Case_35_An_export_has_every_row_of_the_person_and_not_one_value_of_another()
    {
        Open().Dispose();
        using var connection = OpenRaw();
        connection.Execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
        foreach (var person in (Planted[])[_anna, _boris])
        {
            person.PlantIn(connection);
        }

        foreach (var (person, other) in ((Planted, Planted)[])[(_anna, _boris), (_boris, _anna)])
        {
            var export = Export.Of(connection, new ProfileId(person.Profile), Some.Noon.AddYears(10));

            Assert.All(person.Values, value => Assert.Contains(value, export, StringComparison.Ordinal));
            Assert.All(other.Values, value => Assert.DoesNotContain(value, export, StringComparison.Ordinal));
            Assert.DoesNotContain(other.Name, export, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("secret_hash", export, StringComparison.Ordinal);
            using var read = JsonDocument.Parse(export);
            Assert.All(PersonalTables.All, table => Assert.Equal(1, read.RootElement.GetProperty(table.Name).GetArrayLength()));
        }
    }

    [Fact]
    public void Case_35_Who_is_forgotten_leaves_ids_and_numbers_that_lead_to_nobody_and_nothing_of_another_changes()
    {
        Open().Dispose();
        using var connection = OpenRaw();
        connection.Execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
        foreach (var person in (Planted[])[_anna, _boris])
        {
            person.PlantIn(connection);
        }

        var boris = Export.Of(connection, new ProfileId(_boris.Profile), Some.Noon);

        Erasure.Run(connection, new ProfileId(_anna.Profile), Some.Noon);

        Assert.Equal(boris, Export.Of(connection, new ProfileId(_boris.Profile), Some.Noon));
        Assert.Empty(Erasure.Left(connection));
        Assert.Equal([_anna.Profile], Erasure.All(connection).Keys);

        // What is left of texts, by column: codes of the program and of the content, ids of the till, and what the business itself says.
        var left = PersonalTables.All.SelectMany(table => ColumnsOf(connection, table.Name).Select(column => (table.Name, Column: column.Name)))
            .Where(place => connection.ExecuteScalar<long>($"SELECT count(*) FROM {place.Name} WHERE CAST({place.Column} AS TEXT) LIKE '%Anna%'") > 0)
            .Select(place => $"{place.Name}.{place.Column}");
        Assert.Equal(
        [
            "profiles.first_source", "profiles.last_source", "chats.language", "consents.purpose", "consents.wording_hash", "consents.source",
            "event_statistics.event", "events.event", "event_numbers.name", "conversations.dialog", "conversations.state",
            "sequence_runs.sequence", "sequence_runs.step", "automation_runs.automation",
            "deliveries.cause", "deliveries.template", "deliveries.reason", "recipients.reason", "experiment_arms.experiment",
            "purchases.id", "refunds.id", "refunds.purchase_id", "points_accounts.tier", "points_ledger.purchase_id", "points_ledger.refund_id",
            "codes.code", "codes.cause", "bookings.service", "bookings.specialist", "bookings.title", "bookings.name", "cases.kind",
            "aside.key", "aside.kind", "aside.error",
        ], left);
        Assert.Equal(("erased", 0, _anna.Profile + 1), connection.QuerySingle<(string, long, long)>(
            "SELECT channel, bot, address FROM chats WHERE profile_id = @id", new { id = _anna.Profile }));
    }

    [Fact]
    public void A_turn_is_answered_with_what_people_can_read()
    {
        using var store = Open();
        using var transaction = store.Begin();
        var customer = Some.NewCustomer(store);
        var named = customer with
        {
            Profile = customer.Profile! with
            {
                Fields = customer.Profile.Fields.Add("name", new Value.Text("Ёлка «О»")).Add("birthday", new Value.Date(new DateOnly(1990, 5, 24)))
                    .Add("visits", new Value.Number(12.5m)).Add("left", new Value.Duration(TimeSpan.FromMinutes(90))),
            },
            Conversation = Some.Conversation(store),
        };
        transaction.Apply(Snapshot.None, Some.Outcome(named, Some.Say(kind: MessageKind.Marketing)), Some.Noon);

        var export = (Value.Text)transaction.Answer(new Query.Export(), named.Profile.Id, Some.Noon)!;

        using var read = JsonDocument.Parse(export.Content);
        var fields = read.RootElement.GetProperty("profile_fields").EnumerateArray().ToDictionary(
            row => row.GetProperty("name").GetString()!, row => row.TryGetProperty("text", out var text) ? text : row.GetProperty("number"));
        Assert.Equal("Ёлка «О»", fields["name"].GetString());
        Assert.Equal("1990-05-24", fields["birthday"].GetString());
        Assert.Equal(12.5m, fields["visits"].GetDecimal());
        Assert.Equal("PT1H30M", fields["left"].GetString());
        Assert.Equal("2026-11-21T12:00:00.000Z", read.RootElement.GetProperty("profiles")[0].GetProperty("created_at").GetString());
        Assert.Equal("marketing", read.RootElement.GetProperty("outbox")[0].GetProperty("kind").GetString());
        Assert.Equal("<b>Привет</b>", read.RootElement.GetProperty("outbox")[0].GetProperty("body").GetProperty("html").GetString());
        Assert.Equal("2026-11-21T12:01:00.000Z",
            read.RootElement.GetProperty("conversations")[0].GetProperty("content").GetProperty("lastAt").GetString());
        Assert.Contains("Ёлка", export.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void An_earlier_export_that_still_lies_somewhere_is_not_exported_again()
    {
        using var store = Open();
        using var transaction = store.Begin();
        var customer = Some.NewCustomer(store);
        var say = new Effect.Say(MessageKind.Reply, "input", "phrase/Mydata",
            new Body("", new Attachment(AttachmentKind.Document, "mydata.json", "EARLIER")));
        transaction.Apply(Snapshot.None, Some.Outcome(customer, say), Some.Noon);

        var export = (Value.Text)transaction.Answer(new Query.Export(), customer.Profile!.Id, Some.Noon)!;

        Assert.Contains("mydata.json", export.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("EARLIER", export.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void A_consent_is_dated_by_when_it_was_last_given()
    {
        using var store = Open();
        using var transaction = store.Begin();
        var customer = Some.NewCustomer(store);
        var wording = new Bot.Core.Consents.Wording("hash", "ru", "Да?", "Да");
        transaction.Apply(Snapshot.None, Some.Outcome(customer, new Effect.GiveConsent("marketing", wording, "x")), Some.Noon);
        transaction.Apply(customer, Some.Outcome(customer, new Effect.WithdrawConsent("marketing", "x")), Some.Noon.AddDays(1));
        transaction.Apply(customer, Some.Outcome(customer, new Effect.GiveConsent("marketing", wording, "x")), Some.Noon.AddDays(2));

        Assert.Equal(new Value.Moment(Some.Noon.AddDays(2)), transaction.Answer(new Query.ConsentGiven("marketing"), customer.Profile!.Id, Some.Noon));
        Assert.Null(transaction.Answer(new Query.ConsentGiven("personal-data"), customer.Profile.Id, Some.Noon));
        Assert.Null(transaction.Answer(new Query.ConsentGiven("marketing"), new ProfileId(1), Some.Noon));
    }

    private static IEnumerable<(string Name, string Type)> ColumnsOf(SqliteConnection connection, string table) =>
        connection.Query<(string, string)>("SELECT name, type FROM pragma_table_info(@table)", new { table });

    /// <summary>A person with one row in every table, in which every value says whose it is.</summary>
    private sealed class Planted(string name, long first, DateTimeOffset since)
    {
        private long _next = first + 1_000;

        public string Name => name;

        public long Profile => first;

        /// <summary>As an export shows them.</summary>
        public List<string> Values { get; } = [];

        private long Chat => first + 1;

        private long Event => first + 2;

        private long Case => first + 4;

        private long Booking => first + 5;

        /// <summary>Of the session in the web chat; the address of the chat.</summary>
        private long Session => first + 3;

        public void PlantIn(SqliteConnection connection)
        {
            foreach (var table in PersonalTables.All)
            {
                var cells = ColumnsOf(connection, table.Name).Select(column => (column.Name, Value: Cell(table.Name, column.Name, column.Type))).ToList();
                Insert(connection, table.Name, cells);
            }

            Insert(connection, "wordings",
            [
                ("hash", $"{name}-consents-wording_hash"), ("language", Shown($"{name}-language")), ("text", Shown($"{name}-text")),
                ("label", Shown($"{name}-label")), ("first_at", since.ToUnixTimeMilliseconds()),
            ]);
        }

        private object Cell(string table, string column, string type) => (table, column) switch
        {
            ("profiles", "id") or (_, "profile_id") => Id(Profile),
            ("chats", "id") or (_, "chat_id") => Id(Chat),
            ("events", "id") or (_, "event_id") => Id(Event),
            ("cases", "id") or (_, "case_id") => Id(Case),
            ("bookings", "id") or (_, "booking_id") => Id(Booking),
            (_, "holder_id") => Id(Profile),
            ("web_sessions", "id") or (_, "session_id") or ("chats", "address") => Id(Session),
            ("profiles", "erased_at") => DBNull.Value,
            ("chats", "channel") => "web",
            ("chats", "bot") => 0,
            ("aside", "input") => StoredJson.Write(new Bot.Core.Inputs.Input.Message(
                Shown($"{name}-key"), new Bot.Core.Chats.ChatAddress("web", 0, Session), null, Shown($"{name}-said"))),
            ("event_texts", "kind") => 3,
            (_, "kind") when type == "INTEGER" => 2,
            _ => Columns.FormOf(table, column) switch
            {
                ColumnForm.Hidden => $"{name}-{table}-{column}",
                ColumnForm.Json => Encoding.UTF8.GetBytes($$"""{"text":"{{Shown($"{name}-{table}-{column}")}}"}"""),
                ColumnForm.Moment => Moment(),
                ColumnForm.Amount => Id(_next++) * 100,
                ColumnForm.Fraction or ColumnForm.Value => Id(_next++) * 10_000,
                ColumnForm.Boolean or ColumnForm.Number or ColumnForm.Code when type == "INTEGER" => 1,
                _ when type == "INTEGER" => Id(_next++),
                _ => Shown($"{name}-{table}-{column}"),
            },
        };

        private string Shown(string value)
        {
            Values.Add(value);
            return value;
        }

        private long Id(long id)
        {
            Shown(id.ToString(CultureInfo.InvariantCulture));
            return id;
        }

        private long Moment()
        {
            var moment = since.AddSeconds(Values.Count);
            Shown(ValueJson.Moment(moment));
            return moment.ToUnixTimeMilliseconds();
        }

        private static void Insert(SqliteConnection connection, string table, List<(string Name, object Value)> cells)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO {table} ({string.Join(", ", cells.Select(cell => cell.Name))}) "
                + $"VALUES ({string.Join(", ", cells.Select(cell => "@" + cell.Name))})";
            cells.ForEach(cell => command.Parameters.AddWithValue("@" + cell.Name, cell.Value));
            command.ExecuteNonQuery();
        }
    }
}
