using Bot.Core.Chats;
using Bot.Core.Messages;
using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Messages;

/// <summary>The table of what happens when a send goes wrong.</summary>
public sealed class SendRulesTests
{
    [Fact]
    public void What_the_channel_has_is_sent()
    {
        var result = Assert.IsType<SendResult.Finished>(After(MessageKind.Reply, new SendOutcome.Sent(7)));

        Assert.Equal((DeliveryStatus.Sent, 7), (result.Status, result.MessageId));
    }

    [Theory]
    [InlineData(MessageKind.Reply)]
    [InlineData(MessageKind.Service)]
    public void A_lost_answer_is_tried_again_and_counted_as_a_possible_duplicate(MessageKind kind)
    {
        var result = Assert.IsType<SendResult.Postponed>(After(kind, new SendOutcome.Unknown("reset")));

        Assert.True(result.Next.IsMaybeSent);
        Assert.Equal(Some.Now + TimeSpan.FromSeconds(1), result.Next.NotBefore);
    }

    [Fact]
    public void A_lost_answer_to_marketing_is_never_tried_again() =>
        Assert.Equal(DeliveryStatus.Unknown, Assert.IsType<SendResult.Finished>(After(MessageKind.Marketing, new SendOutcome.Unknown("reset"))).Status);

    [Fact]
    public void A_message_whose_fate_stays_uncertain_is_given_up_and_does_not_block_its_chat()
    {
        var message = Some.Message();
        var tries = 0;
        while (SendRules.After(message, new SendOutcome.Unknown("500"), Some.Now) is SendResult.Postponed postponed)
        {
            message = postponed.Next;
            tries++;
        }

        Assert.Equal(SendRules.MaxUncertainTries - 1, tries);
    }

    [Theory]
    [InlineData(MessageKind.Reply)]
    [InlineData(MessageKind.Service)]
    [InlineData(MessageKind.Marketing)]
    public void What_never_left_us_is_tried_again_without_doubt_whatever_its_kind(MessageKind kind)
    {
        var result = Assert.IsType<SendResult.Postponed>(After(kind, new SendOutcome.NotSent("no connection")));

        Assert.False(result.Next.IsMaybeSent);
    }

    [Fact]
    public void Pauses_after_uncertain_tries_grow_to_a_minute()
    {
        var pauses = Enumerable.Range(0, 9)
            .Select(attempts => (SendResult.Postponed)SendRules.After(Some.Message() with { Attempts = attempts }, new SendOutcome.Unknown(""), Some.Now))
            .Select(result => (result.Next.NotBefore!.Value - Some.Now).TotalSeconds);

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], pauses);
    }

    [Fact]
    public void What_cannot_leave_waits_as_long_again_as_it_has_waited_up_to_a_minute()
    {
        var pauses = new[] { 0, 5, 30, 600 }
            .Select(age => (SendResult.Postponed)SendRules.After(Some.Message(), new SendOutcome.NotSent(""), Some.Now.AddSeconds(age)))
            .Select(result => (result.Next.NotBefore!.Value - Some.Now).TotalSeconds);

        Assert.Equal([1, 10, 60, 660], pauses);
    }

    [Fact]
    public void Hours_without_a_network_leave_a_reply_all_its_uncertain_tries()
    {
        var message = Some.Message();
        foreach (var outcome in new SendOutcome[] { new SendOutcome.NotSent("dns"), new SendOutcome.RetryAfter(TimeSpan.FromSeconds(3)), new SendOutcome.Unauthorized("401") })
        {
            message = Enumerable.Range(0, 50).Aggregate(message, (next, _) =>
                ((SendResult.Postponed)SendRules.After(next, outcome, Some.Now.AddHours(1))).Next);
        }

        Assert.IsType<SendResult.Postponed>(SendRules.After(message, new SendOutcome.Unknown("502"), Some.Now.AddHours(1)));
    }

    [Fact]
    public void An_answer_that_could_not_leave_for_a_day_has_lost_its_sense() =>
        Assert.IsType<SendResult.Finished>(SendRules.After(Some.Message(), new SendOutcome.NotSent(""), Some.Now + TimeSpan.FromHours(25)));

    [Theory]
    [InlineData(MessageKind.Reply)]
    [InlineData(MessageKind.Marketing)]
    public void It_waits_exactly_as_long_as_it_is_told(MessageKind kind) =>
        Assert.Equal(Some.Now + TimeSpan.FromSeconds(7),
            Assert.IsType<SendResult.Postponed>(After(kind, new SendOutcome.RetryAfter(TimeSpan.FromSeconds(7)))).Next.NotBefore);

    [Fact]
    public void A_chat_that_moved_gets_the_message_at_its_new_address_at_once()
    {
        var to = new ChatAddress(ChatAddress.Telegram, 1000, -1005);

        var next = Assert.IsType<SendResult.Postponed>(After(MessageKind.Reply, new SendOutcome.Migrated(to))).Next;

        Assert.Equal((to, null), (next.Address, next.NotBefore));
    }

    [Theory]
    [InlineData(MessageKind.Reply)]
    [InlineData(MessageKind.Marketing)]
    public void A_message_that_we_were_not_ready_to_send_waits_and_has_used_up_no_try(MessageKind kind)
    {
        var message = Some.Message(kind) with { Attempts = SendRules.MaxUncertainTries - 1 };

        var result = SendRules.After(message, new SendOutcome.Busy(TimeSpan.FromMilliseconds(500)), Some.Now);

        Assert.Equal(
            message with { NotBefore = Some.Now.AddMilliseconds(500) },
            Assert.IsType<SendResult.Postponed>(result).Next);
    }

    [Fact]
    public void A_refusal_is_final()
    {
        Assert.Equal(DeliveryStatus.Failed, Assert.IsType<SendResult.Finished>(After(MessageKind.Reply, new SendOutcome.Rejected("400"))).Status);
        Assert.Equal(DeliveryStatus.Blocked, Assert.IsType<SendResult.Finished>(After(MessageKind.Reply, new SendOutcome.Blocked("403"))).Status);
    }

    [Fact]
    public void Every_outcome_is_handled() => Assert.All(
        typeof(SendOutcome).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(SendOutcome))),
        type => Assert.NotNull(After(MessageKind.Reply, (SendOutcome)Activator.CreateInstance(type,
            [.. type.GetConstructors()[0].GetParameters().Select(parameter => parameter.ParameterType.IsValueType
                ? Activator.CreateInstance(parameter.ParameterType)
                : "")])!)));

    private static SendResult After(MessageKind kind, SendOutcome outcome) => SendRules.After(Some.Message(kind), outcome, Some.Now);
}
