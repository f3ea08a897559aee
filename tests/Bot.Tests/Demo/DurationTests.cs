using Bot.Demo;

namespace Bot.Tests.Demo;

public sealed class DurationTests
{
    [Theory]
    [InlineData("PT15M", "00:15:00")]
    [InlineData("P1D", "1.00:00:00")]
    [InlineData("P7D", "7.00:00:00")]
    [InlineData("P1W", "7.00:00:00")]
    [InlineData("P1DT2H30M5S", "1.02:30:05")]
    [InlineData("PT90M", "01:30:00")]
    [InlineData("P400D", "400.00:00:00")]
    public void A_duration_is_read(string text, string expected) => Assert.Equal(TimeSpan.Parse(expected, null), Duration.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("1 day")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("p1d")]
    [InlineData("-P1D")]
    [InlineData("P-1D")]
    [InlineData("P0D")]
    [InlineData("PT0S")]
    [InlineData("P1.5D")]
    [InlineData("P401D")]
    [InlineData("P400DT1S")]
    [InlineData("P99999999999999999999D")]
    [InlineData("P999999W")]
    [InlineData("P１D")]
    [InlineData("P1D\n")]
    public void What_is_none_or_has_no_fixed_length_or_is_out_of_bounds_is_refused(string text) => Assert.Null(Duration.Read(text));
}
