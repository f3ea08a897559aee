using Bot.Core.Ids;
using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Ids;

public sealed class IdSourceTests
{
    [Fact]
    public void Ids_only_grow_even_when_the_clock_goes_back()
    {
        var clock = new ManualClock(Some.Now);
        var ids = new IdSource(clock);
        var made = new List<long>();
        for (var i = 0; i < 10_000; i++)
        {
            made.Add(ids.Next());
            clock.Advance(TimeSpan.FromMilliseconds(i % 7 - 3));
        }

        Assert.Equal(made.Distinct().Order(), made);
    }

    [Fact]
    public void Ids_begin_above_the_highest_that_is_stored()
    {
        var later = new IdSource(new ManualClock(Some.Now + TimeSpan.FromHours(1))).Next();

        Assert.True(new IdSource(new ManualClock(Some.Now), highest: later).Next() > later);
    }

    [Fact]
    public void Two_nodes_never_make_the_same_id()
    {
        var clock = new ManualClock(Some.Now);
        var (one, two) = (new IdSource(clock, 1), new IdSource(clock, 2));

        Assert.Empty(Enumerable.Range(0, 5_000).Select(_ => one.Next()).Intersect(Enumerable.Range(0, 5_000).Select(_ => two.Next())));
    }

    [Fact]
    public void An_id_tells_when_it_was_made() => Assert.Equal(Some.Now, IdSource.TimeOf(new IdSource(new ManualClock(Some.Now), 1023).Next()));

    [Fact]
    public void A_node_is_within_its_ten_bits() => Assert.Throws<ArgumentOutOfRangeException>(() => new IdSource(TimeProvider.System, 1024));
}
