using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Talks;
using Bot.Core.Tests.Support;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Turns;

/// <summary>Talks of a customer with a person.</summary>
public sealed class TalkTests
{
    private readonly Customer _customer = new(Some.Shipped);

    [Theory]
    [InlineData("/talk")]
    [InlineData("Оператор")]
    [InlineData("talk to a person")]
    public void A_person_can_be_asked_for_in_words(string words)
    {
        var seen = _customer.Says(words);

        Assert.Contains("Позвал человека", seen.Text, StringComparison.Ordinal);
        Assert.NotNull(_customer.Snapshot.Chat!.Talk);
        Assert.Equal(1, _customer.Snapshot.Profile!.Events["talk.opened"].Count);
        var card = (Keyboard.Inline)Assert.Single(seen.Staff).Body.Keyboard!;
        Assert.Equal(["Карточка", "✍️ Написать", "✅ Закончить разговор"], card.Rows.SelectMany(row => row).Select(button => button.Label));
    }

    [Fact]
    public void Who_asks_twice_is_told_that_it_is_done_and_staff_hear_of_it_once()
    {
        _customer.Says("/talk");

        var again = _customer.Says("оператор");

        Assert.Contains("уже позвал", again.Text, StringComparison.Ordinal);
        Assert.Empty(again.Staff);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(MediaKind.Picture)]
    [InlineData(MediaKind.Document)]
    [InlineData(MediaKind.Video)]
    [InlineData(MediaKind.Voice)]
    [InlineData(MediaKind.Other)]
    public void Whatever_the_customer_sends_is_passed_on_and_the_bot_says_nothing(MediaKind? media)
    {
        _customer.Says("/talk");

        var seen = _customer.Sends(77, "Вот <b>так</b>", media);

        Assert.Empty(seen.Messages);
        Assert.Equal(new Copy(42, 77, media, "Вот <b>так</b>"), Assert.Single(seen.Staff).Body.Copy);
    }

    [Fact]
    public void On_the_web_there_is_nothing_to_copy_but_the_words_which_never_become_markup()
    {
        _customer.Says("/talk");

        var body = Assert.Single(_customer.Says("1 < 2 & <b>нет</b>").Staff).Body;

        Assert.Null(body.Copy);
        Assert.Contains("1 &lt; 2 &amp; &lt;b&gt;нет&lt;/b&gt;", body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Unsubscribing_works_in_the_middle_of_a_talk_and_does_not_end_it()
    {
        _customer.Says("/talk");

        var seen = _customer.Says("/stop");

        Assert.Contains("больше не побеспокою", seen.Text, StringComparison.Ordinal);
        Assert.Empty(seen.Staff);
        Assert.NotNull(_customer.Snapshot.Chat!.Talk);
    }

    [Fact]
    public void A_keyword_in_a_talk_is_meant_for_the_person()
    {
        _customer.Says("/talk");

        Assert.Single(_customer.Says("чек-лист").Staff);

        Assert.Null(_customer.Snapshot.Conversation);
    }

    [Fact]
    public void A_dialog_opened_in_a_talk_gets_its_answers_and_the_person_sees_them_until_the_person_speaks()
    {
        _customer.Says("/talk");
        _customer.Says("/start guide");
        _customer.Presses("Согласен");

        var named = _customer.Says("Мария");

        Assert.Single(named.Staff);
        Assert.Equal("Мария", Assert.IsType<Core.Expressions.Value.Text>(_customer.Snapshot.Profile!.Fields["name"]).Content);
        _customer.IsWritten("Когда вам удобно?");
        var seen = _customer.Says("anna@example.com");
        Assert.Empty(seen.Messages);
        Assert.False(_customer.Snapshot.Profile!.Fields.ContainsKey("email"));
    }

    [Fact]
    public void A_question_that_waits_when_the_talk_begins_takes_none_of_its_words()
    {
        _customer.Says("/start guide");
        _customer.Presses("Согласен");
        _customer.Says("/talk");

        Assert.Single(_customer.Says("Мария").Staff);

        Assert.False(_customer.Snapshot.Profile!.Fields.ContainsKey("name"));
    }

    [Fact]
    public void What_is_said_is_passed_on_even_where_the_content_has_changed_under_a_conversation()
    {
        _customer.Says("/start guide");
        _customer.Says("/talk");
        _customer.Content = _customer.Content with { Revision = "other", Dialogs = _customer.Content.Dialogs.Remove("contact") };

        var seen = _customer.Says("Вы здесь?");

        Assert.Single(seen.Staff);
        Assert.Empty(seen.Messages);
    }

    [Fact]
    public void What_staff_write_is_copied_in_Telegram_and_begins_a_talk_by_itself()
    {
        _customer.Says("/start");

        var seen = _customer.IsWritten("Здравствуйте!", id: 12, MediaKind.Picture);

        Assert.Equal(new Body("", Copy: new Copy(-700, 12, MediaKind.Picture)), Assert.Single(seen.Messages));
        Assert.Equal("talk:12", _customer.Effects.OfType<Effect.Say>().Last().Cause);
        Assert.Single(_customer.Says("Кто это?").Staff);
    }

    [Fact]
    public void A_web_customer_gets_the_words_and_staff_are_told_that_nothing_else_can_be_sent_there()
    {
        var customer = new Customer(Some.Shipped) { Address = new ChatAddress(ChatAddress.Web, 0, 5) };
        customer.Says("/talk");

        Assert.Equal("Да, <b>можно</b>", Assert.Single(customer.IsWritten("Да, <b>можно</b>", 12).Messages).Html);
        var picture = customer.IsWritten("вот", 13, MediaKind.Picture);

        Assert.Empty(picture.Messages);
        Assert.Equal(13, Assert.Single(picture.Staff).ReplyTo);
        Assert.Contains("только текст", picture.Staff[0].Body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_blocked_the_bot_is_not_written_to_and_staff_hear_why_under_their_message()
    {
        _customer.Says("/talk");
        var blocked = _customer.Blocks();

        Assert.Contains("заблокирован", Assert.Single(blocked.Staff).Body.Html, StringComparison.Ordinal);
        Assert.Null(_customer.Snapshot.Chat!.Talk);
        var seen = _customer.IsWritten("Алло?", 15);
        Assert.Empty(seen.Messages);
        Assert.Equal(15, Assert.Single(seen.Staff).ReplyTo);
        Assert.Null(_customer.Snapshot.Chat!.Talk);
    }

    [Fact]
    public void What_did_not_arrive_is_told_under_the_message_of_staff()
    {
        _customer.Says("/talk");

        var seen = _customer.Does(new Input.Undelivered("undelivered:1", _customer.Address, 15, DeliveryStatus.Failed, "400 Bad <Request>"));

        var line = Assert.Single(seen.Staff);
        Assert.Equal(15, line.ReplyTo);
        Assert.Contains("400 Bad &lt;Request&gt;", line.Body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Edits_of_either_side_change_what_the_other_sees_and_those_of_other_messages_nothing()
    {
        _customer.Says("/talk");
        _customer.Sends(77, "ул. Ленина, 1");

        var line = Assert.Single(_customer.Edits(77, "ул. Ленина, 2").Staff);
        Assert.True(line.IsEdit);
        Assert.Equal(new Copy(42, 77, null, "ул. Ленина, 2"), line.Body.Copy);
        Assert.Empty(_customer.Edits(78, "другое").Staff);
        Assert.Empty(_customer.Edits(77, "", MediaKind.Other).Staff);

        var seen = _customer.Does(new Input.Rewritten("e1", _customer.Address, new OutboxId(9), new Copy(-700, 12, null, "В 10:00")));
        Assert.Equal(new Body("В 10:00", Copy: new Copy(-700, 12), EditOf: new OutboxId(9)), Assert.Single(seen.Messages));
    }

    [Fact]
    public void A_talk_in_which_nobody_says_a_word_for_48_hours_is_over_and_the_customer_hears_it_once()
    {
        _customer.Says("/talk");
        Assert.Empty(_customer.Waits(TimeSpan.FromHours(40)));
        _customer.IsWritten("Минуту");
        Assert.Empty(_customer.Waits(TimeSpan.FromHours(40)));
        Assert.NotNull(_customer.Snapshot.Chat!.Talk);

        var heard = _customer.Waits(TimeSpan.FromHours(20));

        Assert.Contains("снова отвечаю я", Assert.Single(heard).Body.Html, StringComparison.Ordinal);
        Assert.Null(_customer.Snapshot.Chat!.Talk);
        Assert.Contains("давно ни слова", _customer.Effects.OfType<Effect.Relay>().Last().Body.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(_customer.Waits(TimeSpan.FromDays(10)), said => said.Body.Html.Contains("снова отвечаю", StringComparison.Ordinal));
    }

    [Fact]
    public void A_closed_talk_leaves_no_timer_behind_and_a_new_one_has_its_own()
    {
        _customer.Says("/talk");
        var first = _customer.Snapshot.Chat!.Talk!.Timer;
        _customer.IsClosed();
        Assert.Contains(_customer.Effects, effect => effect is Effect.Unschedule { Timer: var timer } && timer == first);
        _customer.Waits(TimeSpan.FromHours(30));
        _customer.Says("/talk");

        Assert.Empty(_customer.Waits(TimeSpan.FromHours(30)));
        Assert.NotNull(_customer.Snapshot.Chat!.Talk);
        Assert.Empty(_customer.Does(new Input.TimerFired(_customer.Address, new Timer(first, Some.Now, new TimerCause.Talk(Some.Now)))).Staff);
        Assert.NotNull(_customer.Snapshot.Chat!.Talk);
    }

    [Fact]
    public void A_talk_that_ran_out_in_a_backup_is_over_without_a_word_to_the_customer()
    {
        _customer.Says("/talk");
        _customer.IsRestoredAfter(TimeSpan.FromDays(5));

        Assert.Empty(_customer.Waits(TimeSpan.FromMinutes(1)));
        Assert.Null(_customer.Snapshot.Chat!.Talk);
    }

    [Fact]
    public void Automatic_messages_wait_while_a_person_talks()
    {
        _customer.Says("/start guide");
        _customer.Presses("Согласен");
        _customer.Presses("Анна");
        _customer.SharesContact();
        _customer.Presses("Да");
        _customer.Says("/talk");
        Assert.Empty(_customer.Waits(TimeSpan.FromHours(30)));
        Assert.Contains(_customer.Effects, effect => effect is Effect.Schedule { Timer.Waits: WaitReason.Talking });
        _customer.IsClosed();

        Assert.NotEmpty(_customer.Waits(TimeSpan.FromHours(24)));
    }

    [Fact]
    public void Closing_what_is_not_open_tells_staff_and_leaves_the_customer_alone()
    {
        _customer.Says("/start");

        var seen = _customer.IsClosed();

        Assert.Empty(seen.Messages);
        Assert.Contains("не идёт", Assert.Single(seen.Staff).Body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dialog_can_call_a_person()
    {
        var customer = new Customer(Some.ShippedWith(("help-me.yaml", """
            dialog: help-me
            about: { ru: Помощь, en: Help }
            opens:
              - command: sos
            states:
              call:
                do: [talk-to-person]
                goto: end
            """)));

        var seen = customer.Says("/sos");

        Assert.Contains("Позвал человека", seen.Text, StringComparison.Ordinal);
        Assert.Single(seen.Staff);
    }

    [Theory]
    [InlineData("talk:12", true, 12L)]
    [InlineData("talk:", true, null)]
    [InlineData("talk", false, null)]
    [InlineData("conversation:12", false, null)]
    public void What_staff_wrote_is_known_by_its_cause(string cause, bool isTheirs, long? message)
    {
        Assert.Equal(isTheirs, TalkCause.TryRead(cause, out var original));
        Assert.Equal(message, original);
    }
}
