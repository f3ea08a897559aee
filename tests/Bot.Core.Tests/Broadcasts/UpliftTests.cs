using Bot.Core.Broadcasts;

namespace Bot.Core.Tests.Broadcasts;

public sealed class UpliftTests
{
    // Newcombe 1998 (Two-sided confidence intervals for the single proportion), table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void A_share_has_the_interval_of_the_published_table(long count, long of, double low, double high)
    {
        var (actualLow, actualHigh) = Uplift.Wilson(count, of);

        Assert.Equal(low, actualLow, 4);
        Assert.Equal(high, actualHigh, 4);
    }

    // Newcombe 1998 (Interval estimation for the difference between independent proportions), table II, method 10.
    [Theory]
    [InlineData(48, 80, 56, 70, 0.0524, 0.3339)]
    [InlineData(3, 10, 9, 10, 0.1705, 0.8090)]
    [InlineData(2, 7, 6, 7, 0.0582, 0.8062)]
    [InlineData(0, 29, 5, 56, -0.0381, 0.1926)]
    [InlineData(0, 20, 0, 10, -0.1611, 0.2775)]
    [InlineData(0, 10, 10, 10, 0.6075, 1.0000)]
    public void A_difference_has_the_interval_of_the_published_table(long first, long firstOf, long second, long secondOf, double low, double high)
    {
        var uplift = Uplift.Of(first, firstOf, second, secondOf);

        Assert.Equal(low, uplift.Low, 4);
        Assert.Equal(high, uplift.High, 4);
        Assert.Equal(low <= 0, uplift.IsTooSmallToTell);
    }

    [Theory]
    [InlineData(0, 0, 5, 10)]
    [InlineData(5, 10, 0, 0)]
    [InlineData(5, 10, 6, 10)]
    public void Few_numbers_are_too_small_to_tell(long first, long firstOf, long second, long secondOf) =>
        Assert.True(Uplift.Of(first, firstOf, second, secondOf).IsTooSmallToTell);

    [Fact]
    public void A_quarter_more_is_a_quarter_more() => Assert.Equal(0.25, Uplift.Of(400, 4_000, 500, 4_000).Relative!.Value, 6);
}
