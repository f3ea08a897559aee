using Bot.Core.Cases;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Tests.Support;
using Bot.Core.Turns;

namespace Bot.Core.Tests.Cases;

/// <summary>A customer is not content: what staff hear, and until when.</summary>
public sealed class CaseTests
{
    private readonly Customer _customer = new(Some.Shipped);

    [Fact]
    public void Staff_hear_of_a_low_score_at_once_with_what_can_be_done_about_it()
    {
        Scores(3);

        var (line, buttons) = Assert.Single(Told());
        Assert.Contains("Клиент недоволен", line, StringComparison.Ordinal);
        Assert.Contains("Оценка: 3", line, StringComparison.Ordinal);
        Assert.Matches("Решить до: 22.ноября, 17:00", line);
        var id = Opened().Case.Id.Value;
        Assert.Equal([$"s.called.{id}", $"s.written.{id}", $"s.solved.{id}", $"s.card.{_customer.Snapshot.Profile!.Id.Value}"], buttons);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(10, false)]
    public void Only_who_would_not_recommend_the_business_makes_a_case(int score, bool isCase)
    {
        Scores(score);

        Assert.Equal(isCase, _customer.Effects.OfType<Effect.OpenCase>().Any());
        Assert.Equal(isCase, _customer.Snapshot.Profile!.Events.ContainsKey(BuiltInEvents.FeedbackOpened));
    }

    [Fact]
    public void What_the_customer_says_next_joins_the_case()
    {
        Scores(3);

        _customer.Says("Опоздали <на два> часа & ушли");

        var added = Assert.Single(_customer.Effects.OfType<Effect.AddToCase>());
        Assert.Equal((Opened().Case.Id, "Опоздали <на два> часа & ушли"), (added.Case, added.Words));
        Assert.Contains("Слова: Опоздали &lt;на два&gt; часа &amp; ушли", Told()[^1].Line, StringComparison.Ordinal);
        Assert.Single(_customer.Effects.OfType<Effect.OpenCase>());
    }

    [Fact]
    public void Who_says_nothing_more_makes_no_second_line()
    {
        Scores(3);

        _customer.Presses("Пропустить");

        Assert.Single(Told());
        Assert.Empty(_customer.Effects.OfType<Effect.AddToCase>());
    }

    [Fact]
    public void Words_after_it_was_solved_are_a_case_of_their_own()
    {
        Scores(3);
        Mark(CaseMark.Solved);

        _customer.Says("И ещё поцарапали пол");

        Assert.Equal(2, _customer.Effects.OfType<Effect.OpenCase>().Count());
        Assert.Equal("И ещё поцарапали пол", _customer.Effects.OfType<Effect.OpenCase>().Last().Words);
    }

    [Fact]
    public void Nobody_is_reminded_before_it_is_due_and_then_less_and_less_often_until_it_is_solved()
    {
        Scores(3);
        _customer.Waits(TimeSpan.FromHours(23));
        Assert.Single(Told());

        _customer.Waits(TimeSpan.FromDays(10));

        // When it is due, and one, two, four and eight days after that.
        Assert.Equal(5, Told().Count(told => told.Line.Contains("не решено", StringComparison.Ordinal)));
        Mark(CaseMark.Solved);
        var before = Told().Count;
        _customer.Waits(TimeSpan.FromDays(60));
        Assert.Equal(before, Told().Count);
    }

    [Fact]
    public void Who_called_has_as_much_time_again()
    {
        Scores(3);
        _customer.Waits(TimeSpan.FromHours(20));

        Mark(CaseMark.Called);

        Assert.Contains("позвонили", Told()[^1].Line, StringComparison.Ordinal);
        _customer.Waits(TimeSpan.FromHours(23));
        Assert.Equal(2, Told().Count);
        _customer.Waits(TimeSpan.FromHours(2));
        Assert.Contains("не решено", Told()[^1].Line, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_solved_once()
    {
        Scores(3);

        Mark(CaseMark.Solved);
        Mark(CaseMark.Solved);
        Mark(CaseMark.Called);

        Assert.Equal(1, _customer.Snapshot.Profile!.Events[BuiltInEvents.FeedbackSolved].Count);
        Assert.Single(_customer.Effects.OfType<Effect.MarkCase>());
        Assert.Contains("уже решено", Told()[^1].Line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_very_long_complaint_fits_one_line_of_the_admin_chat()
    {
        Scores(3);

        _customer.Says(string.Concat(Enumerable.Repeat("🙁", 1_999)));

        Assert.InRange(Html.Length(Told()[^1].Line), 900, Html.MaxText);
        Assert.Equal(3_998, _customer.Effects.OfType<Effect.AddToCase>().Single().Words!.Length);
    }

    [Fact]
    public void A_case_of_which_the_timer_was_restored_late_is_still_asked_after()
    {
        Scores(3);

        _customer.IsRestoredAfter(TimeSpan.FromDays(3));
        _customer.Waits(TimeSpan.FromMinutes(1));

        Assert.Contains("не решено", Told()[^1].Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Dialogs_and_segments_know_whether_a_case_is_open_and_what_the_last_score_was()
    {
        Assert.False(Holds("feedback.open or nps.last"));
        Scores(3);
        Assert.True(Holds("feedback.open and nps.last = 3"));

        Mark(CaseMark.Solved);

        Assert.True(Holds("not feedback.open and nps.last <= 6 and event(feedback.solved, 1d)"));
    }

    /// <summary>A visit with its thanks, and two hours later the answer.</summary>
    private void Scores(int score)
    {
        _customer.Says("/start");
        _customer.Meets(BuiltInEvents.BookingDone);
        Assert.Single(_customer.Waits(TimeSpan.FromHours(2)).Skip(1));
        _customer.Says($"{score}");
    }

    private void Mark(CaseMark mark) => _customer.Does(new Input.CaseMarked($"mark-{_customer.Effects.Count}", _customer.Address, Opened().Case.Id, mark));

    private Effect.OpenCase Opened() => _customer.Effects.OfType<Effect.OpenCase>().First();

    private List<(string Line, List<string?> Buttons)> Told() =>
    [
        .. _customer.Effects.OfType<Effect.Notify>().Select(told => (told.Body.Html,
            ((told.Body.Keyboard as Keyboard.Inline)?.Rows.SelectMany(row => row).Select(button => button.Data).ToList() ?? [])!)),
    ];

    private bool Holds(string source)
    {
        var parsed = Expression.Parse(source, new Vocabulary { BareFields = true, IsOfAnyChat = true });
        Assert.Null(parsed.Fault);
        return _customer.Finds(parsed.Result!);
    }
}
