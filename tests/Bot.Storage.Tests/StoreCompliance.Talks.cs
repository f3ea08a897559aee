using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Talks;
using Bot.Core.Timers;
using Bot.Core.Turns;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

/// <summary>Talks between customers and staff: whose message is whose.</summary>
public abstract partial class StoreCompliance
{
    private static readonly ChatAddress AdminGroup = new(ChatAddress.Telegram, 1000, -700);

    [Fact]
    public void A_line_that_was_sent_leads_back_to_the_chat_that_it_is_about()
    {
        var customer = ApplyNew(Relay("Здравствуйте", source: 77));
        var line = Assert.Single(Store.Admin.Unsent(0, 9));
        Assert.Equal((customer.Profile!.Id, customer.Chat!.Id), (line.Profile!.Value, line.Chat!.Value));

        Finish(line.Id, 901);

        Assert.Equal((customer.Profile.Id, Some.Address()), Talks(talks => talks.Answered(AdminGroup, 901)));
        Assert.Equal(901, Store.Talks.PassedOn(customer.Chat.Id, 77, AdminGroup));
        Assert.Equal(901, Store.Talks.Latest(customer.Chat.Id, AdminGroup));
        Assert.Empty(Store.Admin.Unsent(0, 9));
    }

    [Fact]
    public void An_id_of_another_admin_chat_leads_to_nobody()
    {
        ApplyNew(Relay("Здравствуйте", source: 77));
        Finish(Assert.Single(Store.Admin.Unsent(0, 9)).Id, 901);

        Assert.Null(Talks(talks => talks.Answered(AdminGroup with { Address = -701 }, 901)));
        Assert.Null(Talks(talks => talks.Answered(AdminGroup, 902)));
    }

    [Fact]
    public void A_line_that_is_about_a_customer_but_of_no_talk_cannot_be_answered()
    {
        ApplyNew(new Effect.Notify(null, new Body("Новый контакт")));
        Finish(Assert.Single(Store.Admin.Unsent(0, 9)).Id, 901);

        Assert.Null(Talks(talks => talks.Answered(AdminGroup, 901)));
    }

    [Fact]
    public void An_edit_does_not_take_the_place_of_what_it_changes()
    {
        var customer = ApplyNew(Relay("раз", 77), Relay("два", 77, isEdit: true));
        var lines = Store.Admin.Unsent(0, 9);
        Assert.Equal([false, true], lines.Select(line => line.IsEdit));
        Finish(lines[0].Id, 901);
        InTransaction(transaction =>
        {
            transaction.Admin.Finish(lines[1].Id, AdminGroup, null, null, Some.Noon);
            return true;
        });

        Assert.Equal(901, Store.Talks.PassedOn(customer.Chat!.Id, 77, AdminGroup));
    }

    [Fact]
    public void Whether_a_message_was_passed_on_is_known_of_this_customer_alone()
    {
        var customer = ApplyNew(Relay("раз", 77));

        Assert.Equal(new Value.Boolean(true), InTransaction(transaction => transaction.Answer(new Query.Relayed(77), customer.Profile!.Id, Some.Noon)));
        Assert.Equal(new Value.Boolean(false), InTransaction(transaction => transaction.Answer(new Query.Relayed(78), customer.Profile!.Id, Some.Noon)));
        Assert.Equal(new Value.Boolean(false), InTransaction(transaction => transaction.Answer(new Query.Relayed(77), new ProfileId(1), Some.Noon)));
    }

    [Fact]
    public void A_customer_has_one_topic_in_each_admin_chat_and_gets_another_when_it_is_gone()
    {
        var customer = ApplyNew();
        var profile = customer.Profile!.Id;
        Talk(talks => talks.PutTopic(AdminGroup, profile, 5));

        Assert.Equal(5, Store.Talks.Topic(AdminGroup, profile));
        Assert.Null(Store.Talks.Topic(AdminGroup with { Address = -701 }, profile));
        Assert.Equal((profile, Some.Address()), Talks(talks => talks.InThread(AdminGroup, 5)));
        Talk(talks => talks.ForgetTopic(AdminGroup, profile));
        Assert.Null(Store.Talks.Topic(AdminGroup, profile));
        Talk(talks => talks.PutTopic(AdminGroup, profile, 6));
        Assert.Equal(6, Store.Talks.Topic(AdminGroup, profile));
        Assert.Null(Talks(talks => talks.InThread(AdminGroup, 5)));
    }

    [Fact]
    public void What_staff_wrote_is_known_by_its_place_in_the_admin_chat_and_by_what_became_of_it()
    {
        var body = new Body("", Copy: new Copy(AdminGroup.Address, 55, MediaKind.Picture));
        var (first, edit) = InTransaction(transaction =>
        {
            var customer = Some.NewCustomer(Store);
            var messages = transaction.Apply(Snapshot.None, Some.Outcome(customer, new Effect.Say(MessageKind.Reply, "talk:55", "talk/staff", body)), Some.Noon);
            var edits = transaction.Apply(customer, Some.Outcome(customer, new Effect.Say(MessageKind.Reply, "talk:55", "talk/edit",
                new Body("новое", Copy: body.Copy, EditOf: messages[0].Id))), Some.Noon);
            return (messages[0], edits[0]);
        });

        Assert.Equal((first.Id, Some.Address()), Talks(talks => talks.Sent(AdminGroup, 55)));
        Assert.Null(Talks(talks => talks.Sent(AdminGroup, 56)));
        Assert.Equal((true, null), Store.Talks.Sent(first.Id));
        var stored = Store.Pending(default, 9);
        Assert.Equal([body, edit.Body], stored.Select(message => message.Body));
        InTransaction(transaction =>
        {
            transaction.Complete(new SendResult.Finished(first, DeliveryStatus.Sent, 4711, null), Some.Noon);
            return true;
        });
        Assert.Equal((false, 4711L), Store.Talks.Sent(first.Id));
        Assert.Equal((false, null), Store.Talks.Sent(new OutboxId(1)));
    }

    [Fact]
    public void Who_is_talked_with_is_written_to_in_that_chat()
    {
        var customer = ApplyNew();
        InTransaction(transaction =>
        {
            var other = customer.Chat! with { Id = new ChatId(Store.Ids.Next()), Address = Some.Address(2) };
            transaction.Apply(new Snapshot(customer.Profile, null, null), Some.Outcome(customer with { Chat = other }), Some.Noon);
            return true;
        });
        Assert.Equal(Some.Address(2), Talks(talks => talks.ChatOf(customer.Profile!.Id)));

        Apply(before => before with { Chat = before.Chat! with { Talk = new Talk(Some.Noon, Some.Noon, new TimerId(1)) } });

        Assert.Equal(Some.Address(1), Talks(talks => talks.ChatOf(customer.Profile!.Id)));
    }

    [Fact]
    public void A_look_at_a_silent_talk_is_kept_as_it_was_asked_for()
    {
        var timer = new Timer(new TimerId(Store.Ids.Next()), Some.Noon.AddDays(2), new TimerCause.Talk(Some.Noon));

        ApplyNew(new Effect.Schedule(timer));

        Assert.Equal(timer, Assert.Single(Store.Timers.Next(9)));
    }

    [Fact]
    public void What_was_said_and_where_it_stood_is_forgotten_after_90_days()
    {
        ApplyNew(Relay("раз", 77), new Effect.Say(MessageKind.Reply, "talk:55", "talk/staff", new Body("", Copy: new Copy(-700, 55))));

        TidyAll(Some.Noon.AddDays(89));
        Assert.Equal((1, 1), (Count("admin_messages"), Count("talk_messages")));
        TidyAll(Some.Noon.AddDays(91));
        Assert.Equal((0, 0), (Count("admin_messages"), Count("talk_messages")));
    }

    private static Effect.Relay Relay(string html, long source, bool isEdit = false) => new(new Body(html, Copy: new Copy(1, source, null, html)), null, isEdit);

    private void Finish(long line, long message) => InTransaction(transaction =>
    {
        transaction.Admin.Finish(line, AdminGroup, message, null, Some.Noon);
        return true;
    });

    private void TidyAll(DateTimeOffset now)
    {
        while (Store.Tidy(now))
        {
        }
    }

    private T Talks<T>(Func<Storage.Talks.TalkWriter, T> read) => InTransaction(transaction => read(transaction.Talks));

    private void Talk(Action<Storage.Talks.TalkWriter> write) => InTransaction(transaction =>
    {
        write(transaction.Talks);
        return true;
    });
}
