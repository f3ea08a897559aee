using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Turns;
using Bot.Storage.Segments;
using Bot.Storage.Tests.Segments;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

public abstract partial class StoreCompliance
{
    private static readonly SweepScope Everywhere = new("win-back", null, "Europe/Moscow", IsBusinessZone: true);

    [Fact]
    public void A_sweep_goes_through_everybody_in_pages_and_ends()
    {
        var customers = Enumerable.Range(1, 25).Select(n => AddCustomer(n).Profile!.Id).ToList();

        var pages = Sweep(null, Everywhere, limit: 10);

        Assert.Equal([10, 10, 5], pages.Select(page => page.Matches.Length));
        Assert.Equal(customers, pages.SelectMany(page => page.Matches).Select(match => match.Profile));
        Assert.Equal(customers[9], pages[0].Cursor);
    }

    [Fact]
    public void A_page_that_ends_with_the_last_customer_is_the_last_page()
    {
        AddCustomer(1);
        AddCustomer(2);

        Assert.Null(Assert.Single(Sweep(null, Everywhere, limit: 2)).Cursor);
    }

    [Fact]
    public void Where_there_is_nobody_a_sweep_ends_at_once()
    {
        Assert.Equal(new SegmentPage([], null), Store.Segments.Page(null, Conditions.Content.Settings, Some.Noon, Everywhere, new ProfileId(0), 10));
        Assert.Equal(0, Store.Segments.Count(Conditions.Parse("true"), Conditions.Content.Settings, Some.Noon));
    }

    [Fact]
    public void A_sweep_names_the_newest_chat_that_can_be_written_to()
    {
        var first = AddCustomer(1);
        var second = AddChat(first, 2);
        AddChat(second, 3, blockedAt: Some.Noon);

        Assert.Equal(second.Chat!.Id, Assert.Single(Matches(Everywhere)).Chat);
    }

    [Fact]
    public void Who_blocked_the_bot_everywhere_is_counted_and_not_swept()
    {
        AddCustomer(1, blockedAt: Some.Noon);

        Assert.Empty(Matches(Everywhere));
        Assert.Equal(1, Store.Segments.Count(Conditions.Parse("not event(visit)"), Conditions.Content.Settings, Some.Noon));
    }

    [Fact]
    public void A_sweep_leaves_out_for_whom_the_automation_ran_later_than_its_peace()
    {
        var left = AddCustomer(1);
        var again = AddCustomer(2);
        var other = AddCustomer(3);
        Note(left, "win-back", Some.Noon.AddMilliseconds(1));
        Note(again, "win-back", Some.Noon);
        Note(other, "birthday", Some.Noon.AddDays(1));

        Assert.Equal([again.Profile!.Id, other.Profile!.Id], Matches(Everywhere with { RanBy = Some.Noon }).Select(match => match.Profile));
    }

    [Fact]
    public void A_sweep_is_of_one_zone_and_the_business_s_has_those_of_whom_no_zone_is_known()
    {
        var none = AddCustomer(1).Profile!.Id;
        var wrong = AddCustomer(2, zone: "Mars/Olympus").Profile!.Id;
        var here = AddCustomer(3, zone: "Europe/Moscow").Profile!.Id;
        var there = AddCustomer(4, zone: "Asia/Omsk").Profile!.Id;

        Assert.Equal([none, wrong, here], Matches(Everywhere).Select(match => match.Profile));
        Assert.Equal([there], Matches(Everywhere with { Zone = "Asia/Omsk", IsBusinessZone = false }).Select(match => match.Profile));
    }

    [Fact]
    public void What_a_condition_brings_along_is_never_read_as_SQL()
    {
        AddCustomer(1);
        var condition = Conditions.Parse("not name = \"'; DROP TABLE profiles; --\"");

        Assert.Equal(1, Store.Segments.Count(condition, Conditions.Content.Settings, Some.Noon));
        Assert.Equal(1, Count("profiles"));
    }

    [Theory]
    [InlineData("not ", "tags has \"vip\"", 31)]
    [InlineData("(", "tags has \"vip\"", 31)]
    [InlineData("phone or ", "not phone", 400)]
    [InlineData("phone and ", "phone", 390)]
    [InlineData("segment(guests) or ", "not phone", 25)]
    public void The_largest_conditions_can_be_asked_of_the_database(string part, string last, int times)
    {
        AddCustomer(1);
        var source = string.Concat(Enumerable.Repeat(part, times)) + last + (part == "(" ? new string(')', times) : "");
        var condition = Conditions.Parse(source);

        Assert.InRange(Store.Segments.Count(condition, Conditions.Content.Settings, Some.Noon), 0, 1);
    }

    [Fact]
    public void Segments_stacked_as_high_as_can_be_can_be_asked_of_the_database()
    {
        AddCustomer(1);
        var tree = Conditions.Parse("phone").Tree;
        Expression? highest = null;
        while (true)
        {
            var vocabulary = Conditions.Vocabulary with { Segments = new(ImmutableDictionary<string, Node?>.Empty.Add("below", tree), AreAll: true) };
            if (Expression.Parse("(not (not segment(below) or phone) = true)", vocabulary).Result is not { } above)
            {
                break;
            }

            (highest, tree) = (above, above.Tree);
        }

        Assert.InRange(Store.Segments.Count(highest!, Conditions.Content.Settings, Some.Noon), 0, 1);
    }

    private ImmutableArray<SegmentMatch> Matches(SweepScope scope) => Assert.Single(Sweep(null, scope, limit: 100)).Matches;

    private List<SegmentPage> Sweep(Expression? condition, SweepScope scope, int limit)
    {
        var pages = new List<SegmentPage>();
        for (ProfileId? after = new ProfileId(0); after is { } from; after = pages[^1].Cursor)
        {
            pages.Add(Store.Segments.Page(condition, Conditions.Content.Settings, Some.Noon, scope, from, limit));
        }

        return pages;
    }

    private Snapshot AddCustomer(long address, string? zone = null, DateTimeOffset? blockedAt = null)
    {
        var customer = Some.NewCustomer(Store, address);
        return Keep(Snapshot.None, customer with { Chat = customer.Chat! with { Zone = zone, BlockedAt = blockedAt } });
    }

    private Snapshot AddChat(Snapshot customer, long address, DateTimeOffset? blockedAt = null) => Keep(
        customer with { Chat = null },
        customer with { Chat = new Chat(new ChatId(Store.Ids.Next()), customer.Profile!.Id, Some.Address(address), "ru", blockedAt) });

    private void Note(Snapshot customer, string automation, DateTimeOffset at) => InTransaction(transaction =>
        transaction.Apply(customer, Some.Outcome(customer, new Effect.NoteAutomation(automation)), at));

    private Snapshot Keep(Snapshot before, Snapshot after) => InTransaction(transaction =>
    {
        transaction.Apply(before, Some.Outcome(after), Some.Noon);
        return after;
    });
}
