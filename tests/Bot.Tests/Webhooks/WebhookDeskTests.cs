using System.Net;
using Bot.Admin;
using Bot.Configuration;
using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Tests.Support;

namespace Bot.Tests.Webhooks;

/// <summary>What the owner sees of webhooks and does with the dead ones, and what the admin chat is alarmed of.</summary>
public sealed class WebhookDeskTests
{
    private const long Owner = 501;
    private const long Operator = 502;
    private static readonly ChatAddress Group = new(ChatAddress.Telegram, 1000, -700);

    [Fact]
    public async Task The_owner_sees_how_many_wait_and_the_latest_ten_dead_with_their_errors()
    {
        await using var listening = await WithDeadAsync(12);
        listening.Receiver.Says(HttpStatusCode.InternalServerError);
        await listening.HappensAsync(20, "refund");
        await listening.AdvanceAsync(TimeSpan.FromMinutes(1));

        var (html, keyboard) = Show(listening, areOn: true);

        Assert.Contains("<b>Вебхуки включены</b>", html, StringComparison.Ordinal);
        Assert.Contains("Ждут отправки: 1, самое старое с 2026-11-", html, StringComparison.Ordinal);
        Assert.Contains("Не удалось передать: 12", html, StringComparison.Ordinal);
        Assert.Equal(10, html.Split('\n').Count(line => line.StartsWith("• 2026-11-", StringComparison.Ordinal) && line.Contains("purchase: HTTP 410", StringComparison.Ordinal)));
        Assert.Equal([WebhookPresses.SendAgain, WebhookPresses.Drop], Assert.IsType<Keyboard.Inline>(keyboard).Rows.Select(row => Assert.Single(row).Data));
    }

    [Fact]
    public async Task Without_webhooks_it_says_so_and_without_dead_ones_there_is_nothing_to_press()
    {
        await using var listening = await Listening.CreateAsync(isOn: false);

        var (html, keyboard) = Show(listening, areOn: false);

        Assert.Contains("Вебхуки выключены", html, StringComparison.Ordinal);
        Assert.Contains("самое старое с —", html, StringComparison.Ordinal);
        Assert.Null(keyboard);
    }

    [Fact]
    public async Task Dead_ones_that_are_sent_again_are_new_ones_with_the_old_ids()
    {
        await using var listening = await WithDeadAsync(3);
        var before = listening.Receiver.Posts.Select(post => post.Id).ToList();
        listening.Receiver.Says(HttpStatusCode.OK);

        await PressAsync(listening, Owner, WebhookPresses.SendAgain);

        Assert.Contains("Отправляются снова: 3", Lines(listening)[^1], StringComparison.Ordinal);
        Assert.Equal(3, await listening.CountAsync("webhooks WHERE dead_at IS NULL AND attempts = 0"));

        // Staff act by the business's clock; webhooks wait by the real one, as the ids have it.
        await listening.AdvanceAsync(TimeSpan.FromDays(3_650));
        Assert.Equal(before, listening.Receiver.Posts.Skip(3).Select(post => post.Id));
        Assert.Equal(0, await listening.CountAsync("webhooks"));
    }

    [Fact]
    public async Task Dead_ones_are_dropped_once_it_is_confirmed_and_those_that_wait_are_not()
    {
        await using var listening = await WithDeadAsync(3);
        listening.Receiver.Says(HttpStatusCode.InternalServerError);
        await listening.HappensAsync(20, "refund");
        await listening.AdvanceAsync(TimeSpan.FromMinutes(1));

        await PressAsync(listening, Owner, WebhookPresses.Drop);
        Assert.Equal(4, await listening.CountAsync("webhooks"));
        await PressAsync(listening, Owner, WebhookPresses.DropConfirmed);

        Assert.Equal(1, await listening.CountAsync("webhooks WHERE dead_at IS NULL"));
        Assert.Equal(1, await listening.CountAsync("webhooks"));
        Assert.Contains("Удалено: 3", Lines(listening)[^1], StringComparison.Ordinal);
        Assert.Equal(3, await listening.CountAsync("events WHERE event = 'purchase'"));
    }

    [Theory]
    [InlineData(WebhookPresses.SendAgain)]
    [InlineData(WebhookPresses.Drop)]
    [InlineData(WebhookPresses.DropConfirmed)]
    [InlineData("/webhooks")]
    public async Task An_operator_may_do_none_of_it(string what)
    {
        await using var listening = await WithDeadAsync(1);
        await SayAsync(listening, Owner, $"/operator {Operator}");

        await (what[0] == '/' ? SayAsync(listening, Operator, what) : PressAsync(listening, Operator, what));

        Assert.Equal(1, await listening.CountAsync("webhooks WHERE dead_at IS NOT NULL"));
        Assert.Equal(1, await listening.CountAsync("staff_audit WHERE user_id = 502 AND what GLOB 'refused:webhooks*'"));
        Assert.DoesNotContain(listening.Bot.Commits.SelectMany(commit => commit.Asked), asked => asked is WebhookCommand);
    }

    [Fact]
    public async Task Staff_are_alarmed_when_one_has_waited_for_an_hour_and_when_one_is_dead()
    {
        await using var listening = await Listening.CreateAsync();
        Assert.False(Trouble(listening, AlarmKind.Webhooks));
        Assert.False(Trouble(listening, AlarmKind.DeadWebhooks));
        await listening.HappensAsync(1, "purchase");
        listening.Receiver.Says(HttpStatusCode.InternalServerError);
        await listening.RunAsync();

        listening.Time.Advance(TimeSpan.FromHours(1));
        Assert.False(Trouble(listening, AlarmKind.Webhooks));
        await listening.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.True(Trouble(listening, AlarmKind.Webhooks));
        Assert.False(Trouble(listening, AlarmKind.DeadWebhooks));

        listening.Receiver.Says(HttpStatusCode.Gone);
        await listening.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.False(Trouble(listening, AlarmKind.Webhooks));
        Assert.True(Trouble(listening, AlarmKind.DeadWebhooks));
        Assert.Null(Reading(listening, AlarmKind.DeadWebhooks, areOn: false));
    }

    private static async Task<Listening> WithDeadAsync(int count)
    {
        var listening = await Listening.CreateAsync();
        await SayAsync(listening, Owner, $"/claim {listening.Bot.Code.Text}");
        listening.Receiver.Says(HttpStatusCode.Gone);
        for (var i = 0; i < count; i++)
        {
            await listening.HappensAsync(1 + i, "purchase");
        }

        for (var i = 0; i < count; i++)
        {
            await listening.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(count, await listening.CountAsync("webhooks WHERE dead_at IS NOT NULL"));
        return listening;
    }

    private static (string Html, Keyboard? Keyboard) Show(Listening listening, bool areOn)
    {
        var bot = listening.Bot;
        var body = Assert.Single(new AdminAnswers(() => TestBot.Shipped, bot.Store, bot.Options, new Storage.Backups.BackupOptions(bot.Options, "", "", null), listening.Time,
            listening.Time, areOn).To(new WebhookCommand.Show()));
        return (body.Html, body.Keyboard);
    }

    private static bool Trouble(Listening listening, AlarmKind kind) => Reading(listening, kind, areOn: true)!.IsTrouble;

    private static AlarmReading? Reading(Listening listening, AlarmKind kind, bool areOn) => new AlarmReadings(new AlarmOptions(0, 0), listening.Bot.Store, listening.Bot.Sender,
        new Storage.Backups.BackupOptions(listening.Bot.Options, "", "", null), new Operations.BackupState(), null, listening.Time, areOn)
        .Read(static at => $"{at:u}").SingleOrDefault(reading => reading.Kind == kind);

    private static List<string> Lines(Listening listening) => [.. listening.Bot.Store.Admin.After(0, 99).Select(line => line.Body.Html)];

    private static Task SayAsync(Listening listening, long user, string text) =>
        listening.AcceptAsync(key => new Input.StaffMessage(key, Group, new Person("Кто-то", "ru", user), text, null));

    private static Task PressAsync(Listening listening, long user, string data) =>
        listening.AcceptAsync(key => new Input.StaffPress(key, Group, new Person("Кто-то", "ru", user), data, "cb", 1));
}
