using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Turns;

/// <summary>The owner edits a dialog while customers stand in it.</summary>
public sealed class ChangedContentTests
{
    private const string Go = "{ label: { ru: Да, en: Yes }, goto: done }";
    private const string Agree = "{ label: { ru: Да, en: Yes }, do: [ consent: marketing ], goto: done }";
    private const string Refuse = "{ label: { ru: Нет, en: No }, goto: done }";

    [Fact]
    public void A_button_shown_with_other_words_gives_no_consent_and_the_step_is_shown_anew()
    {
        var customer = new Customer(Offers("Shall we go on?", ("agree", Go), ("refuse", Refuse)));
        customer.Says("/offers");

        customer.Content = Offers("May we send you ads daily?", ("agree", Agree), ("refuse", Refuse));
        var seen = customer.Presses("Да");

        Assert.Equal("May we send you ads daily?", seen.Text);
        Assert.Empty(customer.Effects.OfType<Effect.GiveConsent>());
        customer.Presses("Да");
        Assert.Equal("May we send you ads daily?", Assert.Single(customer.Effects.OfType<Effect.GiveConsent>()).Wording.Text);
    }

    [Fact]
    public void An_unclear_word_in_between_does_not_let_the_old_button_in()
    {
        var customer = new Customer(Offers("Shall we go on?", ("agree", Go), ("refuse", Refuse)));
        customer.Says("/offers");
        var old = customer.DataOf("Да");

        customer.Content = Offers("May we send you ads daily?", ("agree", Agree), ("refuse", Refuse));
        Assert.Equal("May we send you ads daily?", customer.Says("что?").Text);
        customer.PressesData(old);

        Assert.Empty(customer.Effects.OfType<Effect.GiveConsent>());
    }

    [Fact]
    public void Buttons_that_changed_places_still_mean_what_stands_on_them()
    {
        var customer = new Customer(Offers("Ads?", ("agree", Agree), ("refuse", Refuse)));
        customer.Says("/offers");

        customer.Content = Offers("Ads?", ("refuse", Refuse), ("agree", Agree));
        customer.Says("что?");
        customer.Presses("Нет");

        Assert.Empty(customer.Effects.OfType<Effect.GiveConsent>());
        Assert.Null(customer.Snapshot.Conversation);
    }

    [Fact]
    public void A_name_that_is_no_longer_offered_does_not_move_the_buttons_below_it()
    {
        var customer = new Customer(Some.ShippedWith(("name.yaml", Name)));
        customer.Says("/name");
        customer.Presses("Ага");
        customer.Does(new Input.Message("nameless", customer.Address, new Person("", "ru"), "12345"));

        var seen = customer.Presses("Потом");

        Assert.Equal("later", seen.Text);
        Assert.Empty(customer.Snapshot.Profile!.Fields);
    }

    [Fact]
    public void A_way_back_that_is_gone_is_not_offered()
    {
        var customer = new Customer(Some.ShippedWith(("two.yaml", Two("first"))));
        customer.Says("/two");
        customer.Says("one");
        var back = customer.DataOf("‹ Назад");

        customer.Content = Some.ShippedWith(("two.yaml", Two("renamed")));
        var seen = customer.PressesData(back);

        Assert.Equal("Эта кнопка уже не действует.", seen.Notice);
        Assert.Equal("second", customer.Snapshot.Conversation!.Top.State);
    }

    [Fact]
    public void Nobody_is_told_to_have_got_a_magnet_that_is_gone()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/start guide");
        customer.Presses("Согласен");

        customer.Content = Some.Shipped with { Revision = "another", Settings = Some.Shipped.Settings with { Magnets = Some.Shipped.Settings.Magnets.Clear() } };
        customer.Says("Анна");

        Assert.Equal(ConversationEnd.Lost, Assert.Single(customer.Effects.OfType<Effect.CloseConversation>()).End);
        var notice = Assert.Single(customer.Effects.OfType<Effect.Notify>());
        Assert.Equal("lost:another:contact/name", notice.Key);
        Assert.Contains("contact", notice.Body.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("guide", customer.Snapshot.Profile!.Tags);
    }

    [Fact]
    public void A_consent_is_given_by_its_button_and_not_by_typing()
    {
        var customer = new Customer(Some.Shipped);
        customer.Says("/start guide");

        var seen = customer.Says("согласен");

        Assert.Empty(customer.Effects.OfType<Effect.GiveConsent>());
        Assert.IsType<Keyboard.Inline>(Assert.Single(seen.Messages).Keyboard);
    }

    private static Content Offers(string text, params (string Id, string Button)[] buttons) => Some.ShippedWith(("offers.yaml", $$"""
        dialog: offers
        about: { ru: О, en: O }
        opens:
          - command: offers
        states:
          ask:
            say: { ru: "{{text}}", en: "{{text}}" }
            buttons:
              {{buttons[0].Id}}: {{buttons[0].Button}}
              {{buttons[1].Id}}: {{buttons[1].Button}}
          done:
            say: { ru: ok, en: ok }
            goto: end
        """));

    private const string Name = """
        dialog: name
        about: { ru: О, en: O }
        opens:
          - command: name
        states:
          consent:
            skip-if: consent(personal-data)
            say: { ru: agree, en: agree }
            buttons:
              agree: { label: { ru: Ага, en: Ok }, do: [ consent: personal-data ], goto: name }
            goto: name
          name:
            say: { ru: name, en: name }
            buttons:
              later: { label: { ru: Потом, en: Later }, goto: later }
              never: { label: { ru: Никогда, en: Never }, goto: never }
            ask: { as: name, into: profile.name }
            goto: end
          later:
            say: { ru: later, en: later }
            goto: end
          never:
            say: { ru: never, en: never }
            goto: end
        """;

    private static string Two(string first) => $$"""
        dialog: two
        about: { ru: О, en: O }
        opens:
          - command: two
        remember: { words: text, other: text }
        states:
          {{first}}:
            say: { ru: q1, en: q1 }
            ask: { as: text, into: words }
            goto: second
          second:
            say: { ru: q2, en: q2 }
            ask: { as: text, into: other }
            goto: end
        """;
}
