using System.Text.RegularExpressions;
using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Chats;

namespace Bot.EndToEnd.Tests;

/// <summary>Points over real HTTP: the customer's card, a sale at the desk, a refund, and the proof that all of it adds up.</summary>
public sealed partial class LoyaltyTests : BotTest
{
    private const long Owner = 501;

    [Fact]
    public async Task A_sale_by_card_earns_the_next_one_spends_a_refund_gives_back_and_the_audit_is_clean()
    {
        var (owner, anna) = (Chat(Owner), Chat(7));
        var bot = await RunAsync();
        await owner.ClaimsAsync(bot);
        await anna.GetsTheChecklistAsync();
        var code = await ShowsCardAsync(anna);

        await SellsAsync(owner, $"/sale 3200 {code}", "Без баллов", "к оплате 3\u00a0200\u00a0₽");
        await anna.ReceivesAsync("Начислено: 160 баллов", Eventually.Patience);

        await SellsAsync(owner, "/sale 1000 +7 999 123-45-67", "Списать 160", "к оплате 840\u00a0₽");
        await anna.ReceivesAsync("Оплачено баллами: 160", Eventually.Patience);

        owner.Says("/find Анна");
        await owner.ReceivesAsync("Нашлось", Eventually.Patience);
        owner.Presses(owner.Messages[^1].Labels[0]);
        await owner.ReceivesAsync("Баллы: 42", Eventually.Patience);
        owner.Presses("🧾 Покупки");
        var list = await owner.ReceivesAsync("Покупки", Eventually.Patience);
        owner.Presses(list.Labels.First(label => label.Contains("1\u00a0000", StringComparison.Ordinal)));
        await owner.ReceivesAsync("деньгами 840\u00a0₽, баллами 160", Eventually.Patience);
        owner.Presses("Вернуть 1\u00a0000\u00a0₽");
        await owner.ReceivesAsync("✅ Анна: возврат", Eventually.Patience);
        await anna.ReceivesAsync("Вернулось на счёт баллов: 160", Eventually.Patience);

        var (exit, output, errors) = await CommandAsync("audit");
        Assert.True(exit == 0, output + errors);
        Assert.Contains("1 accounts, 2 lots, 5 entries: everything adds up.", output, StringComparison.Ordinal);
        Assert.Equal(160, Database.Number("SELECT balance FROM points_accounts"));

        await bot.StopAsync();
        Database.Change("UPDATE points_accounts SET balance = 161");
        (exit, output, _) = await CommandAsync("audit");
        Assert.Equal(1, exit);
        Assert.Contains("the balance is 161, the lots hold 160, the entries come to 160", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_between_the_sale_and_its_messages_loses_and_doubles_nothing()
    {
        var (owner, anna) = (Chat(Owner), Chat(7));
        var bot = await RunAsync();
        await owner.ClaimsAsync(bot);
        await anna.GetsTheChecklistAsync();
        var code = await ShowsCardAsync(anna);
        owner.Says($"/sale 3200 {code}");
        await owner.ReceivesAsync("покупка на", Eventually.Patience);
        owner.Presses("Без баллов");
        await owner.ReceivesAsync("Провести?", Eventually.Patience);

        Server.Faults.Add(FakeTelegram.Faults.Fault.Silence() with { Chat = 7 });
        owner.Presses("Да");
        await owner.ReceivesAsync("✅ Анна", Eventually.Patience);
        await bot.KillAsync();
        Server.Faults.Clear();
        await RunAsync();

        await anna.ReceivesAsync("Начислено: 160 баллов", Eventually.Patience);
        Assert.Equal(1, Database.Number("SELECT count(*) FROM purchases"));
        Assert.Equal(160, Database.Number("SELECT sum(points) FROM points_ledger"));
    }

    [Fact]
    public async Task A_code_of_a_customer_is_redeemed_once()
    {
        var (owner, anna) = (Chat(Owner), Chat(7));
        var bot = await RunAsync();
        await owner.ClaimsAsync(bot);
        await anna.GetsTheChecklistAsync();
        await bot.StopAsync();
        Database.Change("INSERT INTO codes (code, profile_id, percent, cause, issued_at, valid_until) SELECT 'SAVE2345', id, 150000, 'test', 0, 9999999999999 FROM profiles WHERE id = (SELECT profile_id FROM chats WHERE address = 7)");
        await RunAsync();

        owner.Says("/redeem save-2345");
        await owner.ReceivesAsync("скидка 15 %", Eventually.Patience);
        owner.Presses("Погасить");
        await owner.ReceivesAsync("код SAVE2345 погашен", Eventually.Patience);
        await anna.ReceivesAsync("Ваш код SAVE2345 использован", Eventually.Patience);
        owner.Says("/redeem SAVE2345");
        await owner.ReceivesAsync("не принимается", Eventually.Patience);
    }

    [Fact]
    public async Task In_the_demo_the_owner_sells_to_the_visitor()
    {
        Settings.Remove("Telegram:Token");
        Settings.Remove("Demo:Enabled");
        var bot = await RunAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await visitor.SaysAsync("points", "/points");
        await visitor.ReceivesAsync("На счёте");
        await visitor.PressesAsync("Показать карту");
        await visitor.ReceivesAsync("Ваша карта");
        var code = CardPattern().Match(visitor.Texts[^1]).Value;
        using var picture = await visitor.DownloadAsync(visitor.Last);
        Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal("PNG"u8.ToArray(), (await picture.Content.ReadAsByteArrayAsync())[1..4]);
        using var demo = new DemoVisitor(bot.Url);

        await demo.PostAsync("demo/admin", $$"""{"text":"/sale 3200 {{code}}"}""");
        await demo.PressesInAdminAsync("Без баллов");
        await demo.PressesInAdminAsync("Да");

        await visitor.ReceivesAsync("Начислено: 160 баллов");
    }

    /// <summary>Asks for the card, and answers its code: in the text, in a picture and behind a button that copies it.</summary>
    private static async Task<string> ShowsCardAsync(FakeChat chat)
    {
        chat.Says("/points");
        await chat.ReceivesAsync("На счёте", Eventually.Patience);
        chat.Presses("Показать карту");
        var card = await chat.ReceivesAsync("Ваша карта", Eventually.Patience);
        var code = CardPattern().Match(card.Text).Value;
        Assert.Equal(("sendPhoto", "card.png"), (card.Method, card.FileName));
        Assert.Contains(card.Parameters.GetProperty("reply_markup").GetProperty("inline_keyboard").EnumerateArray().SelectMany(row => row.EnumerateArray()),
            button => button.TryGetProperty("copy_text", out var copy) && copy.GetProperty("text").GetString() == code);
        return code;
    }

    private static async Task SellsAsync(FakeChat owner, string command, string way, string toPay)
    {
        owner.Says(command);
        await owner.ReceivesAsync("Уровень:", Eventually.Patience);
        owner.Presses(way);
        await owner.ReceivesAsync(toPay, Eventually.Patience);
        owner.Presses("Да");
        await owner.ReceivesAsync("✅ Анна", Eventually.Patience);
    }

    [GeneratedRegex("[A-Z2-9]{8}")]
    private static partial Regex CardPattern();
}
