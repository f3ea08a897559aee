using System.Text;
using System.Text.RegularExpressions;
using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Chats;

namespace Bot.EndToEnd.Tests;

/// <summary>"Delete my data" against the real program: what is left of a person in the files, and what comes of somebody who returns.</summary>
public sealed partial class ErasureTests : BotTest
{
    private const long Owner = 501;
    private const string Name = "Плантида";
    private const string Phone = "79161112233";
    private const string Words = "ПЛАНТСЛОВА";
    private const string Password = "a backup password";

    [Fact]
    public async Task Case_35_After_an_erasure_no_file_and_no_new_backup_holds_the_name_the_phone_or_a_word()
    {
        Settings["Backup:Password"] = Password;
        Settings["Dialogs:Path"] = Folder.CopyDialogs();
        Settings["Log:Level"] = "Debug";
        Settings["Log:File"] = Folder.In("logs/bot.log");
        var (owner, customer, other) = (Chat(Owner), Chat(77), Chat(78));
        var bot = await RunAsync();
        await owner.ClaimsAsync(bot);
        await customer.GetsTheChecklistAsync(Name, $"+{Phone}");
        await other.GetsTheChecklistAsync("Борис", "+79990000078");
        await PlantsAsync(owner, customer);
        Assert.All((string[])[Name, Phone, Words], planted => Assert.True(IsInDatabase(planted), planted));
        var (_, old, _) = await CommandAsync("backup");

        customer.Says("/unsubscribe");
        await customer.ReceivesAsync("Что сделать?", Eventually.Patience);
        customer.Presses("Удалить мои данные");
        await customer.ReceivesAsync("Удалить всё", Eventually.Patience);
        customer.Presses("Да, удалить");
        await customer.ReceivesAsync("Принято", Eventually.Patience);
        var asked = await owner.ReceivesAsync("Просят удалить данные", Eventually.Patience);
        owner.Presses(asked.Labels[0]);
        await owner.ReceivesAsync("Удалить всё о клиенте?", Eventually.Patience);
        owner.Presses("Да");
        await customer.ReceivesAsync("Ваши данные удаляются", Eventually.Patience);
        bot = await LetItBeDoneAsync(bot);
        await owner.ReceivesAsync("Данные удалены", Eventually.Patience);
        await Eventually.TrueAsync(() => File.Exists(Folder.In("data/backups/erased.txt")), "the list beside the backups is written");

        foreach (var planted in (string[])[Name, Phone, Words])
        {
            await Eventually.TrueAsync(() => !IsInDatabase(planted), $"{planted} is gone");
            Assert.DoesNotContain(planted, string.Concat(Directory.GetFiles(Folder.In("logs")).Select(File.ReadAllText)), StringComparison.Ordinal);
        }

        Assert.True(IsInDatabase("Борис"));
        Assert.Equal(1, Database.Number("SELECT count(*) FROM purchases WHERE profile_id = (SELECT id FROM profiles WHERE erased_at IS NOT NULL)"));
        var (exit, output, errors) = await CommandAsync("audit");
        Assert.True(exit == 0, output + errors);
        Assert.Contains("everything adds up.", output, StringComparison.Ordinal);
        Assert.Contains("1 customers deleted: nothing is left of them.", output, StringComparison.Ordinal);

        // Who comes back is somebody new: no name is known, no consent, and no points.
        customer.Says("/points");
        Assert.Contains("На счёте 0 баллов", (await customer.ReceivesAsync("На счёте", Eventually.Patience)).Text, StringComparison.Ordinal);
        Assert.Equal(0, Database.Number("SELECT count(*) FROM consents_in_force f JOIN chats c ON c.profile_id = f.profile_id WHERE c.address = 77"));
        await bot.StopAsync();

        // An old backup still has them, and is made to forget while it is restored.
        var backup = BackupPattern().Match(old).Value;
        Assert.NotEmpty(backup);
        (exit, output, errors) = await CommandAsync("restore", backup, "--force");
        Assert.True(exit == 0, output + errors);
        Assert.Contains("1 customers whose data was deleted since then are deleted here too.", output, StringComparison.Ordinal);
        Assert.False(IsInDatabase(Name));
        Assert.False(IsInDatabase(Words));
        Assert.True(IsInDatabase("Борис"));
    }

    [Fact]
    public async Task On_the_web_page_the_visitor_begins_anew_after_it()
    {
        Settings.Remove("Telegram:Token");
        Settings.Remove("Demo:Enabled");
        var bot = await RunAsync();
        await using var anna = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await anna.GetsTheChecklistAsync(Name, $"+{Phone}");
        await anna.SaysAsync("delete", "удалите мои данные");
        await anna.ReceivesAsync("Удалить всё");
        await anna.PressesAsync("Да, удалить");
        await anna.ReceivesAsync("Принято");
        using var demo = new DemoVisitor(bot.Url);
        var demoDatabase = new Database(Folder.In("data/demo.db"));

        await demo.AdvanceAsync("P31D");

        await anna.ReceivesAsync("Ваши данные удаляются");
        await Eventually.TrueAsync(() => demoDatabase.Number("SELECT count(*) FROM web_sessions") == 0, "the session is gone");
        using var http = new HttpClient { BaseAddress = bot.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "chat/session");
        request.Headers.Add("Cookie", anna.Cookie);
        request.Headers.Add("Origin", bot.Url.GetLeftPart(UriPartial.Authority));
        using var answer = await http.SendAsync(request);
        Assert.Equal("""{"new":true}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, demoDatabase.Number("SELECT count(*) FROM web_messages"));
    }

    [Fact]
    public async Task An_operator_cannot_erase_and_strangers_press_in_vain()
    {
        var (owner, customer) = (Chat(Owner), Chat(77));
        var bot = await RunAsync();
        await owner.ClaimsAsync(bot);
        await customer.GetsTheChecklistAsync(Name, $"+{Phone}");
        var id = Database.Number("SELECT profile_id FROM chats WHERE address = 77");

        customer.PressesData($"s.erased.{id}");
        await Eventually.TrueAsync(() => Server.Bot().Pending == 0, "it is taken in");
        owner.Says("/erase nobody");
        await owner.ReceivesAsync("/erase 123456789", Eventually.Patience);
        owner.Says("/erase");
        await owner.ReceivesAsync("Пусто.", Eventually.Patience);

        Assert.Equal(0, Database.Number("SELECT count(*) FROM timers WHERE kind = 11"));
    }

    /// <summary>Leaves something in every place that keeps words: a note, a talk, a survey's answer, a card, a purchase, answers to staff.</summary>
    private async Task PlantsAsync(FakeChat owner, FakeChat customer)
    {
        var id = Database.Number("SELECT profile_id FROM chats WHERE address = 77");
        owner.Says($"/note {id} {Words} в заметке");
        await owner.ReceivesAsync("Заметка сохранена", Eventually.Patience);
        owner.Says($"/find {Name}");
        await owner.ReceivesAsync("Нашлось", Eventually.Patience);
        owner.Presses(owner.Messages[^1].Labels[0]);
        await owner.ReceivesAsync("Согласия:", Eventually.Patience);
        owner.Says($"/sale 3200 +{Phone}");
        await owner.ReceivesAsync("покупка на", Eventually.Patience);
        owner.Presses("Без баллов");
        await owner.ReceivesAsync("Провести?", Eventually.Patience);
        owner.Presses("Да");
        await owner.ReceivesAsync($"✅ {Name}", Eventually.Patience);
        customer.Says("/points");
        await customer.ReceivesAsync("На счёте", Eventually.Patience);
        customer.Presses("Показать карту");
        await customer.ReceivesAsync("Ваша карта", Eventually.Patience);
        customer.Says("/talk");
        await customer.ReceivesAsync("человек", Eventually.Patience);
        customer.Says($"{Words} человеку");
        await owner.ReceivesAsync($"{Words} человеку", Eventually.Patience);
    }

    /// <summary>The five minutes until the farewell has arrived are over.</summary>
    private async Task<BotProcess> LetItBeDoneAsync(BotProcess bot)
    {
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM timers WHERE kind = 11 AND step = 'farewell'") == 1, "it waits");
        await bot.StopAsync();
        Database.Change("UPDATE timers SET due_at = 0 WHERE kind = 11 AND step = 'farewell'");
        bot = await RunAsync();
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM profiles WHERE erased_at IS NOT NULL") == 1, "it is done");
        return bot;
    }

    /// <summary>In any byte of the database and its log.</summary>
    private bool IsInDatabase(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return ((string[])["bot.db", "bot.db-wal", "bot.db-shm"]).Select(file => Folder.In($"data/{file}")).Where(File.Exists).Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content.AsSpan().IndexOf(bytes) >= 0;
        });
    }

    [GeneratedRegex("[^ ]+\\.backup")]
    private static partial Regex BackupPattern();
}
