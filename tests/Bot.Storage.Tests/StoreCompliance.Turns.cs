using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Consents;
using Bot.Core.Conversations;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Turns;
using Bot.Storage.Json;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

public abstract partial class StoreCompliance
{
    private static readonly Wording Wording = new("abc123", "ru", "Согласен на обработку", "Согласен");

    [Fact]
    public void A_chat_that_nobody_wrote_in_starts_from_nothing() => Assert.Equal(Snapshot.None, Load());

    [Fact]
    public void A_turn_that_leaves_nothing_writes_nothing()
    {
        Apply(before => before, new Effect.Acknowledge(new Acknowledgement(Some.Address(), "callback", "no longer valid", null)));

        Assert.Equal(0, Count("profiles"));
        Assert.Equal(Snapshot.None, Load());
    }

    [Fact]
    public void Effects_without_a_profile_are_a_fault_of_the_turn() =>
        Assert.Throws<InvalidOperationException>(() => Apply(before => before, Some.Say()));

    [Fact]
    public void What_a_turn_leaves_is_what_the_next_one_starts_from()
    {
        var customer = Some.NewCustomer(Store);
        var after = new Snapshot(
            customer.Profile! with
            {
                LastActive = Some.Noon.AddSeconds(5),
                FirstSource = "vk",
                LastSource = "qr-1",
                Fields = Some.Values(),
                Tags = ["vip", "Новый клиент"],
                Consents =
                [
                    new ConsentInForce(Purpose.PersonalData, customer.Chat!.Id),
                    new ConsentInForce(Purpose.Marketing, customer.Chat.Id),
                ],
                Events = ImmutableDictionary<string, EventStatistics>.Empty.Add("opened", new(3, Some.Noon, Some.Noon.AddDays(2))),
            },
            customer.Chat with { BlockedAt = Some.Noon.AddHours(1), HasKeyboard = true },
            Some.Conversation(Store));

        Apply(_ => after);
        Reopen();

        AssertSame(after, Load());
    }

    [Theory]
    [InlineData("999999999999999", "922337203685477")]
    [InlineData("-79228162514264337593543950335", "-922337203685477")]
    [InlineData("0.00005", "0.0001")]
    public void A_number_that_cannot_be_kept_costs_no_turn_and_becomes_the_nearest_that_can(string number, string kept)
    {
        ApplyNew();
        var given = new Value.Number(decimal.Parse(number, CultureInfo.InvariantCulture));

        Apply(
            before => before with { Profile = before.Profile! with { Fields = before.Profile.Fields.Add("visits", given) } },
            new Effect.Record("counted", [KeyValuePair.Create<string, Value>("n", given)]));

        Reopen();
        Assert.Equal(new Value.Number(decimal.Parse(kept, CultureInfo.InvariantCulture)), Load().Profile!.Fields["visits"]);
    }

    [Fact]
    public void What_a_turn_takes_away_is_gone_for_the_next_one()
    {
        ApplyNew();
        Apply(before => before with
        {
            Profile = before.Profile! with
            {
                Fields = Some.Values(),
                Tags = ["a", "b"],
                Consents = [new ConsentInForce("x", before.Chat!.Id)],
            },
        });

        var after = Apply(before => before with
        {
            Profile = before.Profile! with
            {
                Fields = before.Profile.Fields.Clear().Add("value-0", new Value.Text("changed")),
                Tags = ["b", "c"],
                Consents = [],
            },
        });

        Assert.Equal(new Value.Text("changed"), Assert.Single(after.Profile!.Fields).Value);
        Assert.Equal(["b", "c"], after.Profile.Tags.Order());
        Assert.Empty(after.Profile.Consents);
    }

    [Fact]
    public void A_turn_that_changes_nothing_leaves_everything_as_it_was()
    {
        ApplyNew();
        var before = Apply(snapshot => snapshot with { Conversation = Some.Conversation(Store) });

        AssertSame(before, Apply(snapshot => snapshot));
    }

    [Fact]
    public void Chats_of_two_customers_are_kept_apart()
    {
        InTransaction(transaction => transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store, 1), Some.Say()), Some.Noon));
        InTransaction(transaction => transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store, 2), Some.Say()), Some.Noon));

        Assert.NotEqual(Load(Some.Address(1)).Profile!.Id, Load(Some.Address(2)).Profile!.Id);
        Assert.Equal(Snapshot.None, Load(Some.Address(1) with { Bot = 1001 }));
        Assert.Equal(Snapshot.None, Load(Some.Address(1) with { Channel = "web" }));
    }

    [Fact]
    public void A_chat_keeps_its_customer_at_a_new_address()
    {
        var before = ApplyNew();

        Apply(snapshot => snapshot with { Chat = snapshot.Chat! with { Address = Some.Address(-100_123) } });

        Assert.Equal(before.Profile!.Id, Load(Some.Address(-100_123)).Profile!.Id);
        Assert.Equal(Snapshot.None, Load());
    }

    [Fact]
    public void A_conversation_that_is_over_leaves_its_row_and_no_values()
    {
        ApplyNew();
        var conversation = Apply(before => before with { Conversation = Some.Conversation(Store) }).Conversation!;

        var after = Apply(before => before with { Conversation = null },
            new Effect.CloseConversation(conversation.Id, "lead-magnet", "thanks", ConversationEnd.Finished));

        Assert.Null(after.Conversation);
        Assert.Equal(1, Count("conversations WHERE state = 'thanks' AND ended = 0 AND ended_at IS NOT NULL AND content IS NULL"));
    }

    [Fact]
    public void A_new_conversation_takes_the_place_of_the_one_in_front()
    {
        ApplyNew();
        var first = Apply(before => before with { Conversation = Some.Conversation(Store) }).Conversation!;

        var second = Apply(before => before with { Conversation = Some.Conversation(Store, "survey", "score") },
            new Effect.CloseConversation(first.Id, "lead-magnet", "contact", ConversationEnd.Left)).Conversation!;

        Assert.Equal("survey", second.Top.Dialog);
        Assert.Equal(1, Count("conversations WHERE ended = 1"));
        Assert.Equal(2, Count("conversations"));
    }

    [Fact]
    public void A_conversation_that_begins_and_ends_in_one_turn_is_on_record()
    {
        ApplyNew(new Effect.CloseConversation(new ConversationId(Store.Ids.Next()), "points", "balance", ConversationEnd.Finished));

        Assert.Equal(1, Count("conversations WHERE dialog = 'points' AND ended = 0"));
    }

    [Fact]
    public void A_conversation_cannot_vanish_without_being_closed()
    {
        ApplyNew();
        Apply(before => before with { Conversation = Some.Conversation(Store) });

        Assert.Throws<InvalidOperationException>(() => Apply(before => before with { Conversation = null }));
        Assert.NotNull(Load().Conversation);
    }

    [Fact]
    public void Consents_given_and_withdrawn_stay_on_record_with_their_wording()
    {
        ApplyNew(
            new Effect.GiveConsent(Purpose.Marketing, Wording, "button"),
            new Effect.GiveConsent(Purpose.PersonalData, Wording, "button"));
        Apply(before => before with
        {
            Profile = before.Profile! with { Consents = [new ConsentInForce(Purpose.Marketing, before.Chat!.Id)] },
        });

        Apply(
            before => before with { Profile = before.Profile! with { Consents = [] } },
            new Effect.WithdrawConsent(Purpose.Marketing, "stop"));

        Assert.Equal(2, Count("consents WHERE given = 1 AND wording_hash = 'abc123'"));
        Assert.Equal(1, Count("consents WHERE given = 0 AND source = 'stop'"));
        Assert.Equal(1, Count("wordings"));
        Assert.Equal("Согласен", Scalar("SELECT label FROM wordings"));
        Assert.Equal(0, Count("consents_in_force"));
    }

    [Fact]
    public void A_refusal_is_on_record_even_where_nothing_was_in_force()
    {
        ApplyNew(new Effect.WithdrawConsent(Purpose.Marketing, "stop"));

        Assert.Equal(1, Count("consents WHERE given = 0"));
    }

    [Fact]
    public void Events_keep_numbers_beside_them_and_texts_where_they_can_be_cleared()
    {
        ApplyNew(new Effect.Record("survey.done", [.. Some.Values()]));

        Assert.Equal(1, Count("events"));
        Assert.Equal(8, Count("event_numbers"));
        Assert.Equal(8, Count("event_texts"));
    }

    [Fact]
    public void Events_are_counted_since_a_moment()
    {
        var customer = ApplyNew(new Effect.Record("opened", []), new Effect.Record("opened", []), new Effect.Record("closed", []));

        Assert.Equal([2m, 0m, 0m], InTransaction(transaction => new[]
        {
            CountOf(transaction, Some.Noon, customer.Profile!.Id),
            CountOf(transaction, Some.Noon.AddMilliseconds(1), customer.Profile.Id),
            CountOf(transaction, Some.Noon, new ProfileId(1)),
        }));

        static decimal CountOf(WriteTransaction transaction, DateTimeOffset since, ProfileId profile) =>
            ((Value.Number)transaction.Answer(new Query.EventCount("opened", since), profile, Some.Noon)!).Amount;
    }

    [Fact]
    public void Text_is_stored_with_a_copy_for_comparing()
    {
        ApplyNew();

        Apply(before => before with
        {
            Profile = before.Profile! with { Fields = before.Profile.Fields.Add("city", new Value.Text("  НАБЕРЕЖНЫЕ  Чёлны ")) },
        });

        Assert.Equal("набережные челны", Scalar("SELECT folded FROM profile_fields"));
    }

    [Fact]
    public void Half_a_surrogate_pair_does_not_make_a_customer_unreadable()
    {
        var broken = new Value.Text("a\ud83d");
        ApplyNew(Some.Say("x\ud83dy"));

        var after = Apply(before => before with
        {
            Profile = before.Profile! with { Fields = before.Profile.Fields.Add("name", broken) },
            Conversation = Some.Conversation(Store) with { Frames = [new Frame("d", "s", before.Profile.Fields.Add("name", broken), [])] },
        });

        Assert.Equal(new Value.Text("a\ufffd"), after.Profile!.Fields["name"]);
        Assert.Equal(new Value.Text("a\ufffd"), after.Conversation!.Top.Values["name"]);
        Assert.Equal("x\ufffdy", Assert.Single(Store.Pending(default, 10)).Body.Html);
    }

    private static void AssertSame(Snapshot expected, Snapshot actual)
    {
        Assert.Equal(expected.Chat, actual.Chat);
        Assert.Equal(Plain(expected.Profile!), Plain(actual.Profile!));
        Assert.Equal(expected.Profile!.Fields.OrderBy(field => field.Key), actual.Profile!.Fields.OrderBy(field => field.Key));
        Assert.Equal(expected.Profile.Tags.Order(), actual.Profile.Tags.Order());
        Assert.True(expected.Profile.Consents.SetEquals(actual.Profile.Consents));
        Assert.Equal(expected.Profile.Events.OrderBy(pair => pair.Key), actual.Profile.Events.OrderBy(pair => pair.Key));
        Assert.Equal(Json(expected.Conversation), Json(actual.Conversation));

        static object Plain(Profile profile) =>
            (profile.Id, profile.CreatedAt, profile.LastActive, profile.FirstSource, profile.LastSource);

        static byte[] Json(Conversation? conversation) => conversation is null ? [] : StoredJson.Write(conversation);
    }
}
