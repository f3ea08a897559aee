using System.Collections.Immutable;
using Bot.Core.Consents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Conversations;

/// <summary>The questions that ask how the bot should behave: language, city, topics.</summary>
public sealed class PreferencesTests
{
    private static readonly Text Offers = Labels("Скидки", "Offers");
    private static readonly Text Reminders = Labels("Напоминания", "Reminders");
    private static readonly Content WithTopics = With(("offers", Offers), (Topic.Reminders, Reminders));

    [Fact]
    public void A_topic_is_switched_by_each_tap_and_the_marks_follow()
    {
        var customer = Asked(WithTopics);

        Assert.Equal(["⬜ Offers", "✅ Reminders", "A month of quiet", "Unsubscribe from everything", "‹ Back", "Done"], LabelsOf(customer.Presses("✅ Offers")));
        Assert.Equal(["offers"], customer.Snapshot.Profile!.TopicsOff);
        Assert.Equal(["✅ Offers", "✅ Reminders", "A month of quiet", "Unsubscribe from everything", "‹ Back", "Done"], LabelsOf(customer.Presses("⬜ Offers")));
        Assert.Empty(customer.Snapshot.Profile!.TopicsOff);
        Assert.Equal(["topic.off", "topic.on"], customer.Effects.OfType<Effect.Record>().Select(record => record.Event).Where(name => name.StartsWith("topic", StringComparison.Ordinal)));
        Assert.Single(customer.Effects.OfType<Effect.CancelMessages>());
    }

    [Fact]
    public void A_double_tap_switches_a_topic_once()
    {
        var customer = Asked(WithTopics);
        var data = customer.DataOf("✅ Offers");

        customer.PressesData(data);
        var again = customer.PressesData(data);

        Assert.Equal("This button is no longer valid.", again.Notice);
        Assert.Equal(["offers"], customer.Snapshot.Profile!.TopicsOff);
    }

    [Fact]
    public void Done_goes_on_and_the_choice_stays()
    {
        var customer = Asked(WithTopics);
        customer.Presses("✅ Reminders");

        Assert.Equal("What would you like to set?", customer.Presses("Done").Text);
        Assert.Equal([Topic.Reminders], customer.Snapshot.Profile!.TopicsOff);
    }

    [Fact]
    public void A_topic_can_be_named_instead_of_tapped()
    {
        var customer = Asked(WithTopics);

        customer.Says("offers");
        Assert.Equal(["offers"], customer.Snapshot.Profile!.TopicsOff);
        Assert.Contains("one of the options", customer.Says("weather").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_consent_to_marketing_only_reminders_can_be_chosen()
    {
        var customer = new Customer(WithTopics, language: "en");
        customer.Says("/settings");
        customer.Presses("Topics of messages");

        Assert.Equal(["✅ Reminders", "Done"], LabelsOf(customer.Presses("No thanks")));
        Assert.Contains("one of the options", customer.Says("offers").Text, StringComparison.Ordinal);
        Assert.Empty(customer.Snapshot.Profile!.TopicsOff);
    }

    [Fact]
    public void A_month_of_silence_is_offered_and_can_be_ended_there()
    {
        var customer = Asked(WithTopics);

        customer.Presses("A month of quiet");
        Assert.Equal(Some.Now.AddDays(30).Date, customer.Snapshot.Profile!.PausedUntil!.Value.Date);
        Assert.Contains("End the quiet month", LabelsOf(customer.Presses("✅ Offers")));
        customer.Presses("End the quiet month");
        Assert.Null(customer.Snapshot.Profile!.PausedUntil);
        Assert.Equal(["offers"], customer.Snapshot.Profile.TopicsOff);
    }

    [Fact]
    public void Where_there_are_no_topics_the_question_answers_itself()
    {
        var customer = new Customer(With(), language: "en");
        customer.Says("/settings");
        customer.Presses("Topics of messages");

        Assert.Equal("What would you like to set?", customer.Presses("Please do").Text);
        Assert.Contains(customer.Snapshot.Profile!.Consents, consent => consent.Purpose == Purpose.Marketing);
    }

    [Fact]
    public void Where_one_language_is_spoken_nobody_is_asked_for_it()
    {
        var customer = new Customer(WithTopics with { Settings = WithTopics.Settings with { Languages = ["en"] } }, language: "en");
        customer.Says("/settings");

        Assert.DoesNotContain("Which language", customer.Presses("Language").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_city_sets_the_zone_and_is_itself_kept_only_with_the_consent()
    {
        var customer = new Customer(WithTopics, language: "en");
        customer.Says("/settings");
        customer.Presses("Time zone");
        customer.Says("Vladivostok");

        Assert.Equal("Asia/Vladivostok", customer.Snapshot.Chat!.Zone);
        Assert.Empty(customer.Snapshot.Profile!.Fields);

        customer.Presses("Birthday");
        customer.Presses("I agree");
        customer.Says("24.05.1990");
        customer.Presses("Time zone");
        customer.Says("Novosibirsk");

        Assert.Equal("Asia/Novosibirsk", customer.Snapshot.Chat!.Zone);
        Assert.Equal(new Value.Text("Новосибирск"), customer.Snapshot.Profile!.Fields["city"]);
    }

    [Fact]
    public void What_follows_a_chosen_language_is_in_it()
    {
        var customer = new Customer(WithTopics, language: "ru");
        customer.Says("/settings");
        customer.Presses("Язык");

        Assert.StartsWith("All right, English it is.", customer.Presses("English").Text, StringComparison.Ordinal);
        Assert.Equal("en", customer.Snapshot.Chat!.Language);
    }

    /// <summary>A customer with the consent to marketing who is asked for the topics.</summary>
    private static Customer Asked(Content content)
    {
        var customer = new Customer(content, language: "en");
        customer.Says("/settings");
        customer.Presses("Topics of messages");
        customer.Presses("Please do");
        customer.Presses("Done");
        var asked = customer.Presses("Topics of messages");
        Assert.Equal(["✅ Offers", "✅ Reminders", "A month of quiet", "Unsubscribe from everything", "‹ Back", "Done"], LabelsOf(asked));
        return customer;
    }

    private static IEnumerable<string> LabelsOf(Customer.Seen seen) =>
        ((Keyboard.Inline)seen.Messages[^1].Keyboard!).Rows.SelectMany(row => row).Select(button => button.Label);

    private static Content With(params ReadOnlySpan<(string Id, Text Name)> topics)
    {
        var byId = ImmutableSortedDictionary.CreateBuilder<string, Text>(StringComparer.Ordinal);
        foreach (var (id, name) in topics)
        {
            byId.Add(id, name);
        }

        return Some.Shipped with { Settings = Some.Shipped.Settings with { Topics = byId.ToImmutable() } };
    }

    private static Text Labels(string ru, string en) =>
        new(ImmutableDictionary<string, Template>.Empty.Add("ru", Plain(ru)).Add("en", Plain(en)));

    private static Template Plain(string text) => Template.Parse(text, new Vocabulary()).Result!;
}
