using Bot.EndToEnd.Tests.Support;

namespace Bot.EndToEnd.Tests;

/// <summary>A score and what comes of it, by the real process over the Bot API.</summary>
public sealed class SurveyTests : BotTest
{
    private const long Owner = 501;
    private const string Solve = "✅ Решено";

    [Fact]
    public async Task A_low_score_is_a_case_that_outlives_a_crash_is_asked_after_a_day_later_and_solved_by_a_button()
    {
        var dialogs = Folder.CopyDialogs();
        await File.WriteAllTextAsync(Path.Combine(dialogs, "rate.yaml"), """
            dialog: rate
            about: { ru: Оценка, en: Rate }
            opens:
              - command: rate
            states:
              ask:
                call: nps
                if-left: end
                goto: end
            """);
        Settings["Dialogs:Path"] = dialogs;
        Settings["Demo:Enabled"] = "true";
        var bot = await RunAsync();
        await Chat(Owner).ClaimsAsync(bot);
        await Chat(7).GetsTheChecklistAsync("Мария");
        await Chat(Owner).ReceivesAsync("Новый контакт", Eventually.Patience);

        await Chat(7).IsAnsweredAsync("/rate", "насколько вы готовы рекомендовать");
        Chat(7).Presses("3");
        await Chat(7).ReceivesAsync("Что пошло не так?", Eventually.Patience);
        var card = await Chat(Owner).ReceivesAsync("Клиент недоволен", Eventually.Patience);
        Assert.Contains("Мария, +79991234567", card.Text, StringComparison.Ordinal);
        await Chat(7).IsAnsweredAsync("Опоздали на <два> часа", "скидка 5 %");
        await Chat(Owner).ReceivesAsync("Опоздали на <два> часа", Eventually.Patience);
        await bot.KillAsync();

        bot = await RunAsync();
        using var demo = new DemoVisitor(bot.Url);
        await demo.AdvanceAsync("P1D");
        await Chat(Owner).ReceivesAsync("Обращение не решено", Eventually.Patience);
        Chat(Owner).Presses(Solve);
        await Chat(Owner).ReceivesAsync("Обращение решено", Eventually.Patience);
        await Chat(Owner).IsAnsweredAsync("/nps", "слишком мало ответов");
        await demo.AdvanceAsync("P9D");

        Assert.Single(Chat(Owner).Texts(), static text => text.Contains("Обращение не решено", StringComparison.Ordinal));
        Assert.Equal(1, Database.Number("SELECT count(*) FROM cases WHERE solved_at IS NOT NULL"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM timers WHERE kind = 9"));
        Assert.Equal(0, Database.Number("SELECT count(*) FROM aside"));
        Assert.DoesNotContain(bot.Errors, static line => line.Contains("Опоздали", StringComparison.Ordinal));

        // The page's second pane has the same commands.
        var (_, body) = await demo.PostAsync("demo/admin", """{"text":"/cases"}""");
        await Eventually.TrueAsync(async () => (await demo.AdminAsync())[^1].Contains("Пусто", StringComparison.Ordinal), () => body);
    }
}
