using Bot.Core.Gate;
using Bot.Core.Sequences;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Turns;

/// <summary>What content that an owner writes may meet, with a customer who agreed to Marketing.</summary>
public sealed class AutomaticMessageTests
{
    [Fact]
    public void A_button_under_an_automatic_message_opens_its_dialog()
    {
        var customer = Agreeing("""
            automations:
              thanks:
                event: booking.done
                kind: service
                say: { ru: Спасибо!, en: Thank you! }
                buttons: { rate: { label: { ru: Оценить, en: Rate }, open: rating } }
            """);
        customer.Meets("booking.done");
        customer.Waits(TimeSpan.FromMinutes(1));

        Assert.Contains("Как всё прошло?", customer.Presses("Оценить").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_way_out_below_a_message_leads_out_when_its_topic_is_gone_from_the_settings()
    {
        var customer = Agreeing(Nothing);

        var seen = customer.PressesData("a.unsubscribe.gone");

        Assert.Equal(Agreeing(Nothing).Says("/stop").Text, seen.Text);
        Assert.DoesNotContain(customer.Snapshot.Profile!.Consents, consent => consent.Purpose == "marketing");
    }

    [Fact]
    public void Who_did_not_answer_a_dialog_that_opened_by_itself_is_not_reminded_of_it()
    {
        var customer = Agreeing(Opens);
        customer.Meets("booking.done");

        Assert.Equal("Как всё прошло?", Assert.Single(customer.Waits(TimeSpan.FromDays(3))).Body.Html);
    }

    [Fact]
    public void Who_began_to_answer_a_dialog_that_opened_by_itself_is_reminded_of_it_once()
    {
        var customer = Agreeing(Opens);
        customer.Meets("booking.done");
        customer.Waits(TimeSpan.FromMinutes(1));
        customer.Presses("Плохо");

        Assert.Equal("Вы не договорили.", Assert.Single(customer.Waits(TimeSpan.FromDays(3))).Body.Html);
    }

    [Theory]
    [InlineData("monday", "7d", 5)]
    [InlineData("day", "1d", 35)]
    public void What_comes_again_after_some_days_comes_on_the_day_although_the_last_one_came_a_little_late(string every, string again, int times)
    {
        var customer = Agreeing($$"""
            automations:
              greeting:
                every: {{every}}
                at: "11:00"
                kind: service
                say: { ru: Доброе утро!, en: Good morning! }
                again-after: {{again}}
            """);
        customer.Late = TimeSpan.FromMinutes(1);
        var first = customer.Waits(TimeSpan.FromDays(8));
        customer.Late = TimeSpan.Zero;

        var heard = customer.Waits(TimeSpan.FromDays(35));

        Assert.NotEmpty(first);
        Assert.Equal(times, heard.Count);
    }

    [Fact]
    public void A_sequence_that_is_started_daily_may_be_entered_again_on_the_day_that_it_says()
    {
        var customer = Agreeing("""
            sequences:
              hint:
                again-after: 7d
                kind: service
                steps:
                  one: { after: 0m, say: { ru: Совет, en: A hint } }
            automations:
              weekly:
                every: monday
                at: "11:00"
                do: [ start: hint ]
                again-after: 7d
            """);
        customer.Late = TimeSpan.FromMinutes(1);
        Assert.Single(customer.Waits(TimeSpan.FromDays(7)));
        customer.Late = TimeSpan.Zero;

        Assert.Single(customer.Waits(TimeSpan.FromDays(7)));
        Assert.Single(customer.Waits(TimeSpan.FromDays(7)));
    }

    [Fact]
    public void After_a_backup_is_restored_no_step_comes_whose_time_was_before_that()
    {
        var customer = Agreeing("""
            sequences:
              course:
                kind: service
                steps:
                  one: { after: 1h, say: { ru: Раз, en: One } }
                  two: { after: 2h, say: { ru: Два, en: Two } }
                  three: { after: 3d, say: { ru: Три, en: Three } }
            automations:
              begin:
                event: booking.done
                do: [ start: course ]
            """);
        customer.Meets("booking.done");
        customer.Waits(TimeSpan.FromMinutes(1));

        customer.IsRestoredAfter(TimeSpan.FromHours(5));

        Assert.Equal(["Три"], customer.Waits(TimeSpan.FromDays(5)).Select(heard => heard.Body.Html));
        Assert.Equal(["course/one", "course/two"],
            customer.Effects.OfType<Effect.Skip>().Where(skip => skip.Reason == SkipReason.Restored).Select(skip => skip.Template));
        Assert.Equal(SequenceEnd.Finished, customer.Snapshot.Profile!.Sequences["course"].End);
    }

    [Fact]
    public void A_sequence_that_is_stopped_and_entered_again_at_once_leaves_no_run_open()
    {
        var customer = Agreeing("""
            sequences:
              course:
                kind: service
                again-after: 1m
                steps:
                  one: { after: 1d, say: { ru: Раз, en: One } }
            automations:
              anew:
                event: booking.done
                do: [ stop: course, start: course ]
            """);
        customer.Meets("booking.done");
        customer.Waits(TimeSpan.FromHours(1));
        var first = customer.Snapshot.Profile!.Sequences["course"];
        customer.Meets("booking.done");
        customer.Waits(TimeSpan.FromHours(1));

        var kept = Assert.Single(customer.Effects.OfType<Effect.KeepRun>()).Run;
        Assert.Equal((first.Id, SequenceEnd.Stopped), (kept.Id, kept.End));
        Assert.Single(customer.Waits(TimeSpan.FromDays(3)));
    }

    [Fact]
    public void Who_unsubscribes_is_worth_a_line_to_staff_once_however_often_they_say_so()
    {
        var customer = Agreeing(Nothing);
        customer.Says("/stop");
        customer.Says("/stop");
        customer.Says("/stop");

        Assert.Equal(2, customer.Effects.OfType<Effect.Notify>().Count());
    }

    private const string Nothing = "automations: {}";

    private const string Opens = """
        automations:
          ask:
            event: booking.done
            kind: marketing
            topic: tips
            open: rating
        """;

    private const string Rating = """
        dialog: rating
        about: { ru: Оценка, en: A rating }
        opens:
          - command: rating
        silence: { after: 1h, say: { ru: Вы не договорили., en: You were in the middle of something. } }
        states:
          ask:
            say: { ru: Как всё прошло?, en: How was it? }
            buttons:
              good: { label: { ru: Хорошо, en: Well }, goto: end }
              bad: { label: { ru: Плохо, en: Badly }, goto: why }
          why:
            say: { ru: Что было не так?, en: What was wrong? }
            buttons:
              late: { label: { ru: Опоздали, en: Late }, goto: end }
        """;

    private static readonly string WithoutSequence =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "dialogs", "lead-magnet.yaml")).Replace("- start: welcome", "- tag: had-it", StringComparison.Ordinal);

    private static Customer Agreeing(string automations)
    {
        var customer = new Customer(Some.ShippedWith(("automations.yaml", automations), ("rating.yaml", Rating), ("lead-magnet.yaml", WithoutSequence)));
        customer.Says("/start guide");
        customer.Presses("Согласен");
        customer.Presses("Анна");
        customer.SharesContact();
        customer.Presses("Да");
        return customer;
    }
}
