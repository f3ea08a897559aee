using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>Leads a conversation through its states until one waits or the conversation is over.</summary>
internal sealed class Walk(Draft draft)
{
    /// <summary>More states than any content can pass without waiting: the loader refuses cycles that never wait.</summary>
    private const int MaxStates = 1_000;

    private readonly DialogActions _actions = new(draft);

    /// <summary>The conversation in front.</summary>
    public Conversation Conversation
    {
        get => draft.Conversation ?? throw new InvalidOperationException("No conversation is in front.");
        private set => draft.Conversation = value;
    }

    /// <summary>The state that the conversation stands in.</summary>
    public State State => draft.TryStateOf(draft.Conversation, out var state)
        ? state
        : throw new InvalidOperationException("The conversation's state is not in the content; Resume comes first.");

    /// <summary>Whether the content changed since the customer was shown the step.</summary>
    public bool IsChanged => draft.Conversation is { } conversation && conversation.Revision != draft.Content.Revision;

    /// <summary>
    /// Makes a conversation fit the content that may have changed under it: onto another state through <c>moved:</c>, or to the menu,
    /// never into silence. Answers whether the input is still to be handled.
    /// </summary>
    public bool Resume()
    {
        if (draft.Conversation is not { } conversation || !IsChanged)
        {
            return true;
        }

        Conversation = conversation with { Frames = [.. conversation.Frames.Select(Fit)] };
        var isCalled = conversation.Frames[..^1].All(IsCalling) && conversation.Frames.All(HasWhatItTakes);
        if (isCalled && draft.TryStateOf(conversation, out var state) && state.Waits)
        {
            return IsStillMeant(state);
        }

        var top = draft.Content.Dialogs.GetValueOrDefault(conversation.Top.Dialog);
        if (isCalled && top?.Moved.TryGetValue(conversation.Top.State, out var target) == true)
        {
            Go(target);
            return false;
        }

        draft.Close(ConversationEnd.Lost);
        AdminNotices.Lost(draft, conversation.Top.Dialog, conversation.Top.State);
        if (draft.Input is Input.Message { Text: ['/', ..] })
        {
            return true;
        }

        Menu.Show(draft, Phrase.Lost);
        return false;
    }

    /// <summary>Starts a dialog in front of whatever was there.</summary>
    /// <param name="values">What it is given beside what the opening brings.</param>
    public void Open(Dialog dialog, Opening? opening, ImmutableDictionary<string, Value>? values = null)
    {
        draft.Acknowledge();
        draft.Close(ConversationEnd.Left);
        var first = opening?.At ?? dialog.States[0].Id;
        draft.Conversation = new Conversation(new ConversationId(draft.Ids.Next()), draft.Content.Revision, 0,
            [new Frame(dialog.Id, first, (opening?.With ?? ImmutableDictionary<string, Value>.Empty).SetItems(values ?? ImmutableDictionary<string, Value>.Empty), [])], [], 0, draft.Now, draft.Now);
        Go(Target.To(first));
    }

    /// <summary>The state can be gone back to, until something is done that cannot be taken back.</summary>
    public void Remember(State state)
    {
        var trail = Conversation.Top.Trail.Add(state.Id);
        SetTop(Conversation.Top with { Trail = trail.Length > Frame.MaxTrail ? trail.RemoveAt(0) : trail });
    }

    /// <summary>Does what stands in a file; what is done closes the way back.</summary>
    public void Do(ImmutableArray<DialogAction> actions, Button? button = null)
    {
        if (!actions.IsEmpty)
        {
            var (state, frame) = (State, Conversation.Top);
            (Text, Text)? shown = state.Say is { } say && button is not null ? (say, button.Label) : null;
            var values = _actions.Run(actions, frame.Values, $"dialog:{frame.Dialog}/{state.Id}", shown);
            SetTop(Conversation.Top with { Values = values, Trail = [] });
        }
    }

    /// <summary>From here until a state waits.</summary>
    public void Go(Target target, bool isBack = false)
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
            Conversation = Conversation with { Page = null };
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
                if (!state.Do.IsEmpty && _actions.Jump is { } jump)
                {
                    target = jump;
                    continue;
                }
            }

            if (BookingQuestion.Of(draft, state.Ask, Conversation.Top) is { } question && question.Answers() is var answers
                && (answers.IsEmpty || question.Only(answers) is not null))
            {
                // Nothing to choose from, or one thing alone.
                isBack = false;
                target = answers.IsEmpty ? state.IfNone ?? Next(state) : Take(state, answers[0].Value);
                continue;
            }

            if (state.Ask is { } ask && IsWithoutChoice(ask))
            {
                Do(state.OnAnswer);
            }
            else if (new Prompt(draft, state).Show())
            {
                return;
            }

            isBack = false;
            target = Next(state);
        }

        throw new InvalidOperationException($"Dialog {Conversation.Top.Dialog} passes {MaxStates} states without waiting.");
    }

    /// <summary>Keeps an answer that nobody had to give, and answers where it leads.</summary>
    private Target Take(State state, Value answer)
    {
        SetTop(Conversation.Top with { Values = BookingQuestion.Keep(Conversation.Top.Values, state.Ask!.Into!.Value.Name, answer) });
        Do(state.OnAnswer);
        return Next(state);
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

    /// <summary>Where a state leads.</summary>
    public Target Next(State state)
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

    /// <summary>Whether there is nothing to choose from, so that the question answers itself.</summary>
    private bool IsWithoutChoice(Ask ask) => ask.Kinds switch
    {
        [AskKind.Language] => draft.Content.Settings.Languages.Length == 1,
        [AskKind.Topics] => !Unsubscription.Choices(draft).Any(),
        _ => false,
    };

    private Scope Scope() => draft.Scope(Conversation.Top.Values);

    /// <summary>Replaces the dialog that the conversation stands in.</summary>
    public void SetTop(Frame frame) =>
        Conversation = Conversation with { Frames = Conversation.Frames.SetItem(Conversation.Frames.Length - 1, frame) };

    /// <summary>
    /// A button that was shown with other words does not do what stands there today: the step is shown anew. Nobody agrees to what they
    /// have not read.
    /// </summary>
    private bool IsStillMeant(State state)
    {
        if (draft.Input is Input.Press press && PressData.Parse(press.Data) is PressData.Step && state.Buttons.Any(button => !button.Do.IsEmpty))
        {
            new Prompt(draft, state).Show();
            return false;
        }

        return true;
    }

    /// <summary>What the conversation was opened with is still there: a magnet may have been taken out of the settings.</summary>
    private bool HasWhatItTakes(Frame frame) =>
        frame.Values.Values.All(value => value switch
        {
            Value.Magnet magnet => draft.Content.Settings.Magnets.ContainsKey(magnet.Id),
            Value.Service service => draft.Content.Catalog?.Service(service.Id) is not null,
            Value.Specialist specialist => draft.Content.Catalog?.Specialist(specialist.Id) is not null,
            _ => true,
        });

    /// <summary>Without values that the dialog no longer remembers in this kind, and without ways back that are gone.</summary>
    private Frame Fit(Frame frame)
    {
        if (draft.Content.Dialogs.GetValueOrDefault(frame.Dialog) is not { } dialog)
        {
            return frame;
        }

        var gone = frame.Values.Where(value => dialog.Remember.TryGetValue(value.Key, out var kind) && kind != value.Value.Kind);
        return frame with
        {
            Values = frame.Values.RemoveRange(gone.Select(value => value.Key)),
            Trail = frame.Trail.RemoveAll(id => dialog.Find(id) is not { Waits: true }),
        };
    }

    private bool IsCalling(Frame frame) =>
        draft.Content.Dialogs.GetValueOrDefault(frame.Dialog)?.Find(frame.State) is { Call: { } called }
        && draft.Content.Dialogs.ContainsKey(called);
}
