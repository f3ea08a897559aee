using Bot.Core.Chats;
using Bot.Core.Messages;

namespace Bot.Core.Tests.Messages;

public sealed class RateLimitsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Twenty_replies_to_one_chat_go_at_once_and_then_one_a_second()
    {
        var limits = new RateLimits(new RateLimitOptions());

        var waits = Enumerable.Range(0, 22).Select(_ => limits.Take(Chat(1), MessageKind.Reply, TimeSpan.Zero)).ToList();

        Assert.All(waits.Take(20), wait => Assert.Equal(TimeSpan.Zero, wait));
        Assert.All(waits.Skip(20), wait => Assert.Equal(Second, wait));
        Assert.Equal(TimeSpan.Zero, limits.Take(Chat(1), MessageKind.Reply, Second));
        Assert.NotEqual(TimeSpan.Zero, limits.Take(Chat(1), MessageKind.Reply, Second));
    }

    [Fact]
    public void Replies_to_many_chats_are_not_held_by_one_another()
    {
        var limits = new RateLimits(new RateLimitOptions());

        Assert.All(Enumerable.Range(0, 10_000), chat => Assert.Equal(TimeSpan.Zero, limits.Take(Chat(chat), MessageKind.Reply, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData(MessageKind.Service)]
    [InlineData(MessageKind.Marketing)]
    public void Never_more_than_the_bulk_limit_in_any_sliding_second(MessageKind kind)
    {
        var limits = new RateLimits(new RateLimitOptions());
        var sent = new List<TimeSpan>();
        var now = TimeSpan.Zero;
        for (var chat = 0; chat < 200; chat++)
        {
            for (var wait = limits.Take(Chat(chat), kind, now); wait > TimeSpan.Zero; wait = limits.Take(Chat(chat), kind, now))
            {
                now += wait;
            }

            sent.Add(now);
        }

        Assert.All(sent, start => Assert.InRange(sent.Count(at => at >= start && at < start + Second), 1, 30));
        Assert.InRange(now, TimeSpan.FromSeconds(5.5), TimeSpan.FromSeconds(7.5));
    }

    [Fact]
    public void Bulk_takes_what_the_replies_leave()
    {
        var limits = new RateLimits(new RateLimitOptions());
        for (var chat = 0; chat < 25; chat++)
        {
            limits.Take(Chat(chat), MessageKind.Reply, TimeSpan.Zero);
        }

        var bulk = Enumerable.Range(100, 30).Count(chat => limits.Take(Chat(chat), MessageKind.Marketing, TimeSpan.Zero) == TimeSpan.Zero);

        Assert.Equal(5, bulk);
    }

    [Fact]
    public void Bulk_to_one_chat_is_one_a_second()
    {
        var limits = new RateLimits(new RateLimitOptions());

        Assert.Equal(TimeSpan.Zero, limits.Take(Chat(1), MessageKind.Service, TimeSpan.Zero));
        Assert.InRange(limits.Take(Chat(1), MessageKind.Service, TimeSpan.Zero), Second, Second * 1.1);
    }

    [Fact]
    public void A_group_gets_twenty_a_minute()
    {
        var limits = new RateLimits(new RateLimitOptions());
        var taken = Enumerable.Range(0, 120).Count(at => limits.Take(Chat(-5), MessageKind.Reply, at * Second / 2) == TimeSpan.Zero);

        Assert.Equal(20, taken);
    }

    [Fact]
    public void Chats_at_rest_are_forgotten()
    {
        var limits = new RateLimits(new RateLimitOptions());
        for (var chat = 0; chat < 1_000; chat++)
        {
            limits.Take(Chat(chat), MessageKind.Reply, TimeSpan.Zero);
        }

        limits.Take(Chat(5_000), MessageKind.Reply, TimeSpan.FromMinutes(5));

        Assert.Equal(1, limits.Chats);
    }

    private static ChatAddress Chat(long id) => new(ChatAddress.Telegram, 1000, id);
}
