using System.Collections.Immutable;
using System.Diagnostics;
using Bot.Core.Automations;
using Bot.Core.Bookings;
using Bot.Core.Broadcasts;
using Bot.Core.Cases;
using Bot.Core.Chats;
using Bot.Core.Conversations;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Lists;
using Bot.Core.Loyalty;
using Bot.Core.Privacy;
using Bot.Core.Profiles;
using Bot.Core.Sequences;
using Bot.Core.Talks;
using Bot.Core.Timers;

namespace Bot.Core.Turns;

/// <summary>The pure step from what is known and what happened to what is to become true. All routing of inputs stands here.</summary>
public static class Turn
{
    /// <summary>Decides what an input leads to. The same arguments give the same answer; nothing is changed but the ids taken.</summary>
    /// <param name="facts">Answers to what an earlier call of this turn said it needs.</param>
    /// <param name="now">The business's time.</param>
    public static TurnResult Run(Content content, Snapshot snapshot, Facts facts, Input input, DateTimeOffset now, IdSource ids)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input switch
        {
            // What staff do is no turn of a profile; where it is not theirs to do it is nothing.
            Input.Ignored or Input.StaffMessage or Input.StaffPress => new TurnResult.Outcome(snapshot, []),
            Input.Blocked when snapshot.Chat?.Talk is not null => TalkTurn.Block(new Draft(content, snapshot, facts, input, now, ids)),
            Input.Blocked or Input.Unblocked or Input.Migrated => snapshot.Chat is { } chat
                ? OnChat(snapshot, chat, input, now)
                : new TurnResult.Outcome(snapshot, []),
            Input.Message or Input.Press or Input.Contact or Input.Unsupported => OnCustomer(content, snapshot, facts, input, now, ids),
            Input.TimerFired or Input.Event or Input.Bought or Input.Clicked or Input.Refunded or Input.Redeemed or Input.Tagged or Input.Noted or Input.CaseMarked or Input.Edited
                or Input.Written or Input.Rewritten or Input.Undelivered or Input.TalkClosed or Input.VisitBooked or Input.VisitChanged
                or Input.ErasureOrdered => snapshot.Chat is null
                ? new TurnResult.Outcome(snapshot, [])
                : OnItsOwn(new Draft(content, snapshot, facts, input, now, ids)),
            Input.Imported imported => ImportTurn.Run(new Draft(content, snapshot, facts, input, now, ids), imported),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Something happened to the chat itself; the customer did not speak.</summary>
    private static TurnResult.Outcome OnChat(Snapshot snapshot, Chat chat, Input input, DateTimeOffset now) => input switch
    {
        Input.Blocked => new(snapshot with { Chat = chat with { BlockedAt = chat.BlockedAt ?? now } },
            [new Effect.CancelMessages(chat.Id, "blocked")]),
        Input.Unblocked => new(snapshot with { Chat = chat with { BlockedAt = null } }, []),
        Input.Migrated migrated => new(snapshot with { Chat = chat with { Address = migrated.To } }, []),
        _ => throw new UnreachableException(),
    };

    /// <summary>Something happened outside of the chat: time passed, a visit took place, a purchase was made, staff noted something.</summary>
    private static TurnResult OnItsOwn(Draft draft)
    {
        switch (draft.Input)
        {
            case Input.TimerFired { Timer: var timer }:
                OnTimer(draft, timer);
                break;
            case Input.Event happened:
                Happen(draft, happened.Name, happened.With);
                draft.Respond(RequestResult.Done);
                break;
            case Input.Bought bought:
                SaleTurn.Run(draft, bought);
                break;
            case Input.Refunded refunded:
                RefundTurn.Run(draft, refunded);
                break;
            case Input.Redeemed redeemed:
                RedeemTurn.Run(draft, redeemed);
                break;
            case Input.Clicked clicked:
                BroadcastTurn.Click(draft, clicked.Recipient);
                break;
            case Input.Tagged tagged:
                draft.Profile = draft.Profile with { Tags = draft.Profile.Tags.Union(tagged.Added).Except(tagged.Removed) };
                break;
            case Input.Noted noted:
                draft.Add(new Effect.AddNote(noted.By, noted.Text));
                break;
            case Input.VisitBooked booked:
                StaffBookingTurn.Book(draft, booked);
                break;
            case Input.VisitChanged changed:
                StaffBookingTurn.Change(draft, changed);
                break;
            case Input.Edited edited:
                TalkTurn.HearEdit(draft, edited.Original);
                break;
            case Input.Written written:
                StaffTalk.Write(draft, written);
                break;
            case Input.Rewritten rewritten:
                StaffTalk.Rewrite(draft, rewritten);
                break;
            case Input.Undelivered undelivered:
                StaffTalk.Fail(draft, undelivered);
                break;
            case Input.TalkClosed:
                StaffTalk.Close(draft);
                break;
            case Input.ErasureOrdered:
                ErasureTurn.Order(draft);
                break;
            case Input.CaseMarked marked:
                new CaseTurn(draft).Mark(marked.Case, marked.Mark);
                break;
            default:
                throw new UnreachableException();
        }

        return draft.Finish();
    }

    private static void OnTimer(Draft draft, Timer timer)
    {
        switch (timer.Cause)
        {
            case TimerCause.SequenceStep step:
                new SequenceRuns(draft).Fire(timer, step);
                break;
            case TimerCause.Automation automation:
                new AutomationTurn(draft).Fire(timer, automation);
                break;
            case TimerCause.Silence silence:
                SilenceTurn.Fire(draft, timer, silence);
                break;
            case TimerCause.Timeout timeout:
                TimeoutTurn.Fire(draft, timer, timeout);
                break;
            case TimerCause.Points:
                PointsTurn.Fire(draft, timer);
                break;
            case TimerCause.Talk:
                TalkTurn.Fire(draft, timer);
                break;
            case TimerCause.Case @case:
                new CaseTurn(draft).Fire(@case);
                break;
            case TimerCause.Erasure erasure:
                ErasureTurn.Fire(draft, timer, erasure);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Happen(Draft draft, string @event, ImmutableArray<KeyValuePair<string, Value>> with)
    {
        if (BuiltInEvents.Acts.Contains(@event))
        {
            draft.Profile = draft.Profile with { LastActive = draft.Now };
        }

        draft.Record(@event, with);
    }

    private static TurnResult OnCustomer(Content content, Snapshot snapshot, Facts facts, Input input, DateTimeOffset now, IdSource ids)
    {
        var draft = new Draft(content, snapshot, facts, input, now, ids);
        draft.Profile = draft.Profile with { LastActive = now };
        if (input is not Input.Press)
        {
            RecentPress.Forget(draft);
        }

        draft.Chat = draft.Chat with { BlockedAt = null };
        if (TalkTurn.Hear(draft))
        {
            return draft.Finish();
        }

        var walk = new Walk(draft);
        if (walk.Resume())
        {
            Route(draft, walk, new Answering(draft, walk), input);
        }

        return draft.Finish();
    }

    private static void Route(Draft draft, Walk walk, Answering answering, Input input)
    {
        switch (input)
        {
            case Input.Message message when (Command.In(message.Text) ?? Word(draft, answering, message.Text)) is { } command:
                OnCommand(draft, walk, command);
                break;
            case Input.Message message when !answering.AsksFreeText && Openings.ByKeyword(draft, message.Text) is { } found:
                walk.Open(found.Dialog, found.Opening);
                break;
            case Input.Message message when answering.IsListening:
                answering.Take(message.Text);
                break;
            case Input.Contact contact when answering.IsListening || answering.AsksContact:
                answering.Take(contact);
                break;
            case Input.Unsupported when answering.IsListening:
                answering.TakeUnreadable();
                break;
            case Input.Press press:
                OnPress(draft, walk, answering, press);
                break;
            default:
                Menu.Show(draft, Phrase.Unrecognised);
                break;
        }
    }

    /// <summary>A word that people type for a command, unless any word is an answer now.</summary>
    private static Command? Word(Draft draft, Answering answering, string text) =>
        !answering.AsksFreeText && draft.Content.Phrases.CommandOf(text) is { } name ? new Command(name, "") : null;

    private static void OnCommand(Draft draft, Walk walk, Command command)
    {
        switch (command.Name)
        {
            case "start" when command.Argument.Length > 0:
                OnLink(draft, walk, command.Argument);
                break;
            case "start":
                draft.Pause();
                Menu.Show(draft, Phrase.Welcome);
                break;
            case "menu":
                draft.Pause();
                Menu.Show(draft, Phrase.Menu);
                break;
            case "help":
                draft.Say(Phrase.Help);
                break;
            case "language":
                Menu.ShowLanguages(draft);
                break;
            case "stop":
                draft.Close(ConversationEnd.Left);
                Unsubscription.FromAll(draft, "command:stop");
                break;
            case "mydata":
                MyData.Say(draft);
                break;
            case "talk":
                TalkTurn.Open(draft);
                break;
            case var name when Openings.ByCommand(draft, name) is { } found:
                walk.Open(found.Dialog, found.Opening);
                break;
            default:
                Menu.Show(draft, Phrase.Unrecognised);
                break;
        }
    }

    private static void OnLink(Draft draft, Walk walk, string payload)
    {
        var link = Openings.ByLink(draft, payload);
        Sources.Note(draft, link.Id, link.Source);
        if (link.Found is { } found)
        {
            walk.Open(found.Dialog, found.Opening);
        }
        else
        {
            draft.Pause();
            Menu.Show(draft, Phrase.UnknownLink);
        }
    }

    private static void OnPress(Draft draft, Walk walk, Answering answering, Input.Press press)
    {
        var data = PressData.Parse(press.Data);
        if (data is PressData.Step)
        {
            RecentPress.Forget(draft);
        }
        else if (RecentPress.IsRepeated(draft, press))
        {
            draft.Ignore();
            return;
        }

        switch (data)
        {
            case PressData.Step step when answering.Press(step):
                break;
            case PressData.Continue when draft.Conversation is not null:
                draft.Acknowledge();
                answering.AskAgain();
                break;
            case PressData.Menu:
                draft.Pause();
                Menu.Show(draft, Phrase.Menu);
                break;
            case PressData.Open open when Openings.ByButton(draft, open) is { } found:
                walk.Open(found.Dialog, found.Opening);
                break;
            case PressData.OpenFor open:
                BookingPress.Open(draft, walk, open);
                break;
            case PressData.Language language when draft.Content.Settings.Languages.Contains(language.Code):
                draft.Chat = draft.Chat with { Language = language.Code };
                draft.Acknowledge(draft.Label(Phrase.LanguageChanged));
                answering.AskAgain();
                break;
            case PressData.Broadcast { Recipient: var recipient } when BroadcastTurn.Press(draft, recipient) is { } dialog:
                walk.Open(dialog, null);
                break;
            case PressData.Unsubscribe { Topic: { } topic } when draft.Content.Settings.Topics.ContainsKey(topic):
                Unsubscription.FromTopic(draft, topic);
                break;
            case PressData.Unsubscribe:
                // Also from a topic that the settings no longer have: who wants out is never told that the way out is out of date.
                Unsubscription.FromAll(draft, "button:unsubscribe");
                break;
            case PressData.Reason { Id: var reason } when Unsubscription.IsAsked(draft, reason):
                Unsubscription.Explain(draft, reason);
                break;
            case PressData.Subscribe { Topic: var topic } when draft.Content.Settings.Topics.ContainsKey(topic):
                Unsubscription.Resubscribe(draft, topic);
                break;
            case PressData.Pause pause:
                Unsubscription.Pause(draft, pause.IsOver);
                break;
            case PressData.Keep when ErasureTurn.AskedAt(draft.Profile) is not null:
                ErasureTurn.Withdraw(draft);
                break;
            case PressData.Talk { IsOver: false }:
                TalkTurn.Open(draft);
                break;
            case PressData.Talk when draft.Chat.Talk is not null:
                TalkTurn.Leave(draft);
                break;
            default:
                draft.Acknowledge(draft.Label(Phrase.Stale));
                break;
        }
    }
}
