using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Bot.Core.Cases;
using Bot.Core.Consents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Loyalty;
using Bot.Core.Privacy;
using Bot.Core.Sequences;
using Bot.Core.Talks;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>Does what a state, a button, a step of a sequence or an automation says, in order.</summary>
internal sealed class DialogActions(Draft draft)
{
    private int _codes;

    /// <summary>Where the last run leads because an action of it could not be done; nothing of that run was done then.</summary>
    public Target? Jump { get; private set; }

    /// <summary>Does it, and answers the values with those that were made on the way.</summary>
    /// <param name="source">Where it stands: <c>dialog:contact/consent</c>.</param>
    /// <param name="shown">The words that a consent is given to, if it can be given here.</param>
    public ImmutableDictionary<string, Value> Run(
        ImmutableArray<DialogAction> actions, ImmutableDictionary<string, Value> values, string source, (Text Say, Text Label)? shown = null)
    {
        var bookings = new BookingActions(draft);
        Jump = null;
        foreach (var action in actions)
        {
            switch (action)
            {
                case DialogAction.Hold hold:
                    (values, Jump) = bookings.Hold(hold, values);
                    break;
                case DialogAction.Book book:
                    (values, Jump) = bookings.Book(book, values);
                    break;
                case DialogAction.Release:
                    values = bookings.Release(values);
                    break;
                case DialogAction.Confirm confirm:
                    bookings.Confirm(confirm.Booking, values);
                    break;
                case DialogAction.Cancel cancel:
                    bookings.Cancel(cancel.Booking, values);
                    break;
                case DialogAction.Consent consent:
                    draft.GiveConsent(consent.Purpose, WordingOf(shown, source, values), source);
                    break;
                case DialogAction.Withdraw withdraw:
                    draft.WithdrawConsent(withdraw.Purpose, source);
                    break;
                case DialogAction.Set set:
                    foreach (var (name, expression) in set.Fields)
                    {
                        draft.TrySetField(name, expression.Evaluate(draft.Scope(values)));
                    }

                    break;
                case DialogAction.Tag tag:
                    draft.Profile = draft.Profile with { Tags = draft.Profile.Tags.Add(tag.Id) };
                    break;
                case DialogAction.Untag untag:
                    draft.Profile = draft.Profile with { Tags = draft.Profile.Tags.Remove(untag.Id) };
                    break;
                case DialogAction.Record record:
                    draft.Record(record.Event, [.. Known(record.With, values)]);
                    break;
                case DialogAction.TalkToPerson:
                    TalkTurn.Open(draft);
                    break;
                case DialogAction.Unsubscribe:
                    Unsubscription.FromMarketing(draft, source);
                    break;
                case DialogAction.PauseMarketing:
                    Unsubscription.Pause(draft, isOver: false);
                    break;
                case DialogAction.EraseData:
                    ErasureTurn.Ask(draft);
                    break;
                case DialogAction.Case opened:
                    new CaseTurn(draft).Open(opened.Kind, (Evaluated(opened.Score, values) as Value.Number)?.Amount,
                        (Evaluated(opened.Words, values) as Value.Text)?.Content, isBare: opened is { Score: null, Words: null });
                    break;
                case DialogAction.Start start:
                    new SequenceRuns(draft).Enter(start.Sequence);
                    break;
                case DialogAction.Stop stop:
                    new SequenceRuns(draft).End(stop.Sequence, SequenceEnd.Stopped);
                    break;
                case DialogAction.Points points:
                    Reward.Give(draft, points.Added);
                    break;
                case DialogAction.Code code when draft.Fact(new Query.NewCode(_codes++)) is Value.Text made:
                    draft.Add(new Effect.IssueCode(made.Content, code.Percent, code.Amount, draft.Now + code.Valid, source));
                    values = values.SetItem(code.Into, made);
                    break;
                case DialogAction.Code:
                    // Asked for; the turn runs again with one.
                    break;
                default:
                    throw new UnreachableException();
            }

            if (Jump is not null)
            {
                break;
            }
        }

        return values;
    }

    private Value? Evaluated(Expression? expression, ImmutableDictionary<string, Value> values) =>
        expression?.Evaluate(draft.Scope(values));

    private IEnumerable<KeyValuePair<string, Value>> Known(
        ImmutableArray<KeyValuePair<string, Expression>> with, ImmutableDictionary<string, Value> values) =>
        from pair in with
        let value = pair.Value.Evaluate(draft.Scope(values))
        where value is not null
        select KeyValuePair.Create(pair.Key, value);

    private Wording WordingOf((Text Say, Text Label)? shown, string source, ImmutableDictionary<string, Value> values)
    {
        if (shown is not var (say, button))
        {
            throw new InvalidOperationException($"{source} takes a consent without a text and a button; the loader refuses that.");
        }

        var language = draft.Chat.Language;
        var scope = draft.Scope(values);
        var (text, label) = (say.In(language).Wording(scope), button.In(language).Wording(scope));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{language}\n{text}\n{label}")));
        return new Wording(hash, language, text, label);
    }
}
