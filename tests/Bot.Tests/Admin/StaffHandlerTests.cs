using Bot.Admin;
using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Admin;

/// <summary>What staff do, down the one path.</summary>
public sealed class StaffHandlerTests
{
    private const long Owner = 501;
    private static readonly ChatAddress Group = new(ChatAddress.Telegram, 1000, -700);

    [Fact]
    public void A_code_is_another_at_each_start_and_typed_in_any_case()
    {
        var code = new ClaimCode();

        Assert.Matches("^[A-Z2-9]{4}-[A-Z2-9]{4}$", code.Text);
        Assert.NotEqual(code.Text, new ClaimCode().Text);
        Assert.True(code.IsRight(1, $" {code.Text.ToLowerInvariant()} "));
        Assert.False(code.IsRight(1, code.Text[..8]));
        Assert.False(code.IsRight(1, ""));
    }

    [Fact]
    public void Guesses_end_after_five_of_one_user_and_a_hundred_of_all()
    {
        var code = new ClaimCode();
        for (var user = 0; user < 19; user++)
        {
            for (var guess = 0; guess < 5; guess++)
            {
                Assert.False(code.IsRight(user, "AAAA-AAA1"));
            }

            Assert.False(code.IsRight(user, code.Text));
        }

        Assert.True(code.IsRight(100, code.Text));
        for (var user = 200; user < 205; user++)
        {
            code.IsRight(user, "AAAA-AAA1");
        }

        Assert.False(code.IsRight(100, code.Text));
    }

    [Fact]
    public async Task A_command_that_is_brought_twice_is_carried_out_once()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await ClaimAsync(bot);
        await bot.TakeAsync("c1", "/start");
        var customer = await bot.SqlAsync("SELECT id FROM profiles");
        var note = Said("n1", $"/note {customer} однажды");

        await AcceptAsync(bot, note);
        await AcceptAsync(bot, note);

        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM profile_notes WHERE staff_id = 501"));
        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM staff_audit WHERE what = 'note'"));
    }

    [Fact]
    public async Task A_customer_who_is_tagged_is_not_more_active_for_it()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await ClaimAsync(bot);
        await bot.TakeAsync("c1", "/start");
        var (customer, active) = (await bot.SqlAsync("SELECT id FROM profiles"), await bot.SqlAsync("SELECT last_active_at FROM profiles"));
        var messages = await bot.SqlAsync("SELECT count(*) FROM outbox");

        await AcceptAsync(bot, Said("t1", $"/tag {customer} +vip"));

        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM profile_tags WHERE tag = 'vip'"));
        Assert.Equal(active, await bot.SqlAsync("SELECT last_active_at FROM profiles"));
        Assert.Equal(messages, await bot.SqlAsync("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task A_group_that_is_not_the_admin_chat_leaves_its_keys_and_nothing_else()
    {
        await using var bot = TestBot.Create().Start(sends: false);

        await AcceptAsync(bot, Said("g1", "/leads"));
        await AcceptAsync(bot, Said("g2", "Привет всем"));

        Assert.Equal(2, await bot.SqlAsync("SELECT count(*) FROM inbox"));
        Assert.Equal(0, await bot.SqlAsync("SELECT (SELECT count(*) FROM admin_messages) + (SELECT count(*) FROM staff_audit) + (SELECT count(*) FROM profiles)"));
    }

    [Fact]
    public async Task Before_the_claim_only_the_last_lines_are_still_to_be_sent()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await bot.Writer.StepAsync(transaction =>
        {
            for (var i = 1; i <= 25; i++)
            {
                transaction.Admin.Say(null, null, new Body($"{i}"), bot.Clock.GetUtcNow());
            }

            return true;
        }, TestContext.Current.CancellationToken);

        await ClaimAsync(bot);

        var waiting = bot.Store.Admin.Unsent(0, 100);
        Assert.Equal(21, waiting.Length);
        Assert.Equal("6", waiting[0].Body.Html);
        Assert.Contains("501", waiting[^1].Body.Html, StringComparison.Ordinal);
        Assert.Equal(26, bot.Store.Admin.After(0, 100).Length);
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await ClaimAsync(bot);

        await AcceptAsync(bot, new Input.StaffPress("p1", Group, new Person("Анна", "ru", Owner), "s.removed.501", "cb", 1));

        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM staff"));
    }

    [Fact]
    public async Task The_admin_chat_hears_once_a_day_that_inputs_were_set_aside()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        using var desk = new AdminDesk(null!, null!, () => TestBot.Shipped, bot.Writer, bot.Business, NullLogger<AdminDesk>.Instance);
        desk.Start();
        bot.ContentOrThrow = () => throw new InvalidOperationException("poison");

        await bot.TakeAsync("1", "/start");
        await bot.TakeAsync("2", "/start");
        await AcceptAsync(bot, new Input.Unsupported("3", new ChatAddress(ChatAddress.Telegram, 1000, 42), null));

        await Eventually.TrueAsync(() => bot.Store.Admin.After(0, 9).Length == 2, "a line for each kind");
        await desk.StopAsync();
        Assert.Equal(["Message", "Unsupported"], bot.Store.Admin.After(0, 9).Select(line => line.Body.Html.Contains("(Message)", StringComparison.Ordinal) ? "Message" : "Unsupported"));
        Assert.Equal(3, await bot.SqlAsync("SELECT count(*) FROM aside"));
    }

    [Fact]
    public async Task What_staff_did_cannot_be_rewritten()
    {
        await using var bot = TestBot.Create().Start(sends: false);
        await ClaimAsync(bot);

        await Assert.ThrowsAnyAsync<Exception>(() => bot.SqlAsync("UPDATE staff_audit SET user_id = 1"));
        await Assert.ThrowsAnyAsync<Exception>(() => bot.SqlAsync("DELETE FROM staff_audit"));
    }

    private static Task ClaimAsync(TestBot bot) => AcceptAsync(bot, Said("claim", $"/claim {bot.Code.Text}"));

    private static Input.StaffMessage Said(string key, string text) => new(key, Group, new Person("Анна", "ru", Owner), text, null);

    private static Task AcceptAsync(TestBot bot, Input input) => bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);
}
