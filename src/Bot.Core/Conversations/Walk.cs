using System.Collections.Immutable;
using System.Diagnostics;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Profiles;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>Leads a conversation through its states until one waits or the conversation is over.</summary>
internal sealed class Walk(Draft draft)
{
    /// <summary>More states than any content can pass without waiting: the loader refuses cycles that never wait.</summary>
    private const int MaxStates = 1_000;

    /// <summary>Unusable answers to one question before the customer is shown a way out.</summary>
    private const int MaxAttempts = 3;

    private readonly DialogActions _actions = new(draft);

    /// <summary>Whether the conversation waits for a free text, in which any word is an answer.</summary>
    public bool AsksFreeText => draft.TryStateOf(draft.Conversation, out var state) && state.Ask is { } ask && ask.Kinds.Contains(AskKind.Text);

    private Conversation Conversation
    {
        get => draft.Conversation ?? throw new InvalidOperationException("No conversation is in front.");
        set => draft.Conversation = value;
    }

    private State State => draft.TryStateOf(draft.Conversation, out var state)
        ? state
        : throw new InvalidOperationException("The conversation's state is not in the content; Resume comes first.");

    /// <summary>
    /// Makes a conversation fit the content that may have changed under it: onto another state through <c>moved:</c>, or to the menu,
    /// never into silence. Answers whether the input is still to be handled.
    /// </summary>
    public bool Resume()
    {
        if (draft.Conversation is not { } conversation || conversation.Revision == draft.Content.Revision)
        {
            return true;
        }

        Conversation = conversation with { Revision = draft.Content.Revision, Frames = [.. conversation.Frames.Select(Fit)] };
        if (conversation.Frames[..^1].All(IsCalling) && draft.TryStateOf(conversation, out var state) && state.Waits)
        {
            return true;
        }

        var top = draft.Content.Dialogs.GetValueOrDefault(conversation.Top.Dialog);
        if (conversation.Frames[..^1].All(IsCalling) && top?.Moved.TryGetValue(conversation.Top.State, out var target) == true)
        {
            Go(target);
            return false;
        }

        draft.Close(ConversationEnd.Lost);
        if (draft.Input is Input.Message { Text: ['/', ..] })
        {
            return true;
        }

        Turns.Menu.Show(draft, Phrase.Lost);
        return false;
    }

    /// <summary>Starts a dialog in front of whatever was there.</summary>
    public void Open(Dialog dialog, Opening? opening)
    {
        draft.Acknowledge();
        draft.Close(ConversationEnd.Left);
        var first = opening?.At ?? dialog.States[0].Id;
        draft.Conversation = new Conversation(new ConversationId(draft.Ids.Next()), draft.Content.Revision, 0,
            [new Frame(dialog.Id, first, opening?.With ?? ImmutableDictionary<string, Value>.Empty, [])], [], 0, draft.Now, draft.Now);
        Go(Target.To(first));
    }

    /// <summary>Takes a text as the answer: the label of a button, or what the question makes of it.</summary>
    public void Take(string text)
    {
        var prompt = new Prompt(draft, State);
        if (prompt.OfferLabelled(text) is { } offer)
        {
            Choose(offer);
            return;
        }

        if (State.Ask is not { } ask)
        {
            Refuse(Phrase.AgainButton);
            return;
        }

        switch (AnswerReader.Read(ask, text, draft.Chat.Language, draft.Content.Settings.Business.Phone))
        {
            case Answer.Given given:
                Accept(given.Kind, given.Value);
                break;
            case Answer.Unclear unclear:
                Refuse(unclear.Again);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Takes a shared contact; only the sender's own counts.</summary>
    public void Take(Input.Contact contact)
    {
        if (State.Ask is not { } ask || !ask.Kinds.Any(kind => kind is AskKind.Contact or AskKind.Phone))
        {
            TakeUnreadable();
        }
        else if (!contact.IsOwn)
        {
            Refuse(Phrase.ForeignContact);
        }
        else if (AnswerReader.Phone(contact.Phone is ['+', ..] ? contact.Phone : "+" + contact.Phone, "") is { } phone)
        {
            Accept(AskKind.Contact, new Value.Text(phone));
        }
        else
        {
            Refuse(Phrase.AgainPhone);
        }
    }

    /// <summary>Something was sent that no question can read: a sticker, a voice message.</summary>
    public void TakeUnreadable() => Refuse(State.Ask is { } ask ? AnswerReader.Again(ask) : Phrase.AgainButton);

    /// <summary>Takes a button of the current step; answers <see langword="false"/> if it belongs to another conversation or step.</summary>
    public bool Press(PressData.Step press)
    {
        if (draft.Conversation is not { } conversation || conversation.Id != press.Conversation || conversation.Step != press.Number
            || press.Button >= conversation.Offers.Length)
        {
            return false;
        }

        return Choose(conversation.Offers[press.Button]);
    }

    /// <summary>Asks the current question once more, for example in another language.</summary>
    public void AskAgain()
    {
        if (draft.Conversation is not null)
        {
            new Prompt(draft, State).Show();
        }
    }

    private bool Choose(Offer offer)
    {
        var state = State;
        switch (offer.Kind)
        {
            case OfferKind.Button when state.Buttons.FirstOrDefault(b => b.Id == offer.Value) is { Leads: ButtonLeads.GoTo to } button:
                draft.Acknowledge(isUsed: true);
                Remember(state);
                Do(button.Do, button);
                Go(to.To);
                return true;
            case OfferKind.Answer when state.Ask is { } ask
                && AnswerReader.Read(ask, offer.Value, draft.Chat.Language, "") is Answer.Given given:
                draft.Acknowledge(isUsed: true);
                Accept(given.Kind, given.Value);
                return true;
            case OfferKind.Skip when state.Ask is { CanSkip: true }:
                draft.Acknowledge(isUsed: true);
                Remember(state);
                Do(state.OnAnswer);
                Go(Next(state));
                return true;
            case OfferKind.Back when Conversation.Top.Trail is [.., var before] trail:
                draft.Acknowledge(isUsed: true);
                SetTop(Conversation.Top with { Trail = trail.RemoveAt(trail.Length - 1) });
                Go(Target.To(before), isBack: true);
                return true;
            case OfferKind.Button or OfferKind.Answer or OfferKind.Skip or OfferKind.Back:
                return false;
            default:
                throw new UnreachableException();
        }
    }

    private void Accept(AskKind kind, Value value)
    {
        var state = State;
        if (!TryKeep(state.Ask!, kind, value))
        {
            draft.Close(ConversationEnd.Left);
            Turns.Menu.Show(draft, Phrase.ConsentFirst);
            return;
        }

        Remember(state);
        Do(state.OnAnswer);
        Go(Next(state));
    }

    private bool TryKeep(Ask ask, AskKind kind, Value value)
    {
        switch (kind)
        {
            case AskKind.Contact or AskKind.Phone:
                return draft.TrySetField(ProfileFields.Phone, value)
                    && draft.TrySetField(ProfileFields.PhoneVerified, kind == AskKind.Contact ? new Value.Boolean(true) : null);
            case AskKind.Email:
                return draft.TrySetField(ProfileFields.Email, value);
        }

        if (ask.Into is not { } into)
        {
            return true;
        }

        if (into.IsProfile)
        {
            return draft.TrySetField(into.Name, value);
        }

        SetTop(Conversation.Top with { Values = Conversation.Top.Values.SetItem(into.Name, value) });
        return true;
    }

    private void Refuse(Phrase phrase)
    {
        var attempts = Conversation.Attempts + 1;
        Conversation = Conversation with { Attempts = attempts, LastAt = draft.Now };
        if (attempts < MaxAttempts)
        {
            new Prompt(draft, State).ShowAgain(phrase);
        }
        else
        {
            Turns.Menu.Offer(draft, Phrase.WayOut);
        }
    }

    /// <summary>The state can be gone back to, until something is done that cannot be taken back.</summary>
    private void Remember(State state)
    {
        var trail = Conversation.Top.Trail.Add(state.Id);
        SetTop(Conversation.Top with { Trail = trail.Length > Frame.MaxTrail ? trail.RemoveAt(0) : trail });
    }

    private void Do(ImmutableArray<DialogAction> actions, Button? button = null)
    {
        if (!actions.IsEmpty)
        {
            _actions.Run(actions, State, button, Conversation.Top);
            SetTop(Conversation.Top with { Trail = [] });
        }
    }

    /// <summary>From here until a state waits.</summary>
    private void Go(Target target, bool isBack = false)
    {
        for (var passed = 0; passed < MaxStates; passed++)
        {
            if (target.Kind != TargetKind.State)
            {
                if (Return(target.Kind) is not { } next)
                {
                    return;
                }

                target = next;
                continue;
            }

            SetTop(Conversation.Top with { State = target.State! });
            var state = State;
            if (!isBack && state.SkipIf is { } skip && skip.Holds(Scope()))
            {
                target = Next(state);
                continue;
            }

            if (state.Call is { } called)
            {
                var first = draft.Content.Dialogs[called].States[0].Id;
                Conversation = Conversation with
                {
                    Frames = Conversation.Frames.Add(new Frame(called, first, ImmutableDictionary<string, Value>.Empty, [])),
                };
                target = Target.To(first);
                continue;
            }

            if (!isBack)
            {
                Do(state.Do);
            }

            if (new Prompt(draft, state).Show())
            {
                return;
            }

            isBack = false;
            target = Next(state);
        }

        throw new InvalidOperationException($"Dialog {Conversation.Top.Dialog} passes {MaxStates} states without waiting.");
    }

    /// <summary>Where the caller goes on, or <see langword="null"/> when the conversation is over.</summary>
    private Target? Return(TargetKind how)
    {
        if (Conversation.Frames.Length == 1)
        {
            draft.Close(how == TargetKind.End ? ConversationEnd.Finished : ConversationEnd.Left);
            return null;
        }

        Conversation = Conversation with { Frames = Conversation.Frames.RemoveAt(Conversation.Frames.Length - 1) };
        return how == TargetKind.Leave ? State.IfLeft ?? Target.Leave : Next(State);
    }

    private Target Next(State state)
    {
        foreach (var branch in state.Goto)
        {
            if (branch.If is null || branch.If.Holds(Scope()))
            {
                return branch.To;
            }
        }

        return Target.End;
    }

    private Scope Scope() => draft.Scope(Conversation.Top.Values);

    private void SetTop(Frame frame) => Conversation = Conversation with { Frames = Conversation.Frames.SetItem(Conversation.Frames.Length - 1, frame) };

    /// <summary>Without values that the dialog no longer remembers in this kind; what it was opened with stays.</summary>
    private Frame Fit(Frame frame)
    {
        var dialog = draft.Content.Dialogs.GetValueOrDefault(frame.Dialog);
        var gone = frame.Values.Where(value =>
            dialog is not null && dialog.Remember.TryGetValue(value.Key, out var kind) && kind != value.Value.Kind);
        return frame with { Values = frame.Values.RemoveRange(gone.Select(value => value.Key)) };
    }

    private bool IsCalling(Frame frame) =>
        draft.Content.Dialogs.GetValueOrDefault(frame.Dialog)?.Find(frame.State) is { Call: { } called }
        && draft.Content.Dialogs.ContainsKey(called);
}
