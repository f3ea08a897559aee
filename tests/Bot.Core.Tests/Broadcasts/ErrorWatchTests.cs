using Bot.Core.Broadcasts;
using Bot.Core.Messages;

namespace Bot.Core.Tests.Broadcasts;

public sealed class ErrorWatchTests
{
    [Theory]
    [InlineData(19, 0, 0, null)]
    [InlineData(0, 20, 0, PauseReason.Errors)]
    [InlineData(80, 20, 0, PauseReason.Errors)]
    [InlineData(20, 4, 0, null)]
    [InlineData(0, 0, 20, PauseReason.Blocked)]
    [InlineData(25, 0, 25, null)]
    [InlineData(0, 19, 0, null)]
    public void Too_many_errors_of_the_latest_stop_it(int sent, int failed, int blocked, PauseReason? expected)
    {
        var watch = new ErrorWatch();
        for (var i = 0; i < sent; i++)
        {
            watch.Add(DeliveryStatus.Sent);
        }

        for (var i = 0; i < failed; i++)
        {
            watch.Add(i % 3 == 0 ? DeliveryStatus.Failed : i % 3 == 1 ? DeliveryStatus.Unknown : null);
        }

        for (var i = 0; i < blocked; i++)
        {
            watch.Add(DeliveryStatus.Blocked);
        }

        Assert.Equal(expected, watch.Objection);
    }

    [Fact]
    public void What_is_long_over_is_not_held_against_it()
    {
        var watch = new ErrorWatch();
        for (var i = 0; i < 30; i++)
        {
            watch.Add(DeliveryStatus.Failed);
        }

        for (var i = 0; i < ErrorWatch.Latest; i++)
        {
            watch.Add(DeliveryStatus.Sent);
        }

        Assert.Null(watch.Objection);
    }
}
