using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Staff;
using Bot.Core.Surveys;
using Bot.Core.Time;
using Bot.Storage;
using Bot.Storage.Cases;
using Bot.Storage.Surveys;

namespace Bot.Admin;

/// <summary>What customers think of the business: scores, answers to surveys, and the cases that came of them.</summary>
internal sealed class SurveyAnswers(Content content, AdminTexts texts, StoreOptions database, DateTimeOffset now)
{
    private const int MaxWords = 15;
    private const int MaxAnswers = 2_000;
    private const int LongestQuestion = 150;

    public (string Html, Keyboard? Keyboard) To(StaffCommand command) => command switch
    {
        StaffCommand.Nps nps => (OfNps(nps.Period), null),
        StaffCommand.Survey { Dialog: { } dialog } survey when QuestionsOf(dialog) is { IsEmpty: false } questions => (Of(dialog, questions, survey.Period), null),
        StaffCommand.Survey => Surveys(),
        StaffCommand.Cases => new CaseAnswers(texts, database).List(),
        StaffCommand.ShowCase show => new CaseAnswers(texts, database).One(show.Case),
        _ => throw new UnreachableException(),
    };

    /// <summary>In a few lines from a moment until now: the score, what is open, and why customers left; empty if there is nothing of it.</summary>
    public string Summary(DateTimeOffset from)
    {
        var nps = SurveyNumbers.Nps(database, from, now);
        var (open, overdue) = OpenCases.Count(database, now);
        var reasons = SurveyNumbers.Choices(database, BuiltInEvents.StoppedReason, "reason", from);
        List<string> lines =
        [
            .. nps.Count > 0 ? [Line("NPS", nps)] : Array.Empty<string>(),
            .. open > 0 ? [texts.Html(Phrase.AdminCasesOpen, ("count", AdminTexts.Number(open)), ("overdue", AdminTexts.Number(overdue)))] : Array.Empty<string>(),
            .. reasons.IsEmpty ? [] : (string[])[texts.Html(Phrase.AdminReasons, ("reasons", AdminTexts.Text(string.Join(", ",
                reasons.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{NameOfReason(one.Key)}: {one.Value.ToString(CultureInfo.InvariantCulture)}")))))],
        ];
        return string.Join('\n', lines);
    }

    private string NameOfReason(string id) =>
        content.Settings.Reasons.FirstOrDefault(reason => reason.Id == id)?.Label is { } label ? texts.Plain(label) : id;

    private string OfNps(Period period)
    {
        var from = From(period);
        var answers = SurveyNumbers.Scores(database, from, now);
        if (answers.IsEmpty)
        {
            return texts.Html(Phrase.AdminNothing);
        }

        var all = Nps.Of(answers.Select(answer => answer.Score));
        var lines = new List<string>
        {
            texts.Html(Phrase.AdminNps, ("score", Score(all)), ("margin", Margin(all)), ("count", AdminTexts.Number(all.Count)),
                ("promoters", AdminTexts.Number(all.Promoters)), ("passives", AdminTexts.Number(all.Passives)),
                ("detractors", AdminTexts.Number(all.Detractors)), ("since", Day(from))),
        };
        Add(lines, Phrase.AdminNpsServices, OfVisits(answers, visit => (visit.Service, TitleOf(visit))));
        Add(lines, Phrase.AdminNpsSpecialists, OfVisits(answers, visit => (visit.Specialist, NameOf(visit))));
        Add(lines, Phrase.AdminNpsMonths, answers.Select(answer => (OfMonth(answer.At), OfMonth(answer.At), answer.Score)));
        lines.Add("");
        lines.Add(Words(Nps.Words, Nps.Text, from));
        return string.Join('\n', lines);
    }

    private string OfMonth(DateTimeOffset at) => LocalTime.DayOf(at, content.Settings.Zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The scores of visits that were booked with the bot; of others it does not know what they were for.</summary>
    private static IEnumerable<(string Id, string What, decimal Score)> OfVisits(ImmutableArray<NpsAnswer> answers, Func<ScoredVisit, (string Id, string What)> ofVisit) =>
        from answer in answers
        where answer.Visit is not null
        let one = ofVisit(answer.Visit!)
        select (one.Id, one.What, answer.Score);

    private string TitleOf(ScoredVisit visit) => content.Catalog?.Service(visit.Service) is { } service ? texts.Plain(service.Title) : visit.Title;

    private string NameOf(ScoredVisit visit) =>
        content.Catalog?.Specialist(visit.Specialist) is { } specialist ? texts.Plain(specialist.Name) : visit.Name;

    /// <summary>The score of each group, in the order of their names; nothing if there is none.</summary>
    private void Add(List<string> lines, Phrase heading, IEnumerable<(string Id, string What, decimal Score)> answers)
    {
        var groups = answers.GroupBy(answer => answer.Id).Select(one => (one.Key, one.Last().What, Nps: Nps.Of(one.Select(answer => answer.Score)))).ToList();
        if (groups.Count > 0)
        {
            lines.Add("");
            lines.Add(texts.Html(heading));
            lines.AddRange(groups.OrderBy(one => one.What, StringComparer.Ordinal).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => Line(one.What, one.Nps)));
        }
    }

    private string Line(string what, Nps nps) => texts.Html(Phrase.AdminNpsLine, ("what", AdminTexts.Text(what)), ("score", Score(nps)),
        ("margin", Margin(nps)), ("count", AdminTexts.Number(nps.Count)));

    private string Of(string dialog, ImmutableArray<SurveyQuestion> questions, Period period)
    {
        var from = From(period);
        return string.Join("\n\n",
        [
            texts.Html(Phrase.AdminSurvey, ("survey", AdminTexts.Text(NameOf(dialog))), ("since", Day(from))),
            .. questions.Select(question => $"<b>{Html.Escape(Short(texts.Plain(question.Say)))}</b>\n{Of(question, from)}"),
        ]);
    }

    private string Of(SurveyQuestion question, DateTimeOffset from) => question.Ask.Kinds[0] switch
    {
        AskKind.Scale or AskKind.Number => Numbers(question, from),
        AskKind.Choice => Choices(question, from),
        AskKind.Text or AskKind.Name or AskKind.Email or AskKind.Phone or AskKind.Contact or AskKind.Date or AskKind.Language or AskKind.City
            or AskKind.Topics or AskKind.Service or AskKind.Specialist or AskKind.FreeDay or AskKind.FreeTime or AskKind.MyBooking => Words(question.Event, question.Name, from),
    };

    private string Numbers(SurveyQuestion question, DateTimeOffset from)
    {
        var numbers = SurveyNumbers.Numbers(database, question.Event, question.Name, from);
        var count = numbers.Sum(one => one.Count);
        var average = count == 0 ? (decimal?)null : decimal.Round(numbers.Sum(one => one.Number * one.Count) / count, 1);
        var line = texts.Html(Phrase.AdminSurveyNumbers, ("count", AdminTexts.Number(count)), ("average", average is { } known ? new Value.Number(known) : null));

        // Each number of a scale; of a free number there may be any many.
        return question.Ask.Kinds[0] == AskKind.Scale && count > 0
            ? $"{line}\n{string.Join(" · ", numbers.Select(one => $"{one.Number:0.##}: {one.Count.ToString(CultureInfo.InvariantCulture)}"))}"
            : line;
    }

    private string Choices(SurveyQuestion question, DateTimeOffset from)
    {
        var counts = SurveyNumbers.Choices(database, question.Event, question.Name, from);
        return string.Join('\n',
        [
            texts.Html(Phrase.AdminSurveyTexts, ("count", AdminTexts.Number(counts.Values.Sum()))),
            .. question.Ask.Options.Select(option =>
                $"{Html.Escape(texts.Plain(option.Label))}: {counts.GetValueOrDefault(option.Id).ToString(CultureInfo.InvariantCulture)}"),
        ]);
    }

    private string Words(string @event, string name, DateTimeOffset from)
    {
        var answers = SurveyNumbers.Words(database, @event, name, from, MaxAnswers);
        var words = FrequentWords.Of(answers, MaxWords).Select(word => $"{word.Word} ({word.Answers.ToString(CultureInfo.InvariantCulture)})");
        return texts.Html(Phrase.AdminWords, ("words", AdminTexts.Text(string.Join(", ", words))), ("count", AdminTexts.Number(answers.Length)));
    }

    private (string Html, Keyboard? Keyboard) Surveys()
    {
        var surveys = content.Dialogs.Values.Where(dialog => !SurveyQuestion.Of(dialog).IsEmpty).ToList();
        return surveys.Count == 0
            ? (texts.Html(Phrase.AdminNothing), null)
            : (texts.Html(Phrase.AdminSurveys), new Keyboard.Inline(
                [.. surveys.Select(dialog => ImmutableArray.Create(new InlineButton(AdminAnswers.Shortened(NameOf(dialog.Id)), StaffPress.Survey(dialog.Id))))]));
    }

    private ImmutableArray<SurveyQuestion> QuestionsOf(string dialog) =>
        content.Dialogs.TryGetValue(dialog, out var known) ? SurveyQuestion.Of(known) : [];

    private string NameOf(string dialog) => texts.Plain(content.Dialogs[dialog].About);

    private Value? Score(Nps nps) => AdminTexts.Text(nps.Value?.ToString("+0;−0;0", CultureInfo.InvariantCulture) ?? texts.Plain(Phrase.AdminTooFew));

    private static Value? Margin(Nps nps) => nps.Margin is { } margin ? AdminTexts.Text(string.Create(CultureInfo.InvariantCulture, $" ± {margin}")) : null;

    private DateTimeOffset From(Period period) => period.From(now, content.Settings.Zone);

    private Value.Date Day(DateTimeOffset at) => new(LocalTime.DayOf(at, content.Settings.Zone));

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestQuestion ? line : $"{line[..LongestQuestion]}…";
    }
}
