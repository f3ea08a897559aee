using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs;

/// <summary>What a state does on entering or on an answer, or a button when pressed.</summary>
public abstract record DialogAction
{
    private DialogAction()
    {
    }

    /// <summary>Where an action that cannot be done goes on, if it says so.</summary>
    public static Target? WayOut(DialogAction action) => action switch
    {
        Hold hold => hold.IfTaken,
        Book book => book.IfTaken,
        _ => null,
    };

    /// <summary><c>consent: purpose</c>, in a button only.</summary>
    public sealed record Consent(string Purpose) : DialogAction;

    /// <summary><c>withdraw: purpose</c>.</summary>
    public sealed record Withdraw(string Purpose) : DialogAction;

    /// <summary><c>set: { field: expression }</c>; a missing value clears the field.</summary>
    public sealed record Set(ImmutableArray<KeyValuePair<string, Expression>> Fields) : DialogAction;

    public sealed record Tag(string Id) : DialogAction;

    public sealed record Untag(string Id) : DialogAction;

    /// <summary><c>start: sequence</c>: enters it, unless the customer may not or is in it already.</summary>
    public sealed record Start(string Sequence) : DialogAction;

    /// <summary><c>stop: sequence</c>.</summary>
    public sealed record Stop(string Sequence) : DialogAction;

    /// <summary><c>code: { percent | amount, valid, into }</c>: a personal code, kept under a name for the texts that follow.</summary>
    /// <param name="Percent">1-100, or <see langword="null"/>.</param>
    /// <param name="Amount">In the business's currency, or <see langword="null"/>.</param>
    /// <param name="Valid">How long it can be redeemed.</param>
    public sealed record Code(decimal? Percent, decimal? Amount, TimeSpan Valid, string Into) : DialogAction;

    /// <summary><c>talk-to-person</c>: as if the customer had asked for one.</summary>
    public sealed record TalkToPerson : DialogAction;

    /// <summary><c>unsubscribe</c>: as if the customer had sent /stop.</summary>
    public sealed record Unsubscribe : DialogAction;

    /// <summary><c>pause-marketing</c>: as if the customer had pressed the button for a month without Marketing.</summary>
    public sealed record PauseMarketing : DialogAction;

    /// <summary><c>erase-data</c>: the customer's data is to be deleted; it says when, and how to take that back.</summary>
    public sealed record EraseData : DialogAction;

    /// <summary><c>case: feedback</c>: staff are to see to it; or it joins what is open already. A missing value is left out.</summary>
    public sealed record Case(string Kind, Expression? Score, Expression? Words) : DialogAction;

    /// <summary><c>points: { add: 100 }</c>: points without a purchase, as a thank-you.</summary>
    /// <param name="Added">More than none.</param>
    public sealed record Points(Loyalty.Points Added) : DialogAction;

    /// <summary><c>record: event</c>; a missing value is left out.</summary>
    public sealed record Record(string Event, ImmutableArray<KeyValuePair<string, Expression>> With) : DialogAction;

    /// <summary><c>hold: moment</c>: keeps the time for this customer a while; sets the specialist if it may be anyone.</summary>
    /// <param name="IfTaken">Where to go on if somebody else has it.</param>
    public sealed record Hold(Expression Time, Target IfTaken) : DialogAction;

    /// <summary><c>book: moment</c>: books the time, or moves the booking that the conversation is about to it.</summary>
    public sealed record Book(Expression Time, Target IfTaken) : DialogAction;

    /// <summary><c>release: moment</c>: the time that was held is anybody's again.</summary>
    public sealed record Release : DialogAction;

    /// <summary><c>confirm: booking</c>: the customer says again that they come.</summary>
    public sealed record Confirm(Expression Booking) : DialogAction;

    /// <summary><c>cancel: booking</c>.</summary>
    public sealed record Cancel(Expression Booking) : DialogAction;
}
