using Bot.Core.Cases;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Turns;
using Bot.Storage.Tests.Support;

namespace Bot.Storage.Tests;

/// <summary>What staff should see to, and what customers scored.</summary>
public abstract partial class StoreCompliance
{
    private static readonly Query Open1 = new Query.OpenCase(CaseKind.Feedback);

    [Fact]
    public void A_case_is_open_until_it_is_solved_and_is_what_it_was()
    {
        var opened = NewCase(score: 3);
        var customer = ApplyNew(new Effect.OpenCase(opened, "Опоздали"));

        Assert.Equal(opened, Answer(Open1, customer.Profile!.Id));
        Assert.Equal(opened, Answer(new Query.CaseById(opened.Id), customer.Profile.Id));
        Assert.Null(Answer(new Query.OpenCase("other"), customer.Profile.Id));
        Assert.Equal(Some.Address(), InTransaction(transaction => transaction.Cases.ChatOf(opened.Id)));
        Assert.Null(InTransaction(transaction => transaction.Cases.ChatOf(new CaseId(5))));

        Apply(before => before, new Effect.MarkCase(opened.Id, CaseMark.Solved, null));

        Assert.Null(Answer(Open1, customer.Profile.Id));
        Assert.Null(Answer(new Query.CaseById(opened.Id), customer.Profile.Id));
        Assert.Equal(1, Count("cases WHERE done = 3 AND solved_at IS NOT NULL"));
    }

    [Fact]
    public void A_case_is_nobody_elses()
    {
        var opened = NewCase();
        ApplyNew(new Effect.OpenCase(opened, null));

        Assert.Null(Answer(Open1, new ProfileId(1)));
        Assert.Null(Answer(new Query.CaseById(opened.Id), new ProfileId(1)));
    }

    [Fact]
    public void What_is_said_and_done_meanwhile_is_kept_with_it()
    {
        var opened = NewCase(score: 3);
        var customer = ApplyNew(new Effect.OpenCase(opened, null));

        Apply(before => before, new Effect.AddToCase(opened.Id, null, "Опоздали"), new Effect.AddToCase(opened.Id, 1.5m, "И <ушли>"));
        Apply(before => before, new Effect.MarkCase(opened.Id, CaseMark.Called, Some.Noon.AddDays(9)));

        Assert.Equal(opened with { Score = 1.5m, Due = Some.Noon.AddDays(9) }, Answer(Open1, customer.Profile!.Id));
        Assert.Equal(2, Count("case_words"));
        Assert.Equal(1, Count("cases WHERE done = 1 AND solved_at IS NULL"));
    }

    [Fact]
    public void Two_open_cases_of_a_kind_are_refused_and_a_second_one_after_the_first()
    {
        var opened = NewCase();
        ApplyNew(new Effect.OpenCase(opened, null));

        Assert.Equal(StoreFault.Constraint, Assert.Throws<StoreException>(() => Apply(before => before, new Effect.OpenCase(NewCase(), null))).Fault);
        Apply(before => before, new Effect.MarkCase(opened.Id, CaseMark.Solved, null), new Effect.OpenCase(NewCase(), null));

        Assert.Equal(2, Count("cases"));
    }

    [Fact]
    public void What_is_solved_is_not_marked_again()
    {
        var opened = NewCase();
        ApplyNew(new Effect.OpenCase(opened, null), new Effect.MarkCase(opened.Id, CaseMark.Solved, null));

        Apply(before => before, new Effect.MarkCase(opened.Id, CaseMark.Called, Some.Noon.AddDays(1)));

        Assert.Equal(1, Count("cases WHERE done = 3"));
    }

    [Fact]
    public void Ids_stay_above_those_of_cases_after_a_restart()
    {
        var opened = NewCase();
        ApplyNew(new Effect.OpenCase(opened, "Слова"));

        Reopen();

        Assert.True(Store.Ids.Next() > opened.Id.Value);
    }

    [Fact]
    public void The_number_of_the_latest_event_that_came_with_one_is_known()
    {
        var customer = ApplyNew(Scored(new Value.Number(9)), Scored(new Value.Number(6.5m)), Scored(new Value.Text("10")), Scored(null));

        Assert.Equal(new Value.Number(6.5m), Answer(new Query.LastNumber("nps.scored", "score"), customer.Profile!.Id));
        Assert.Null(Answer(new Query.LastNumber("nps.scored", "other"), customer.Profile.Id));
        Assert.Null(Answer(new Query.LastNumber("nps.scored", "score"), new ProfileId(1)));

        static Effect Scored(Value? score) => new Effect.Record("nps.scored", score is null ? [] : [new("score", score)]);
    }

    private Case NewCase(decimal? score = null) => new(new CaseId(Store.Ids.Next()), CaseKind.Feedback, Some.Noon, Some.Noon.AddDays(1), score);
}
