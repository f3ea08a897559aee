using Bot.Core.Consents;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Turns;

public sealed class TurnTests
{
    [Fact]
    public void A_second_tap_on_the_same_button_changes_nothing_and_says_so()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/start guide");
        var data = customer.DataOf("Согласен");
        customer.PressesData(data);
        var (before, asked) = (customer.Snapshot, customer.Effects.Count);

        var again = Enumerable.Range(0, 4).Select(_ => customer.PressesData(data)).ToList();

        Assert.All(again, seen => Assert.Empty(seen.Messages));
        Assert.All(again, seen => Assert.Equal("Эта кнопка уже не действует.", seen.Notice));
        Assert.Equal(before.Conversation, customer.Snapshot.Conversation);
        Assert.Equal(4, customer.Effects.Count - asked);
    }

    [Fact]
    public void Two_quick_taps_on_a_line_of_the_menu_open_it_once()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/menu");
        var data = customer.DataOf("🎁 Получить чек-лист");
        customer.Waits(TimeSpan.FromSeconds(-18));
        customer.PressesData(data, message: 7);
        customer.Waits(TimeSpan.FromSeconds(-18));

        var second = customer.PressesData(data, message: 7);

        Assert.Empty(second.Messages);
        Assert.NotEmpty(customer.PressesData(data, message: 7).Messages);
    }

    [Fact]
    public void The_same_line_of_the_menu_after_something_else_is_a_new_wish()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/menu");
        var data = customer.DataOf("🎁 Получить чек-лист");
        customer.PressesData(data, message: 7);
        customer.Waits(TimeSpan.FromSeconds(-19));
        customer.Presses("Не сейчас");
        customer.Waits(TimeSpan.FromSeconds(-19));

        Assert.NotEmpty(customer.PressesData(data, message: 7).Messages);
    }

    [Theory]
    [InlineData("СТОП")]
    [InlineData("отписаться")]
    [InlineData("unsubscribe")]
    public void A_word_that_people_type_for_stop_stops(string word)
    {
        var customer = new Customer(Some.Shipped);
        Registers(customer);
        customer.Presses("Да");

        customer.Says(word);

        Assert.Single(customer.Effects.OfType<Effect.WithdrawConsent>());
    }

    [Fact]
    public void A_consent_is_kept_with_the_very_words_it_was_given_to()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/start guide");
        customer.Presses("Согласен");

        var given = Assert.Single(customer.Effects.OfType<Effect.GiveConsent>());

        Assert.Equal(Purpose.PersonalData, given.Purpose);
        Assert.Equal("Согласен", given.Wording.Label);
        Assert.Contains("https://example.com/privacy", given.Wording.Text, StringComparison.Ordinal);
        Assert.Equal("dialog:contact/consent", given.Source);
    }

    [Fact]
    public void Withdrawn_marketing_stays_withdrawn_and_the_rest_stays()
    {
        var customer = new Customer(Some.Shipped);
        Registers(customer);
        customer.Presses("Да");

        customer.Says("/stop");

        Assert.Equal([Purpose.PersonalData], customer.Snapshot.Profile!.Consents.Select(consent => consent.Purpose));
        Assert.Single(customer.Effects.OfType<Effect.WithdrawConsent>());
        Assert.True(customer.Snapshot.Profile.Fields.ContainsKey(ProfileFields.Phone));
    }

    [Fact]
    public void A_block_stops_what_waits_and_the_next_word_lifts_it()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/start guide");

        customer.Blocks();

        Assert.NotNull(customer.Snapshot.Chat!.BlockedAt);
        Assert.Single(customer.Effects.OfType<Effect.CancelMessages>());
        customer.Says("/start");
        Assert.Null(customer.Snapshot.Chat!.BlockedAt);
    }

    [Fact]
    public void What_happens_to_an_unknown_chat_leaves_nothing()
    {
        foreach (var input in new Input[] { new Input.Blocked("k", Some.Address), new Input.Unblocked("k", Some.Address), new Input.Ignored("k", Some.Address) })
        {
            var outcome = (TurnResult.Outcome)Turn.Run(Some.Shipped, Snapshot.None, Facts.None, input, Some.Now, Some.Ids());

            Assert.Equal(Snapshot.None, outcome.After);
            Assert.Empty(outcome.Effects);
        }
    }

    [Fact]
    public void A_chat_that_moves_keeps_its_conversation()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/start guide");
        var to = customer.Address with { Address = -1005 };

        customer.Does(new Input.Migrated("k", customer.Address, to));

        Assert.Equal(to, customer.Snapshot.Chat!.Address);
        Assert.NotNull(customer.Snapshot.Conversation);
    }

    [Fact]
    public void A_state_that_is_gone_leads_where_the_dialog_says()
    {
        var customer = new Customer(Some.ShippedWith(("survey.yaml", Survey("first", ""))));
        customer.Says("/survey");

        customer.Content = Some.ShippedWith(("survey.yaml", Survey("second", "moved: { first: second }\n")));
        var seen = customer.Says("an answer to a question that is gone");

        Assert.Equal("Question second?", seen.Text);
        Assert.Equal("second", customer.Snapshot.Conversation!.Top.State);
    }

    [Fact]
    public void A_state_that_is_gone_without_a_word_leads_to_the_menu_and_never_into_silence()
    {
        var customer = new Customer(Some.ShippedWith(("survey.yaml", Survey("first", ""))));
        customer.Says("/survey");

        customer.Content = Some.ShippedWith(("survey.yaml", Survey("second", "")));
        var seen = customer.Says("an answer to a question that is gone");

        Assert.NotNull(Assert.Single(seen.Messages).Keyboard);
        Assert.Null(customer.Snapshot.Conversation);
        Assert.Equal(ConversationEnd.Lost, Assert.Single(customer.Effects.OfType<Effect.CloseConversation>()).End);
    }

    [Fact]
    public void Changed_words_do_not_disturb_a_conversation()
    {
        var customer = new Customer(Some.ShippedWith(("survey.yaml", Survey("first", ""))));
        customer.Says("/survey");

        customer.Content = Some.ShippedWith(("survey.yaml", Survey("first", "") + "# another revision\n"));
        customer.Says("My answer");

        Assert.Equal(ConversationEnd.Finished, Assert.Single(customer.Effects.OfType<Effect.CloseConversation>()).End);
    }

    [Fact]
    public void A_guard_over_a_count_asks_for_the_fact_and_then_holds()
    {
        var content = Some.ShippedWith(("survey.yaml", Survey("first", "").Replace(
            "- command: survey", "- command: survey\n    if: count(link.opened, 7d) >= 2", StringComparison.Ordinal)));
        var customer = new Customer(content);
        customer.Says("/start guide");
        var profile = customer.Snapshot.Profile!;
        var known = customer.Snapshot with
        {
            // Long ago and lately: how many of them lately, the statistics do not tell.
            Profile = profile with { Events = profile.Events.SetItem("link.opened", new(5, Some.Now - TimeSpan.FromDays(90), Some.Now)) },
        };
        var input = new Input.Message("k", Some.Address, null, "/survey");

        var need = Assert.IsType<TurnResult.Need>(Turn.Run(content, known, Facts.None, input, Some.Now, Some.Ids()));
        var query = Assert.IsType<Query.EventCount>(Assert.Single(need.Queries));
        Assert.Equal(("link.opened", Some.Now - TimeSpan.FromDays(7)), (query.Event, query.Since));

        string Text(decimal count) => ((Effect.Say)((TurnResult.Outcome)Turn.Run(content, known,
            new Facts(Facts.None.Answers.Add(query, new Value.Number(count))), input, Some.Now, Some.Ids())).Effects.First(effect => effect is Effect.Say)).Body.Html;
        Assert.Contains("Question first?", Text(2), StringComparison.Ordinal);
        Assert.DoesNotContain("Question first?", Text(1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_a_choice_and_a_skip_are_answered_by_buttons()
    {
        var customer = new Customer(Some.ShippedWith(("survey.yaml", Everything)), language: "en");
        var scale = customer.Says("/survey");
        Assert.Equal([6, 5], ((Keyboard.Inline)scale.Messages[0].Keyboard!).Rows.Select(row => row.Length));

        customer.Presses("9");
        Assert.Equal("Two or one?", customer.Presses("One").Messages[0].Html);
        Assert.Contains("9 One -", customer.Presses("Skip").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_unusable_answers_show_a_way_out_and_the_question_stays_open()
    {
        var customer = new Customer(Some.ShippedWith(("survey.yaml", Everything)), language: "en");
        customer.Says("/survey");

        Assert.Contains("0", customer.Says("11").Text, StringComparison.Ordinal);
        customer.SendsSticker();
        Assert.Contains("+7 900 000-00-00", customer.Says("?").Text, StringComparison.Ordinal);
        Assert.Equal("One or two?", customer.Says("10").Messages[0].Html);
    }

    [Fact]
    public void A_long_text_goes_in_several_messages_with_the_buttons_under_the_last()
    {
        var longLine = new string('a', 900);
        var customer = new Customer(Some.ShippedWith(("survey.yaml", Survey("first", "", $"{{{{ profile.name else '{longLine}' }}}} {longLine}"))));

        var seen = customer.Says("/survey");

        Assert.All(seen.Messages, body => Assert.InRange(Html.Length(body.Html), 1, Html.MaxText));
    }

    private static void Registers(Customer customer)
    {
        customer.Says("/start guide");
        customer.Presses("Согласен");
        customer.Presses("Анна");
        customer.SharesContact();
    }

    private static string Survey(string state, string moved, string question = "") => $$"""
        dialog: survey
        about:
          ru: Опрос
          en: Survey
        opens:
          - command: survey
        remember:
          words: text
        states:
          {{state}}:
            say:
              ru: |
                Question {{state}}?{{question}}
              en: |
                Question {{state}}?{{question}}
            ask: { as: text, into: words }
            goto: end
        {{moved}}
        """;

    private const string Everything = """
        dialog: survey
        about:
          ru: Опрос
          en: Survey
        opens:
          - command: survey
        remember:
          score: number
          pick: choice
          words: text
        states:
          score:
            say:
              ru: Сколько?
              en: How much?
            ask: { as: scale, from: 0, to: 10, into: score }
            goto: pick
          pick:
            say:
              ru: Один или два?
              en: One or two?
            ask:
              as: choice
              of:
                one: { ru: Один, en: One }
                two: { ru: Два, en: Two }
              into: pick
            goto: words
          words:
            say:
              ru: Два или один?
              en: Two or one?
            ask: { as: text, into: words, skip: true }
            goto: done
          done:
            say:
              ru: "{{ score }} {{ pick }} {{ words else '-' }}"
              en: "{{ score }} {{ pick }} {{ words else '-' }}"
            goto: end
        """;
}
