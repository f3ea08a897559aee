using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Cases;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage;
using Bot.Storage.Cases;

namespace Bot.Admin;

/// <summary>The open cases, and one of them with its buttons.</summary>
internal sealed class CaseAnswers(AdminTexts texts, StoreOptions database)
{
    private const int MaxCases = 20;

    public (string Html, Keyboard? Keyboard) List()
    {
        var cases = OpenCases.List(database, MaxCases);
        if (cases.IsEmpty)
        {
            return (texts.Html(Phrase.AdminNothing), null);
        }

        var (open, _) = OpenCases.Count(database, texts.Now);
        var buttons = cases.Select(one => ImmutableArray.Create(new InlineButton(LabelOf(one), StaffPress.Case(one.Id))));
        return (texts.Html(Phrase.AdminCases, ("count", AdminTexts.Number(open))), new Keyboard.Inline([.. buttons]));
    }

    public (string Html, Keyboard? Keyboard) One(CaseId id)
    {
        if (OpenCases.Find(database, id) is not { } one)
        {
            return (texts.Html(Phrase.AdminCaseGone), null);
        }

        var html = texts.Html(Phrase.AdminCase,
            ("name", AdminTexts.Text(one.Name)), ("contact", AdminTexts.Text(one.Contact)),
            ("score", one.Score is { } score ? new Value.Number(score) : null),
            ("words", AdminTexts.Text(string.Join("\n", one.Words))),
            ("since", new Value.Moment(one.OpenedAt)), ("due", new Value.Moment(one.DueAt)),
            ("done", AdminTexts.Text(DoneOf(one))));
        var card = new InlineButton(texts.Plain(Phrase.AdminCardButton), StaffPress.Card(one.Profile));
        return (html, one.Done == CaseMark.Solved ? AdminTexts.Row(card) : new Keyboard.Inline(
        [
            [Mark(CaseMark.Called), Mark(CaseMark.WrittenBack)],
            [Mark(CaseMark.Solved), card],
        ]));

        InlineButton Mark(CaseMark mark) => new(texts.Plain(LabelOf(mark)), StaffPress.MarkCase(id, mark));
    }

    private string LabelOf(CaseSeen one)
    {
        string?[] parts =
        [
            one.DueAt <= texts.Now ? "⏰" : null, one.Name ?? one.Contact ?? texts.Plain(Phrase.AdminCardButton),
            one.Score?.ToString("0.##", CultureInfo.InvariantCulture), DoneOf(one),
        ];
        return AdminAnswers.Shortened(string.Join(" · ", parts.OfType<string>()));
    }

    private string? DoneOf(CaseSeen one) => one.Done is { } done ? texts.Plain(LabelOf(done)) : null;

    private static Phrase LabelOf(CaseMark mark) => mark switch
    {
        CaseMark.Called => Phrase.AdminCalledButton,
        CaseMark.WrittenBack => Phrase.AdminWrittenButton,
        CaseMark.Solved => Phrase.AdminSolvedButton,
    };
}
