using System.Globalization;
using System.Net;
using System.Text.Json;
using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>What a customer can see of what is kept about them, and what the operator can.</summary>
public class MyDataTests : BotTest
{
    private const string Shown = "Что о вас хранится";

    [Fact]
    public async Task In_Telegram_a_customer_gets_words_and_a_file_and_the_file_is_kept_nowhere()
    {
        await RunAsync();
        await Chat(1).GetsTheChecklistAsync("Анна", "+79991234567");

        await Chat(1).IsAnsweredAsync("мои данные", Shown);

        var answer = Chat(1).Messages[^1];
        Assert.Equal(("sendDocument", "mydata.json"), (answer.Method, answer.FileName));
        Assert.Contains("Телефон: +79991234567", answer.Text, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "the outbox is empty");
        Assert.Equal(1, Database.Number("SELECT count(*) FROM file_ids"));
    }

    [Fact]
    public async Task On_the_web_page_the_file_has_all_rows_of_the_visitor_and_nothing_of_another_and_is_for_the_visitor_alone()
    {
        var bot = await RunAsync();
        await using var anna = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await using var boris = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await anna.GetsTheChecklistAsync("Анна", "+79991234567");
        await boris.GetsTheChecklistAsync("Борис", "+79997654321");

        await anna.SaysAsync("mydata", "/mydata");
        await anna.ReceivesAsync(Shown);

        var line = anna.Lines.Last();
        Assert.Equal("mydata.json", line.GetProperty("file").GetProperty("name").GetString());
        using var file = await anna.DownloadAsync(line.GetProperty("id").GetString()!);
        Assert.Equal("application/json", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", "mydata.json"),
            (file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileName));
        var text = await file.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(text);
        foreach (var (table, sql) in ((string, string)[])
            [("events", "events WHERE profile_id = @id"), ("consents", "consents WHERE profile_id = @id"),
            ("conversations", "conversations v JOIN chats c ON c.id = v.chat_id WHERE c.profile_id = @id")])
        {
            var id = long.Parse(json.RootElement.GetProperty("profiles")[0].GetProperty("id").GetString()!, CultureInfo.InvariantCulture);

            // The copy itself is an event that came after it.
            Assert.Equal(Database.Number($"SELECT count(*) FROM {sql}", ("@id", id)) - (table == "events" ? 1 : 0),
                json.RootElement.GetProperty(table).GetArrayLength());
        }

        Assert.Contains("+79991234567", text, StringComparison.Ordinal);
        Assert.Contains("Анна", text, StringComparison.Ordinal);
        Assert.DoesNotContain("+79997654321", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Борис", text, StringComparison.Ordinal);
        using var stolen = await boris.DownloadAsync(line.GetProperty("id").GetString()!);
        Assert.Equal(HttpStatusCode.NotFound, stolen.StatusCode);
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "the outbox is empty");
    }

    [Fact]
    public async Task The_operator_asks_why_beside_the_running_bot()
    {
        await RunAsync();
        await Chat(1).GetsTheChecklistAsync("Анна", "+79991234567");
        await Chat(2).GetsTheChecklistAsync("Борис", "+79997654321");
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "the outbox is empty");

        var (exit, output, errors) = await CommandAsync("why", "8 999 123-45-67");

        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("times are in Europe/Moscow", output, StringComparison.Ordinal);
        Assert.Contains("name: Анна", output, StringComparison.Ordinal);
        Assert.Contains("consents to marketing since ", output, StringComparison.Ordinal);
        Assert.Contains(": sent", output[output.IndexOf("Messages", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("Борис", output, StringComparison.Ordinal);
        var id = Database.Number("SELECT profile_id FROM profile_fields WHERE text = 'Анна'");
        Assert.Equal(output, (await CommandAsync("why", id.ToString(CultureInfo.InvariantCulture))).Output);
    }

    [Fact]
    public async Task Nobody_and_several_are_one_clear_line_and_broken_dialogs_do_not_matter()
    {
        Settings["Dialogs:Path"] = Folder.CopyDialogs();
        var bot = await RunAsync();
        await Chat(1).GetsTheChecklistAsync();
        await Chat(2).GetsTheChecklistAsync();
        await bot.StopAsync();

        var nobody = await CommandAsync("why", "nobody@example.com");
        var several = await CommandAsync("why", "+79991234567");
        Folder.Write("dialogs/settings.yaml", "business: nonsense");
        var why = await CommandAsync("why", $"{Database.Number("SELECT max(id) FROM profiles")}");
        var automations = await CommandAsync("automations");

        Assert.Equal((1, "No customer has the id, phone or email \"nobody@example.com\"."), (nobody.Exit, nobody.Errors));
        Assert.Equal(1, several.Exit);
        Assert.All(Database.Texts("SELECT id FROM profiles"), id => Assert.Contains(id, several.Errors, StringComparison.Ordinal));
        Assert.Equal(0, why.Exit);
        Assert.Contains("times are in UTC", why.Output, StringComparison.Ordinal);
        Assert.Equal(0, automations.Exit);
        Assert.Contains("bot check", automations.Errors, StringComparison.Ordinal);
    }
}
