using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Turns;
using Bot.Storage.Json;
using Bot.Storage.Messages;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

public abstract partial class StoreCompliance
{
    public static TheoryData<string> Bodies => [.. BodiesByName.Keys];

    private static readonly Dictionary<string, Body> BodiesByName = new()
    {
        ["text alone"] = new Body("<b>Ё</b> &lt; \"'\\ 👩‍👩‍👧\n"),
        ["picture without text"] = new Body("", new Attachment(AttachmentKind.Picture, "зал.jpg")),
        ["document and buttons"] = new Body("x", new Attachment(AttachmentKind.Document, "a.pdf"), new Keyboard.Inline(
            [
                [new InlineButton("Да", "c.1.2.0"), new InlineButton("Сайт", null, "https://example.org/?a=1&b=<>")],
                [new InlineButton("Нет", "c.1.2.1")],
            ])),
        ["contact button"] = new Body("x", null, new Keyboard.ShareContact("Отправить номер", ["Нет", "Назад"])),
        ["contact button alone"] = new Body("x", null, new Keyboard.ShareContact("Отправить номер", [])),
        ["keyboard taken off"] = new Body("x", null, new Keyboard.Remove()),
        ["longest text"] = new Body(new string('Я', 4096)),
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_message_waits_as_it_was_said(string name)
    {
        var body = BodiesByName[name];
        ApplyNew(new Effect.Say(MessageKind.Service, "conversation:7", "x/y", body));
        Reopen();

        var message = Assert.Single(Store.Pending(default, 10));

        Assert.Equal((MessageKind.Service, "conversation:7", "x/y", Some.Address()),
            (message.Kind, message.Cause, message.Template, message.Address));
        Assert.Equivalent(body, message.Body, strict: true);
        Assert.Equal(StoredJson.Write(body), StoredJson.Write(message.Body));
    }

    [Fact]
    public void Messages_wait_in_the_order_in_which_they_were_said_and_are_read_in_pages()
    {
        ApplyNew([.. Enumerable.Range(0, 7).Select(n => Some.Say($"{n}"))]);

        var first = Store.Pending(default, 5);
        var second = Store.Pending(first[^1].Id, 5);

        Assert.Equal("0123456", string.Concat(first.Concat(second).Select(message => message.Body.Html)));
        Assert.Equal(5, first.Count);
    }

    [Fact]
    public void The_sender_is_handed_what_a_restart_would_read()
    {
        var handed = InTransaction(transaction =>
            transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store), Some.Say("a"), Some.Say("b")), Some.Noon));

        Assert.Equivalent(handed, Store.Pending(default, 10), strict: true);
    }

    [Fact]
    public void A_sent_message_leaves_a_delivery_without_its_text()
    {
        var message = Said(Some.Say("secret words"));

        Complete(new SendResult.Finished(message, DeliveryStatus.Sent, 4711, null));

        Assert.Empty(Store.Pending(default, 10));
        Assert.Equal(1, Count($"deliveries WHERE id = {message.Id.Value} AND status = 0 AND message_id = 4711"));
        Assert.Equal(0, Count("outbox"));
    }

    [Fact]
    public void A_postponed_message_remembers_how_long_to_wait_over_a_restart()
    {
        var message = Said(Some.Say());
        var next = message with { Attempts = 2, NotBefore = Some.Noon.AddSeconds(7), IsMaybeSent = true };

        Complete(new SendResult.Postponed(message, next));
        Reopen();

        Assert.Equivalent(next, Assert.Single(Store.Pending(default, 10)), strict: true);
    }

    [Fact]
    public void A_message_to_a_chat_that_moved_goes_to_its_new_address_and_so_does_the_customer()
    {
        var message = Said(Some.Say());

        Complete(new SendResult.Postponed(message, message with { Address = Some.Address(-100_999) }));

        Assert.Equal(Some.Address(-100_999), Assert.Single(Store.Pending(default, 10)).Address);
        Assert.Equal(message.Profile, Load(Some.Address(-100_999)).Profile!.Id);
    }

    [Fact]
    public void A_move_to_an_address_that_another_chat_has_does_no_harm()
    {
        var message = Said(Some.Say());
        InTransaction(transaction => transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store, 2)), Some.Noon));

        Complete(new SendResult.Postponed(message, message with { Address = Some.Address(2), Attempts = 1 }));

        Assert.Equal(1, Assert.Single(Store.Pending(default, 10)).Attempts);
        Assert.NotEqual(message.Profile, Load(Some.Address(2)).Profile!.Id);
    }

    [Fact]
    public void Claimed_marketing_is_unknown_after_a_crash_and_is_not_sent_again()
    {
        var claimed = Said(Some.Say("offer", MessageKind.Marketing));
        Assert.True(InTransaction(transaction => transaction.Claim(claimed, Some.Noon)));
        Assert.False(InTransaction(transaction => transaction.Claim(claimed with { Id = new OutboxId(1) }, Some.Noon)));
        Assert.False(InTransaction(transaction => transaction.Claim(claimed, Some.Noon)));
        Assert.Empty(Store.Pending(default, 10));

        Reopen();

        Assert.Equal(1, Store.UncertainAtStart);
        Assert.Empty(Store.Pending(default, 10));
        Assert.Equal(1, Count($"deliveries WHERE id = {claimed.Id.Value} AND status = 4"));
    }

    [Fact]
    public void Claimed_marketing_that_must_wait_is_sent_later()
    {
        var message = Said(Some.Say("offer", MessageKind.Marketing));
        InTransaction(transaction => transaction.Claim(message, Some.Noon));

        Complete(new SendResult.Postponed(message, message with { NotBefore = Some.Noon.AddSeconds(7) }));
        Reopen();

        Assert.Single(Store.Pending(default, 10));
        Assert.Equal(0, Store.UncertainAtStart);
    }

    [Fact]
    public void What_waits_for_a_blocked_chat_is_cancelled_and_says_why()
    {
        var mine = InTransaction(transaction =>
            transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store), Some.Say("a"), Some.Say("b")), Some.Noon));
        InTransaction(transaction => transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store, 2), Some.Say("c")), Some.Noon));

        var cancelled = InTransaction(transaction => transaction.CancelPending(mine[0].Chat, DeliveryStatus.Blocked, "blocked", Some.Noon));

        Assert.Equal(mine.Select(message => message.Id), cancelled);
        Assert.Equal("c", Assert.Single(Store.Pending(default, 10)).Body.Html);
        Assert.Equal(2, Count("deliveries WHERE status = 1 AND reason = 'blocked'"));
    }

    [Fact]
    public void A_message_cancelled_on_its_way_that_arrives_after_all_counts_as_sent()
    {
        var message = Said(Some.Say());
        InTransaction(transaction => transaction.CancelPending(message.Chat, DeliveryStatus.Skipped, "stopped", Some.Noon));

        Complete(new SendResult.Finished(message, DeliveryStatus.Sent, 1, null));

        Assert.Equal(1, Count("deliveries WHERE status = 0 AND reason IS NULL"));
        Assert.Equal(1, Count("deliveries"));
    }

    [Fact]
    public void A_message_cancelled_on_its_way_that_must_wait_stays_cancelled()
    {
        var message = Said(Some.Say());
        InTransaction(transaction => transaction.CancelPending(message.Chat, DeliveryStatus.Skipped, "stopped", Some.Noon));

        Complete(new SendResult.Postponed(message, message with { Attempts = 1 }));

        Assert.Empty(Store.Pending(default, 10));
    }

    [Fact]
    public void File_ids_are_known_after_a_restart_and_the_latest_counts()
    {
        var file = new FileId("telegram", 1000, AttachmentKind.Document, "ab", "old");
        InTransaction(transaction =>
        {
            transaction.PutFileId(file);
            transaction.PutFileId(file with { Id = "new" });
            transaction.PutFileId(file with { Kind = AttachmentKind.Picture });
            return 0;
        });
        Reopen();

        Assert.Equal(["new", "old"], Store.ReadFileIds().OrderBy(one => one.Kind).Select(one => one.Id));
    }

    private OutboxMessage Said(Effect.Say say) => Assert.Single(InTransaction(transaction =>
        transaction.Apply(Snapshot.None, Some.Outcome(Some.NewCustomer(Store), say), Some.Noon)));

    private void Complete(SendResult result) => InTransaction(transaction =>
    {
        transaction.Complete(result, Some.Noon);
        return 0;
    });
}
