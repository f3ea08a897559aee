using Bot.Core.Webhooks;

namespace Bot.Core.Tests.Webhooks;

public sealed class ReceiverTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);
    private static readonly WebhookAnswer Taken = new(200);
    private static readonly WebhookAnswer Failed = new(null, "timeout");

    [Fact]
    public void Of_who_is_not_known_yet_one_try_finds_out_and_then_there_are_four()
    {
        Assert.Equal(1, Receiver.Unknown.Room(0, Now));
        Assert.Equal(0, Receiver.Unknown.Room(1, Now));

        var well = Receiver.Unknown.After(Taken, Now);

        Assert.Equal([4, 1, 0, 0], new[] { 0, 3, 4, 5 }.Select(inFlight => well.Room(inFlight, Now)));
    }

    [Fact]
    public void Who_fails_is_left_alone_for_longer_each_time_and_asked_by_one_try()
    {
        var (receiver, now) = (Receiver.Unknown.After(Taken, Now), Now);
        foreach (var seconds in (int[])[5, 10, 20, 40, 60, 60])
        {
            receiver = receiver.After(Failed, now);
            Assert.Equal(0, receiver.Room(0, now.AddSeconds(seconds).AddTicks(-1)));
            now = now.AddSeconds(seconds);
            Assert.Equal(1, receiver.Room(0, now));
            Assert.Equal(0, receiver.Room(1, now));
        }

        Assert.Equal(4, receiver.After(Taken, now).Room(0, now));
        Assert.Equal(now.AddSeconds(5), receiver.After(Taken, now).After(Failed, now).NotBefore);
    }

    [Fact]
    public void Those_that_were_on_their_way_together_fail_as_one()
    {
        var receiver = Receiver.Unknown.After(Taken, Now).After(Failed, Now).After(Failed, Now.AddSeconds(1)).After(Failed, Now.AddSeconds(4));

        Assert.Equal((1, Now.AddSeconds(9)), (receiver.Failures, receiver.NotBefore));
    }

    [Fact]
    public void A_try_that_is_taken_after_another_failed_does_not_end_the_pause()
    {
        var receiver = Receiver.Unknown.After(Taken, Now).After(new WebhookAnswer(429, RetryAfter: TimeSpan.FromMinutes(10)), Now).After(Taken, Now.AddSeconds(1));

        Assert.Equal(0, receiver.Room(0, Now.AddMinutes(9)));
        Assert.Equal(4, receiver.Room(0, Now.AddMinutes(10)));
    }
}
