using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Cases;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Core.Surveys;
using Bot.Core.Turns;
using Bot.Storage.Cases;
using Bot.Storage.Surveys;
using Bot.Storage.Tests.Support;
using Dapper;

namespace Bot.Storage.Tests;

/// <summary>What is counted of surveys and cases beside a running bot.</summary>
public sealed class SurveyTests : SqliteTest
{
    [Fact]
    public void Scores_are_counted_from_a_moment_on_and_before_another()
    {
        using var store = Open();
        foreach (var (score, day) in ((decimal, int)[])[(10, 0), (9, 1), (7, 1), (6, 1), (0, 2), (3, 3)])
        {
            Keep(store, Some.Noon.AddDays(day), new Effect.Record(Nps.Scored, [new(Nps.Score, new Value.Number(score)), new("booking", new Value.Number(7))]));
        }

        Keep(store, Some.Noon.AddDays(1), new Effect.Record("other", [new(Nps.Score, new Value.Number(1))]), new Effect.Record(Nps.Scored, []));

        Assert.Equal(new Nps(1, 1, 2), SurveyNumbers.Nps(Options, Some.Noon.AddDays(1), Some.Noon.AddDays(3)));
        Assert.Equal([(Some.Noon, 10m)], SurveyNumbers.Scores(Options, Some.Noon, Some.Noon.AddDays(1)).Select(answer => (answer.At, answer.Score)));
        Assert.Empty(SurveyNumbers.Scores(Options, Some.Noon.AddDays(9), Some.Noon.AddDays(10)));
    }

    [Fact]
    public void Scores_are_found_without_a_walk_through_all_events()
    {
        using var store = Open();

        var plan = store.WriteConnection.Query("EXPLAIN QUERY PLAN " + SurveyNumbers.SelectScores, new { name = "score", kind = 2, visit = "booking", visitKind = 12, from = 0, until = 1 });

        Assert.Contains(plan, step => ((string)step.detail).Contains("events_of_nps", StringComparison.Ordinal));
    }

    [Fact]
    public void A_score_has_the_service_and_the_specialist_of_its_visit_if_that_was_booked()
    {
        using var store = Open();
        var (windows, sofa) = (Visit(store, "windows", "irina"), Visit(store, "sofa", "oleg"));
        Keep(store, Some.Noon, [windows, sofa], Scored(9, new Value.Booking(windows.Id)));
        Keep(store, Some.Noon.AddMinutes(1), Scored(3, new Value.Booking(sofa.Id)), Scored(7, new Value.Booking(new BookingId(5))));
        Keep(store, Some.Noon.AddMinutes(2), Scored(8, new Value.Number(windows.Id.Value)), Scored(10, null));

        var answers = SurveyNumbers.Scores(Options, Some.Noon, Some.Noon.AddDays(1));

        Assert.Equal([9m, 3m, 7m, 8m, 10m], answers.Select(answer => answer.Score));
        Assert.Equal(
            [new ScoredVisit("windows", "Visit of windows", "irina", "irina by name"), new ScoredVisit("sofa", "Visit of sofa", "oleg", "oleg by name"), null, null, null],
            answers.Select(answer => answer.Visit));
    }

    [Fact]
    public void Numbers_choices_and_words_of_a_question_are_counted()
    {
        using var store = Open();
        Keep(store, Some.Noon.AddDays(-9), Answered("q.staff", new Value.Number(1)), Answered("q.words", new Value.Text("Старое")));
        Keep(store, Some.Noon, Answered("q.staff", new Value.Number(5)), Answered("q.why", new Value.Choice("price")), Answered("q.words", new Value.Text("Первое")));
        Keep(store, Some.Noon, Answered("q.staff", new Value.Number(5)), Answered("q.why", new Value.Choice("price")), Answered("q.words", new Value.Text("Второе")));
        Keep(store, Some.Noon, Answered("q.staff", new Value.Number(3.5m)), Answered("q.why", new Value.Choice("near")), new Effect.Record("q.words", []));

        Assert.Equal([(3.5m, 1L), (5m, 2L)], SurveyNumbers.Numbers(Options, "q.staff", "answer", Some.Noon));
        Assert.Equal([("near", 1L), ("price", 2L)], SurveyNumbers.Choices(Options, "q.why", "answer", Some.Noon).OrderBy(one => one.Key).Select(one => (one.Key, one.Value)));
        Assert.Equal(["Второе", "Первое"], SurveyNumbers.Words(Options, "q.words", "answer", Some.Noon, 9));
        Assert.Equal(["Второе"], SurveyNumbers.Words(Options, "q.words", "answer", Some.Noon, 1));
    }

    [Fact]
    public void Open_cases_are_listed_by_when_they_are_due_with_what_was_said_and_who_it_is()
    {
        using var store = Open();
        var (first, second, solved) = (NewCase(store, 2, 3), NewCase(store, 1, null), NewCase(store, 0, 5));
        Keep(store, Some.Noon, new Effect.OpenCase(first, "Опоздали"), new Effect.AddToCase(first.Id, null, "И ушли"));
        Keep(store, Some.Noon, new Effect.OpenCase(second, null), new Effect.MarkCase(second.Id, CaseMark.Called, second.Due));
        Keep(store, Some.Noon, new Effect.OpenCase(solved, null), new Effect.MarkCase(solved.Id, CaseMark.Solved, null));

        var open = OpenCases.List(Options, 9);

        Assert.Equal([second.Id, first.Id], open.Select(one => one.Id));
        Assert.Equal(("Анна", "+7999", 3m), (open[1].Name, open[1].Contact, open[1].Score));
        Assert.Equal(["Опоздали", "И ушли"], open[1].Words);
        Assert.Equal((CaseMark.Called, Some.Noon), (open[0].Done, open[0].DoneAt));
        Assert.Equal([second.Id], OpenCases.List(Options, 1).Select(one => one.Id));
        Assert.Equal((2L, 1L), OpenCases.Count(Options, second.Due));
        Assert.Equal(CaseMark.Solved, OpenCases.Find(Options, solved.Id)!.Done);
        Assert.Null(OpenCases.Find(Options, new CaseId(1)));
    }

    private int _customers;

    private static Effect.Record Answered(string @event, Value answer) => new(@event, [new("answer", answer)]);

    private static Case NewCase(Store store, int days, decimal? score) =>
        new(new CaseId(store.Ids.Next()), CaseKind.Feedback, Some.Noon, Some.Noon.AddDays(days), score);

    private static Effect.Record Scored(decimal score, Value? visit) =>
        new(Nps.Scored, [new(Nps.Score, new Value.Number(score)), .. visit is null ? [] : (KeyValuePair<string, Value>[])[new(Nps.Visit, visit)]]);

    private static Booking Visit(Store store, string service, string specialist) => new(new BookingId(store.Ids.Next()), default, service, specialist,
        $"Visit of {service}", $"{specialist} by name", Some.Noon, Some.Noon.AddHours(1), Some.Noon.AddHours(1), null, BookingState.Done, 0, Some.Noon);

    private void Keep(Store store, DateTimeOffset at, params Effect[] effects) => Keep(store, at, [], effects);

    private void Keep(Store store, DateTimeOffset at, Booking[] visits, params Effect[] effects)
    {
        using var transaction = store.Begin();
        var customer = Some.NewCustomer(store, ++_customers);
        customer = customer with
        {
            Profile = customer.Profile! with
            {
                Fields = ImmutableDictionary<string, Value>.Empty.Add(ProfileFields.Name, new Value.Text("Анна")).Add(ProfileFields.Phone, new Value.Text("+7999")),
                Bookings = visits.ToImmutableDictionary(visit => visit.Id, visit => visit with { Chat = customer.Chat!.Id }),
            },
        };
        transaction.Apply(Snapshot.None, Some.Outcome(customer, effects), at);
        transaction.Commit();
    }
}
