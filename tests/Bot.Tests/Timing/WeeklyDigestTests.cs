using Bot.Tests.Support;

namespace Bot.Tests.Timing;

/// <summary>The week in numbers, by the business's clock.</summary>
public sealed class WeeklyDigestTests : IAsyncDisposable
{
    // Saturday, 15:00 in Moscow. The next Monday at nine is in 42 hours.
    private static readonly TimeSpan ToMonday = TimeSpan.FromHours(42);
    private readonly ManualTime _time = new();
    private TestBot _bot;

    public WeeklyDigestTests() => _bot = TestBot.Create(_time).Start(sends: false);

    [Fact]
    public async Task It_comes_once_a_week_across_a_restart_and_compares_with_the_week_before()
    {
        await DueAsync();
        await _bot.TakeAsync("1", "/start guide");
        await _bot.TakeAsync("2", "/start guide", chat: 43);
        _time.Advance(ToMonday - TimeSpan.FromMinutes(1));
        await DueAsync();
        Assert.Empty(Digests());
        _time.Advance(TimeSpan.FromMinutes(1));

        await DueAsync();
        await DueAsync();

        var first = Assert.Single(Digests());
        Assert.Contains("С 2026-11-16 09:00 до 2026-11-23 09:00", first, StringComparison.Ordinal);
        Assert.Contains("(lead-magnet): 2 (0), ✅ 0 % (0 из 2)", first, StringComparison.Ordinal);

        await _bot.TakeAsync("3", "/start guide", chat: 44);
        await _bot.CrashAsync();
        _bot = _bot.Restart().Start(sends: false);
        await DueAsync();
        Assert.Single(Digests());
        _time.Advance(TimeSpan.FromDays(7));
        await DueAsync();
        await DueAsync();

        Assert.Equal(2, Digests().Count);
        Assert.Contains("(lead-magnet): 1 (2)", Digests()[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_weeks_that_the_bot_was_off_only_the_last_one_is_told()
    {
        await DueAsync();
        _time.Advance(ToMonday + TimeSpan.FromDays(23));

        await DueAsync();

        Assert.Contains("С 2026-12-07 09:00 до 2026-12-14 09:00", Assert.Single(Digests()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_moved_stops_at_it()
    {
        _bot.ContentOrThrow = () => TestBot.Shipped with { Automations = TestBot.Shipped.Automations.Clear() };
        await DueAsync();

        Assert.Equal(_time.GetUtcNow() + ToMonday, _bot.Due.NextDue());
        _time.Advance(ToMonday);
        Assert.Equal(_time.GetUtcNow(), _bot.Due.NextDue());
        await DueAsync();
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromDays(7), _bot.Due.NextDue());
    }

    [Fact]
    public async Task Switched_off_it_never_comes()
    {
        var off = SomeContent.ShippedWith(("settings.yaml", text => $"{text}\ndigest: false\n"));
        _bot.ContentOrThrow = () => off with { Automations = off.Automations.Clear() };
        await DueAsync();
        _time.Advance(TimeSpan.FromDays(30));
        await DueAsync();

        Assert.Empty(Digests());
        Assert.Null(_bot.Due.NextDue());
    }

    public ValueTask DisposeAsync() => _bot.DisposeAsync();

    private async Task DueAsync() => await _bot.Due.RunAsync(TestContext.Current.CancellationToken);

    private List<string> Digests() => [.. _bot.Store.Admin.After(0, 99).Select(line => line.Body.Html).Where(html => html.StartsWith("📊", StringComparison.Ordinal))];
}
