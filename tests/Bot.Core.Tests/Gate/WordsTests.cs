using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Core.Timers;

namespace Bot.Core.Tests.Gate;

public sealed class WordsTests
{
    [Fact]
    public void Everything_that_can_become_of_a_message_has_words_of_its_own()
    {
        AllDiffer(Enum.GetValues<SkipReason>().Select(Words.Of));
        AllDiffer(Enum.GetValues<WaitReason>().Select(Words.Of));
        AllDiffer(Enum.GetValues<SequenceEnd>().Select(Words.Of));
        AllDiffer(Enum.GetValues<DeliveryStatus>().Select(status => Words.Of(status, null)));
    }

    [Fact]
    public void A_skipped_message_says_why_in_words_whatever_kept_it_back()
    {
        foreach (var reason in Enum.GetValues<SkipReason>())
        {
            Assert.Equal($"not sent: {Words.Of(reason)}", Words.Of(DeliveryStatus.Skipped, reason.ToString()));
        }

        Assert.Equal("not sent: the customer unsubscribed before it went out", Words.Of(DeliveryStatus.Skipped, "unsubscribed"));
        Assert.Equal("not sent: expired by restore", Words.Of(DeliveryStatus.Skipped, "expired by restore"));
    }

    [Fact]
    public void What_the_channel_said_is_passed_on()
    {
        Assert.Contains("(400 wrong)", Words.Of(DeliveryStatus.Failed, "400 wrong"), StringComparison.Ordinal);
        Assert.Contains("(403 deactivated)", Words.Of(DeliveryStatus.Blocked, "403 deactivated"), StringComparison.Ordinal);
        Assert.DoesNotContain('(', Words.Of(DeliveryStatus.Blocked, "blocked"));
    }

    private static void AllDiffer(IEnumerable<string> words)
    {
        var all = words.ToList();
        Assert.All(all, word => Assert.Matches("[a-z]{3}", word));
        Assert.Equal(all.Count, all.Distinct().Count());
    }
}
