using Bot.Core.Webhooks;

namespace Bot.Core.Tests.Webhooks;

public sealed class WebhookRetriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);
    private static readonly WebhookAnswer Failed = new(500);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5 * 60)]
    [InlineData(3, 30 * 60)]
    [InlineData(4, 2 * 3_600)]
    [InlineData(5, 5 * 3_600)]
    [InlineData(6, 10 * 3_600)]
    [InlineData(7, 14 * 3_600)]
    [InlineData(8, 20 * 3_600)]
    [InlineData(9, 24 * 3_600)]
    public void Each_pause_is_that_of_the_plan_and_up_to_a_tenth_longer(int attempts, int seconds)
    {
        var shares = Enumerable.Range(0, 1_000)
            .Select(id => (Assert.IsType<WebhookFate.Again>(WebhookRetries.After(Failed, id * 4_096L, attempts, Now, Now)).At - Now).TotalSeconds / seconds).ToList();

        Assert.All(shares, share => Assert.InRange(share, 1, 1.1));
        Assert.InRange(shares.Min(), 1, 1.01);
        Assert.InRange(shares.Max(), 1.09, 1.1);
    }

    [Fact]
    public void The_tenth_failure_is_the_last() => Assert.IsType<WebhookFate.Dead>(WebhookRetries.After(Failed, 1, 10, Now, Now));

    [Fact]
    public void All_tries_together_take_less_than_what_is_given_up_for_its_age()
    {
        var at = Now;
        for (var attempts = 1; attempts <= WebhookRetries.Pauses.Length; attempts++)
        {
            at = Assert.IsType<WebhookFate.Again>(WebhookRetries.After(Failed, long.MaxValue, attempts, Now, at)).At;
        }

        Assert.InRange(at - Now, TimeSpan.FromDays(3), WebhookRetries.GivenUpAfter);
    }

    [Fact]
    public void What_has_waited_for_four_days_is_given_up_at_its_next_failure()
    {
        Assert.IsType<WebhookFate.Again>(WebhookRetries.After(Failed, 1, 2, Now.AddDays(-4).AddSeconds(1), Now));
        Assert.IsType<WebhookFate.Dead>(WebhookRetries.After(Failed, 1, 2, Now.AddDays(-4), Now));
        Assert.IsType<WebhookFate.Delivered>(WebhookRetries.After(new WebhookAnswer(200), 1, 2, Now.AddDays(-4), Now));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(299, true)]
    [InlineData(199, false)]
    [InlineData(301, false)]
    [InlineData(302, false)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(500, false)]
    public void Only_2xx_is_taken_and_all_else_is_tried_again(int status, bool isTaken) =>
        Assert.Equal(isTaken ? typeof(WebhookFate.Delivered) : typeof(WebhookFate.Again), WebhookRetries.After(new WebhookAnswer(status), 1, 1, Now, Now).GetType());

    [Fact]
    public void Gone_is_dead_at_once() => Assert.IsType<WebhookFate.Dead>(WebhookRetries.After(new WebhookAnswer(410), 1, 1, Now, Now));

    [Fact]
    public void No_answer_is_tried_again() => Assert.IsType<WebhookFate.Again>(WebhookRetries.After(new WebhookAnswer(null, "timeout"), 1, 1, Now, Now));

    [Theory]
    [InlineData(429, 3_600, 3_600)]
    [InlineData(503, 3_600, 3_600)]
    [InlineData(503, 999_999, 86_400)]
    [InlineData(500, 3_600, 5)]
    [InlineData(429, 1, 5)]
    [InlineData(429, -1, 5)]
    public void A_wait_that_429_and_503_ask_for_is_granted_up_to_a_day_and_never_shortens_the_pause(int status, int asked, int seconds) =>
        Assert.InRange(Assert.IsType<WebhookFate.Again>(WebhookRetries.After(new WebhookAnswer(status, RetryAfter: TimeSpan.FromSeconds(asked)), 1, 1, Now, Now)).At - Now,
            TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds * 1.1));
}
