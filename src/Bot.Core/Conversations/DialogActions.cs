using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Bot.Core.Consents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>Does what a state or a button says, in order.</summary>
internal sealed class DialogActions(Draft draft)
{
    public void Run(ImmutableArray<DialogAction> actions, State state, Button? button, Frame frame)
    {
        foreach (var action in actions)
        {
            switch (action)
            {
                case DialogAction.Consent consent:
                    draft.GiveConsent(consent.Purpose, WordingOf(state, button, frame), $"dialog:{frame.Dialog}/{state.Id}");
                    break;
                case DialogAction.Withdraw withdraw:
                    draft.WithdrawConsent(withdraw.Purpose, $"dialog:{frame.Dialog}/{state.Id}");
                    break;
                case DialogAction.Set set:
                    foreach (var (name, expression) in set.Fields)
                    {
                        draft.TrySetField(name, expression.Evaluate(draft.Scope(frame.Values)));
                    }

                    break;
                case DialogAction.Tag tag:
                    draft.Profile = draft.Profile with { Tags = draft.Profile.Tags.Add(tag.Id) };
                    break;
                case DialogAction.Untag untag:
                    draft.Profile = draft.Profile with { Tags = draft.Profile.Tags.Remove(untag.Id) };
                    break;
                case DialogAction.Record record:
                    draft.Record(record.Event, [.. Known(record.With, frame)]);
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    private IEnumerable<KeyValuePair<string, Value>> Known(ImmutableArray<KeyValuePair<string, Expression>> with, Frame frame) =>
        from pair in with
        let value = pair.Value.Evaluate(draft.Scope(frame.Values))
        where value is not null
        select KeyValuePair.Create(pair.Key, value);

    private Wording WordingOf(State state, Button? button, Frame frame)
    {
        if (state.Say is null || button is null)
        {
            throw new InvalidOperationException($"State {frame.Dialog}/{state.Id} takes a consent without a text and a button; the loader refuses that.");
        }

        var language = draft.Chat.Language;
        var scope = draft.Scope(frame.Values);
        var (text, label) = (state.Say.In(language).Wording(scope), button.Label.In(language).Wording(scope));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{language}\n{text}\n{label}")));
        return new Wording(hash, language, text, label);
    }
}
