using Bot.EndToEnd.Tests.Support;
using Bot.FakeTelegram.Chats;

namespace Bot.EndToEnd.Tests;

/// <summary>The admin chat over real HTTP: how it is claimed, who may use it, what staff see and change.</summary>
public sealed class AdminChatTests : BotTest
{
    private const long Owner = 501;
    private const long Group = -700;

    [Fact]
    public async Task Whoever_types_the_code_in_private_owns_the_bot_and_sees_the_leads()
    {
        var bot = await RunAsync();
        await Chat(Owner).ClaimsAsync(bot);

        await Chat(7).GetsTheChecklistAsync("Мария");

        var lead = await Chat(Owner).ReceivesAsync("Новый контакт", Eventually.Patience);
        Assert.Contains("Мария, +79991234567", lead.Text, StringComparison.Ordinal);
        Chat(Owner).Presses("Карточка");
        await Chat(Owner).ReceivesAsync("Телефон: +79991234567", Eventually.Patience);
    }

    [Fact]
    public async Task What_happened_before_the_claim_is_told_after_it()
    {
        var bot = await RunAsync();
        await Chat(7).GetsTheChecklistAsync("Мария");

        Chat(Owner).Says($"/claim {Claim.CodeOf(bot)}");

        await Chat(Owner).ReceivesAsync("Новый контакт", Eventually.Patience);
        await Chat(Owner).ReceivesAsync("чат администратора", Eventually.Patience);
    }

    [Fact]
    public async Task A_group_can_be_claimed_and_stays_claimed_when_it_becomes_a_supergroup()
    {
        var group = Chat(Group);
        group.Sender = Owner;
        var bot = await RunAsync();
        await group.ClaimsAsync(bot);

        // The first time by what sending says, the second time by what the group says.
        group.MigratedTo = -1_007;
        Chat(-1_007).Sender = Owner;
        await Chat(7).GetsTheChecklistAsync("Мария");
        await Chat(-1_007).ReceivesAsync("Мария", Eventually.Patience);
        Chat(-1_008).Sender = Owner;
        Chat(-1_007).BecomesSupergroup(-1_008);
        Chat(-1_008).Says("/help");
        await Chat(-1_008).ReceivesAsync("/leads", Eventually.Patience);
        await bot.StopAsync();

        await RunAsync();
        Chat(-1_008).Says("/staff");
        await Chat(-1_008).ReceivesAsync("501 — владелец", Eventually.Patience);
        await Eventually.TrueAsync(() => Server.Bot().Commands.ContainsKey("en@-1008"), () => string.Join(", ", Server.Bot().Commands.Keys));
        Assert.Contains("backup", Server.Bot().Commands["en@-1008"], StringComparison.Ordinal);
        Assert.DoesNotContain("backup", Server.Bot().Commands["en"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_works_once_and_only_while_there_is_no_owner()
    {
        var bot = await RunAsync();
        var code = Claim.CodeOf(bot);
        await Chat(Owner).ClaimsAsync(bot);

        await Chat(502).IsAnsweredAsync($"/claim {code}", Customer.Unclear);
        await bot.SaysAsync("User 502 is not staff here");
        await bot.StopAsync();

        var again = await RunAsync();
        Assert.DoesNotContain(again.Errors, line => line.Contains("/claim", StringComparison.Ordinal));
        await Chat(502).IsAnsweredAsync($"/claim {code}", Customer.Unclear);
        Assert.Equal(1, Database.Number("SELECT count(*) FROM staff"));
        await Chat(Owner).IsAnsweredAsync("/staff", "501 — владелец");
    }

    [Fact]
    public async Task Who_has_guessed_wrong_five_times_is_not_heard_any_more()
    {
        var bot = await RunAsync();
        for (var i = 0; i < 5; i++)
            await Chat(502).IsAnsweredAsync($"/claim AAAA-AAA{i}", Customer.Unclear);

        await Chat(502).IsAnsweredAsync($"/claim {Claim.CodeOf(bot)}", Customer.Unclear);

        Assert.Equal(0, Database.Number("SELECT count(*) FROM staff"));
        await Chat(Owner).ClaimsAsync(bot);
    }

    [Fact]
    public async Task Case_36_Commands_of_others_forwarded_edited_forged_and_anonymous_ones_change_nothing()
    {
        var group = Chat(Group);
        group.Sender = Owner;
        var bot = await RunAsync();
        await Chat(7).GetsTheChecklistAsync("Мария");
        await group.ClaimsAsync(bot);
        var customer = Database.Number("SELECT profile_id FROM profile_fields WHERE name = 'name'");
        var before = group.Messages.Count;

        group.Sender = 666;
        group.Says($"/tag {customer} +stranger");
        group.Answers(666, "/operator");
        group.PressesData("s.removed.501");
        group.PressesData($"s.card.{customer}");
        group.Sender = Owner;
        group.Forwards($"/tag {customer} +forwarded");
        group.SaysAnonymously($"/tag {customer} +anonymous");
        group.Edits($"/tag {customer} +edited");
        Chat(667).PressesData("s.drop.yes");
        Chat(667).Says($"/tag {customer} +private");
        Chat(-701).Sender = Owner;
        Chat(-701).Says($"/tag {customer} +elsewhere");
        group.PressesData($"s.card.{customer}; DROP TABLE staff");

        // Whatever comes after all of these is answered, and nothing before it was.
        group.Says($"/tag {customer} +vip");
        await group.ReceivesAsync("Метки теперь: guide, vip", Eventually.Patience);
        Assert.Equal(before + 1, group.Messages.Count);
        await bot.SaysAsync("User 666 is not staff here");
        await bot.SaysAsync("User 667 is not staff here");
        Assert.Equal("guide,vip", Database.Texts("SELECT group_concat(tag) FROM profile_tags")[0]);
        Assert.Equal(1, Database.Number("SELECT count(*) FROM staff"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM staff_audit WHERE user_id <> 501"));
        Assert.DoesNotContain(bot.Errors, line => line.Contains("stranger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_operator_may_look_but_not_decide_and_loses_access_at_once()
    {
        var group = Chat(Group);
        group.Sender = Owner;
        var bot = await RunAsync();
        await group.ClaimsAsync(bot);
        group.Answers(777, "/operator");
        await group.ReceivesAsync("777 теперь оператор", Eventually.Patience);

        group.Sender = 777;
        group.Says("/leads");
        await group.ReceivesAsync("Новые контакты", Eventually.Patience);
        group.Says("/backup");
        await group.ReceivesAsync("только владелец", Eventually.Patience);
        group.PressesData("s.removed.501");
        await group.ReceivesAsync("только владелец", Eventually.Patience);

        group.Sender = Owner;
        group.Says("/staff");
        await group.ReceivesAsync("777 — оператор", Eventually.Patience);
        group.Presses("Убрать 777");
        await group.ReceivesAsync("Убрать 777 из сотрудников?", Eventually.Patience);
        group.Presses("Да");
        group.Sender = 777;
        group.Says("/leads");
        await group.ReceivesAsync("777 больше не сотрудник", Eventually.Patience);
        await bot.SaysAsync("User 777 is not staff here");
        Assert.Equal("claim,operator,leads,refused:backup,refused:staff.remove,staff,staff.remove,staff.remove",
            Database.Texts("SELECT group_concat(what) FROM (SELECT what FROM staff_audit ORDER BY id)")[0]);
    }

    [Fact]
    public async Task Customers_are_found_tagged_noted_and_explained()
    {
        var owner = Chat(Owner);
        var bot = await RunAsync();
        await owner.ClaimsAsync(bot);
        await Chat(7).GetsTheChecklistAsync("Мария & Ко");
        await owner.ReceivesAsync("Новый контакт", Eventually.Patience);
        var id = Database.Number("SELECT profile_id FROM profile_fields WHERE name = 'name'");

        await owner.IsAnsweredAsync("/find мария", "Нашлось: 1");
        owner.Presses("Мария & Ко, +79991234567");
        await owner.ReceivesAsync("Согласия: ", Eventually.Patience);
        await owner.IsAnsweredAsync("/find +7 (999) 123-45-67", "Нашлось: 1");
        await owner.IsAnsweredAsync("/find 7", "Нашлось: 1");
        await owner.IsAnsweredAsync("/find Иннокентий", "Никого не нашлось");
        await owner.IsAnsweredAsync($"/tag {id} +vip +regular", "Метки теперь: guide, regular, vip");
        await owner.IsAnsweredAsync($"/tag {id} -regular", "Метки теперь: guide, vip");
        await owner.IsAnsweredAsync($"/note {id} аллергия на хлор", "Заметка сохранена");
        owner.Presses("Карточка");
        var card = await owner.ReceivesAsync("Метки: guide, vip", Eventually.Patience);
        Assert.Contains("аллергия на хлор", card.Text, StringComparison.Ordinal);
        Assert.Contains("marketing (telegram", card.Text, StringComparison.Ordinal);
        owner.Presses("🕓 История и почему");
        await owner.ReceivesAsync($"История клиента {id}", Eventually.Patience);
        owner.Presses("🏷 Метки");
        await owner.ReceivesAsync($"/tag {id} +vip -old", Eventually.Patience);

        await owner.IsAnsweredAsync("/leads today", "vk: 1");
        await owner.IsAnsweredAsync("/segments", "(only-guide): 1");
        var stats = await AnsweredAsync(owner, "/stats 30d", "Разговоры");
        Assert.Contains("sequence welcome: ✉️", stats.Text, StringComparison.Ordinal);
        Assert.Contains("(lead-magnet): 1, ✅ 100 % (1 из 1)", stats.Text, StringComparison.Ordinal);
        await owner.IsAnsweredAsync("/aside", "Пусто");
        await owner.IsAnsweredAsync("/backup", "Копии нет");

        // The owner is a customer as well.
        await owner.IsAnsweredAsync("/menu", Customer.Menu);
        Assert.DoesNotContain(bot.Errors, line => line.Contains("аллергия", StringComparison.Ordinal) || line.Contains("Мария", StringComparison.Ordinal));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM staff_audit WHERE what GLOB '*[^a-z.:]*'"));
    }

    [Theory]
    [InlineData("/find", "/find Анна")]
    [InlineData("/tag", "/tag 97153028399235072 +vip -old")]
    [InlineData("/tag 5 vip", "/tag 5 +vip -old")]
    [InlineData("/tag Анна +vip", "/tag 97153028399235072 +vip -old")]
    [InlineData("/tag 5 +vip", "Никого не нашлось")]
    [InlineData("/note 5", "/note 5 аллергия")]
    [InlineData("/why", "/why +7")]
    [InlineData("/leads yesterday", "/leads 30d")]
    [InlineData("/stats 0d", "/stats 30d")]
    [InlineData("/operator Анна", "/operator 123456789")]
    [InlineData("/operator -5", "/operator 123456789")]
    public async Task Each_wrong_use_gets_one_clear_line_with_an_example(string typed, string answer)
    {
        var bot = await RunAsync();
        await Chat(Owner).ClaimsAsync(bot);

        await Chat(Owner).IsAnsweredAsync(typed, answer);

        Assert.DoesNotContain('\n', Chat(Owner).Messages[^1].Text);
    }

    [Fact]
    public async Task With_a_chat_in_the_settings_the_code_names_the_owner_there_and_nowhere_else()
    {
        Settings["Admin:ChatId"] = Group.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var bot = await RunAsync();
        await Chat(502).IsAnsweredAsync($"/claim {Claim.CodeOf(bot)}", Customer.Unclear);

        Chat(Group).Sender = Owner;
        await Chat(Group).ClaimsAsync(bot);
    }

    [Fact]
    public async Task Lines_outlive_a_crash_a_wait_and_an_absence()
    {
        var owner = Chat(Owner);
        var bot = await RunAsync();
        await owner.ClaimsAsync(bot);
        Server.Faults.Add(FakeTelegram.Faults.Fault.TooManyRequests(1) with { Chat = Owner, Times = 1 });
        await Chat(7).GetsTheChecklistAsync("Мария");
        await owner.ReceivesAsync(call => call.IsMessage && call.Text.Contains("Мария", StringComparison.Ordinal), Eventually.Patience);
        Server.Faults.Add(FakeTelegram.Faults.Fault.Silence() with { Chat = Owner });
        await Chat(8).GetsTheChecklistAsync("Ольга");
        await bot.KillAsync();
        Server.Faults.Clear();

        await RunAsync();

        await owner.ReceivesAsync("Ольга", Eventually.Patience);
    }

    private static Task<LoggedCall> AnsweredAsync(FakeChat chat, string text, string answer)
    {
        chat.Says(text);
        return chat.ReceivesAsync(answer, Eventually.Patience);
    }
}
