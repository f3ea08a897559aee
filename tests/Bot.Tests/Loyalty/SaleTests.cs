using Bot.Core.Chats;
using Bot.Core.Inputs;
using Bot.Core.Loyalty;
using Bot.Core.Purchases;
using Bot.Core.Staff;
using Bot.Storage.Loyalty;
using Bot.Tests.Support;

namespace Bot.Tests.Loyalty;

/// <summary>Points and codes at the desk, down the one path: real database, real writer, many at once.</summary>
public sealed class SaleTests
{
    private const long Owner = 501;
    private static readonly ChatAddress Group = new(ChatAddress.Telegram, 1000, -700);
    private static readonly ChatAddress Anna = new(ChatAddress.Telegram, 1000, 42);

    [Fact]
    public async Task Case_31_Of_fifty_cashiers_who_spend_the_last_points_at_once_one_succeeds()
    {
        await using var bot = await WithPointsAsync(100);

        // Each its own input, so that they meet in the writer as they come.
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() =>
            AcceptAsync(bot, new Input.Bought(Anna, new Purchase($"p{i}", 1_000), new Points(100), Owner)))));

        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM points_ledger WHERE kind = 1"));
        Assert.Equal(2, await bot.SqlAsync("SELECT count(*) FROM purchases"));
        Assert.Equal(0, await bot.SqlAsync("SELECT remaining FROM points_lots ORDER BY id LIMIT 1"));
        Assert.Equal(49, bot.Store.Admin.After(0, 200).Count(line => line.Body.Html.Contains("сейчас можно", StringComparison.Ordinal)));
        await AddsUpAsync(bot);
    }

    [Fact]
    public async Task A_purchase_that_is_told_ten_times_at_once_counts_once()
    {
        await using var bot = await WithPointsAsync(100);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => AcceptAsync(bot, new Input.Bought(Anna, new Purchase("p", 1_000), new Points(50))))));

        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM purchases WHERE id = 'p'"));
        Assert.Equal(50 + 47, await bot.SqlAsync("SELECT balance FROM points_accounts"));
        await AddsUpAsync(bot);
    }

    [Fact]
    public async Task The_same_card_of_a_sale_pressed_at_two_desks_is_one_sale()
    {
        await using var bot = await WithPointsAsync(100);
        var profile = new Core.Ids.ProfileId(await bot.SqlAsync("SELECT id FROM profiles"));
        var card = StaffPress.SellConfirmed(new ProposedSale(profile, 1_000, new Points(100), 4711, bot.Business.GetUtcNow()));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(() => AcceptAsync(bot, Pressed($"press{i}", card)))));

        Assert.Equal(2, await bot.SqlAsync("SELECT count(*) FROM purchases"));
        Assert.Equal(45, await bot.SqlAsync("SELECT balance FROM points_accounts"));
        Assert.Equal(4, bot.Store.Admin.After(0, 200).Count(line => line.Body.Html.Contains("уже проведена", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_card_of_yesterday_and_the_press_of_a_stranger_sell_nothing()
    {
        await using var bot = await WithPointsAsync(100);
        var profile = new Core.Ids.ProfileId(await bot.SqlAsync("SELECT id FROM profiles"));
        var old = new ProposedSale(profile, 1_000, Points.None, 4711, bot.Business.GetUtcNow().AddHours(-25));
        await AcceptAsync(bot, Pressed("old", StaffPress.SellConfirmed(old)));
        await AcceptAsync(bot, Pressed("stranger", StaffPress.SellConfirmed(old with { At = bot.Business.GetUtcNow() }), user: 999));
        await AcceptAsync(bot, new Input.Press("customer", Anna, new Person("Анна", "ru", 42), StaffPress.SellConfirmed(old with { At = bot.Business.GetUtcNow() }), "cb", 1));

        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM purchases"));
    }

    [Fact]
    public async Task A_refund_that_is_confirmed_twice_gives_back_once()
    {
        await using var bot = await WithPointsAsync(100);
        await AcceptAsync(bot, new Input.Bought(Anna, new Purchase("p", 1_000), new Points(100), Owner));
        var profile = new Core.Ids.ProfileId(await bot.SqlAsync("SELECT id FROM profiles"));
        var confirmed = StaffPress.RefundConfirmed(profile, "p", 500, 0);

        await AcceptAsync(bot, Pressed("r1", confirmed));
        await AcceptAsync(bot, Pressed("r2", confirmed));

        Assert.Equal(50_000, await bot.SqlAsync("SELECT refunded FROM purchases WHERE id = 'p'"));
        Assert.Equal(50, await bot.SqlAsync("SELECT sum(points) FROM points_ledger WHERE kind = 2"));
        await AddsUpAsync(bot);
    }

    [Fact]
    public async Task Case_32_A_code_that_twenty_redeem_at_once_has_one_winner()
    {
        await using var bot = await WithPointsAsync(100);
        await IssueAsync(bot, "SAVE2345", 10);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => AcceptAsync(bot, Pressed($"r{i}", StaffPress.RedeemConfirmed("SAVE2345"), user: Owner + (i % 2))))));

        Assert.Equal(1, bot.Store.Admin.After(0, 200).Count(line => line.Body.Html.Contains("погашен", StringComparison.Ordinal)));
        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM events WHERE event = 'code.redeemed'"));
        Assert.Equal(1, await bot.SqlAsync("SELECT count(*) FROM codes WHERE redeemed_at IS NOT NULL"));
    }

    [Fact]
    public async Task Case_33_Guessed_codes_are_slowed_answered_alike_and_told_of()
    {
        await using var bot = await WithPointsAsync(100);
        await IssueAsync(bot, "SAVE2345", 10);
        await IssueAsync(bot, "USED2345", 10);
        await AcceptAsync(bot, Pressed("use", StaffPress.RedeemConfirmed("USED2345")));
        await IssueAsync(bot, "PAST2345", -1);
        var before = bot.Store.Admin.After(0, 2_000).Length;

        foreach (var (code, i) in new[] { "NNNN2345", "USED2345", "PAST2345", "NNNN2346", "NNNN2347" }.Select((code, i) => (code, i)))
        {
            await AcceptAsync(bot, Said($"g{i}", $"/redeem {code}"));
        }

        var answers = bot.Store.Admin.After(0, 2_000)[before..].Select(line => line.Body.Html).ToList();
        Assert.Single(answers.Where(answer => !answer.StartsWith('⚠')).Distinct());
        Assert.Single(answers, answer => answer.StartsWith('⚠'));

        // A thousand more teach nothing: not even the right one is looked at.
        await bot.Writer.AcceptAsync([.. Enumerable.Range(0, 1_000).Select(i => Said($"h{i}", i == 500 ? "/redeem SAVE2345" : "/redeem NNNN2348"))], TestContext.Current.CancellationToken);
        Assert.Equal(5, await bot.SqlAsync("SELECT count(*) FROM staff_audit WHERE what = 'redeem.wrong'"));
        Assert.Equal(0, await bot.SqlAsync("SELECT count(*) FROM codes WHERE code = 'SAVE2345' AND redeemed_at IS NOT NULL"));
        Assert.DoesNotContain(bot.Store.Admin.After(0, 3_000), line => line.Body.Html.Contains("SAVE2345", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Case_33_Guesses_of_many_are_slowed_together()
    {
        await using var bot = await WithPointsAsync(100);
        await bot.Writer.StepAsync(transaction =>
        {
            for (var user = 1_000; user < 1_100; user++)
            {
                transaction.Staff.Put(new StaffMember(user, StaffRole.Operator), bot.Business.GetUtcNow());
            }

            return true;
        }, TestContext.Current.CancellationToken);

        await bot.Writer.AcceptAsync([.. Enumerable.Range(0, 100).Select(i => Said($"g{i}", "/redeem NNNN2345", user: 1_000 + i))], TestContext.Current.CancellationToken);

        Assert.Equal(30, await bot.SqlAsync("SELECT count(*) FROM staff_audit WHERE what = 'redeem.wrong'"));
        Assert.Equal(1, bot.Store.Admin.After(0, 500).Count(line => line.Body.Html.StartsWith('⚠')));
    }

    [Fact]
    public async Task Tiers_are_worked_out_anew_once_a_day_and_at_once_when_the_rules_change()
    {
        var time = new SimulatedTime(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        await using var bot = TestBot.Create(business: time).Start(sends: false);
        await bot.TakeAsync("c1", "/start");
        await AcceptAsync(bot, new Input.Bought(Anna, new Purchase("p1", 31_000)));
        await bot.Due.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await bot.SqlAsync("SELECT tier = 'advanced' FROM points_accounts"));
        await AddsUpAsync(bot);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromDays(365), bot.Store.Tiers.NextFall(TestBot.Shipped.Loyalty!, time.GetUtcNow()));

        time.MoveTo(time.GetUtcNow() + TimeSpan.FromDays(366));
        await bot.Due.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, await bot.SqlAsync("SELECT tier = 'base' FROM points_accounts"));
        Assert.Equal(2, await bot.SqlAsync("SELECT count(*) FROM events WHERE event = 'tier.changed'"));
        await AddsUpAsync(bot);

        var rules = TestBot.Shipped.Loyalty!;
        var changed = TestBot.Shipped with { Loyalty = rules with { Window = TimeSpan.FromDays(730) } };
        bot.ContentOrThrow = () => changed;
        Assert.NotNull(PointsAudit.Of(bot.Options, changed.Loyalty).Note);
        await bot.Due.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, await bot.SqlAsync("SELECT tier = 'advanced' FROM points_accounts"));
        Assert.Null(PointsAudit.Of(bot.Options, changed.Loyalty).Note);
    }

    [Fact]
    public async Task The_audit_names_what_does_not_add_up()
    {
        await using var bot = await WithPointsAsync(100);
        await bot.Due.RunAsync(TestContext.Current.CancellationToken);
        await bot.SqlAsync("UPDATE points_accounts SET balance = 99, tier = 'premium'");

        var report = PointsAudit.Of(bot.Options, TestBot.Shipped.Loyalty);

        Assert.Equal(2, report.Faults.Length);
        Assert.Contains("the balance is 99, the lots hold 100, the entries come to 100", report.Faults[0], StringComparison.Ordinal);
        Assert.Contains("the tier is premium, but 2000 in the window make it base", report.Faults[1], StringComparison.Ordinal);
    }

    /// <summary>A bot with an owner in a group, and a customer who has so many points.</summary>
    private static async Task<TestBot> WithPointsAsync(long points)
    {
        var bot = TestBot.Create().Start(sends: false);
        await AcceptAsync(bot, Said("claim", $"/claim {bot.Code.Text}"));
        await bot.Writer.StepAsync(transaction =>
        {
            transaction.Staff.Put(new StaffMember(Owner + 1, StaffRole.Operator), bot.Business.GetUtcNow());
            return true;
        }, TestContext.Current.CancellationToken);
        await bot.TakeAsync("c1", "/start");
        await AcceptAsync(bot, new Input.Bought(Anna, new Purchase("first", points * 20)));
        Assert.Equal(points, await bot.SqlAsync("SELECT balance FROM points_accounts"));
        return bot;
    }

    private static Task<long> IssueAsync(TestBot bot, string code, int days) => bot.SqlAsync($"""
        INSERT INTO codes (code, profile_id, percent, cause, issued_at, valid_until)
        SELECT '{code}', id, 150000, 'test', 0, {bot.Business.GetUtcNow().AddDays(days).ToUnixTimeMilliseconds()} FROM profiles
        """);

    private static async Task AddsUpAsync(TestBot bot)
    {
        // Whatever a timer is about to look at comes first.
        await bot.Due.RunAsync(TestContext.Current.CancellationToken);
        var report = PointsAudit.Of(bot.Options, bot.ContentOrThrow().Loyalty);
        Assert.Empty(report.Faults);
        Assert.Null(report.Note);
    }

    private static Input.StaffMessage Said(string key, string text, long user = Owner) => new(key, Group, new Person("Анна", "ru", user), text, null);

    private static Input.StaffPress Pressed(string key, string data, long user = Owner) => new(key, Group, new Person("Анна", "ru", user), data, "cb", 1);

    private static Task AcceptAsync(TestBot bot, Input input) => bot.Writer.AcceptAsync([input], TestContext.Current.CancellationToken);
}
