using System.Text;
using Bot.Core.Chats;
using Bot.Core.Csv;
using Bot.Core.Inputs;
using Bot.Core.Lists;
using Bot.Core.Messages;
using Bot.Lists;
using Bot.Storage.Admin;
using Bot.Telegram.Receiving;
using Bot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Lists;

/// <summary>Lists of customers from the admin chat's side: what is asked, what is shown first, what is written, and what a crash leaves.</summary>
public sealed class ListsTests
{
    private const long Owner = 501;
    private static int _keys;
    private static readonly ChatAddress Group = new(ChatAddress.Telegram, 1000, -700);

    [Fact]
    public async Task A_list_goes_out_once_it_is_confirmed_and_comes_in_again_unchanged()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        using var desk = await BeginAsync(bot);
        await TakeInAsync(bot, desk, "имя;телефон;город;метки\r\n=HYPERLINK(1);+79991234567;Казань;vip\r\n\"Анна; \"\"О\"\"\r\";+79990000000;;\r\n");
        await AcceptAsync(bot, Said("/export"));
        var question = await SaidAsync(bot, "Клиентов в списке: 2");
        Assert.Empty(Files(bot, "customers"));

        await AcceptAsync(bot, Pressed(ButtonOf(question, 0)));
        var line = await SaidAsync(bot, "Клиентов в файле: 2");
        await AcceptAsync(bot, Pressed(ButtonOf(question, 0)));
        await SaidAsync(bot, "уже не действует");

        var name = Attachment.NameOfList(line.Body.Attachment!.File)!;
        var bytes = File.ReadAllBytes(Assert.Single(Files(bot, "customers")));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains(";'+79991234567;", text, StringComparison.Ordinal);
        Assert.DoesNotContain(";=", text, StringComparison.Ordinal);
        var rows = CsvReader.Read(new StringReader(CsvText.Decode(bytes)), ';').ToList();
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Cells.Length, row.Cells.Length));
        await ShowAsync(bot, text);
        await SaidAsync(bot, "Новых клиентов: 0, дополнятся: 0, без изменений: 2, не подходят: 0");
        Assert.EndsWith(".csv", name, StringComparison.Ordinal);
        Assert.Equal("export,export.make", await TextAsync(bot,
            "SELECT group_concat(what) FROM (SELECT what FROM staff_audit WHERE what LIKE 'export%' ORDER BY id LIMIT 2)"));
    }

    [Fact]
    public async Task An_operator_is_refused()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        using var desk = await BeginAsync(bot);
        await AcceptAsync(bot, Said("/operator 777"));

        await AcceptAsync(bot, Said("/export", 777));
        await AcceptAsync(bot, Sent("upload-x.csv", 777));
        await AcceptAsync(bot, new Input.StaffPress(Key(), Group, new Person("Пётр", "ru", 777), "s.import.1", "cb", 1));

        Assert.Equal(3, await bot.SqlAsync("SELECT count(*) FROM staff_audit WHERE what IN ('refused:export', 'refused:import', 'refused:import.apply')"));
        Assert.Equal(0, await bot.SqlAsync("SELECT (SELECT count(*) FROM exports) + (SELECT count(*) FROM imports)"));
    }

    [Fact]
    public async Task Nothing_is_written_before_it_is_confirmed_and_faults_are_told_by_row()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        using var desk = await BeginAsync(bot);

        await ShowAsync(bot, "имя;телефон;цвет\r\nАнна;12;синий\r\nБорис;+79990000000;\r\nБоря;8 999 000 00 00;\r\n");

        var preview = (await SaidAsync(bot, "Что в файле")).Body;
        Assert.Contains("Строк: 3. Новых клиентов: 1, дополнятся: 0, без изменений: 0, не подходят: 2.", preview.Html, StringComparison.Ordinal);
        Assert.Contains("строка 2: «12» — не номер телефона", preview.Html, StringComparison.Ordinal);
        Assert.Contains("строка 4: тот же клиент, что в строке 3", preview.Html, StringComparison.Ordinal);
        Assert.Contains("Не читаю: цвет", preview.Html, StringComparison.Ordinal);
        Assert.Equal(0, await bot.SqlAsync("SELECT count(*) FROM profiles"));
        var refused = CsvReader.Read(new StringReader(File.ReadAllText(Assert.Single(Files(bot, "refused")))), ';').ToList();
        Assert.Equal(["имя", "телефон", "цвет", "причина"], refused[0].Cells);
        Assert.Equal(["Анна", "12", "синий", "«12» — не номер телефона"], refused[1].Cells);

        await AcceptAsync(bot, Pressed(ButtonOf(await SaidAsync(bot, "Что в файле"), 1)));
        await AcceptAsync(bot, Pressed(ButtonOf(await SaidAsync(bot, "Что в файле"), 0)));
        await SaidAsync(bot, "уже не действует");
        Assert.Equal(0, await bot.SqlAsync("SELECT count(*) FROM profiles"));
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_list_it_goes_on_and_takes_each_row_once()
    {
        const int rows = 1_000;
        var list = string.Concat(Enumerable.Range(0, rows).Select(i => $"+7999{i:D7};заметка {i}\n").Prepend("телефон;заметка\n"));
        var bot = TestBot.Create().Start(sends: false);
        var desk = await BeginAsync(bot);
        await ShowAsync(bot, list);
        await AcceptAsync(bot, Pressed(ButtonOf(await SaidAsync(bot, "Что в файле"), 0)));
        await Eventually.TrueAsync(() => Rows(bot) > 100, "some rows");
        await bot.CrashAsync();
        desk.Dispose();
        Assert.InRange(Rows(bot), 101, rows - 1);

        await using var again = bot.Restart().Start(sends: false);
        using var other = DeskOf(again);
        other.Start();

        await SaidAsync(again, $"Готово. Новых клиентов: {rows}, дополнены: 0, без изменений: 0, не записаны: 0.");
        Assert.Equal(rows, await again.SqlAsync("SELECT count(*) FROM profiles"));
        Assert.Equal(rows, await again.SqlAsync("SELECT count(*) FROM profile_notes"));
        Assert.Equal(0, await again.SqlAsync("SELECT (SELECT count(*) FROM consents) + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM chats WHERE blocked_at IS NULL)"));
        await other.StopAsync();
    }

    [Fact]
    public async Task Who_was_brought_in_and_comes_is_one_customer_whom_the_next_list_knows()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        using var desk = await BeginAsync(bot);
        await TakeInAsync(bot, desk, "имя;телефон;email;метки\r\nПетрова А.;+79991234567;a@example.com;vip\r\n");
        var brought = await bot.SqlAsync("SELECT id FROM profiles");
        var anna = new ChatAddress(ChatAddress.Telegram, 1000, 42);
        await bot.TakeAsync("c1", "/start guide-vk");
        await AcceptAsync(bot, new Input.Press("c2", anna, new Person("Анна", "ru", 42, "anna_p"), DataOf(bot), "cb", 1));
        await bot.TakeAsync("c3", "Анна");

        await AcceptAsync(bot, new Input.Contact("c4", anna, new Person("Анна", "ru", 42, "anna_p"), "+79991234567", IsOwn: true));

        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM profiles WHERE merged_into IS NULL"));
        Assert.Equal(1, await bot.SqlAsync($"SELECT count(*) FROM profiles WHERE id = {brought} AND merged_into IS NOT NULL"));
        Assert.Equal("a@example.com", await TextAsync(bot, "SELECT text FROM profile_fields WHERE name = 'email'"));
        Assert.Equal("anna_p", await TextAsync(bot, "SELECT text FROM profile_fields WHERE name = 'telegram'"));
        await AcceptAsync(bot, Said($"/tag {brought} +regular"));
        await TakeInAsync(bot, desk, $"id;город\r\n{brought};Казань\r\n");
        Assert.Equal("guide,regular,vip", await TextAsync(bot, "SELECT group_concat(tag) FROM (SELECT tag FROM profile_tags ORDER BY tag)"));
        Assert.Equal("Казань", await TextAsync(bot, "SELECT text FROM profile_fields WHERE name = 'city'"));
        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM profiles WHERE merged_into IS NULL"));
    }

    [Fact]
    public async Task A_list_that_is_larger_than_telegram_takes_comes_in_parts()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        using var desk = await BeginAsync(bot);
        await TakeInAsync(bot, desk, string.Concat(Enumerable.Range(0, 600).Select(i => $"+7999{i:D7}\n").Prepend("телефон\n")));
        var export = new ListExport(bot.Options, TestBot.Shipped, bot.Business.GetUtcNow());

        var parts = export.Write(ListCondition.Read("", TestBot.Shipped).Result!, bot.Store.Lists, bot.Clock.GetUtcNow(), 1_000, TestContext.Current.CancellationToken).ToList();

        Assert.Equal([250, 250, 100], parts.Select(part => part.Customers));
        var phones = parts.SelectMany(part =>
        {
            using var text = new StreamReader(bot.Store.Lists.Open(part.Name)!);
            return CsvReader.Read(text, ';').Skip(1).Select(row => row.Cells[2]).ToList();
        }).ToList();
        Assert.Equal(600, phones.Distinct().Count());
    }

    [Theory]
    [InlineData("имя;город\nАнна;Казань", "Не вижу, как узнать клиентов")]
    [InlineData("PK\u0003\u0004\0", "Не вижу, как узнать клиентов")]
    [InlineData("", "Не вижу, как узнать клиентов")]
    [InlineData("телефон\n12", "Записывать нечего")]
    public async Task What_is_no_list_of_use_gets_a_clear_line(string text, string answer)
    {
        await using var bot = TestBot.Create().Start(sends: false);
        using var desk = await BeginAsync(bot);

        await ShowAsync(bot, text);

        await SaidAsync(bot, answer);
        await desk.StopAsync();
    }

    [Fact]
    public async Task A_file_that_telegram_does_not_give_out_and_a_condition_that_nobody_understands_are_told()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        using var desk = await BeginAsync(bot);

        await AcceptAsync(bot, Sent("gone", size: 10));
        await SaidAsync(bot, "Не удалось получить файл");
        await AcceptAsync(bot, Sent("large", size: FileReceiver.MaxSize + 1));
        await SaidAsync(bot, "слишком большой");
        await AcceptAsync(bot, Said("/import"));
        await SaidAsync(bot, "Пришлите файл CSV");
        await AcceptAsync(bot, Said("/export cty = \"Казань\""));
        await SaidAsync(bot, "Не понимаю, кого выгрузить");
        await AcceptAsync(bot, Said("/export tags has \"nobody\""));
        await SaidAsync(bot, "никто не подходит");
    }

    private static ListDesk DeskOf(TestBot bot) => new(
        new ListWork(() => TestBot.Shipped, bot.Store, bot.Options, bot.Writer, (fileId, to, cancellationToken) => DownloadAsync(bot, fileId, to, cancellationToken),
            bot.Business, bot.Clock),
        bot.Writer, NullLogger<ListDesk>.Instance);

    private static async Task<DownloadEnd> DownloadAsync(TestBot bot, string fileId, Stream to, CancellationToken cancellationToken)
    {
        await using var file = bot.Store.Lists.Open(fileId);
        if (file is null)
        {
            return DownloadEnd.Refused;
        }

        await file.CopyToAsync(to, cancellationToken);
        return DownloadEnd.Done;
    }

    private static async Task<ListDesk> BeginAsync(TestBot bot)
    {
        var desk = DeskOf(bot);
        desk.Start();
        await AcceptAsync(bot, Said($"/claim {bot.Code.Text}"));
        return desk;
    }

    /// <summary>Sends a list, which the fake of Telegram gives out by its name.</summary>
    private static async Task ShowAsync(TestBot bot, string text)
    {
        var (name, file) = bot.Store.Lists.Create("sent", bot.Clock.GetUtcNow());
        await using (file)
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        }

        await AcceptAsync(bot, Sent(name));
    }

    private static async Task TakeInAsync(TestBot bot, ListDesk desk, string text)
    {
        var done = Lines(bot).Count(line => line.Body.Html.Contains("Готово.", StringComparison.Ordinal));
        var shown = Lines(bot).Count(line => line.Body.Html.Contains("Что в файле", StringComparison.Ordinal));
        await ShowAsync(bot, text);
        await Eventually.TrueAsync(() => Lines(bot).Count(line => line.Body.Html.Contains("Что в файле", StringComparison.Ordinal)) > shown, "the preview");
        await AcceptAsync(bot, Pressed(ButtonOf(Lines(bot).Last(line => line.Body.Html.Contains("Что в файле", StringComparison.Ordinal)), 0)));
        await Eventually.TrueAsync(() => Lines(bot).Count(line => line.Body.Html.Contains("Готово.", StringComparison.Ordinal)) > done, "the end of the list");
    }

    private static async Task<AdminLine> SaidAsync(TestBot bot, string words)
    {
        await Eventually.TrueAsync(() => Lines(bot).Any(line => line.Body.Html.Contains(words, StringComparison.Ordinal)), words);
        return Lines(bot).Last(line => line.Body.Html.Contains(words, StringComparison.Ordinal));
    }

    private static System.Collections.Immutable.ImmutableArray<AdminLine> Lines(TestBot bot) => bot.Store.Admin.After(0, 1_000);

    private static string ButtonOf(AdminLine line, int index) => ((Keyboard.Inline)line.Body.Keyboard!).Rows[0][index].Data!;

    private static IEnumerable<string> Files(TestBot bot, string about) => Directory.Exists(bot.Options.DatabasePath + ".lists")
        ? Directory.EnumerateFiles(bot.Options.DatabasePath + ".lists", about + "-*")
        : [];

    private static long Rows(TestBot bot)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={bot.Options.DatabasePath};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM profiles";
        return (long)command.ExecuteScalar()!;
    }

    private static Task<string?> TextAsync(TestBot bot, string sql) => bot.Writer.StepAsync(
        _ =>
        {
            using var command = new Microsoft.Data.Sqlite.SqliteCommand(sql, bot.Store.WriteConnection);
            return command.ExecuteScalar() as string;
        },
        TestContext.Current.CancellationToken);

    /// <summary>The data of the button that agrees, in the latest message.</summary>
    private static string DataOf(TestBot bot) =>
        bot.Store.Pending(default, 100).Select(message => message.Body.Keyboard).OfType<Keyboard.Inline>().Last().Rows[0][0].Data!;

    private static Input.StaffMessage Said(string text, long user = Owner) => new(Key(), Group, new Person("Ирина", "ru", user), text);

    private static Input.StaffMessage Sent(string fileId, long user = Owner, long? size = null) => new(Key(), Group, new Person("Ирина", "ru", user), "/import",
        new ChannelMessage(1, "/import", new Media(MediaKind.Document, fileId, "list.csv", size)));

    private static Input.StaffPress Pressed(string data) => new(Key(), Group, new Person("Ирина", "ru", Owner), data, "cb", 1);

    private static string Key() => $"k{Interlocked.Increment(ref _keys)}";

    private static Task AcceptAsync(TestBot bot, Input input) => bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);
}
