using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Chats;

namespace Bot.EndToEnd.Tests;

/// <summary>
/// Two customers and an owner from the first checklist to the proof that all adds up, in one life of the program, over real HTTP and with the
/// demo's clock: what each part does on its own is tested elsewhere, here that they do it together.
/// </summary>
public sealed class WholeStoryTests : BotTest
{
    private const long Owner = 501;
    private const string Reminder = "Напоминаем:";
    private const string Asked = "насколько вы готовы рекомендовать";
    private const string Review = "Расскажете о нас другим?";

    [Fact]
    public async Task From_the_first_booking_over_complaint_and_review_to_points_and_a_clean_audit()
    {
        Settings["Demo:Enabled"] = "true";
        var bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);
        var (owner, anna, boris) = (Chat(Owner), Chat(7), Chat(8));
        await owner.ClaimsAsync(bot);
        await anna.GetsTheChecklistAsync("Анна", "+79991234567");
        await boris.GetsTheChecklistAsync("Борис", "+79997654321");

        // Booked, confirmed at once with a calendar file, and reminded of a day before.
        await BooksAsync(anna);
        Assert.Equal("visit.ics", (await anna.ReceivesAsync("Ждём вас", Eventually.Patience)).FileName);
        await owner.ReceivesAsync("Мытьё окон", Eventually.Patience);
        var first = StartOf(7);
        await demo.AdvanceToAsync(first.AddHours(-10));
        await anna.ReceivesAsync(Reminder, Eventually.Patience);
        Assert.Equal(1, Count(anna, Reminder));

        // Moved by the reminder's own button: nothing is said any more about the old time, and the new one has its own reminder.
        anna.Presses("🔁 Перенести");
        await ChoosesAsync(anna);
        await Eventually.TrueAsync(() => StartOf(7) > first, "the visit is moved");
        var moved = StartOf(7);
        await demo.AdvanceToAsync(first.AddHours(1));
        Assert.Equal((1, 0), (Count(anna, Reminder), Count(anna, "Всё в силе?")));
        await BooksAsync(boris);
        await boris.ReceivesAsync("Ждём вас", Eventually.Patience);
        await demo.AdvanceToAsync(moved.AddHours(-10));
        await Eventually.TrueAsync(() => Count(anna, Reminder) == 2, "the new time has its own reminder");
        anna.Presses("👍 Приду");
        await anna.ReceivesAsync("Спасибо, ждём вас", Eventually.Patience);

        // Both visits took place; staff say so, and two hours later each is asked, once.
        await demo.AdvanceToAsync(Later(moved, StartOf(8)).AddHours(1));
        await IsDoneAsync(owner, 7);
        await IsDoneAsync(owner, 8);
        await demo.AdvanceAsync("PT1H");
        Assert.Equal((0, 0), (Count(anna, Asked), Count(boris, Asked)));
        await demo.AdvanceAsync("PT16H");
        await anna.ReceivesAsync(Asked, Eventually.Patience);
        await boris.ReceivesAsync(Asked, Eventually.Patience);

        // A three is a case for the owner at once, and is solved.
        anna.Presses("3");
        await anna.ReceivesAsync("Что пошло не так?", Eventually.Patience);
        var card = await owner.ReceivesAsync("Клиент недоволен", Eventually.Patience);
        Assert.Contains("Анна", card.Text, StringComparison.Ordinal);
        await anna.IsAnsweredAsync("Опоздали", "скидка 5 %");
        await owner.ReceivesAsync("Опоздали", Eventually.Patience);
        owner.Presses("✅ Решено");
        await owner.ReceivesAsync("Обращение решено", Eventually.Patience);

        // A ten brings the request for a review, three days later and once for ever.
        boris.Presses("10");
        await boris.ReceivesAsync("Что понравилось", Eventually.Patience);
        await boris.IsAnsweredAsync("Всё", "скидка 5 %");
        await demo.AdvanceAsync("P2D");
        Assert.Equal(0, Count(boris, Review));
        await demo.AdvanceAsync("P3D");
        await boris.ReceivesAsync(Review, Eventually.Patience);
        await demo.AdvanceAsync("P20D");
        Assert.Equal((0, 1), (Count(anna, Review), Count(boris, Review)));

        // A sale earns points and lifts the level; the next one is paid with points as far as the cap goes; a refund takes all of it back.
        await SellsAsync(owner, "/sale 40000 +7 999 765-43-21", "Без баллов", "к оплате 40\u00a0000\u00a0₽");
        var told = await boris.ReceivesAsync("Начислено: 2000 баллов", Eventually.Patience);
        Assert.Contains("Теперь ваш уровень — Продвинутый", told.Text, StringComparison.Ordinal);
        await SellsAsync(owner, "/sale 5000 +7 999 765-43-21", "Списать 1500", "к оплате 3\u00a0500\u00a0₽");
        await boris.ReceivesAsync("Оплачено баллами: 1500", Eventually.Patience);
        owner.Says("/find Борис");
        await owner.ReceivesAsync("Нашлось", Eventually.Patience);
        owner.Presses(owner.Messages[^1].Labels[0]);
        await owner.ReceivesAsync("Согласия:", Eventually.Patience);
        owner.Presses("🧾 Покупки");
        var list = await owner.ReceivesAsync("Покупки", Eventually.Patience);
        owner.Presses(list.Labels.First(static label => label.Contains("5\u00a0000", StringComparison.Ordinal)));
        await owner.ReceivesAsync("деньгами 3\u00a0500\u00a0₽, баллами 1500", Eventually.Patience);
        owner.Presses("Вернуть 5\u00a0000\u00a0₽");
        await owner.ReceivesAsync("✅ Борис: возврат", Eventually.Patience);
        await boris.ReceivesAsync("Вернулось на счёт баллов: 1500", Eventually.Patience);

        Assert.Equal(2_000, Database.Number("SELECT balance FROM points_accounts WHERE profile_id = (SELECT profile_id FROM chats WHERE address = 8)"));
        var (exit, output, errors) = await CommandAsync("audit");
        Assert.True(exit == 0, output + errors);
        Assert.Equal(0, Database.Number("SELECT count(*) FROM aside"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM timers WHERE kind = 9"));
    }

    private static async Task BooksAsync(FakeChat chat)
    {
        await chat.IsAnsweredAsync("/book", "Что сделать?");
        await chat.IsAnsweredAsync("Мытьё окон", "К кому записать?");
        chat.Says("Ирина");
        await ChoosesAsync(chat);
    }

    /// <summary>The last day that can be booked, a month ahead, its first time, and that it is right.</summary>
    private static async Task ChoosesAsync(FakeChat chat)
    {
        var calendar = await chat.ReceivesAsync("В какой день?", Eventually.Patience);
        while (calendar.Labels.Contains("›"))
        {
            chat.Presses("›");
            calendar = await chat.ReceivesAsync("В какой день?", Eventually.Patience);
        }

        chat.Presses(calendar.Labels.Last(static label => label.All(char.IsAsciiDigit)));
        var times = await chat.ReceivesAsync("Во сколько?", Eventually.Patience);
        chat.Presses(times.Labels.First(static label => label.Contains(':', StringComparison.Ordinal)));
        await chat.ReceivesAsync("Всё верно?", Eventually.Patience);
        chat.Presses("✅ Записаться");
    }

    /// <summary>Staff mark the customer's visit, from its card.</summary>
    private async Task IsDoneAsync(FakeChat owner, long chat)
    {
        var id = Database.Number("SELECT id FROM bookings WHERE chat_id = (SELECT id FROM chats WHERE address = @chat)", ("@chat", chat));
        owner.PressesData($"s.visit.{id}");
        await Eventually.TrueAsync(() => owner.Has("✅ Состоялся"), "the card of the visit");
        owner.PressesData($"s.visit.{id}.done");
        await Eventually.TrueAsync(() => Database.Number("SELECT state FROM bookings WHERE id = @id", ("@id", id)) == 3, "it is done");
    }

    private static async Task SellsAsync(FakeChat owner, string command, string way, string toPay)
    {
        owner.Says(command);
        await owner.ReceivesAsync("Уровень:", Eventually.Patience);
        owner.Presses(way);
        await owner.ReceivesAsync(toPay, Eventually.Patience);
        owner.Presses("Да");
        await owner.ReceivesAsync("✅ Борис", Eventually.Patience);
    }

    private DateTimeOffset StartOf(long chat) => DateTimeOffset.FromUnixTimeMilliseconds(
        Database.Number("SELECT start_at FROM bookings WHERE chat_id = (SELECT id FROM chats WHERE address = @chat)", ("@chat", chat)));

    private static int Count(FakeChat chat, string words) => chat.Texts().Count(text => text.Contains(words, StringComparison.Ordinal));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
