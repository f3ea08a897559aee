using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Turns;

namespace Bot.Core.Bookings;

/// <summary>
/// What staff do with a customer's visits, or a program of theirs: the customer hears of what was decided for them, staff of what came of it. That
/// nothing came of it is heard by whoever asked, and nobody else.
/// </summary>
internal static class StaffBookingTurn
{
    private const string Cause = "booking:staff";

    public static void Book(Draft draft, Input.VisitBooked input)
    {
        if (draft.Content.Catalog is not { } catalog || catalog.Service(input.Service) is not { } service)
        {
            Refuse(draft, Phrase.AdminVisitGone, RequestResult.Gone, null);
        }
        else if (Free(draft, catalog, service, input.Specialist, null).WhoAt(input.Start) is not { } specialist)
        {
            Refuse(draft, Phrase.AdminSlotTaken, RequestResult.Taken, null);
        }
        else
        {
            var booking = new BookingTurn(draft).Make(service, specialist, input.Start);
            Tell(draft, Phrase.VisitBookedForYou, booking, withCalendar: true);
            BookingNotices.Answer(draft, Phrase.AdminVisitBooked, booking);
            draft.Respond(RequestResult.Done, booking.Id.Value);
        }
    }

    public static void Change(Draft draft, Input.VisitChanged input)
    {
        if (draft.Profile.Bookings.GetValueOrDefault(input.Booking) is not { } booking)
        {
            Refuse(draft, Phrase.AdminVisitGone, RequestResult.Gone, null);
            return;
        }

        if (input.Act == BookingAct.Move)
        {
            Move(draft, booking, input);
            return;
        }

        if (new BookingTurn(draft).Do(booking, input.Act) is not { } after)
        {
            Refuse(draft, Phrase.AdminVisitUnchanged, RequestResult.Forbidden, booking);
            return;
        }

        if (input.Act == BookingAct.Cancel && booking.Start > draft.Now)
        {
            Tell(draft, Phrase.VisitCancelledForYou, after, withCalendar: false);
        }

        BookingNotices.Answer(draft, Phrase.AdminVisitChanged, after);
        draft.Respond(RequestResult.Done, after.Id.Value);
    }

    private static void Move(Draft draft, Booking booking, Input.VisitChanged input)
    {
        if (draft.Content.Catalog is not { } catalog || catalog.Service(booking.Service) is not { } service || input.Start is not { } start)
        {
            Refuse(draft, Phrase.AdminVisitGone, RequestResult.Gone, null);
        }
        else if (booking.State.After(BookingAct.Move) is null)
        {
            Refuse(draft, Phrase.AdminVisitUnchanged, RequestResult.Forbidden, booking);
        }
        else if (Free(draft, catalog, service, input.Specialist, booking).WhoAt(start) is not { } specialist)
        {
            Refuse(draft, Phrase.AdminSlotTaken, RequestResult.Taken, booking);
        }
        else
        {
            var moved = new BookingTurn(draft).Move(booking, service, specialist, start);
            Tell(draft, Phrase.VisitMovedForYou, moved, withCalendar: true);
            BookingNotices.Answer(draft, Phrase.AdminVisitChanged, moved);
            draft.Respond(RequestResult.Done, moved.Id.Value);
        }
    }

    private static void Refuse(Draft draft, Phrase phrase, RequestResult result, Booking? booking)
    {
        if (draft.Input.Request is null)
        {
            BookingNotices.Answer(draft, phrase, booking);
        }

        draft.Respond(result, booking?.Id.Value);
    }

    /// <summary>Staff may book up to the last moment: they know whether it can be done.</summary>
    private static FreeTimes Free(Draft draft, Catalog catalog, Service service, string? specialist, Booking? moved) =>
        BookingFacts.Free(draft, catalog with { Rules = catalog.Rules with { Notice = TimeSpan.Zero } }, service, specialist, moved?.Id);

    /// <summary>At once, for a person decided it; who cannot be written to is to be called.</summary>
    private static void Tell(Draft draft, Phrase phrase, Booking booking, bool withCalendar)
    {
        var template = $"phrase/{phrase}";
        if (draft.Chat.BlockedAt is not null || draft.Chat.Address.Channel == ChatAddress.Staff)
        {
            draft.Add(new Effect.Skip(MessageKind.Service, Cause, template, SkipReason.Blocked));
            BookingNotices.Answer(draft, Phrase.AdminVisitUntold, booking);
            return;
        }

        var scope = draft.Scope(ImmutableDictionary<string, Value>.Empty.Add(GivenValues.Booking, new Value.Booking(booking.Id)));
        var values = VisitValues.Of(booking, BookingValues.Title(booking, scope), BookingValues.Name(booking, scope), null, BookingValues.Contact(booking, scope), "")
            .Add("address", new Value.Text(BookingValues.Address(booking, scope)));
        draft.SpeakAs(MessageKind.Service, null, Cause, booking.End > draft.Now ? booking.End : null);
        var file = withCalendar && BookingValues.Of(Root.BookingCalendar, scope) is Value.File { Content: { } made } calendar
            ? new Attachment(AttachmentKind.Document, calendar.Name, made)
            : null;
        draft.Say(template, draft.Content.Phrases[phrase].In(draft.Chat.Language).Html(draft.Scope(values)) + BusinessTime.Note(draft, isNeeded: true), file,
            withCalendar ? Buttons(draft, booking) : null);
    }

    /// <summary>The ways that the dialogs give for a visit.</summary>
    private static Keyboard.Inline? Buttons(Draft draft, Booking booking)
    {
        ImmutableArray<ImmutableArray<InlineButton>> rows =
        [
            .. from way in ((string Name, Phrase Label)[])[("move", Phrase.VisitMoveButton), ("cancel-booking", Phrase.VisitCancelButton)]
               where Openings.ByBookingButton(draft, way.Name) is not null
               select ImmutableArray.Create(new InlineButton(draft.Label(way.Label), new PressData.OpenFor(way.Name, booking.Id).ToString())),
        ];
        return rows.IsEmpty ? null : new Keyboard.Inline(rows);
    }
}
