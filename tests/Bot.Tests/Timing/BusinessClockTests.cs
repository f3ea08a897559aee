using Bot.Storage;
using Bot.Tests.Support;
using Bot.Timing;

namespace Bot.Tests.Timing;

public sealed class BusinessClockTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task It_is_the_real_clock_until_it_is_moved_and_what_measures_is_never_moved()
    {
        var real = new ManualTime();
        await using var bot = TestBot.Create(real).Start();
        var clock = BusinessClock.Of(bot.Store, real, isDemo: true);
        Assert.Equal(real.GetUtcNow(), clock.GetUtcNow());

        await clock.MoveToAsync(real.GetUtcNow() + Week, bot.Writer, TestContext.Current.CancellationToken);
        real.Advance(TimeSpan.FromHours(1));

        Assert.Equal(real.GetUtcNow() + Week, clock.GetUtcNow());
        Assert.Equal(real.GetTimestamp(), clock.GetTimestamp());
        Assert.Equal(real.TimestampFrequency, clock.TimestampFrequency);
        var fired = false;
        await using var timer = clock.CreateTimer(_ => fired = true, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        Assert.False(fired);
        real.Advance(TimeSpan.FromMinutes(1));
        Assert.True(fired);
    }

    [Fact]
    public async Task It_is_where_it_was_left()
    {
        var real = new ManualTime();
        var bot = TestBot.Create(real).Start();
        await BusinessClock.Of(bot.Store, real, isDemo: true).MoveToAsync(real.GetUtcNow() + Week, bot.Writer, TestContext.Current.CancellationToken);
        await bot.StopAsync();

        await using var again = bot.Restart().Start(sends: false);

        Assert.Equal(real.GetUtcNow() + Week, BusinessClock.Of(again.Store, real, isDemo: true).GetUtcNow());
    }

    [Fact]
    public async Task It_never_goes_back_and_a_moment_between_two_milliseconds_has_come_when_it_is_there()
    {
        var real = new ManualTime();
        await using var bot = TestBot.Create(real).Start();
        var clock = BusinessClock.Of(bot.Store, real, isDemo: true);
        var moment = real.GetUtcNow() + Week + TimeSpan.FromTicks(1);

        await clock.MoveToAsync(moment, bot.Writer, TestContext.Current.CancellationToken);
        var reached = clock.GetUtcNow();
        await clock.MoveToAsync(real.GetUtcNow(), bot.Writer, TestContext.Current.CancellationToken);

        Assert.Equal(real.GetUtcNow() + Week + TimeSpan.FromMilliseconds(1), reached);
        Assert.Equal(reached, clock.GetUtcNow());
    }

    [Fact]
    public async Task A_database_whose_clock_was_moved_is_refused_outside_of_a_demo()
    {
        await using var bot = TestBot.Create().Start();
        var clock = BusinessClock.Of(bot.Store, TimeProvider.System, isDemo: false);

        await clock.MoveToAsync(clock.GetUtcNow() + Week, bot.Writer, TestContext.Current.CancellationToken);

        var refused = Assert.Throws<StoreRefusedException>(() => BusinessClock.Of(bot.Store, TimeProvider.System, isDemo: false));
        Assert.Contains("was moved in a demo", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:ConnectionString", refused.Message, StringComparison.Ordinal);
    }
}
