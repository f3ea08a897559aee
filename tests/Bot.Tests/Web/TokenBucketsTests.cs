using Bot.Tests.Support;
using Bot.Web;

namespace Bot.Tests.Web;

public sealed class TokenBucketsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_burst_is_let_through_and_then_so_much_a_second()
    {
        var buckets = new TokenBuckets<int>(10, 2, _time);

        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal(TimeSpan.Zero, buckets.Take(1)));
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, buckets.Take(1));
        Assert.Equal(TimeSpan.Zero, buckets.Take(1));
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take(1));
    }

    [Fact]
    public void One_does_not_spend_what_is_anothers_and_rest_gives_no_more_than_the_burst()
    {
        var buckets = new TokenBuckets<int>(1, 1, _time);
        Assert.Equal(TimeSpan.Zero, buckets.Take(1));

        Assert.Equal(TimeSpan.Zero, buckets.Take(2));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, buckets.Take(1));
        Assert.NotEqual(TimeSpan.Zero, buckets.Take(1));
    }
}
