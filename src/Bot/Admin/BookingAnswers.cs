using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Time;
using Bot.Storage;
using Bot.Storage.Bookings;

namespace Bot.Admin;

/// <summary>What staff see of visits: the lists of a day, one visit, and the buttons by which one is booked or moved.</summary>
internal sealed class BookingAnswers(Content content, Store store, TimeProvider business)
{
    /// <summary>Visits of one list; Telegram takes a hundred buttons.</summary>
    private const int MaxVisits = 80;

    /// <summary>Days of one page, and how many stand in a row.</summary>
    private const int MaxDays = 14;
    private const int DaysInRow = 3;
    private const int TimesInRow = 4;
    private const int MaxTimes = 96;

    private static readonly ImmutableArray<(BookingAct Act, Phrase Label)> Acts =
    [
        (BookingAct.Arrive, Phrase.AdminArrivedButton), (BookingAct.Complete, Phrase.AdminDoneButton), (BookingAct.Miss, Phrase.AdminNoShowButton),
        (BookingAct.Move, Phrase.AdminMoveButton), (BookingAct.Cancel, Phrase.AdminCancelVisitButton),
    ];

    private readonly DateTimeOffset _now = business.GetUtcNow();

    private TimeZoneInfo Zone => content.Settings.Zone;

    private DateOnly Today => LocalTime.DayOf(_now, Zone);

    public (string Html, Keyboard? Keyboard) To(AdminTexts texts, BookingCommand command) => command switch
    {
        BookingCommand.Day { Ahead: { } ahead } => Day(texts, Today.AddDays(ahead)),
        BookingCommand.Day day => day.Typed.From(Today) is { } typed ? Day(texts, typed) : (texts.Html(Phrase.AdminBookingsUsage), null),
        BookingCommand.Visit visit => Visit(texts, visit.Booking),
        BookingCommand.Change change => CancelSure(texts, change.Booking),
        BookingCommand.Choose choose => Choose(texts, choose),
        BookingCommand.Move move => Move(texts, move),
        _ => throw new UnreachableException(),
    };

    private (string, Keyboard?) Day(AdminTexts texts, DateOnly day)
    {
        var (from, to) = (LocalTime.At(day, TimeOnly.MinValue, Zone), LocalTime.At(day.AddDays(1), TimeOnly.MinValue, Zone));
        var visits = store.Bookings.Between(from, to, MaxVisits);
        if (visits.IsEmpty)
        {
            return (texts.Html(Phrase.AdminDayEmpty, ("day", new Value.Date(day))), null);
        }

        var lines = visits.Select(visit =>
            $"{Clock(visit.Booking.Start)} <b>{Html.Escape(visit.Name ?? "—")}</b>, {Html.Escape(TitleOf(texts, visit.Booking))}, {Html.Escape(NameOf(texts, visit.Booking))} — {Html.Escape(StateOf(texts, visit.Booking))}");
        var head = texts.Html(Phrase.AdminDay, ("day", new Value.Date(day)), ("count", AdminTexts.Number(visits.Count(visit => visit.Booking.State != BookingState.Cancelled))));
        var buttons = visits.Where(visit => visit.Booking.State != BookingState.Cancelled)
            .Select(visit => ImmutableArray.Create(new InlineButton(Short($"{Clock(visit.Booking.Start)} {visit.Name ?? TitleOf(texts, visit.Booking)}"), StaffPress.Visit(visit.Booking.Id))))
            .ToImmutableArray();
        return (string.Join('\n', [head, .. lines]), buttons.IsEmpty ? null : new Keyboard.Inline(buttons));
    }

    private (string, Keyboard?) Visit(AdminTexts texts, BookingId id)
    {
        if (store.Bookings.Find(id) is not { } visit)
        {
            return (texts.Html(Phrase.AdminVisitGone), null);
        }

        var acts = Acts.Where(one => visit.Booking.State.After(one.Act) is not null)
            .Select(one => new InlineButton(texts.Plain(one.Label), one.Act == BookingAct.Move ? BookingPresses.Move(id) : BookingPresses.Change(id, one.Act)));
        return (About(texts, Phrase.AdminVisit, visit), new Keyboard.Inline(
        [
            .. acts.Chunk(2).Select(row => row.ToImmutableArray()),
            [new InlineButton(texts.Plain(Phrase.AdminCardButton), StaffPress.Card(visit.Profile))],
        ]));
    }

    private (string, Keyboard?) CancelSure(AdminTexts texts, BookingId id) => store.Bookings.Find(id) is { } visit
        ? (About(texts, Phrase.AdminCancelVisitSure, visit), AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminYes), BookingPresses.Change(id, BookingAct.Cancel, isConfirmed: true))))
        : (texts.Html(Phrase.AdminVisitGone), null);

    private (string, Keyboard?) Choose(AdminTexts texts, BookingCommand.Choose choose)
    {
        if (content.Catalog is not { } catalog)
        {
            return (texts.Html(Phrase.AdminNoCatalog), null);
        }

        var name = store.Bookings.NameOf(choose.Profile);
        if (choose.Service is null)
        {
            return (texts.Html(Phrase.AdminBookService, ("name", AdminTexts.Text(name))), new Keyboard.Inline(
                [.. catalog.Services.Select(service => ImmutableArray.Create(new InlineButton(texts.Plain(service.Title), BookingPresses.Book(choose.Profile, ShortName.Of(service.Id)))))]));
        }

        if (catalog.Services.FirstOrDefault(one => ShortName.Of(one.Id) == choose.Service) is not { } chosen)
        {
            return (texts.Html(Phrase.AdminVisitGone), null);
        }

        return Step(texts, catalog, chosen, choose.Step, choose.Profile, null, step => BookingPresses.Book(choose.Profile, choose.Service, step), (specialist, start) =>
            texts.Html(Phrase.AdminBookSure, VisitOf(texts, chosen, specialist, start, name)));
    }

    private (string, Keyboard?) Move(AdminTexts texts, BookingCommand.Move move)
    {
        if (store.Bookings.Find(move.Booking) is not { } visit || content.Catalog is not { } catalog || catalog.Service(visit.Booking.Service) is not { } service)
        {
            return (texts.Html(Phrase.AdminVisitGone), null);
        }

        return Step(texts, catalog, service, move.Step, visit.Profile, visit.Booking.Id, step => BookingPresses.Move(move.Booking, step), (specialist, start) =>
            texts.Html(Phrase.AdminMoveSure, VisitOf(texts, service, specialist, start, visit.Name)));
    }

    /// <summary>With whom, on which day, at what time, and whether that is right.</summary>
    private (string, Keyboard?) Step(AdminTexts texts, Catalog catalog, Service service, TimeStep step, ProfileId profile, BookingId? moved,
        Func<TimeStep, string> data, Func<Specialist, DateTimeOffset, string> sure)
    {
        if (step.Specialist is null)
        {
            var who = catalog.WhoDoes(service);
            ImmutableArray<ImmutableArray<InlineButton>> anyone = who.Length < 2 ? [] : [[new InlineButton(texts.Plain(Phrase.AnySpecialist), data(new TimeStep(TimeStep.Anyone)))]];
            return (texts.Html(Phrase.AdminBookWho), new Keyboard.Inline(
                [.. anyone, .. who.Select(one => ImmutableArray.Create(new InlineButton(texts.Plain(one.Name), data(new TimeStep(ShortName.Of(one.Id))))))]));
        }

        if (BookingDesk.SpecialistOf(catalog, step.Specialist) is not (true, var specialist))
        {
            return (texts.Html(Phrase.AdminVisitGone), null);
        }

        var free = new StaffTimes(content, store, _now).Of(catalog, service, specialist, profile, moved);
        return step switch
        {
            { Start: { } start } => free.WhoAt(start) is { } one
                ? (sure(one, start), AdminTexts.Row(new InlineButton(texts.Plain(Phrase.AdminYes), data(step with { Specialist = ShortName.Of(one.Id), IsConfirmed = true }))))
                : (texts.Html(Phrase.AdminSlotTaken), null),
            { On: { } day } => Times(texts, free.On(day), day, start => data(new TimeStep(step.Specialist, Start: start))),
            _ => Days(texts, free.Days(), step, data),
        };
    }

    private static (string, Keyboard?) Days(AdminTexts texts, ImmutableArray<DateOnly> days, TimeStep step, Func<TimeStep, string> data)
    {
        var left = days.Where(day => step.From is not { } from || day >= from).ToList();
        if (left.Count == 0)
        {
            return (texts.Html(Phrase.AdminNothingFree), null);
        }

        var rows = left.Take(MaxDays)
            .Select(day => new InlineButton(day.ToString("dd.MM", CultureInfo.InvariantCulture), data(new TimeStep(step.Specialist, On: day))))
            .Chunk(DaysInRow).Select(row => row.ToImmutableArray()).ToList();
        if (left.Count > MaxDays)
        {
            rows.Add([new InlineButton(texts.Plain(Phrase.AdminMoreDaysButton), data(new TimeStep(step.Specialist, From: left[MaxDays])))]);
        }

        return (texts.Html(Phrase.AdminBookDay), new Keyboard.Inline([.. rows]));
    }

    private (string, Keyboard?) Times(AdminTexts texts, ImmutableArray<DateTimeOffset> times, DateOnly day, Func<DateTimeOffset, string> data) => times.IsEmpty
        ? (texts.Html(Phrase.AdminNothingFree), null)
        : (texts.Html(Phrase.AdminBookTime, ("day", new Value.Date(day))), new Keyboard.Inline(
            [.. times.Take(MaxTimes).Select(start => new InlineButton(Clock(start), data(start))).Chunk(TimesInRow).Select(row => row.ToImmutableArray())]));

    private string About(AdminTexts texts, Phrase phrase, VisitOfCustomer visit) => texts.Html(phrase, [.. VisitValues
        .Of(visit.Booking, TitleOf(texts, visit.Booking), NameOf(texts, visit.Booking), visit.Name, visit.Contact, StateOf(texts, visit.Booking))
        .Select(pair => (pair.Key, (Value?)pair.Value))]);

    private static (string, Value?)[] VisitOf(AdminTexts texts, Service service, Specialist specialist, DateTimeOffset start, string? name) =>
    [
        ("title", AdminTexts.Text(texts.Plain(service.Title))), ("who", AdminTexts.Text(texts.Plain(specialist.Name))),
        ("at", new Value.Moment(start)), ("name", AdminTexts.Text(name)), ("state", AdminTexts.Text(texts.Plain(Phrase.VisitPending))),
    ];

    private string TitleOf(AdminTexts texts, Booking booking) => content.Catalog?.Service(booking.Service) is { } service ? texts.Plain(service.Title) : booking.Title;

    private string NameOf(AdminTexts texts, Booking booking) =>
        content.Catalog?.Specialist(booking.Specialist) is { } specialist ? texts.Plain(specialist.Name) : booking.Name;

    private static string StateOf(AdminTexts texts, Booking booking) => texts.Plain(VisitValues.StateOf(booking.State));

    private string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Short(string label) => label.Length <= 60 ? label : $"{label[..59]}…";
}
