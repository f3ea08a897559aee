using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Chats;
using Bot.FakeTelegram.Faults;

namespace Bot.EndToEnd.Tests;

/// <summary>Talks between a customer and staff over real HTTP, in a group, a forum, a private chat, and with the page.</summary>
public sealed class TalkTests : BotTest
{
    private const long Owner = 501;
    private const long Group = -700;

    private FakeChat Staff => Chat(Group);

    private FakeChat Anna => Chat(7);

    [Fact]
    public async Task In_a_group_staff_answer_the_customers_messages_and_both_see_all_that_the_other_sends()
    {
        var bot = await ClaimedAsync();
        await Anna.IsAnsweredAsync("Кто вы?", Customer.Unclear);
        Anna.Presses("💬 Поговорить с человеком");
        await Anna.ReceivesAsync("Позвал человека", Eventually.Patience);
        var opened = await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        Assert.Equal(["Карточка", "✍️ Написать", "✅ Закончить разговор"], opened.Labels);

        Anna.Says("Вы моете <люстры>?");
        var asked = await Staff.ReceivesAsync("Клиент: Вы моете <люстры>?", Eventually.Patience);
        await RepliesAsync(Staff, asked, "Моем!");
        var answer = await Anna.ReceivesAsync("Моем!", Eventually.Patience);
        Assert.Equal("copyMessage", answer.Method);

        // What has words beside it gets the name there; what has none answers the customer's last line.
        Anna.Sends("photo", "вот такую");
        var picture = await Staff.ReceivesAsync("🖼 вот такую", Eventually.Patience);
        Assert.Equal("copyMessage", picture.Method);
        Anna.Sends("voice");
        Anna.Sends("sticker");
        var sticker = await Staff.ReceivesAsync("(sticker)", Eventually.Patience);
        Assert.True(sticker.Parameters.GetProperty("reply_parameters").GetProperty("message_id").GetInt64() > picture.MessageId);
        foreach (var kind in (string[])["document", "video", "voice", "sticker"])
        {
            await IsKnownAsync(sticker);
            Staff.Sends(kind, replyTo: sticker.MessageId);
            Assert.Equal("copyMessage", (await Anna.ReceivesAsync($"({kind})", Eventually.Patience)).Method);
        }

        await RepliesAsync(Staff, opened, "/close");
        await Anna.ReceivesAsync("снова отвечаю я", Eventually.Patience);
        await Staff.ReceivesAsync("Разговор закончен", Eventually.Patience);
        await Anna.IsAnsweredAsync("Ау", Customer.Unclear);
        await Eventually.TrueAsync(() => Database.Number("SELECT count(*) FROM outbox") == 0, "all of it is sent and written down");
        Assert.Equal(6, Database.Number("SELECT count(*) FROM staff_audit WHERE what IN ('talk', 'close') AND subject = (SELECT max(id) FROM profiles)"));
        Assert.DoesNotContain(bot.Errors, static line => line.Contains("люстры", StringComparison.Ordinal) || line.Contains("Моем", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_forum_each_customer_has_one_topic_where_staff_just_write()
    {
        Staff.IsForum = true;
        await ClaimedAsync();
        await Anna.GetsTheChecklistAsync("Мария");
        await Anna.IsAnsweredAsync("/talk", "Позвал человека");
        var opened = await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        var (thread, name) = Assert.Single(Staff.Topics);
        Assert.Equal(thread, opened.Parameters.GetProperty("message_thread_id").GetInt64());
        Assert.Matches(@"^Мария #\d{4}$", name);

        Anna.Says("Здравствуйте");
        var said = await Staff.ReceivesAsync("Здравствуйте", Eventually.Patience);
        Assert.Equal(("copyMessage", "Здравствуйте"), (said.Method, said.Text));
        Staff.SaysIn(thread, "Добрый день!");
        await Anna.ReceivesAsync("Добрый день!", Eventually.Patience);
        Staff.Sends("document", "прайс", thread: thread);
        await Anna.ReceivesAsync("прайс", Eventually.Patience);

        // Notes stay inside; chatter outside of the topics goes nowhere.
        Staff.SaysIn(thread, "// просит скидку");
        await Staff.ReceivesAsync("Заметка сохранена", Eventually.Patience);
        Staff.SaysIn(thread, "/note 5 комнат");
        var noted = await Staff.ReceivesAsync("Заметка сохранена", Eventually.Patience);
        Assert.Equal(thread, noted.Parameters.GetProperty("message_thread_id").GetInt64());
        Staff.Says("обед в два");
        Staff.SaysIn(thread, "/close");
        await Anna.ReceivesAsync("снова отвечаю я", Eventually.Patience);
        Assert.Equal(["5 комнат", "просит скидку"], Database.Texts("SELECT text FROM profile_notes ORDER BY text"));
        Assert.DoesNotContain(Anna.Texts(), static text => text.Contains("скидку", StringComparison.Ordinal) || text.Contains("комнат", StringComparison.Ordinal) || text.Contains("обед", StringComparison.Ordinal));

        // Another time, the same topic; another customer, another one.
        await Anna.IsAnsweredAsync("оператор", "Позвал человека");
        var again = await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        Assert.Equal(thread, again.Parameters.GetProperty("message_thread_id").GetInt64());
        await Chat(8).IsAnsweredAsync("/talk", "Позвал человека");
        await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        Assert.Equal(2, Staff.Topics.Count);
    }

    [Fact]
    public async Task A_topic_that_was_deleted_is_made_anew()
    {
        Staff.IsForum = true;
        await ClaimedAsync();
        await Anna.IsAnsweredAsync("/talk", "Позвал человека");
        await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        var first = Staff.Topics.Keys.Single();
        Staff.LosesTopic(first);

        Anna.Says("Вы здесь?");

        var said = await Staff.ReceivesAsync("Вы здесь?", Eventually.Patience);
        var second = Staff.Topics.Keys.Single();
        Assert.NotEqual(first, second);
        Assert.Equal(second, said.Parameters.GetProperty("message_thread_id").GetInt64());
        Staff.SaysIn(second, "Да!");
        await Anna.ReceivesAsync("Да!", Eventually.Patience);
    }

    [Fact]
    public async Task Without_the_right_to_make_topics_staff_are_told_once_and_answer_messages()
    {
        (Staff.IsForum, Staff.MayManageTopics) = (true, false);
        await ClaimedAsync();
        await Anna.IsAnsweredAsync("/talk", "Позвал человека");
        await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        await Staff.ReceivesAsync("создавать их мне нельзя", Eventually.Patience);
        await Chat(8).IsAnsweredAsync("/talk", "Позвал человека");
        await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        Anna.Says("Алло");
        var said = await Staff.ReceivesAsync("Клиент: Алло", Eventually.Patience);

        await RepliesAsync(Staff, said, "Слушаю");

        await Anna.ReceivesAsync("Слушаю", Eventually.Patience);
        Assert.Single(Staff.Texts(), static text => text.Contains("создавать их мне нельзя", StringComparison.Ordinal));
        Assert.DoesNotContain(Chat(8).Texts(), static text => text == "Слушаю");
    }

    [Fact]
    public async Task What_either_side_edits_changes_for_the_other()
    {
        await ClaimedAsync();
        await Anna.IsAnsweredAsync("/talk", "Позвал человека");
        Anna.Says("ул. Ленина, 1");
        var mine = Anna.LastWritten;
        var said = await Staff.ReceivesAsync("ул. Ленина, 1", Eventually.Patience);
        Anna.EditsMessage(mine, "ул. Ленина, 2");
        var edited = await Staff.ReceivesAsync(static call => call.Method == "editMessageText" && call.IsDone, Eventually.Patience);
        Assert.Equal((said.MessageId, "✏️ Клиент: ул. Ленина, 2"), (edited.MessageId, edited.Text));

        await RepliesAsync(Staff, said, "Буду в 10");
        var theirs = Staff.LastWritten;
        var answer = await Anna.ReceivesAsync("Буду в 10", Eventually.Patience);
        Staff.EditsMessage(theirs, "Буду в 11");
        var changed = await Anna.ReceivesAsync(static call => call.Method == "editMessageText" && call.IsDone, Eventually.Patience);
        Assert.Equal((answer.MessageId, "Буду в 11"), (changed.MessageId, changed.Text));

        await IsKnownAsync(said);
        Staff.Sends("photo", "мой фургон", replyTo: said.MessageId);
        var photo = Staff.LastWritten;
        var van = await Anna.ReceivesAsync("мой фургон", Eventually.Patience);
        Staff.EditsMessage(photo, "мой белый фургон", "photo");
        var caption = await Anna.ReceivesAsync(static call => call.Method == "editMessageCaption" && call.IsDone, Eventually.Patience);
        Assert.Equal((van.MessageId, "мой белый фургон"), (caption.MessageId, caption.Text));

        // Of anyone else's edits, and of those of messages that went to nobody, the customer sees nothing.
        Staff.Sender = 666;
        Staff.EditsMessage(theirs, "Не буду");
        Staff.Sender = Owner;
        Staff.EditsMessage(424242, "просто так");
        await Staff.IsAnsweredAsync("/staff", "501 — владелец");
        Assert.DoesNotContain(Anna.Log, static call => call.Text.Contains("Не буду", StringComparison.Ordinal) || call.Text.Contains("просто так", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_does_not_arrive_is_told_under_the_message_of_staff()
    {
        await ClaimedAsync();
        await Anna.IsAnsweredAsync("/talk", "Позвал человека");
        var opened = await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        Server.Faults.Add(Fault.BadRequest("message can't be copied") with { Chat = Anna.Id, Method = "copyMessage", Times = 1 });
        await RepliesAsync(Staff, opened, "не копируется");
        var refused = Staff.LastWritten;

        var told = await Staff.ReceivesAsync("не доставлено", Eventually.Patience);
        Assert.Contains("message can't be copied", told.Text, StringComparison.Ordinal);
        Assert.Equal(refused, ReplyOf(told));

        // Blocked without a word: Telegram says so when it is tried.
        Anna.Forbidden = "Forbidden: bot was blocked by the user";
        await RepliesAsync(Staff, opened, "вы где?");
        var lost = Staff.LastWritten;
        await Staff.ReceivesAsync(call => call.IsMessage && call.Text.Contains("заблокирован", StringComparison.Ordinal) && ReplyOf(call) == lost, Eventually.Patience);
        await RepliesAsync(Staff, opened, "и всё-таки?");
        var later = Staff.LastWritten;
        await Staff.ReceivesAsync(call => call.IsMessage && call.Text.Contains("заблокирован", StringComparison.Ordinal) && ReplyOf(call) == later, Eventually.Patience);
        Assert.Equal(0, Database.Number("SELECT count(*) FROM chats WHERE talking_since IS NOT NULL"));
    }

    [Fact]
    public async Task What_the_customer_sent_and_cannot_be_copied_is_at_least_told()
    {
        await ClaimedAsync();
        await Anna.IsAnsweredAsync("/talk", "Позвал человека");
        await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        Server.Faults.Add(Fault.BadRequest("message can't be copied") with { Chat = Group, Method = "copyMessage", Times = 1 });

        Anna.Sends("photo", "справка");

        var told = await Staff.ReceivesAsync("не удалось переслать", Eventually.Patience);
        Assert.Contains("справка", told.Text, StringComparison.Ordinal);
        await RepliesAsync(Staff, told, "Пришлите иначе");
        await Anna.ReceivesAsync("Пришлите иначе", Eventually.Patience);
    }

    [Fact]
    public async Task Nothing_is_lost_by_a_crash_on_either_way()
    {
        var bot = await ClaimedAsync();
        await Anna.IsAnsweredAsync("/talk", "Позвал человека");
        var opened = await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        Server.Faults.Add(Fault.Silence() with { Chat = Group });
        Server.Faults.Add(Fault.Silence() with { Chat = Anna.Id });
        for (var i = 1; i <= 3; i++)
        {
            Anna.Says($"вопрос {i}");
            await RepliesAsync(Staff, opened, $"ответ {i}");
        }

        await Eventually.TrueAsync(
            () => Database.Number("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM admin_messages WHERE sent_at IS NULL)") == 6, "all of it is kept");
        await bot.KillAsync();
        Server.Faults.Clear();

        await RunAsync();

        for (var i = 1; i <= 3; i++)
        {
            await Staff.ReceivesAsync($"вопрос {i}", Eventually.Patience);
            await Anna.ReceivesAsync($"ответ {i}", Eventually.Patience);
        }

        Anna.Says("и ещё");
        var more = await Staff.ReceivesAsync("и ещё", Eventually.Patience);
        await RepliesAsync(Staff, more, "слышу");
        await Anna.ReceivesAsync("слышу", Eventually.Patience);
    }

    [Fact]
    public async Task Case_36_An_outsider_in_the_group_reaches_nobody()
    {
        Staff.IsForum = true;
        var bot = await ClaimedAsync();
        await Anna.IsAnsweredAsync("/talk", "Позвал человека");
        var opened = await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        var thread = Staff.Topics.Keys.Single();
        var customer = Database.Number("SELECT max(id) FROM profiles");
        var before = Anna.Messages.Count;

        Staff.Sender = 666;
        Staff.SaysIn(thread, "я тут главный");
        Staff.Replies(opened.MessageId!.Value, "и тут", thread);
        Staff.Sends("photo", thread: thread);
        Staff.SaysIn(thread, "// заметка");
        Staff.SaysIn(thread, "/close");
        Staff.Says($"/reply {customer} привет");
        Staff.PressesData($"s.close.{customer}");
        Chat(-701).Sender = Owner;
        Chat(-701).Says($"/reply {customer} не отсюда");
        Chat(9).Says($"/reply {customer} и не отсюда");
        Staff.Sender = Owner;
        Staff.SaysIn(thread, "Слушаю вас");

        await Anna.ReceivesAsync("Слушаю вас", Eventually.Patience);
        await Chat(9).ReceivesAsync(Customer.Unclear, Eventually.Patience);
        Assert.Equal(before + 1, Anna.Messages.Count);
        Assert.Equal(0, Database.Number("SELECT count(*) FROM profile_notes"));
        Assert.Equal(1, Database.Number("SELECT count(*) FROM chats WHERE talking_since IS NOT NULL"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM staff_audit WHERE user_id <> 501"));
        await bot.SaysAsync("User 666 is not staff here");
    }

    [Fact]
    public async Task In_a_private_admin_chat_answers_go_to_the_customer_and_all_else_is_the_owners_own()
    {
        var owner = Chat(Owner);
        var bot = await RunAsync();
        await owner.ClaimsAsync(bot);
        await Anna.IsAnsweredAsync("/talk", "Позвал человека");
        Anna.Says("Сколько стоит?");
        var asked = await owner.ReceivesAsync("Сколько стоит?", Eventually.Patience);

        await RepliesAsync(owner, asked, "Пять тысяч");
        await Anna.ReceivesAsync("Пять тысяч", Eventually.Patience);
        await IsKnownAsync(asked);
        owner.Sends("voice", replyTo: asked.MessageId);
        await Anna.ReceivesAsync("(voice)", Eventually.Patience);
        await RepliesAsync(owner, asked, "// торгуется");
        await owner.ReceivesAsync("Заметка сохранена", Eventually.Patience);
        await owner.IsAnsweredAsync("/menu", Customer.Menu);
        await owner.IsAnsweredAsync("Пять тысяч", Customer.Unclear);
        Assert.Single(Anna.Texts(), static text => text == "Пять тысяч");
    }

    [Fact]
    public async Task Staff_can_begin_and_an_answer_to_no_customers_line_is_told_to_have_gone_nowhere()
    {
        await ClaimedAsync();
        await Anna.GetsTheChecklistAsync("Мария");
        var lead = await Staff.ReceivesAsync("Новый контакт", Eventually.Patience);
        var before = Anna.Messages.Count;
        await RepliesAsync(Staff, lead, "позвоню ей");
        await Staff.ReceivesAsync("никому не ушёл", Eventually.Patience);
        Staff.Presses("Карточка");
        await Staff.ReceivesAsync("Телефон:", Eventually.Patience);
        Staff.Presses("✍️ Написать");
        var how = await Staff.ReceivesAsync("ответ уйдёт клиенту: Мария", Eventually.Patience);
        Assert.Equal(before, Anna.Messages.Count);

        await RepliesAsync(Staff, how, "Мария, здравствуйте!");

        await Anna.ReceivesAsync("Мария, здравствуйте!", Eventually.Patience);
        Anna.Says("Да?");
        await Staff.ReceivesAsync("Мария: Да?", Eventually.Patience);
        var customer = Database.Number("SELECT profile_id FROM profile_fields WHERE name = 'name'");
        Staff.Says($"/reply {customer} Есть <скидка> & бонус");
        await Anna.ReceivesAsync("Есть <скидка> & бонус", Eventually.Patience);
        await Staff.ReceivesAsync("Отправляю: Мария", Eventually.Patience);
        await Staff.IsAnsweredAsync("/reply 5", "/reply 5 Здравствуйте!");
        await Staff.IsAnsweredAsync("/close", "/close 97153028399235072");
        await Staff.IsAnsweredAsync("/reply 5 привет", "Никого не нашлось");
    }

    [Fact]
    public async Task A_talk_that_fell_silent_ends_by_itself_after_48_hours_of_the_movable_clock()
    {
        Settings["Demo:Enabled"] = "true";
        var bot = await ClaimedAsync();
        using var demo = new DemoVisitor(bot.Url);
        await Anna.IsAnsweredAsync("/talk", "Позвал человека");
        await Staff.ReceivesAsync("просит человека", Eventually.Patience);
        Assert.Equal("talk/end", (await demo.ClockAsync()).GetProperty("waits")[0].GetProperty("what").GetString());
        await demo.AdvanceAsync("PT47H");
        Anna.Says("Ау!");
        await Staff.ReceivesAsync("Ау!", Eventually.Patience);
        await demo.AdvanceAsync("PT47H");
        Assert.DoesNotContain(Anna.Texts(), static text => text.Contains("снова отвечаю я", StringComparison.Ordinal));

        // At night it waits for the morning.
        await demo.AdvanceAsync("PT14H");

        await Anna.ReceivesAsync("снова отвечаю я", Eventually.Patience);
        await Staff.ReceivesAsync("давно ни слова", Eventually.Patience);
        await Anna.IsAnsweredAsync("Есть кто?", Customer.Unclear);
        Assert.Single(Anna.Texts(), static text => text.Contains("снова отвечаю я", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_visitor_of_the_page_staff_talk_in_words_and_edit_them()
    {
        var bot = await ClaimedAsync();
        await using var visitor = await (await WebVisitor.NewAsync(bot.Url)).ConnectAsync();
        await visitor.SaysAsync("1", "/talk");
        await visitor.ReceivesAsync("Позвал человека");
        await visitor.SaysAsync("2", "Есть <b>скидки</b>?");
        var asked = await Staff.ReceivesAsync("Клиент: Есть <b>скидки</b>?", Eventually.Patience);

        await RepliesAsync(Staff, asked, "Есть & будут");
        var theirs = Staff.LastWritten;
        await visitor.ReceivesAsync("Есть &amp; будут");
        await IsKnownAsync(asked);
        Staff.Sends("photo", "прайс", replyTo: asked.MessageId);
        var picture = Staff.LastWritten;
        Assert.Equal(picture, ReplyOf(await Staff.ReceivesAsync("доходит только текст", Eventually.Patience)));
        Staff.EditsMessage(theirs, "Есть и будут");

        await visitor.HearsAsync(
            () => visitor.Of("edited").Any(static frame => frame.GetProperty("html").GetString() == "Есть и будут"), "the edited words");
        await using var later = await visitor.OtherTabAsync();
        await later.DropAsync();
        Assert.Equal(["Есть и будут"], Database.Texts("SELECT json_extract(CAST(body AS TEXT), '$.html') FROM web_messages WHERE body IS NOT NULL AND json_extract(CAST(body AS TEXT), '$.html') LIKE 'Есть%'"));
        Assert.DoesNotContain(visitor.Texts, static text => text.Contains("прайс", StringComparison.Ordinal));
    }

    /// <summary>Answers a line of the bot. Faster than any person it would come before the bot has written down which line that was.</summary>
    private async Task RepliesAsync(FakeChat chat, LoggedCall line, string text)
    {
        await IsKnownAsync(line);
        chat.Replies(line.MessageId!.Value, text);
    }

    private Task IsKnownAsync(LoggedCall line) => Eventually.TrueAsync(
        () => Database.Number($"SELECT count(*) FROM admin_messages WHERE message_id = {line.MessageId}") > 0, $"line {line.MessageId} is written down");

    private static long? ReplyOf(LoggedCall call) =>
        call.Parameters.TryGetProperty("reply_parameters", out var reply) ? reply.GetProperty("message_id").GetInt64() : null;

    /// <summary>A bot whose admin chat is the group.</summary>
    private async Task<BotProcess> ClaimedAsync()
    {
        var bot = await RunAsync();
        Staff.Sender = Owner;
        await Staff.ClaimsAsync(bot);
        return bot;
    }
}
