using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Time;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>A question whose answers are what can be booked: what there is to choose from, and what an answer means.</summary>
/// <param name="frame">The dialog that asks, with what is chosen already.</param>
internal sealed class BookingQuestion(Draft draft, Ask ask, Frame frame)
{
    /// <summary>Stands for "anyone will do" where a specialist is asked for.</summary>
    public const string Anyone = "*";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm'Z'";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Lines of one page.</summary>
    private const int Lines = 8;

    /// <summary>Times of one page, and of one row.</summary>
    private const int Times = 40;
    private const int TimesInRow = 4;

    private FreeTimes? _free;

    private AskKind Kind => ask.Kinds[0];

    private FreeTimes? Free => _free ??= BookingFacts.FreeFor(draft, frame.Values);

    /// <summary>The question that a state asks, if it is of this kind.</summary>
    public static BookingQuestion? Of(Draft draft, Ask? ask, Frame frame) =>
        ask is { Kinds: [AskKind.Service or AskKind.Specialist or AskKind.FreeDay or AskKind.FreeTime or AskKind.MyBooking] }
            ? new BookingQuestion(draft, ask, frame)
            : null;

    /// <summary>A button: what is written on it, and what it stands for.</summary>
    public readonly record struct Choice(string Label, Offer Offer);

    /// <summary>All answers that there are; for a calendar the days, for a list the lines.</summary>
    public ImmutableArray<(string Label, Value Value)> Answers() => Kind switch
    {
        AskKind.Service => [.. (draft.Content.Catalog?.Services ?? []).Select(service => (LabelOf(service), (Value)new Value.Service(service.Id)))],
        AskKind.Specialist => Specialists(),
        AskKind.FreeDay => [.. (Free?.Days() ?? []).Select(day => (day.Day.ToString(CultureInfo.InvariantCulture), (Value)new Value.Date(day)))],
        AskKind.FreeTime => Day() is { } day ? [.. (Free?.On(day) ?? []).Select(at => (ClockOf(at), (Value)new Value.Moment(at)))] : [],
        _ => [.. draft.Profile.Bookings.Values.Where(booking => booking.IsOpen && booking.Start > draft.Now).OrderBy(booking => booking.Start)
            .Select(booking => (LabelOf(booking), (Value)new Value.Booking(booking.Id)))],
    };

    /// <summary>The answer if there is no choice: a day and a time are always chosen.</summary>
    public Value? Only(ImmutableArray<(string Label, Value Value)> answers) =>
        Kind is AskKind.FreeDay or AskKind.FreeTime ? null : answers is [var only] ? only.Value : null;

    /// <summary>The buttons, a page of them.</summary>
    public IEnumerable<ImmutableArray<Choice>> Rows(string? page)
    {
        var answers = Answers();
        if (Kind == AskKind.FreeDay)
        {
            return new DayCalendar(draft, [.. answers.Select(answer => ((Value.Date)answer.Value).Day)]).Rows(page);
        }

        var (size, columns) = Kind == AskKind.FreeTime ? (Times, TimesInRow) : (Lines, 1);
        var pages = Math.Max(1, (answers.Length + size - 1) / size);
        var current = Math.Clamp(int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, 0, pages - 1);
        var rows = answers.Skip(current * size).Take(size)
            .Select(answer => new Choice(answer.Label, new Offer(OfferKind.Answer, Written(answer.Value))))
            .Chunk(columns).Select(row => row.ToImmutableArray()).ToList();
        if (pages > 1)
        {
            rows.Add([.. Turned(current, pages)]);
        }

        return rows;
    }

    /// <summary>What a typed or pressed answer means.</summary>
    public Answer Read(string text)
    {
        var typed = Folding.Fold(text.Length > 256 ? text[..256] : text);
        var answers = Answers();
        var found = answers.Where(answer => Written(answer.Value) == text).Concat(answers.Where(answer => Means(answer, typed)))
            .Select(answer => answer.Value).FirstOrDefault();
        return found is { } value ? new Answer.Given(Kind, value) : new Answer.Unclear(Again(ask));
    }

    /// <summary>The values with an answer to such a question.</summary>
    public static ImmutableDictionary<string, Value> Keep(ImmutableDictionary<string, Value> values, string into, Value answer) => answer switch
    {
        Value.Specialist { Id: Anyone } => values.Remove(into).Remove(BookingFacts.AnyoneWillDo),
        Value.Specialist => values.SetItem(into, answer).Remove(BookingFacts.AnyoneWillDo),
        _ => values.SetItem(into, answer),
    };

    /// <summary>What to say about an answer that is none.</summary>
    public static Phrase Again(Ask ask) => ask.Kinds[0] switch
    {
        AskKind.FreeDay => Phrase.AgainDay,
        AskKind.FreeTime => Phrase.AgainTime,
        _ => Phrase.AgainChoice,
    };

    private static IEnumerable<Choice> Turned(int current, int pages)
    {
        if (current > 0)
        {
            yield return new Choice("‹", Page(current - 1));
        }

        if (current < pages - 1)
        {
            yield return new Choice("›", Page(current + 1));
        }
    }

    private static Offer Page(int number) => new(OfferKind.Page, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>As a button brings it back: not the label, which may be the same for two.</summary>
    private static string Written(Value value) => value switch
    {
        Value.Service service => service.Id,
        Value.Specialist specialist => specialist.Id,
        Value.Date date => date.Day.ToString(DayFormat, CultureInfo.InvariantCulture),
        Value.Moment moment => moment.At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        Value.Booking booking => booking.Id.Value.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    private bool Means((string Label, Value Value) answer, string typed) => answer.Value switch
    {
        Value.Date date => IsDay(date.Day, typed),
        Value.Moment => answer.Label == typed || answer.Label.TrimStart('0') == typed || answer.Label == typed.Replace('.', ':'),
        Value.Service service => Folding.Fold(TitleOf(service)) == typed || Folding.Fold(answer.Label) == typed,
        _ => Folding.Fold(answer.Label) == typed,
    };

    /// <summary>A whole date, a day with its month, or the day alone.</summary>
    private bool IsDay(DateOnly day, string typed) => AnswerReader.Date(typed, draft.Chat.Language) == day
        || AnswerReader.Date($"{typed.TrimEnd('.')}.{day.Year}", draft.Chat.Language) == day
        || AnswerReader.Date($"{typed} {day.Year}", draft.Chat.Language) == day;

    private ImmutableArray<(string, Value)> Specialists()
    {
        if (draft.Content.Catalog is not { } catalog || BookingFacts.ServiceOf(draft, frame.Values) is not { } service)
        {
            return [];
        }

        var all = catalog.WhoDoes(service).Select(one => (one.Name.In(draft.Chat.Language).Plain(draft.Scope()), (Value)new Value.Specialist(one.Id))).ToImmutableArray();
        return ask.CanBeAnyone && all.Length > 1 ? all.Insert(0, (draft.Label(Phrase.AnySpecialist), new Value.Specialist(Anyone))) : all;
    }

    /// <summary>The day that was chosen before.</summary>
    private DateOnly? Day() => draft.Content.Dialogs.GetValueOrDefault(frame.Dialog)?.States.Select(state => state.Ask)
        .FirstOrDefault(other => other?.Kinds is [AskKind.FreeDay])?.Into is { } into && frame.Values.GetValueOrDefault(into.Name) is Value.Date date
        ? date.Day
        : null;

    private string LabelOf(Service service)
    {
        var title = service.Title.In(draft.Chat.Language).Plain(draft.Scope());
        return service.Price is { } price ? $"{title}, {Speech.Money(price, draft.Content.Settings.Currency, draft.Chat.Language)}" : title;
    }

    private string LabelOf(Booking booking) =>
        $"{Speech.Date(LocalTime.DayOf(booking.Start, draft.Content.Settings.Zone), LocalTime.DayOf(draft.Now, draft.Content.Settings.Zone), draft.Chat.Language)} {ClockOf(booking.Start)}, {BookingValues.Title(booking, draft.Scope())}";

    private string TitleOf(Value.Service service) => draft.Content.Catalog?.Service(service.Id)?.Title.In(draft.Chat.Language).Plain(draft.Scope()) ?? "";

    private string ClockOf(DateTimeOffset at) => Speech.Clock(TimeZoneInfo.ConvertTime(at, draft.Content.Settings.Zone));
}
