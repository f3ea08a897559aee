using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Sequences;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Expressions;

public sealed class PastValuesTests
{
    private static readonly Vocabulary OfAll = Someone.Vocabulary with { BareFields = true, IsOfAnyChat = true, Segments = SegmentTrees.None };

    [Theory]
    [InlineData("purchases.count = 3", true)]
    [InlineData("purchases.count(60d) = 3", true)]
    [InlineData("purchases.count(3d) = 0", true)]
    [InlineData("purchases.sum = 5000", true)]
    [InlineData("purchases.sum(10d) = 1000.5", true)]
    [InlineData("purchases.sum(3d) = 0", true)]
    [InlineData("purchases.average = 1666.6667", true)]
    [InlineData("purchases.average(10d) = 1000.5", true)]
    [InlineData("purchases.average(3d)", false)]
    [InlineData("purchases.last = ago(4d)", true)]
    [InlineData("messages.ignored = 2", true)]
    public void Purchases_and_ignored_messages_can_be_asked_for(string source, bool holds) =>
        Assert.Equal(holds, Someone.Expression(source).Holds(Someone.Scope(profile: Buyer, facts: Answers)));

    [Theory]
    [InlineData("purchases.count = 0 and purchases.count(9d) = 0", true)]
    [InlineData("purchases.sum = 0 and purchases.sum(9d) = 0", true)]
    [InlineData("purchases.average or purchases.last", false)]
    public void Of_who_never_bought_nothing_is_asked_of_the_database(string source, bool holds)
    {
        var scope = Someone.Scope();

        Assert.Equal(holds, Someone.Expression(source).Holds(scope));
        Assert.Empty(scope.Missing);
    }

    [Fact]
    public void What_was_bought_before_a_sequence_began_does_not_count_for_its_goal()
    {
        var scope = new Scope(Someone.Content, new(Buyer, Someone.Chat, null), Someone.Values, Facts.None, "ru", Someone.Now) { Since = Someone.Now.AddDays(-3) };

        Assert.True(Someone.Expression("purchases.count = 0 and purchases.sum = 0 and not purchases.average and not purchases.last").Holds(scope));
        Assert.Empty(scope.Missing);
    }

    [Fact]
    public void A_purchase_ends_the_sequence_whose_goal_it_is_in_the_same_turn()
    {
        var goal = Expression.Parse("purchases.sum >= 1000 and purchases.count(30d) = 2", OfAll).Result;
        var sequence = new Sequence("welcome", MessageKind.Service, null, null, goal, null, true, [new("hello", TimeSpan.FromDays(9), null, new Outreach([], null, null, []))]);
        var content = Someone.Content with { Sequences = Someone.Content.Sequences.SetItem(sequence.Id, sequence) };
        var began = Someone.Now.AddDays(-20);
        var profile = Buyer with { Sequences = Buyer.Sequences.SetItem(sequence.Id, new(new(5), sequence.Id, Someone.Chat.Id, began, "hello", null)) };
        var since = began.AddMilliseconds(1);
        var facts = ImmutableDictionary<Query, Fact?>.Empty.Add(new Query.PurchaseExists("p"), new Value.Boolean(false))
            .Add(new Query.PurchaseCount(since), new Value.Number(1)).Add(new Query.PurchaseSum(since), new Value.Number(200));

        var (paidEnough, paidLittle) = (Bought(800), Bought(799.99m));

        Assert.Equal(SequenceEnd.Goal, paidEnough.After.Profile!.Sequences["welcome"].End);
        Assert.Null(paidLittle.After.Profile!.Sequences["welcome"].End);

        TurnResult.Outcome Bought(decimal amount) => Assert.IsType<TurnResult.Outcome>(Turn.Run(content, new(profile, Someone.Chat, null),
            new(facts), new Input.Bought(Someone.Chat.Address, new("p", amount)), Someone.Now, Some.Ids()));
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void In_for_a_consent_counts_from_any_chat_that_can_be_written_to(bool isOtherBlocked, bool isNever, bool holds)
    {
        var profile = Someone.Anna with { BlockedChats = isOtherBlocked ? [new(8)] : [], Consents = isNever ? [] : Someone.Anna.Consents };
        var asked = Expression.Parse("consent(marketing)", OfAll).Result!;

        Assert.Equal(holds, asked.Holds(Someone.Scope(profile: profile)));
        Assert.False(Someone.Expression("consent(marketing)").Holds(Someone.Scope(profile: profile)));
    }

    [Fact]
    public void In_for_a_consent_from_this_chat_counts_until_it_is_blocked()
    {
        var profile = Someone.Anna with { Consents = [new ConsentInForce("marketing", Someone.Chat.Id)] };
        var asked = Expression.Parse("consent(marketing)", OfAll).Result!;

        Assert.True(asked.Holds(new(Someone.Content, new(profile, Someone.Chat, null), Someone.Values, Facts.None, "ru", Someone.Now)));
        Assert.False(asked.Holds(new(Someone.Content, new(profile, Someone.Chat with { BlockedAt = Someone.Now }, null), Someone.Values, Facts.None, "ru", Someone.Now)));
    }

    [Fact]
    public void A_value_that_was_kept_before_its_field_was_declared_anew_is_missing()
    {
        var profile = Someone.Anna with { Fields = Someone.Anna.Fields.SetItem("visits", new Value.Text("3")) };

        Assert.True(Someone.Expression("not profile.visits and not profile.visits = 3").Holds(Someone.Scope(profile: profile)));
    }

    private static Profile Buyer { get; } = Someone.Anna with
    {
        Events = Someone.Anna.Events.Add(BuiltInEvents.Purchase, new(3, Someone.Now.AddDays(-50), Someone.Now.AddDays(-4))),
    };

    private static Facts Answers { get; } = new(new Dictionary<Query, Fact?>
    {
        [new Query.PurchaseSum(DateTimeOffset.MinValue)] = new Value.Number(5000),
        [new Query.PurchaseSum(Someone.Now.AddDays(-10))] = new Value.Number(1000.5m),
        [new Query.PurchaseCount(Someone.Now.AddDays(-10))] = new Value.Number(1),
        [new Query.MarketingSince(Someone.Anna.LastActive)] = new Value.Number(2),
    }.ToImmutableDictionary());
}
