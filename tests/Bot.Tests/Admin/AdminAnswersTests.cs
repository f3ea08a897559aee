using Bot.Admin;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Purchases;
using Bot.Core.Staff;
using Bot.Storage.Backups;
using Bot.Tests.Support;

namespace Bot.Tests.Admin;

/// <summary>What staff read: the card, the timeline, the numbers, backups and what was set aside.</summary>
public sealed class AdminAnswersTests : IAsyncDisposable
{
    private const long Owner = 501;
    private static readonly ChatAddress Group = new(ChatAddress.Telegram, 1000, -700);
    private static readonly ChatAddress Customer = new(ChatAddress.Telegram, 1000, 42);
    private readonly string _folder = Directory.CreateTempSubdirectory("bot-test-").FullName;
    private readonly ManualTime _time = new();
    private readonly TestBot _bot;

    public AdminAnswersTests() => _bot = TestBot.Create(_time).Start(sends: false);

    [Fact]
    public async Task The_card_shows_what_the_customer_bought()
    {
        var id = await CustomerAsync();
        await AcceptAsync(new Input.Bought(Customer, new Purchase("p1", 1_500.50m)));
        await AcceptAsync(new Input.Bought(Customer, new Purchase("p2", 499.50m)));

        var card = Text(new StaffCommand.Card(id));

        Assert.Contains("2000 RUB", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_is_in_the_business_s_language()
    {
        var id = await CustomerAsync();
        await _bot.SqlAsync($"""
            INSERT INTO deliveries (id, profile_id, chat_id, kind, cause, template, status, message_id, reason, at)
            SELECT 7, profile_id, id, 2, 'automation:birthday', 'automation/birthday', 3, NULL, 'NoConsent', {_time.GetUtcNow().ToUnixTimeMilliseconds()} FROM chats
            """);

        var why = Text(new StaffCommand.Why($"{id.Value}"));

        Assert.Contains("История клиента", why, StringComparison.Ordinal);
        Assert.Contains("рассылка automation/birthday (automation:birthday): не отправлено: нет согласия на рассылку в этом чате", why, StringComparison.Ordinal);
        Assert.Contains("проверка, не замолчал ли клиент в lead-magnet", why, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)customer|sequence [a-z]|not sent|outbox", why);
        Assert.DoesNotContain("<pre>", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_is_in_english_where_the_business_speaks_it()
    {
        var english = SomeContent.ShippedWith(("settings.yaml", text => text.Replace("languages: [ru, en]", "languages: [en, ru]", StringComparison.Ordinal)));
        _bot.ContentOrThrow = () => english;
        var id = await CustomerAsync();

        Assert.Contains("Timeline of customer", Text(new StaffCommand.Why($"{id.Value}")), StringComparison.Ordinal);
        Assert.Contains("New contacts: 0", Text(new StaffCommand.Stats(new Period(7))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_numbers_have_shares_with_what_they_are_of()
    {
        await CustomerAsync();
        await _bot.TakeAsync("b", "/start guide", chat: 43);
        await _bot.TakeAsync("c", "/menu", chat: 43);
        await _bot.TakeAsync("d", "/language", chat: 43);

        var stats = Text(new StaffCommand.Stats(new Period(7)));

        Assert.Contains("Новые контакты: 0", stats, StringComparison.Ordinal);
        Assert.Contains("Чек-лист в обмен на контакт</b> (lead-magnet): 2, ✅ 0 % (0 из 2)", stats, StringComparison.Ordinal);
        Assert.Contains("⏳ 100 % (2 из 2)", stats, StringComparison.Ordinal);
        Assert.Contains("<b>welcome</b>: 👥 0, ⏳ 0", stats, StringComparison.Ordinal);
        Assert.Contains("<b>automation birthday</b>: ✉️ 0", stats, StringComparison.Ordinal);
        Assert.Contains("столько же времени до этого", Text(new StaffCommand.Digest()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_is_made_and_named()
    {
        var answer = Text(new StaffCommand.Backup(), password: "correct horse");

        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Contains($"Копия готова: {Path.GetFileName(file)}", answer, StringComparison.Ordinal);
        Assert.True(new FileInfo(file).Length > 1_000);
        Assert.Contains("Копии нет", Text(new StaffCommand.Backup()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_set_aside_is_dropped_one_by_one_or_all_and_only_when_confirmed()
    {
        await AcceptAsync(Said("claim", $"/claim {_bot.Code.Text}"));
        var content = _bot.ContentOrThrow;
        _bot.ContentOrThrow = () => throw new InvalidOperationException("poison");
        await _bot.TakeAsync("1", "a");
        await _bot.TakeAsync("2", "b");
        await _bot.TakeAsync("3", "c");
        _bot.ContentOrThrow = content;
        var buttons = Assert.IsType<Keyboard.Inline>(Answers(content).To(new StaffCommand.Aside()).Last().Keyboard).Rows;
        Assert.Equal(4, buttons.Length);

        await AcceptAsync(Pressed("p1", buttons[0][0].Data!));
        Assert.Equal(3, await _bot.SqlAsync("SELECT count(*) FROM aside"));
        await AcceptAsync(Pressed("p2", LastButton()));
        Assert.Equal(2, await _bot.SqlAsync("SELECT count(*) FROM aside"));
        Assert.Equal(0, await _bot.SqlAsync("SELECT count(*) FROM aside WHERE key = '1'"));
        await AcceptAsync(Pressed("p3", buttons[3][0].Data!));
        Assert.Equal(2, await _bot.SqlAsync("SELECT count(*) FROM aside"));
        await AcceptAsync(Pressed("p4", LastButton()));

        Assert.Equal(0, await _bot.SqlAsync("SELECT count(*) FROM aside"));
        Assert.Contains("Удалено: 2", _bot.Store.Admin.After(0, 99)[^1].Body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_owner_is_named_after_a_question_and_may_then_remove_the_first()
    {
        await AcceptAsync(Said("claim", $"/claim {_bot.Code.Text}"));
        await AcceptAsync(Said("o1", "/owner 502"));
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM staff"));
        Assert.Contains("Владелец может всё", _bot.Store.Admin.After(0, 99)[^1].Body.Html, StringComparison.Ordinal);

        await AcceptAsync(Pressed("p1", LastButton()));
        await AcceptAsync(Pressed("p2", "s.removed.501", user: 502));
        await AcceptAsync(Pressed("p3", "s.removed.502", user: 502));

        Assert.Equal(502, await _bot.SqlAsync("SELECT user_id FROM staff WHERE role = 0"));
        Assert.Equal(1, await _bot.SqlAsync("SELECT count(*) FROM staff"));
    }

    [Fact]
    public async Task A_command_that_names_another_bot_is_not_ours()
    {
        await AcceptAsync(Said("claim", $"/claim {_bot.Code.Text}"));
        _bot.Staff.Username = "our_bot";

        await AcceptAsync(Said("x1", "/help@their_bot"));
        await AcceptAsync(Said("x2", "/nonsense@their_bot"));
        Assert.Single(_bot.Store.Admin.After(0, 99));
        await AcceptAsync(Said("x3", "/help@Our_Bot"));

        Assert.Equal(2, _bot.Store.Admin.After(0, 99).Length);
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ProfileId> CustomerAsync()
    {
        await _bot.TakeAsync("a", "/start guide");
        return new ProfileId(await _bot.SqlAsync("SELECT id FROM profiles"));
    }

    private AdminAnswers Answers(Func<Core.Dialogs.Content> content, string? password = null) => new(
        content, _bot.Store, _bot.Options, new BackupOptions(_bot.Options, Path.Combine(AppContext.BaseDirectory, "dialogs"), _folder, password), _time, _time);

    private string Text(StaffCommand command, string? password = null) =>
        string.Join('\n', Answers(_bot.ContentOrThrow, password).To(command).Select(body => body.Html));

    private string LastButton() => Assert.IsType<Keyboard.Inline>(_bot.Store.Admin.After(0, 99)[^1].Body.Keyboard).Rows[0][0].Data!;

    private Task AcceptAsync(Input input) => _bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);

    private static Input.StaffMessage Said(string key, string text) => new(key, Group, new Person("Анна", "ru", Owner), text, null);

    private static Input.StaffPress Pressed(string key, string data, long user = Owner) => new(key, Group, new Person("Анна", "ru", user), data, "cb", 1);
}
