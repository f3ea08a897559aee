using Bot.Core.Bookings;
using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Storage;

namespace Bot.Admin;

/// <summary>What staff do with visits: what changes one is a turn of its customer, in the same transaction; the rest is read after the commit.</summary>
internal static class BookingDesk
{
    public static StaffOutcome Do(
        WriteTransaction transaction, Content content, string key, BookingCommand command, Action<string, Keyboard?> say, AdminTexts texts)
    {
        if (content.Catalog is not { } catalog)
        {
            say(texts.Html(Phrase.AdminNoCatalog), null);
            return StaffOutcome.Nothing;
        }

        switch (command)
        {
            case BookingCommand.Change { Act: not BookingAct.Cancel } or BookingCommand.Change { IsConfirmed: true }:
                var change = (BookingCommand.Change)command;
                return Turn(transaction.Bookings.ChatOf(change.Booking) is { } chat ? new Input.VisitChanged(key, chat, change.Booking, change.Act) : null);
            case BookingCommand.Move { Step: { IsConfirmed: true, Start: { } start } step } move:
                return Turn(transaction.Bookings.ChatOf(move.Booking) is { } where && SpecialistOf(catalog, step.Specialist) is var (isKnown, who) && isKnown
                    ? new Input.VisitChanged(key, where, move.Booking, BookingAct.Move, who, start)
                    : null);
            case BookingCommand.Choose { Step: { IsConfirmed: true, Start: { } at } chosen } choose:
                return Turn(transaction.Staff.ChatOf(choose.Profile) is { } address && SpecialistOf(catalog, chosen.Specialist) is var (isThere, whom) && isThere
                    && catalog.Services.FirstOrDefault(service => ShortName.Of(service.Id) == choose.Service) is { } service
                        ? new Input.VisitBooked(key, address, service.Id, whom, at)
                        : null);
            default:
                return new StaffOutcome([new Effect.Answer(command)]);
        }

        StaffOutcome Turn(Input? turn)
        {
            if (turn is null)
            {
                say(texts.Html(Phrase.AdminVisitGone), null);
            }

            return turn is null ? StaffOutcome.Nothing : new StaffOutcome([], turn);
        }
    }

    /// <summary>Whom a button means, or that anyone will do; not known if the content no longer has them.</summary>
    public static (bool IsKnown, string? Id) SpecialistOf(Catalog catalog, string? name) => name is null or TimeStep.Anyone
        ? (true, null)
        : catalog.Specialists.FirstOrDefault(one => ShortName.Of(one.Id) == name) is { } specialist ? (true, specialist.Id) : (false, null);
}
