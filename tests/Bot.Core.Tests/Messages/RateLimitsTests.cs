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

        var waits = Enumerable.Range(0, 22).Select(_ => limits.Take(Chat(1), MessageKind.Reply, TimeSpan.Zero).Wait).ToList();

        Assert.All(waits.Take(20), wait => Assert.Equal(TimeSpan.Zero, wait));
        Assert.All(waits.Skip(20), wait => Assert.Equal(Second, wait));
        Assert.Equal(TimeSpan.Zero, limits.Take(Chat(1), MessageKind.Reply, Second).Wait);
        Assert.NotEqual(TimeSpan.Zero, limits.Take(Chat(1), MessageKind.Reply, Second).Wait);
    }

    [Fact]
    public void Replies_to_many_chats_are_not_held_by_one_another()
    {
        var limits = new RateLimits(new RateLimitOptions());

        Assert.All(Enumerable.Range(0, 10_000), chat => Assert.Equal(TimeSpan.Zero, limits.Take(Chat(chat), MessageKind.Reply, TimeSpan.Zero).Wait));
    }

    [Theory]
    [InlineData(MessageKind.Service)]
    [InlineData(MessageKind.Marketing)]
    public void Never_more_than_the_bulk_limit_in_any_sliding_second_and_hardly_less(MessageKind kind)
    {
        var departures = Departures(new RateLimits(new RateLimitOptions()), kind, 600, TimeSpan.Zero);

        Assert.All(departures, start => Assert.InRange(departures.Count(at => at >= start && at < start + Second), 1, 30));
        Assert.InRange(600 / departures[^1].TotalSeconds, 30 * 0.97, 30);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 500)]
    public void Who_asks_late_now_and_then_makes_up_for_it_without_going_over(int late, int every)
    {
        var random = new Random(late);
        var departures = Departures(new RateLimits(new RateLimitOptions()), MessageKind.Marketing, 600, TimeSpan.Zero,
            chat => TimeSpan.FromMilliseconds(chat % every == 0 ? random.Next(late * 2) : 0));

        Assert.All(departures, start => Assert.InRange(departures.Count(at => at >= start && at < start + Second), 1, 30));
        Assert.InRange(600 / departures[^1].TotalSeconds, 30 * 0.97, 30);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(700)]
    public void What_is_held_up_on_its_way_does_not_depart_all_at_once(int stall)
    {
        // The disk stalls now and then: whoever is being claimed then, and who follows, is late.
        var limits = new RateLimits(new RateLimitOptions());
        var (now, free, departures) = (TimeSpan.Zero, TimeSpan.Zero, new List<TimeSpan>());
        for (var chat = 0; chat < 900; chat++)
        {
            Pass pass;
            while ((pass = limits.Take(Chat(chat), MessageKind.Marketing, now)).Wait > TimeSpan.Zero)
            {
                now += pass.Wait;
            }

            free = (free > now ? free : now) + TimeSpan.FromMilliseconds(chat % 90 == 89 ? stall : 1);
            departures.Add(limits.Depart(Chat(chat), pass.Departure, free));
        }

        Assert.All(departures, start => Assert.InRange(departures.Count(at => at >= start && at < start + Second), 1, 30));
        Assert.InRange(900 / departures[^1].TotalSeconds, stall == 100 ? 30 * 0.96 : 20, 30);
    }

    [Fact]
    public void Bulk_takes_what_the_replies_leave()
    {
        var limits = new RateLimits(new RateLimitOptions());
        for (var chat = 0; chat < 25; chat++)
        {
            limits.Take(Chat(chat), MessageKind.Reply, TimeSpan.Zero);
        }

        Assert.Equal(5, Departures(limits, MessageKind.Marketing, 30, TimeSpan.Zero).Count(at => at < Second));
    }

    [Fact]
    public void Marketing_is_let_through_early_enough_to_be_claimed_and_departs_when_it_should()
    {
        var limits = new RateLimits(new RateLimitOptions());
        limits.Take(Chat(1), MessageKind.Marketing, TimeSpan.Zero);

        var pass = limits.Take(Chat(2), MessageKind.Marketing, TimeSpan.Zero);

        Assert.Equal(TimeSpan.Zero, pass.Wait);
        Assert.Equal(34, pass.Departure.TotalMilliseconds, 1);
    }

    [Fact]
    public void Bulk_to_one_chat_is_one_a_second()
    {
        var limits = new RateLimits(new RateLimitOptions());

        Assert.Equal(TimeSpan.Zero, limits.Take(Chat(1), MessageKind.Service, TimeSpan.Zero).Wait);
        Assert.InRange(limits.Take(Chat(1), MessageKind.Service, TimeSpan.Zero).Wait, Second, Second * 1.1);
    }

    [Fact]
    public void A_group_gets_twenty_a_minute()
    {
        var limits = new RateLimits(new RateLimitOptions());
        var taken = Enumerable.Range(0, 120).Count(at => limits.Take(Chat(-5), MessageKind.Reply, at * Second / 2).Wait == TimeSpan.Zero);

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

        for (var reply = 0; reply < 20; reply++)
        {
            limits.Take(Chat(1_000), MessageKind.Reply, TimeSpan.Zero);
        }

        limits.Take(Chat(5_000), MessageKind.Reply, TimeSpan.FromSeconds(6));

        // All but the last one and the one that has used up its burst.
        Assert.Equal(2, limits.Chats);
        limits.Take(Chat(5_000), MessageKind.Reply, TimeSpan.FromSeconds(30));
        Assert.Equal(1, limits.Chats);
    }

    private static List<TimeSpan> Departures(RateLimits limits, MessageKind kind, int count, TimeSpan start, Func<int, TimeSpan>? late = null)
    {
        var departures = new List<TimeSpan>();
        var now = start;
        for (var chat = 0; chat < count; chat++)
        {
            now += late?.Invoke(chat) ?? TimeSpan.Zero;
            Pass pass;
            while ((pass = limits.Take(Chat(1_000 + chat), kind, now)).Wait > TimeSpan.Zero)
            {
                now += pass.Wait;
            }

            departures.Add(pass.Departure);
        }

        return departures;
    }

    private static ChatAddress Chat(long id) => new(ChatAddress.Telegram, 1000, id);
}
