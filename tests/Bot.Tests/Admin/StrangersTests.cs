using System.Globalization;
using System.Text;
using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Staff;
using Bot.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Bot.Tests.Admin;

/// <summary>Case 36, at random: whatever those type and press who may not, the database stays as it was.</summary>
public sealed class StrangersTests : IAsyncDisposable
{
    private const long Owner = 501;
    private const long Operator = 502;
    private const long Stranger = 666;
    private const int Tries = 1_500;
    private static readonly ChatAddress Group = new(ChatAddress.Telegram, 1000, -700);
    private static readonly string[] Words =
        ["", "1", "501", "502", "666", "today", "30d", "+vip", "-vip", "5 +vip", "-1", "99999999999999999999", "yes", "' OR 1=1 --", "Анна", "\n", "😀", "@bot", "\u0000"];

    private readonly TestBot _bot = TestBot.Create().Start(sends: false);
    private readonly Random _random = new(20_261_126);
    private int _keys;

    [Fact]
    public async Task Strangers_in_the_admin_chat_in_groups_of_their_own_and_without_a_name_change_nothing()
    {
        await PrepareAsync();
        var before = Dump([]);

        for (var i = 0; i < Tries; i++)
        {
            // In the admin chat by nobody's right; elsewhere even the owner has none. Without an id: forwarded, or in the name of the group.
            var (chat, user) = _random.Next(4) switch
            {
                0 => (Group, (long?)Stranger),
                1 => (Group, null),
                2 => (new ChatAddress(ChatAddress.Telegram, 1000, -701), Owner),
                _ => (new ChatAddress(ChatAddress.Telegram, 2000, -700), Owner),
            };
            await AcceptAsync(_random.Next(2) == 0
                ? new Input.StaffMessage(Key(), chat, Person(user), Command(), null)
                : new Input.StaffPress(Key(), chat, Person(user), Data(), "cb", 1));
        }

        Assert.Equal(before, Dump([]));
    }

    [Fact]
    public async Task A_customer_s_commands_and_forged_buttons_reach_nothing_of_staff()
    {
        await PrepareAsync();
        string[] ofCustomers = ["profiles", "chats", "conversations", "events", "event_numbers", "event_texts", "event_statistics", "outbox", "timers", "deliveries"];
        var before = Dump(ofCustomers);

        for (var i = 0; i < Tries; i++)
        {
            var chat = new ChatAddress(ChatAddress.Telegram, 1000, Stranger);
            await AcceptAsync(_random.Next(2) == 0
                ? new Input.Message(Key(), chat, Person(Stranger), Command())
                : new Input.Press(Key(), chat, Person(Stranger), Data(), "cb", 1));
        }

        Assert.Equal(before, Dump(ofCustomers));
    }

    [Fact]
    public async Task An_operator_s_forged_decisions_decide_nothing_and_are_audited_as_refused()
    {
        await PrepareAsync();
        var before = Dump(["admin_messages", "staff_audit"]);
        string[] commands = ["/operator 777", "/owner 777", "/owner", "/backup", "/reload", "/broadcast Всем", "/variant Всем", "/set topic offers", "/edit 1 Другое", "/export", "/import", "/webhooks"];
        string[] presses = ["s.drop", "s.drop.yes", "s.removed.501", "s.remove.501", "s.owned.502", "s.owned.777", "s.dropped.1", "s.drop-one.1", "s.b.1.start",
            "s.b.1.start.00000000", "s.b.1.pause", "s.b.1.cancel.yes", "s.b.1.recall.yes", "s.b.1.win.A.yes", "s.b.1.topic.tips", "s.b.1.edit.yes", "s.export.1", "s.import.1", "s.hooks.again", "s.hooks.drop", "s.hooks.drop.yes"];

        for (var i = 0; i < Tries; i++)
        {
            await AcceptAsync(_random.Next(2) == 0
                ? new Input.StaffMessage(Key(), Group, Person(Operator), commands[_random.Next(commands.Length)], new ChannelMessage(1, "", ReplyTo: new ChannelMessage(2, "", Sender: 777)))
                : new Input.StaffPress(Key(), Group, Person(Operator), presses[_random.Next(presses.Length)], "cb", 1));
        }

        Assert.Equal(before, Dump(["admin_messages", "staff_audit"]));
        Assert.Equal(Tries, await _bot.SqlAsync("SELECT count(*) FROM staff_audit WHERE user_id = 502 AND what GLOB 'refused:*'"));
        Assert.DoesNotContain(_bot.Commits.SelectMany(commit => commit.Asked), asked => asked.Needs == StaffRole.Owner);
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();

    private async Task PrepareAsync()
    {
        await AcceptAsync(new Input.StaffMessage(Key(), Group, Person(Owner), $"/claim {_bot.Code.Text}", null));
        await AcceptAsync(new Input.StaffMessage(Key(), Group, Person(Owner), $"/operator {Operator}", null));
        await _bot.TakeAsync("customer", "/start guide");
        await _bot.TakeAsync("stranger", "/start", Stranger);
        await AcceptAsync(new Input.StaffMessage(Key(), Group, Person(Owner), "/broadcast Черновик владельца"));
        await _bot.SqlAsync("INSERT INTO aside (id, key, kind, error, at) VALUES (1, 'x', 'Message', 'Fault', 1)");
        await _bot.SqlAsync("INSERT INTO webhooks (event_id, since_at, attempts, next_at, dead_at) SELECT min(id), 1, 10, 1, 1 FROM events");
    }

    private string Command()
    {
        string[] names = [.. StaffReader.Commands.Select(command => command.Name), "claim", "start", "x"];
        var name = names[_random.Next(names.Length)];
        var bot = _random.Next(5) == 0 ? "@our_bot" : "";
        return $"/{name}{bot} {string.Join(' ', Enumerable.Range(0, _random.Next(4)).Select(_ => Word()))}".TrimEnd(' ');
    }

    private string Data()
    {
        string[] whats = ["card", "tag", "note", "why", "remove", "removed", "drop", "drop-one", "dropped", "owned", "drop.yes", "b.1.start", "b.1.cancel.yes", "b.1.recall.yes",
            "export", "import", "hooks.again", "hooks.drop.yes", "sold", "refunded", "redeem", "visit", "book", "case", "x"];
        var data = $"s.{whats[_random.Next(whats.Length)]}{(_random.Next(4) == 0 ? "" : $".{Word()}")}";
        return data.Length <= 64 ? data : data[..64];
    }

    private string Word() => Words[_random.Next(Words.Length)];

    private string Key() => $"fuzz:{_keys++}";

    private static Person Person(long? user) => new("Кто-то", "ru", user);

    private Task AcceptAsync(Input input) => _bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);

    /// <summary>All rows of all tables but these and the keys of inputs.</summary>
    private string Dump(string[] without)
    {
        using var connection = new SqliteConnection($"Data Source={_bot.Options.DatabasePath};Mode=ReadOnly");
        connection.Open();
        var tables = new List<string>();
        using (var names = new SqliteCommand("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", connection))
        using (var row = names.ExecuteReader())
        {
            while (row.Read())
            {
                tables.Add(row.GetString(0));
            }
        }

        var dump = new StringBuilder();
        foreach (var table in tables.Except([.. without, "inbox"]))
        {
            using var all = new SqliteCommand($"SELECT * FROM {table}", connection);
            using var row = all.ExecuteReader();
            while (row.Read())
            {
                var values = Enumerable.Range(0, row.FieldCount).Select(i => row.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture));
                dump.Append(table).Append('|').AppendJoin('|', values).Append('\n');
            }
        }

        return dump.ToString();
    }
}
