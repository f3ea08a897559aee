using Bot.Core.Dialogs;
using Bot.Core.Surveys;
using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Surveys;

public sealed class SurveyQuestionTests
{
    [Fact]
    public void The_questions_of_a_survey_are_those_whose_answers_are_kept()
    {
        var questions = SurveyQuestion.Of(Some.Shipped.Dialogs["survey-services"]);

        Assert.Equal(
            [
                ("survey-services.quality", "score", AskKind.Scale), ("survey-services.staff", "score", AskKind.Scale),
                ("survey-services.payment", "score", AskKind.Scale), ("survey-services.value", "score", AskKind.Scale),
                ("survey-services.why", "reason", AskKind.Choice), ("survey-services.words", "text", AskKind.Text),
            ],
            questions.Select(question => (question.Event, question.Name, question.Ask.Kinds[0])));
    }

    [Fact]
    public void One_answer_that_is_asked_for_in_three_ways_is_one_question() =>
        Assert.Equal([("nps.scored", "score"), ("nps.words", "text")], SurveyQuestion.Of(Some.Shipped.Dialogs["nps"]).Select(question => (question.Event, question.Name)));

    [Theory]
    [InlineData("lead-magnet")]
    [InlineData("contact")]
    [InlineData("preferences")]
    public void Other_dialogs_are_no_surveys(string dialog) => Assert.Empty(SurveyQuestion.Of(Some.Shipped.Dialogs[dialog]));
}
