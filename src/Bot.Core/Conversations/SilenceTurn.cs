using Bot.Core.Automations;
using Bot.Core.Dialogs;
using Bot.Core.Gate;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Conversations;

/// <summary>Reminds a customer, once, of a conversation that they fell silent in.</summary>
internal static class SilenceTurn
{
    /// <summary>How long after the customer's own last act a reminder of it is still their own affair.</summary>
    private static readonly TimeSpan Own = TimeSpan.FromHours(24);

    /// <summary>
    /// Sees to it that somebody looks whether the customer fell silent, once they did something: who never answered a dialog that opened by
    /// itself did not begin anything that is theirs to finish.
    /// </summary>
    public static void Plan(Draft draft)
    {
        if (draft.Conversation is { Nudge: null, IsNudged: false } conversation && SilenceOf(draft, conversation) is { } silence)
        {
            Await(draft, conversation, conversation.LastAt + silence.After);
        }
    }

    public static void Fire(Draft draft, Timer timer, TimerCause.Silence cause)
    {
        if (draft.Conversation is not { } conversation || conversation.Id != cause.Conversation || conversation.Nudge != timer.Id)
        {
            return;
        }

        draft.Conversation = conversation with { Nudge = null };
        if (SilenceOf(draft, conversation) is not { } silence)
        {
            return;
        }

        if (conversation.LastAt + silence.After is var due && due > draft.Now)
        {
            Await(draft, draft.Conversation, due);
            return;
        }

        var reach = new Reach(draft, MessageKind.Service, null, $"silence:{cause.Dialog}", $"{cause.Dialog}/silence");
        if (timer.IsExpired)
        {
            reach.Skip(SkipReason.Restored);
        }
        else if (silence.If is { } condition && !condition.Holds(draft.Scope(conversation.Frames[0].Values)))
        {
            reach.Skip(SkipReason.NotFitting);
        }
        else
        {
            switch (Gatekeeper.Ask(draft, MessageKind.Service, null, timer.Due, conversation.LastAt + Own))
            {
                case GateDecision.NotBefore later:
                    Await(draft, draft.Conversation, later.At, later.Reason);
                    return;
                case GateDecision.Skip skip:
                    reach.Skip(skip.Reason);
                    break;
                default:
                    Say(draft, silence, cause.Dialog, conversation);
                    break;
            }
        }

        draft.Conversation = draft.Conversation with { IsNudged = true };
    }

    private static void Say(Draft draft, Silence silence, string dialog, Conversation conversation)
    {
        draft.SpeakAs(MessageKind.Service, null, $"silence:{dialog}", conversation.LastAt + Own);
        var words = silence.Say.In(draft.Chat.Language).Html(draft.Scope(conversation.Frames[0].Values));
        var goOn = new InlineButton(draft.Label(Phrase.Continue), new PressData.Continue().ToString());
        draft.Say($"{dialog}/silence", words, null, new Keyboard.Inline([[goOn]]));
    }

    private static void Await(Draft draft, Conversation conversation, DateTimeOffset due, WaitReason? why = null)
    {
        var timer = draft.Schedule(due, new TimerCause.Silence(conversation.Id, conversation.Frames[0].Dialog), MessageKind.Service, why);
        draft.Conversation = conversation with { Nudge = timer };
    }

    private static Silence? SilenceOf(Draft draft, Conversation conversation) =>
        draft.Content.Dialogs.GetValueOrDefault(conversation.Frames[0].Dialog)?.Silence;
}
