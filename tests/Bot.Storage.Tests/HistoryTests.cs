using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Sequences;
using Bot.Core.Timers;
using Bot.Core.Turns;
using Bot.Storage.Automations;
using Bot.Storage.Histories;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

/// <summary>What is read beside a running bot: one customer's history, and the numbers of automations.</summary>
public sealed class HistoryTests : SqliteTest
{
    private static readonly Wording Wording = new("hash", "ru", "Да?", "Да");

    [Theory]
    [InlineData("+79991234567")]
    [InlineData("8 (999) 123-45-67")]
    [InlineData("9991234567")]
    [InlineData("Anna@Example.com")]
    public void A_customer_is_found_by_phone_or_email_however_it_is_written(string who)
    {
        using var store = Open();
        var anna = Add(store, 1, ("phone", "+79991234567"), ("email", "anna@example.com"));
        Add(store, 2, ("phone", "+79991234568"), ("email", "9991234567@example.com"));

        Assert.Equal([anna.Profile!.Id], CustomerHistories.Find(Options, who));
    }

    [Fact]
    public void A_customer_is_found_by_id_and_all_who_share_a_phone_are()
    {
        using var store = Open();
        var (one, other) = (Add(store, 1, ("phone", "+79991234567")), Add(store, 2, ("phone", "+79991234567")));

        Assert.Equal([one.Profile!.Id], CustomerHistories.Find(Options, $"{one.Profile.Id.Value}"));
        Assert.Equal([one.Profile.Id, other.Profile!.Id], CustomerHistories.Find(Options, "+79991234567"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("567")]
    [InlineData("1")]
    [InlineData("nobody@example.com")]
    public void What_is_nobodys_finds_nobody(string who)
    {
        using var store = Open();
        Add(store, 1, ("phone", "+79991234567"));

        Assert.Empty(CustomerHistories.Find(Options, who));
    }

    [Fact]
    public void A_history_tells_what_waits_and_what_became_of_the_latest_messages_of_this_customer()
    {
        using var store = Open();
        var anna = Add(store, 1);
        var timer = new Timer(new TimerId(store.Ids.Next()), Some.Noon.AddHours(3), new TimerCause.Automation("birthday", Some.Noon), WaitReason.QuietHours);
        Apply(store, anna, new Effect.GiveConsent("marketing", Wording, "x"), new Effect.Schedule(timer), Some.Say(),
            Skip("a", SkipReason.NoConsent), Skip("b", SkipReason.Cap), Skip("c", SkipReason.Paused));
        Apply(store, Add(store, 2), Skip("other", SkipReason.Cap), Some.Say());

        var history = CustomerHistories.Of(Options, anna.Profile!.Id, deliveries: 2);

        Assert.Equal(anna.Profile.Id, history.Profile.Id);
        Assert.Equal(anna.Chat!.Id, Assert.Single(history.Chats).Id);
        Assert.Equal((new ConsentInForce("marketing", anna.Chat.Id), Some.Noon), Assert.Single(history.Consents));
        Assert.Equal(timer, Assert.Single(history.Timers));
        Assert.Null(Assert.Single(history.Outbox).Status);
        Assert.Equal([("b", nameof(SkipReason.Cap)), ("c", nameof(SkipReason.Paused))], history.Deliveries.Select(one => (one.Template, one.Reason!)));
    }

    [Fact]
    public void The_ways_through_a_sequence_add_up_and_messages_are_counted_by_what_became_of_them()
    {
        using var store = Open();
        SequenceEnd?[] ends = [null, null, .. Enum.GetValues<SequenceEnd>().Cast<SequenceEnd?>(), SequenceEnd.Goal];
        foreach (var (address, end) in ends.Index())
        {
            var customer = Add(store, address + 1);
            var run = new SequenceRun(new SequenceRunId(store.Ids.Next()), "welcome", customer.Chat!.Id, Some.Noon, "hello", null, end,
                end is null ? null : Some.Noon);
            Apply(store, customer, customer with
            {
                Profile = customer.Profile! with { Sequences = customer.Profile.Sequences.Add("welcome", run) },
            }, Skip("welcome/hello", SkipReason.NoConsent, "sequence:welcome"));
        }

        var welcome = AutomationReader.Read(Options)["sequence:welcome"];

        Assert.Equal(Count("sequence_runs"), welcome.Entered);
        Assert.Equal(welcome.Entered, welcome.Waiting + welcome.Ended.Values.Sum());
        Assert.Equal(2, welcome.Waiting);
        Assert.Equal(Enum.GetValues<SequenceEnd>().Select(end => end == SequenceEnd.Goal ? 2L : 1L),
            Enum.GetValues<SequenceEnd>().Select(end => welcome.Ended[end]));
        Assert.Equal([new MessageNumber(DeliveryStatus.Skipped, nameof(SkipReason.NoConsent), ends.Length)], welcome.Messages);
    }

    [Fact]
    public void An_automation_is_counted_by_what_it_did_and_what_waits_and_answers_are_not_counted()
    {
        using var store = Open();
        var customer = Add(store, 1);
        Apply(store, customer, new Effect.NoteAutomation("birthday"), Skip("automation/birthday", SkipReason.Cap, "automation:birthday"),
            Skip("guide/silence", SkipReason.TooLate, "silence:guide"), Skip("x", SkipReason.Cap, "conversation:1"),
            new Effect.Schedule(new Timer(new TimerId(store.Ids.Next()), Some.Noon, new TimerCause.Silence(new ConversationId(1), "guide"))),
            new Effect.Schedule(new Timer(new TimerId(store.Ids.Next()), Some.Noon, new TimerCause.Automation("new", Some.Noon))));
        Apply(store, customer, new Effect.NoteAutomation("birthday"));

        var numbers = AutomationReader.Read(Options);

        Assert.Equal(["automation:birthday", "automation:new", "silence:guide"], numbers.Keys);
        Assert.Equal((2, 0), (numbers["automation:birthday"].Entered, numbers["automation:birthday"].Waiting));
        Assert.Equal((0, 1), (numbers["automation:new"].Entered, numbers["automation:new"].Waiting));
        Assert.Equal(1, numbers["silence:guide"].Waiting);
        Assert.Equal(nameof(SkipReason.TooLate), Assert.Single(numbers["silence:guide"].Messages).Reason);
    }

    private static Effect.Skip Skip(string template, SkipReason reason, string cause = "sequence:x") => new(MessageKind.Marketing, cause, template, reason);

    private static Snapshot Add(Store store, long address, params (string Name, string Text)[] fields)
    {
        var customer = Some.NewCustomer(store, address);
        var named = customer with
        {
            Profile = customer.Profile! with
            {
                Fields = customer.Profile.Fields.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, (Value)new Value.Text(field.Text)))),
            },
        };
        Apply(store, Snapshot.None, named);
        return named;
    }

    private static void Apply(Store store, Snapshot customer, params Effect[] effects) =>
        Apply(store, customer, customer with
        {
            Profile = customer.Profile! with
            {
                Consents = customer.Profile.Consents.Union(effects.OfType<Effect.GiveConsent>()
                    .Select(given => new ConsentInForce(given.Purpose, customer.Chat!.Id))),
            },
        }, effects);

    private static void Apply(Store store, Snapshot before, Snapshot after, params Effect[] effects)
    {
        using var transaction = store.Begin();
        transaction.Apply(before, Some.Outcome(after, effects), Some.Noon);
        transaction.Commit();
    }
}
