using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>Lists of customers over real HTTP, on the command line, and over a kill.</summary>
public sealed partial class ListTests : BotTest
{
    private const long Owner = 501;

    [Fact]
    public async Task Case_37_A_list_goes_out_safe_for_spreadsheets_and_comes_in_with_its_preview()
    {
        var owner = Chat(Owner);
        var bot = await RunAsync();
        await owner.ClaimsAsync(bot);
        var anna = Chat(7);
        anna.Username = "maria_k";
        await anna.GetsTheChecklistAsync("=HYPERLINK(1)");
        await owner.ReceivesAsync("Новый контакт", Eventually.Patience);
        await owner.IsAnsweredAsync("/find @maria_k", "Нашлось: 1");

        owner.Says("/export consent(marketing)");
        await owner.ReceivesAsync("Клиентов в списке: 1", Eventually.Patience);
        owner.Presses("Да, сделать файл");
        var sent = await owner.ReceivesAsync("Клиентов в файле: 1", Eventually.Patience);

        Assert.Equal("sendDocument", sent.Method);
        var list = Encoding.UTF8.GetString(sent.File!);
        Assert.Contains(";'=HYPERLINK(1);'+79991234567;", list, StringComparison.Ordinal);
        Assert.Contains("maria_k", list, StringComparison.Ordinal);

        // The same list again changes nothing; with one row more it brings one customer, who is told nothing.
        owner.SendsFile("customers.csv", sent.File!, "/import");
        await owner.ReceivesAsync("без изменений: 1", Eventually.Patience);
        owner.SendsFile("new.csv", Encoding.UTF8.GetBytes("name,phone\nБорис,8 999 000 00 00\nВера,12\n"), "/import");
        await owner.ReceivesAsync("строка 3: «12» — не номер телефона", Eventually.Patience);
        await owner.ReceivesAsync("не подошли", Eventually.Patience);
        owner.Presses("Записать");
        await owner.ReceivesAsync("Готово. Новых клиентов: 1", Eventually.Patience);
        Assert.Equal("import", Database.Texts("SELECT first_source FROM profiles p JOIN profile_fields f ON f.profile_id = p.id WHERE f.text = 'Борис'")[0]);
        Assert.Equal(0, Database.Number("SELECT count(*) FROM outbox"));
        Assert.DoesNotContain(bot.Errors, line => line.Contains("Борис", StringComparison.Ordinal) || line.Contains("7999", StringComparison.Ordinal)
            || line.Contains(FakeTelegram.FakeTelegramServer.DefaultToken, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_in_the_middle_of_ten_thousand_rows_each_is_taken_in_once()
    {
        const int rows = 10_000;
        var owner = Chat(Owner);
        var bot = await RunAsync();
        await owner.ClaimsAsync(bot);
        var list = string.Concat(Enumerable.Range(0, rows).Select(i => $"Клиент {i % 7};+7999{i:D7}\n").Prepend("имя;телефон\n"));
        owner.SendsFile("many.csv", Encoding.UTF8.GetBytes(list), "/import");
        await owner.ReceivesAsync($"Новых клиентов: {rows}", Eventually.Patience);
        owner.Presses("Записать");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM profiles") > 500, "some rows");
        await bot.KillAsync();
        Assert.InRange(Database.Number("SELECT count(*) FROM profiles"), 500, rows - 1);

        await RunAsync();

        await owner.ReceivesAsync($"Готово. Новых клиентов: {rows}, дополнены: 0, без изменений: 0, не записаны: 0", TimeSpan.FromMinutes(2));
        Assert.Equal(rows, Database.Number("SELECT count(*) FROM profiles"));
        Assert.Equal(rows, Database.Number("SELECT count(DISTINCT text) FROM profile_fields WHERE name = 'phone'"));
    }

    [Fact]
    public async Task On_the_command_line_a_list_is_only_looked_at_until_it_is_to_be_applied()
    {
        var bot = await RunAsync();
        await Chat(7).GetsTheChecklistAsync("Мария");
        var path = Path.Combine(Path.GetDirectoryName(Database.Path)!, "new.csv");
        await File.WriteAllTextAsync(path, "phone;name\n8 999 000 00 00;Борис\n12;Вера\n");

        var (exit, output, _) = await CommandAsync("import", path);
        Assert.Equal(0, exit);
        Assert.Contains("2 rows: 1 new customers, 0 added to, 0 unchanged, 1 not fit.", output, StringComparison.Ordinal);
        Assert.Equal(1, Database.Number("SELECT count(*) FROM profiles"));
        Assert.Equal(1, (await CommandAsync("import", path, "--apply")).Exit);
        await bot.StopAsync();

        Assert.Equal(0, (await CommandAsync("import", path, "--apply")).Exit);
        Assert.Equal(2, Database.Number("SELECT count(*) FROM profiles"));
        var (_, list, _) = await CommandAsync("export", "not consent(marketing)");
        Assert.Contains("Борис", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Мария", list, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandAsync("export", "cty = 1")).Exit);
    }

    [Fact]
    public async Task In_the_demo_a_list_can_be_sent_and_fetched_on_the_page()
    {
        Settings.Remove("Telegram:Token");
        Settings.Remove("Demo:Enabled");
        var bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);
        var origin = bot.Url.GetLeftPart(UriPartial.Authority);
        using var http = new HttpClient { BaseAddress = bot.Url };

        Assert.Equal(HttpStatusCode.Forbidden, (await PostListAsync(http, "https://elsewhere.example")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PostListAsync(http, origin)).StatusCode);
        await SaysAsync(demo, "Новых клиентов: 1");
        await demo.PostAsync("demo/admin", JsonSerializer.Serialize(new { press = ButtonPattern().Match(await LinesAsync(demo)).Value }));
        await SaysAsync(demo, "Готово. Новых клиентов: 1");
        await demo.PostAsync("demo/admin", """{"text":"/export"}""");
        await SaysAsync(demo, "Клиентов в списке: 1");
        await demo.PostAsync("demo/admin", JsonSerializer.Serialize(new { press = ExportPattern().Match(await LinesAsync(demo)).Value }));
        await SaysAsync(demo, "Клиентов в файле: 1");

        using var lines = JsonDocument.Parse(await LinesAsync(demo));
        var line = lines.RootElement.GetProperty("lines").EnumerateArray().Last(one => one.TryGetProperty("file", out _)).GetProperty("id").GetString();
        Assert.Contains("Борис", await http.GetStringAsync($"demo/admin/files/{line}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("demo/admin/files/1")).StatusCode);
    }

    private static async Task<HttpResponseMessage> PostListAsync(HttpClient http, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "demo/admin");
        request.Headers.Add("Origin", origin);
        request.Content = new StringContent("имя;телефон\nБорис;8 999 000 00 00\n", Encoding.UTF8, "text/csv");
        return await http.SendAsync(request);
    }

    private static Task SaysAsync(DemoVisitor demo, string words) =>
        Eventually.TrueAsync(async () => (await demo.AdminAsync()).Any(line => line.Contains(words, StringComparison.Ordinal)), () => words);

    private static async Task<string> LinesAsync(DemoVisitor demo) => (await demo.SendAsync(HttpMethod.Get, "demo/admin", null, null)).Body;

    [GeneratedRegex(@"s\.import\.\d+")]
    private static partial Regex ButtonPattern();

    [GeneratedRegex(@"s\.export\.\d+")]
    private static partial Regex ExportPattern();
}
