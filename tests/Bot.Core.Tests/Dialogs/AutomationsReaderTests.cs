using Bot.Core.Automations;
using Bot.Core.Dialogs;
using Bot.Core.Gate;
using Bot.Core.Messages;

namespace Bot.Core.Tests.Dialogs;

/// <summary>What an owner writes of messages that the bot sends first becomes what the engine runs.</summary>
public sealed class AutomationsReaderTests
{
    private const string Automations = """
        sequences:
          welcome:
            kind: marketing
            topic: offers
            for: not event(purchase)
            ends-when: event(purchase)
            again-after: 90d
            enabled: false
            steps:
              hello:
                after: 0m
                say: { ru: Привет, en: Hello }
                buttons:
                  more: { label: { ru: Ещё, en: More }, open: contact }
                  site: { label: { ru: Сайт, en: Site }, if: profile.city, url: "https://example.com" }
              gift:
                after: 2h
                if: name
                do:
                  - code: { amount: 500, valid: 14d, into: gift }
                  - stop: welcome
                say: { ru: "{{ profile.name }}: {{ gift }}", en: "{{ profile.name }}: {{ gift }}" }
        automations:
          after-purchase: { event: purchase, after: 3d, kind: service, topic: reminders, open: contact }
          on-sundays:
            every: sunday
            at: "09:30"
            for: city = "Казань"
            do: [ tag: seen, set: { visits: 1 }, record: sunday.came, start: welcome ]
        """;

    [Fact]
    public void A_sequence_is_read_with_all_that_it_says()
    {
        var sequence = Sample.Content(("automations.yaml", Automations)).Sequences["welcome"];

        Assert.Equal((MessageKind.Marketing, "offers", TimeSpan.FromDays(90), false), (sequence.Kind, sequence.Topic, sequence.AgainAfter, sequence.IsEnabled));
        Assert.Equal(("not event(purchase)", "event(purchase)"), (sequence.For!.Source, sequence.EndsWhen!.Source));
        Assert.Equal([("hello", TimeSpan.Zero, null), ("gift", TimeSpan.FromHours(2), "name")], sequence.Steps.Select(s => (s.Name, s.After, s.If?.Source)));
        Assert.Equal(["contact", "https://example.com"], sequence.Steps[0].Outreach.Buttons.Select(b => b.Leads switch
        {
            ButtonLeads.Open open => open.Dialog,
            ButtonLeads.Url url => url.Address.In("ru").Constant,
            _ => "",
        }));
        Assert.Equal([new DialogAction.Code(null, 500, TimeSpan.FromDays(14), "gift"), new DialogAction.Stop("welcome")], sequence.Steps[1].Outreach.Do);
    }

    [Fact]
    public void An_automation_is_read_with_what_sets_it_off()
    {
        var automations = Sample.Content(("automations.yaml", Automations)).Automations;

        var first = automations["after-purchase"];
        Assert.Equal(new AutomationTrigger.OnEvent("purchase", TimeSpan.FromDays(3)), first.Trigger);
        Assert.Equal((MessageKind.Service, "reminders", "contact", true), (first.Kind, first.Topic, first.Outreach.Open, first.IsEnabled));
        var second = automations["on-sundays"];
        Assert.Equal(new AutomationTrigger.Daily(DayRule.Sunday, new TimeOnly(9, 30)), second.Trigger);
        Assert.Equal(["Tag", "Set", "Record", "Start"], second.Outreach.Do.Select(a => a.GetType().Name));
        Assert.False(second.Outreach.IsHeard);
    }

    [Fact]
    public void An_event_that_an_automation_records_is_known_to_dialogs() =>
        Assert.NotNull(Sample.Content(("automations.yaml", Automations), ("hello.yaml", """
            dialog: hello
            about: { ru: Проба, en: A trial }
            opens: [ command: hello ]
            states:
              one:
                skip-if: event(sunday.came)
                say: { ru: Да, en: Yes }
                goto: end
            """)).Dialogs["hello"]);

    [Fact]
    public void A_dialog_that_an_automation_opens_cannot_rely_on_its_callers()
    {
        const string Called = """
            dialog: called
            about: { ru: Проба, en: A trial }
            states:
              one:
                say: { ru: "{{ profile.name }}", en: "{{ profile.name }}" }
                goto: end
            """;
        const string Caller = """
            dialog: caller
            about: { ru: Проба, en: A trial }
            opens: [ command: caller ]
            states:
              first: { call: contact, if-left: end, goto: second }
              second: { call: called, goto: end }
            """;
        const string Opens = "automations: { open: { event: purchase, kind: service, open: called } }";

        Assert.Empty(Sample.With(("called.yaml", Called), ("caller.yaml", Caller)).Faults);
        Assert.All(Sample.With(("called.yaml", Called), ("caller.yaml", Caller), ("automations.yaml", Opens)).Faults,
            fault => Assert.Equal("called.yaml", fault.File));
        Assert.NotEmpty(Sample.With(("called.yaml", Called), ("caller.yaml", Caller), ("automations.yaml", Opens)).Faults);
    }

    [Fact]
    public void A_condition_may_name_a_segment() =>
        Assert.Equal("segment(vip)", Sample.Content(
            ("segments.yaml", "segments: { vip: { name: { ru: Частые, en: Regulars }, for: purchases.count(90d) >= 3 } }"),
            ("automations.yaml", "automations: { thanks: { event: purchase, for: segment(vip), do: [ tag: vip ] } }")).Automations["thanks"].For!.Source);

    [Fact]
    public void Each_day_of_the_grammar_is_that_day()
    {
        var words = Bot.Core.Dialogs.Loading.Keys.Days.Known;

        Assert.Equal(Enum.GetValues<DayRule>().Select(day => day.ToString().ToLowerInvariant()), words);
    }

    [Fact]
    public void Topics_quiet_hours_and_lateness_are_the_business_s_own()
    {
        var yaml = Sample.Yaml["settings.yaml"] + "\nquiet: { from: \"22:30\", to: \"08:00\" }\nlate: { marketing: 2h }\n";

        var settings = Sample.Content(("settings.yaml", yaml)).Settings;

        Assert.Equal(new QuietHours(new TimeOnly(22, 30), new TimeOnly(8, 0)), settings.Quiet);
        Assert.Equal(TimeSpan.FromHours(2), settings.MarketingLate);
        Assert.Equal("Offers", settings.Topics["offers"].In("en").Constant);
    }

    [Fact]
    public void Without_a_word_there_are_no_quiet_hours_and_Marketing_is_six_hours_late_at_most()
    {
        var settings = Sample.Content().Settings;

        Assert.Equal((null, TimeSpan.FromHours(6)), (settings.Quiet, settings.MarketingLate));
    }

    [Fact]
    public void A_dialog_may_have_words_for_silence_and_codes_of_its_own()
    {
        var dialog = Sample.Content(("automations.yaml", Automations), ("hello.yaml", """
            dialog: hello
            about: { ru: Проба, en: A trial }
            opens: [ command: hello ]
            remember: { gift: text }
            states:
              one:
                do:
                  - code: { percent: 10, valid: 7d, into: gift }
                  - start: welcome
                say: { ru: "{{ gift }}", en: "{{ gift }}" }
                goto: end
            silence:
              after: 24h
              say: { ru: "{{ profile.name }}?", en: "{{ profile.name }}?" }
              if: profile.name
            """)).Dialogs["hello"];

        Assert.Equal((TimeSpan.FromHours(24), "profile.name"), (dialog.Silence!.After, dialog.Silence.If!.Source));
        Assert.Equal([new DialogAction.Code(10, null, TimeSpan.FromDays(7), "gift"), new DialogAction.Start("welcome")], dialog.States[0].Do);
    }
}
