using Bot.Core.Dialogs;
using Bot.Core.Dialogs.Loading;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Talks;

/// <summary>A talk of the customer with a person: how it begins, what is heard in it, and how it ends.</summary>
internal static class TalkTurn
{
    /// <summary>What lies behind the bot's own words about a talk.</summary>
    public const string Cause = "talk";

    /// <summary>The customer asks for a person.</summary>
    public static void Open(Draft draft)
    {
        draft.Pause();
        if (draft.Chat.Talk is not null)
        {
            draft.Say(Phrase.TalkAlready);
            return;
        }

        Begin(draft);
        draft.Record(BuiltInEvents.TalkOpened);
        draft.Say(Phrase.TalkOpened);
        TalkLines.Opened(draft);
    }

    /// <summary>From here on a person talks with the customer; or somebody said something in it once more.</summary>
    public static void Begin(Draft draft)
    {
        if (draft.Chat.Talk is { } talk)
        {
            draft.Chat = draft.Chat with { Talk = talk with { LastAt = draft.Now } };
        }
        else
        {
            Await(draft, new Talk(draft.Now, draft.Now, default), draft.Now + draft.Content.Settings.TalkCloseAfter, null);
        }
    }

    /// <summary>Ends the talk; answers whether there was one.</summary>
    public static bool End(Draft draft)
    {
        if (draft.Chat.Talk is not { } talk)
        {
            return false;
        }

        draft.Unschedule(talk.Timer);
        draft.Chat = draft.Chat with { Talk = null };
        return true;
    }

    /// <summary>
    /// Passes on what the customer says while a person talks with them. Answers whether that is all: commands and buttons work as ever, and a
    /// question of a dialog that the customer opened since then still gets its answer.
    /// </summary>
    public static bool Hear(Draft draft)
    {
        if (draft.Chat.Talk is null || Heard(draft) is not { } body)
        {
            return false;
        }

        Begin(draft);
        draft.Add(new Effect.Relay(body));
        draft.Ignore();
        var isAsked = draft.Conversation is { IsPaused: false } && draft.TryStateOf(draft.Conversation, out var state) && state.Ask is not null;
        return !isAsked || draft.Input is Input.Unsupported;
    }

    /// <summary>The customer changed a message: what was passed on changes with it, also when the talk is over.</summary>
    public static void HearEdit(Draft draft, ChannelMessage changed)
    {
        if (changed.Media?.Kind != MediaKind.Other && draft.Fact(new Query.Relayed(changed.Id)) is Value.Boolean { Is: true })
        {
            draft.Add(new Effect.Relay(TalkLines.Said(draft, Phrase.AdminTalkEdited, changed.Html, changed), IsEdit: true));
        }
    }

    /// <summary>The customer has done with the person.</summary>
    public static void Leave(Draft draft)
    {
        End(draft);
        draft.Say(Phrase.TalkClosed);
        TalkLines.Tell(draft, Phrase.AdminTalkLeft);
    }

    /// <summary>The customer cannot be written to any more, which staff must know.</summary>
    public static TurnResult Block(Draft draft)
    {
        End(draft);
        draft.Chat = draft.Chat with { BlockedAt = draft.Chat.BlockedAt ?? draft.Now };
        draft.Add(new Effect.CancelMessages(draft.Chat.Id, "blocked"));
        TalkLines.Tell(draft, Phrase.AdminTalkBlocked);
        return draft.Finish();
    }

    /// <summary>Both have been silent: the customer is told once, when it does not disturb, and the bot answers again.</summary>
    public static void Fire(Draft draft, Timer timer)
    {
        if (draft.Chat.Talk is not { } talk || talk.Timer != timer.Id)
        {
            return;
        }

        if (talk.LastAt + draft.Content.Settings.TalkCloseAfter is var due && due > draft.Now)
        {
            Await(draft, talk, due, null);
            return;
        }

        // Of a talk that is over, for one that is not would keep it back.
        draft.Chat = draft.Chat with { Talk = null };
        switch (timer.IsExpired ? null : Gatekeeper.Ask(draft, MessageKind.Service, null, timer.Due))
        {
            case GateDecision.NotBefore later:
                Await(draft, talk, later.At, later.Reason);
                return;
            case GateDecision.Send:
                draft.SpeakAs(MessageKind.Service, null, Cause, null);
                draft.Say(Phrase.TalkClosed);
                break;
        }

        TalkLines.Tell(draft, Phrase.AdminTalkLapsed);
    }

    private static void Await(Draft draft, Talk talk, DateTimeOffset due, WaitReason? why) => draft.Chat = draft.Chat with
    {
        Talk = talk with { Timer = draft.Schedule(due, new TimerCause.Talk(talk.Since), MessageKind.Service, why) },
    };

    private static Body? Heard(Draft draft) => draft.Input switch
    {
        Input.Message message when IsCommand(draft, message.Text) => null,
        Input.Message message =>
            TalkLines.Said(draft, Phrase.AdminTalkSays, message.Original?.Html ?? Html.Escape(message.Text), message.Original),
        Input.Contact contact => TalkLines.Said(draft, Phrase.AdminTalkSays, $"📱 {Html.Escape(contact.Phone)}", null),
        Input.Unsupported sent => TalkLines.Said(draft, Phrase.AdminTalkSays, sent.Original?.Html ?? "📦", sent.Original),
        _ => null,
    };

    /// <summary>A command that somebody answers, or a word for one: a slash alone may be meant for the person.</summary>
    private static bool IsCommand(Draft draft, string text) => Command.In(text) is { } command
        ? Keys.BuiltInCommands.Contains(command.Name) || Openings.ByCommand(draft, command.Name) is not null
        : draft.Content.Phrases.CommandOf(text) is not null;
}
