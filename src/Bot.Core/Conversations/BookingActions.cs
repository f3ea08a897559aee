using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>What a conversation does about visits. A time that somebody else has leads elsewhere, with a word about it.</summary>
internal sealed class BookingActions(Draft draft)
{
    /// <summary>The values after the action, and where to go on if it could not be done.</summary>
    public readonly record struct Done(ImmutableDictionary<string, Value> Values, Target? Jump = null);

    /// <summary>Keeps a time for this customer; chooses who does it if anyone will do.</summary>
    public Done Hold(DialogAction.Hold hold, ImmutableDictionary<string, Value> values)
    {
        if (draft.Content.Catalog is not { } catalog || BookingFacts.ServiceOf(draft, values) is not { } service)
        {
            return Taken(hold.IfTaken, values);
        }

        var moved = BookingFacts.Moved(draft, values);
        if (moved is null && draft.Profile.Bookings.Values.Count(booking => booking.IsOpen && booking.Start > draft.Now) >= catalog.Rules.AtMost)
        {
            draft.Say(Phrase.VisitsEnough, values: ImmutableDictionary<string, Value>.Empty.Add("count", new Value.Number(catalog.Rules.AtMost)));
            return new Done(values, Target.Leave);
        }

        if (TimeOf(hold.Time, values) is not { } start || BookingFacts.FreeFor(draft, values)?.WhoAt(start) is not { } specialist)
        {
            return Taken(hold.IfTaken, values);
        }

        var until = draft.Now + catalog.Rules.Hold;
        draft.Add(new Effect.Hold(specialist.Id, start, start + service.Duration + service.Buffer, until, moved?.Id));
        var isAnyone = !values.ContainsKey(GivenValues.Specialist) || values.ContainsKey(BookingFacts.AnyoneWillDo);
        values = values.SetItem(GivenValues.Specialist, new Value.Specialist(specialist.Id)).SetItem(BookingFacts.Held, new Value.Moment(until));
        return new Done(isAnyone ? values.SetItem(BookingFacts.AnyoneWillDo, new Value.Boolean(true)) : values);
    }

    /// <summary>Books it, or moves the visit that the conversation is about.</summary>
    public Done Book(DialogAction.Book book, ImmutableDictionary<string, Value> values)
    {
        if (draft.Content.Catalog is not { } catalog || BookingFacts.ServiceOf(draft, values) is not { } service || TimeOf(book.Time, values) is not { } start)
        {
            return Taken(book.IfTaken, values);
        }

        // Whoever was told a time as long as it was held may still have it, though the latest moment to book has passed meanwhile.
        var rules = catalog.Rules with { Notice = catalog.Rules.Notice > catalog.Rules.Hold ? catalog.Rules.Notice - catalog.Rules.Hold : TimeSpan.Zero };
        var moved = BookingFacts.Moved(draft, values);
        var chosen = (values.GetValueOrDefault(GivenValues.Specialist) as Value.Specialist)?.Id;
        if (BookingFacts.Free(draft, catalog with { Rules = rules }, service, chosen, moved?.Id).WhoAt(start) is not { } specialist)
        {
            return Taken(book.IfTaken, values);
        }

        var turn = new BookingTurn(draft);
        var booking = moved is null ? turn.Make(service, specialist, start) : turn.Move(moved, service, specialist, start);
        BookingNotices.Add(draft, moved is null ? Phrase.AdminVisitMade : Phrase.AdminVisitMoved, booking);
        return new Done(values
            .Remove(BookingFacts.Held)
            .SetItem(GivenValues.Specialist, new Value.Specialist(specialist.Id))
            .SetItem(GivenValues.Booking, new Value.Booking(booking.Id)));
    }

    /// <summary>What was held is anybody's again.</summary>
    public ImmutableDictionary<string, Value> Release(ImmutableDictionary<string, Value> values)
    {
        draft.Add(new Effect.Release());
        return values.Remove(BookingFacts.Held);
    }

    public void Confirm(Expression booking, ImmutableDictionary<string, Value> values) => Do(booking, values, BookingAct.Confirm, Phrase.AdminVisitConfirmed);

    public void Cancel(Expression booking, ImmutableDictionary<string, Value> values) => Do(booking, values, BookingAct.Cancel, Phrase.AdminVisitCancelled);

    private void Do(Expression which, ImmutableDictionary<string, Value> values, BookingAct act, Phrase notice)
    {
        if (which.Evaluate(draft.Scope(values)) is Value.Booking { Id: var id } && draft.Profile.Bookings.GetValueOrDefault(id) is { } booking
            && new BookingTurn(draft).Do(booking, act) is { } after)
        {
            BookingNotices.Add(draft, notice, after);
        }
    }

    private DateTimeOffset? TimeOf(Expression time, ImmutableDictionary<string, Value> values) => (time.Evaluate(draft.Scope(values)) as Value.Moment)?.At;

    private Done Taken(Target target, ImmutableDictionary<string, Value> values)
    {
        draft.Say(Phrase.TimeTaken);
        return new Done(values, target);
    }
}
