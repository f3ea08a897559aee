using System.Collections.Immutable;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Purchases;
using Bot.Core.Sequences;
using Bot.Core.Talks;
using Bot.Core.Timers;
using Bot.Core.Turns;
using Bot.Storage.Tests.Support;
using Bot.Storage.Timers;

namespace Bot.Storage.Tests;

/// <summary>What is due, what ran, and what automatic messages leave behind.</summary>
public abstract partial class StoreCompliance
{
    [Fact]
    public void Timers_come_due_in_their_order_and_are_what_they_were()
    {
        ImmutableArray<Timer> timers =
        [
            Timer(30, new TimerCause.Silence(new ConversationId(5), "lead-magnet")),
            Timer(10, new TimerCause.SequenceStep(new SequenceRunId(7), "welcome", "hello"), WaitReason.QuietHours),
            Timer(20, new TimerCause.Automation("birthday", Some.Noon.AddDays(-1)), WaitReason.Cap),
            Timer(40, new TimerCause.Case(new CaseId(6), "feedback")),
        ];
        ApplyNew([.. timers.Select(timer => new Effect.Schedule(timer))]);

        Assert.Empty(Store.Timers.Due(Some.Noon.AddMinutes(10).AddMilliseconds(-1), isMarketing: false, 9));
        Assert.Equal([new DueTimer(timers[1], Some.Address())], Store.Timers.Due(Some.Noon.AddMinutes(10), isMarketing: false, 9));
        Assert.Equal([timers[1], timers[2], timers[0], timers[3]], Store.Timers.Due(Some.Noon.AddDays(1), isMarketing: false, 9).Select(due => due.Timer));
        Assert.Equal([timers[1], timers[2]], Store.Timers.Due(Some.Noon.AddDays(1), isMarketing: false, 2).Select(due => due.Timer));
        Assert.Equal([timers[1]], Store.Timers.Next(1));
    }

    [Fact]
    public void A_timer_is_taken_once()
    {
        var timer = Timer(1, new TimerCause.Automation("birthday", Some.Noon));
        ApplyNew(new Effect.Schedule(timer));

        Assert.True(InTransaction(transaction => transaction.TakeTimer(timer.Id)));
        Assert.False(InTransaction(transaction => transaction.TakeTimer(timer.Id)));
        Assert.Empty(Store.Timers.Next(9));
    }

    [Fact]
    public void A_timer_that_is_not_needed_any_more_is_gone()
    {
        var timer = Timer(1, new TimerCause.Automation("birthday", Some.Noon));
        ApplyNew(new Effect.Schedule(timer));

        Apply(before => before, new Effect.Unschedule(timer.Id));

        Assert.Empty(Store.Timers.Next(9));
    }

    [Fact]
    public void Ids_stay_above_those_of_timers_and_runs_after_a_restart()
    {
        var timer = Timer(1, new TimerCause.Automation("birthday", Some.Noon));
        ApplyNew(new Effect.Schedule(timer));

        Reopen();

        Assert.True(Store.Ids.Next() > timer.Id.Value);
    }

    [Fact]
    public void How_far_a_daily_automation_is_survives_a_restart()
    {
        Assert.Null(Store.Timers.Schedule("birthday@Europe/Moscow"));
        var half = new ScheduleState("birthday@Europe/Moscow", "2026-11-25", new ProfileId(4711));
        Write(half);
        Reopen();
        Assert.Equal(half, Store.Timers.Schedule(half.Name));

        Write(half with { Cursor = null });
        Assert.Equal(half with { Cursor = null }, Store.Timers.Schedule(half.Name));
        Assert.Null(Store.Timers.Schedule("birthday@Asia/Omsk"));
    }

    [Fact]
    public void Each_zone_is_named_once()
    {
        foreach (var (address, zone) in new[] { (1L, "Asia/Omsk"), (2, null), (3, "America/New_York"), (4, "Asia/Omsk") })
        {
            InTransaction(transaction =>
            {
                var customer = Some.NewCustomer(Store, address);
                return transaction.Apply(Snapshot.None, Some.Outcome(customer with { Chat = customer.Chat! with { Zone = zone } }), Some.Noon);
            });
        }

        Assert.Equal(["America/New_York", "Asia/Omsk"], Store.Timers.Zones());
    }

    [Fact]
    public void A_customers_zone_topics_pause_and_talk_are_kept()
    {
        ApplyNew();
        var after = Apply(before => before with
        {
            Profile = before.Profile! with { TopicsOff = ["offers", "tips"], PausedUntil = Some.Noon.AddDays(30) },
            Chat = before.Chat! with { Zone = "Asia/Omsk", Talk = new Talk(Some.Noon, Some.Noon.AddHours(1), new TimerId(7)) },
        });

        Assert.Equal(["offers", "tips"], after.Profile!.TopicsOff.Order());
        Assert.Equal((Some.Noon.AddDays(30), "Asia/Omsk", Some.Noon), (after.Profile.PausedUntil!.Value, after.Chat!.Zone, after.Chat.TalkingSince!.Value));
        Assert.Equal(new Talk(Some.Noon, Some.Noon.AddHours(1), new TimerId(7)), after.Chat.Talk);

        after = Apply(before => before with
        {
            Profile = before.Profile! with { TopicsOff = before.Profile.TopicsOff.Remove("tips"), PausedUntil = null },
            Chat = before.Chat! with { Zone = null, Talk = null },
        });

        Assert.Equal(["offers"], after.Profile!.TopicsOff);
        Assert.Equal((null, null, null), (after.Profile.PausedUntil, after.Chat!.Zone, after.Chat.TalkingSince));
    }

    [Fact]
    public void The_latest_run_of_each_sequence_is_known_and_all_of_them_are_kept()
    {
        var customer = ApplyNew();
        var first = Run(customer, "welcome") with { Timer = new TimerId(9) };
        var other = Run(customer, "come-back");
        Set(first, other);
        Assert.Equal(first, Set(first).Profile!.Sequences["welcome"]);

        var ended = first with { Step = "offer", Timer = null, End = SequenceEnd.Goal, EndedAt = Some.Noon.AddDays(3) };
        Assert.Equal(ended, Set(ended).Profile!.Sequences["welcome"]);

        var again = Run(customer, "welcome") with { StartedAt = Some.Noon.AddDays(400) };
        var after = Set(again).Profile!.Sequences;
        Assert.Equal((again, other), (after["welcome"], after["come-back"]));
        Assert.Equal(3, Count("sequence_runs"));

        Snapshot Set(params SequenceRun[] runs) => Apply(before => before with
        {
            Profile = before.Profile! with
            {
                Sequences = before.Profile.Sequences.SetItems(runs.Select(run => KeyValuePair.Create(run.Sequence, run))),
            },
        });
    }

    [Fact]
    public void A_consent_in_a_blocked_chat_is_known_as_such()
    {
        var customer = ApplyNew();
        var after = Apply(before => before with
        {
            Profile = before.Profile! with { Consents = [new("marketing", customer.Chat!.Id)] },
            Chat = before.Chat! with { BlockedAt = Some.Noon },
        });

        Assert.Equal([customer.Chat!.Id], after.Profile!.BlockedChats);
        Assert.Empty(Apply(before => before with { Chat = before.Chat! with { BlockedAt = null } }).Profile!.BlockedChats);
    }

    [Fact]
    public void What_was_not_sent_is_a_delivery_with_its_reason()
    {
        ApplyNew(new Effect.Skip(MessageKind.Marketing, "sequence:welcome", "welcome/hello", SkipReason.NoConsent));

        Assert.Equal(1, Count("deliveries WHERE kind = 2 AND status = 3 AND cause = 'sequence:welcome' AND template = 'welcome/hello' AND reason = 'NoConsent'"));
    }

    [Fact]
    public void The_latest_marketing_is_what_went_may_have_gone_or_is_about_to_go()
    {
        var customer = ApplyNew();
        Assert.Null(Latest(1));

        Send(MessageKind.Marketing, DeliveryStatus.Sent, hours: 1);
        Send(MessageKind.Marketing, DeliveryStatus.Unknown, hours: 2);
        Send(MessageKind.Service, DeliveryStatus.Sent, hours: 3);
        Send(MessageKind.Marketing, DeliveryStatus.Failed, hours: 4);
        Apply(before => before, new Effect.Skip(MessageKind.Marketing, "c", "t", SkipReason.Cap));
        Assert.Equal((Some.Noon.AddHours(2), Some.Noon.AddHours(1), null), (Latest(1), Latest(2), Latest(3)));

        Apply(before => before, Some.Say(kind: MessageKind.Marketing));
        Assert.Equal((Some.Noon.AddHours(9), Some.Noon.AddHours(2)), (Latest(1), Latest(2)));

        DateTimeOffset? Latest(int count) => InTransaction(transaction =>
            (transaction.Answer(new Query.LatestMarketing(count), customer.Profile!.Id, Some.Noon.AddHours(9)) as Value.Moment)?.At);

        void Send(MessageKind kind, DeliveryStatus status, int hours) => InTransaction(transaction =>
        {
            var before = transaction.Load(Some.Address());
            var message = Assert.Single(transaction.Apply(before, Some.Outcome(before, Some.Say(kind: kind)), Some.Noon));
            transaction.Complete(new SendResult.Finished(message, status, 1, null), Some.Noon.AddHours(hours));
            return 0;
        });
    }

    [Fact]
    public void Only_marketing_is_cancelled_where_only_that_is_not_wanted()
    {
        ApplyNew(Some.Say("reply"), Some.Say("offer", MessageKind.Marketing), Some.Say("reminder", MessageKind.Service));

        Apply(before => before, new Effect.CancelMessages(Load().Chat!.Id, "unsubscribed", IsMarketingOnly: true));

        Assert.Equal(["reply", "reminder"], Store.Pending(new OutboxId(0), 9).Select(message => message.Body.Html));
        Assert.Equal(1, Count("deliveries WHERE kind = 2 AND status = 3 AND reason = 'unsubscribed'"));
    }

    [Fact]
    public void Marketing_that_was_let_go_on_its_way_is_what_the_channel_says_and_is_not_tried_again()
    {
        ApplyNew(Some.Say("arrived", MessageKind.Marketing), Some.Say("put off", MessageKind.Marketing), Some.Say("lost", MessageKind.Marketing));
        var messages = Store.Pending(default, 9);
        Assert.Equal(3, InTransaction(transaction => transaction.ClaimMarketing(messages.Select(message => message.Id))).Length);

        Apply(before => before, new Effect.CancelMessages(Load().Chat!.Id, "unsubscribed", IsMarketingOnly: true));
        Complete(new SendResult.Finished(messages[0], DeliveryStatus.Sent, 4711, null));
        Complete(new SendResult.Postponed(messages[1], messages[1] with { NotBefore = Some.Noon.AddMinutes(1) }));

        Assert.Empty(Store.Pending(default, 9));
        Assert.Equal(0, Count("outbox"));
        Assert.Equal(1, Count($"deliveries WHERE id = {messages[0].Id.Value} AND status = 0 AND message_id = 4711"));
        Assert.Equal(1, Count($"deliveries WHERE id = {messages[1].Id.Value} AND status = 3 AND reason = 'unsubscribed'"));
        Assert.Equal(1, Count($"deliveries WHERE id = {messages[2].Id.Value} AND status = 4 AND reason = 'unsubscribed'"));
    }

    [Fact]
    public void A_sequence_whose_timer_is_given_up_has_failed_and_no_other_has()
    {
        var customer = ApplyNew();
        var timer = Timer(1, new TimerCause.SequenceStep(new SequenceRunId(7), "welcome", "hello"));
        var (failing, other) = (Run(customer, "welcome") with { Timer = timer.Id }, Run(customer, "come-back") with { Timer = new TimerId(9) });
        timer = timer with { Cause = new TimerCause.SequenceStep(failing.Id, "welcome", "hello") };
        Apply(before => before with
        {
            Profile = before.Profile! with { Sequences = before.Profile.Sequences.Add("welcome", failing).Add("come-back", other) },
        }, new Effect.Schedule(timer));

        Assert.True(InTransaction(transaction => transaction.GiveUpTimer(timer, Some.Noon.AddHours(1))));

        var runs = Load().Profile!.Sequences;
        Assert.Equal(failing with { Timer = null, End = SequenceEnd.Failed, EndedAt = Some.Noon.AddHours(1) }, runs["welcome"]);
        Assert.Equal(other, runs["come-back"]);
        Assert.Empty(Store.Timers.Next(9));
        Assert.False(InTransaction(transaction => transaction.GiveUpTimer(timer, Some.Noon)));
    }

    [Fact]
    public void A_run_whose_place_a_new_one_takes_is_kept_as_it_ended()
    {
        var customer = ApplyNew();
        var (first, second) = (Run(customer, "welcome"), Run(customer, "welcome"));
        Apply(before => before with { Profile = before.Profile! with { Sequences = before.Profile.Sequences.Add("welcome", first) } });

        var after = Apply(before => before with { Profile = before.Profile! with { Sequences = before.Profile.Sequences.SetItem("welcome", second) } },
            new Effect.KeepRun(first with { End = SequenceEnd.Stopped, EndedAt = Some.Noon }));

        Assert.Equal(second, after.Profile!.Sequences["welcome"]);
        Assert.Equal(1, Count($"sequence_runs WHERE id = {first.Id.Value} AND ended = 2"));
        Assert.Equal(1, Count("sequence_runs WHERE ended IS NULL"));
    }

    [Fact]
    public void A_timer_of_what_was_restored_says_so()
    {
        var timer = Timer(1, new TimerCause.Automation("birthday", Some.Noon)) with { IsExpired = true };

        ApplyNew(new Effect.Schedule(timer));

        Assert.Equal([timer], Store.Timers.Next(9));
    }

    [Fact]
    public void Lines_of_the_admin_chat_are_deleted_after_90_days()
    {
        ApplyNew([.. Enumerable.Range(0, 1_100).Select(n => new Effect.Notify(null, new Body($"{n}")))]);
        Store.Tidy(Some.Noon.AddDays(90));
        Assert.Equal(1_100, Count("admin_messages"));

        while (Store.Tidy(Some.Noon.AddDays(90).AddMilliseconds(1)))
        {
        }

        Assert.Equal(0, Count("admin_messages"));
    }

    [Fact]
    public void A_message_keeps_the_moment_at_which_it_loses_its_sense()
    {
        ApplyNew(Some.Say(kind: MessageKind.Marketing) with { NotAfter = Some.Noon.AddHours(6) });

        Assert.Equal(Some.Noon.AddHours(6), Assert.Single(Store.Pending(new OutboxId(0), 9)).NotAfter);
    }

    [Fact]
    public void An_automation_knows_when_it_last_did_something_for_whom()
    {
        var customer = ApplyNew(new Effect.NoteAutomation("birthday"));

        Assert.Equal(new Value.Moment(Some.Noon), Answer(new Query.LastAutomation("birthday"), customer.Profile!.Id));
        Assert.Null(Answer(new Query.LastAutomation("win-back"), customer.Profile.Id));
        Assert.Null(Answer(new Query.LastAutomation("birthday"), new ProfileId(1)));
    }

    [Fact]
    public void A_purchase_is_kept_once_whoever_makes_it_and_codes_differ()
    {
        var customer = ApplyNew(new Effect.AddPurchase(new Purchase("till-1", 1234.56m)));

        Assert.Equal(1, Count("purchases WHERE amount = 123456"));
        Assert.Equal(new Value.Boolean(true), Answer(new Query.PurchaseExists("till-1"), new ProfileId(1)));
        Assert.Equal(new Value.Boolean(false), Answer(new Query.PurchaseExists("till-2"), customer.Profile!.Id));
        Assert.Throws<StoreException>(() => Apply(before => before, new Effect.AddPurchase(new Purchase("till-1", 1))));

        var codes = Enumerable.Range(0, 100).Select(n => ((Value.Text)Answer(new Query.NewCode(n), customer.Profile.Id)!).Content).ToList();
        Assert.Equal(100, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[A-HJ-NP-Z2-9]{8}$", code));
    }

    [Fact]
    public void A_code_is_kept_with_what_it_is_worth_and_until_when()
    {
        ApplyNew(new Effect.IssueCode("ABCD2345", 15, null, Some.Noon.AddDays(7), "sequence:welcome"), new Effect.IssueCode("ABCD2346", null, 500, Some.Noon, "x"));

        Assert.Equal(1, Count("codes WHERE code = 'ABCD2345' AND percent = 150000 AND amount IS NULL AND redeemed_at IS NULL AND valid_until = "
            + Some.Noon.AddDays(7).ToUnixTimeMilliseconds()));
        Assert.Equal(1, Count("codes WHERE code = 'ABCD2346' AND percent IS NULL AND amount = 50000"));
    }

    [Fact]
    public void The_admin_chat_hears_of_one_thing_once()
    {
        ApplyNew(new Effect.Notify("too-late:2026-11-25", new Body("first")), new Effect.Notify("too-late:2026-11-25", new Body("second")), new Effect.Notify(null, new Body("lead")),
            new Effect.Notify(null, new Body("lead")));

        Assert.Equal(3, Count("admin_messages"));
        Assert.Equal(0, Count("admin_messages WHERE CAST(body AS TEXT) LIKE '%second%'"));
    }

    [Fact]
    public void The_admin_chat_is_read_on_from_any_line_and_of_many_the_last()
    {
        ApplyNew(new Effect.Notify(null, new Body("1")), new Effect.Notify(null, new Body("2")), new Effect.Notify(null, new Body("<b>3</b>")));

        var all = Store.Admin.After(0, 9);

        Assert.Equal(["1", "2", "<b>3</b>"], all.Select(line => line.Body.Html));
        Assert.All(all, line => Assert.Equal(Some.Noon, line.At));
        Assert.Equal([all[2].Id], Store.Admin.After(all[1].Id, 9).Select(line => line.Id));
        Assert.Equal([all[1].Id, all[2].Id], Store.Admin.After(0, 2).Select(line => line.Id));
        Assert.Empty(Store.Admin.After(all[2].Id, 9));
    }

    private Timer Timer(int minutes, TimerCause cause, WaitReason? waits = null) =>
        new(new TimerId(Store.Ids.Next()), Some.Noon.AddMinutes(minutes), cause, waits);

    private SequenceRun Run(Snapshot customer, string sequence) =>
        new(new SequenceRunId(Store.Ids.Next()), sequence, customer.Chat!.Id, Some.Noon, "hello", null);

    private void Write(ScheduleState state) => InTransaction(transaction =>
    {
        transaction.SetSchedule(state);
        return 0;
    });

    private Fact? Answer(Query query, ProfileId profile) => InTransaction(transaction => transaction.Answer(query, profile, Some.Noon));
}
