using System.Collections.Immutable;
using Bot.Core.Consents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Sequences;

namespace Bot.Core.Turns;

/// <summary>The ways out of Marketing: one tap under each such message, and the choice of how far to go.</summary>
internal static class Unsubscription
{
    /// <summary>Kept with Marketing that waited and was let go no more.</summary>
    public const string Reason = "unsubscribed";

    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>Under every Marketing message there is a button out of it.</summary>
    public static Body Offer(Draft draft, MessageKind kind, string? topic, Body body)
    {
        if (kind != MessageKind.Marketing)
        {
            return body;
        }

        var way = Row(draft, Phrase.Unsubscribe, new PressData.Unsubscribe(topic));
        return body.Keyboard switch
        {
            null => body with { Keyboard = new Keyboard.Inline([way]) },
            Keyboard.Inline inline => body with { Keyboard = new Keyboard.Inline(inline.Rows.Add(way)) },

            // Where another keyboard leaves no room for it.
            _ => body with { Html = $"{body.Html}\n\n{draft.Label(Phrase.UnsubscribeLine)}" },
        };
    }

    public static void FromTopic(Draft draft, string topic)
    {
        SwitchOff(draft, topic);
        draft.Acknowledge();
        draft.Say(Phrase.TopicOff, new Keyboard.Inline(
        [
            Row(draft, Phrase.Resubscribe, new PressData.Subscribe(topic)),
            Row(draft, Phrase.PauseMonth, new PressData.Pause(false)),
            Row(draft, Phrase.UnsubscribeAll, new PressData.Unsubscribe(null)),
        ]), NameOf(draft, topic));
    }

    public static void Resubscribe(Draft draft, string topic)
    {
        SwitchOn(draft, topic);
        draft.Acknowledge();
        draft.Say(Phrase.TopicOn, values: NameOf(draft, topic));
    }

    /// <summary>The topics that make a difference to this customer: Marketing's only with the consent to it.</summary>
    public static IEnumerable<string> Choices(Draft draft) =>
        draft.Content.Settings.Topics.Keys.Where(topic => topic == Topic.Reminders || draft.HasConsent(Purpose.Marketing));

    /// <summary>Switches a topic off if it is on, and on if it is off.</summary>
    public static void Toggle(Draft draft, string topic)
    {
        if (draft.Profile.TopicsOff.Contains(topic))
        {
            SwitchOn(draft, topic);
        }
        else
        {
            SwitchOff(draft, topic);
        }
    }

    public static void Pause(Draft draft, bool isOver)
    {
        draft.Acknowledge();
        if (isOver)
        {
            draft.Profile = draft.Profile with { PausedUntil = null };
            draft.Say(Phrase.Resumed);
            return;
        }

        draft.Profile = draft.Profile with { PausedUntil = draft.Now + Month };
        draft.Record(BuiltInEvents.MarketingPaused);
        Cancel(draft);
        draft.Say(Phrase.Paused, new Keyboard.Inline([Row(draft, Phrase.Resume, new PressData.Pause(true))]),
            ImmutableDictionary<string, Value>.Empty.Add("until", new Value.Moment(draft.Now + Month)));
    }

    /// <summary>From all of it, whatever the customer was in the middle of.</summary>
    public static void FromAll(Draft draft, string source)
    {
        draft.Close(ConversationEnd.Left);
        FromMarketing(draft, source);
    }

    /// <summary>From all of it, in a conversation that goes on.</summary>
    public static void FromMarketing(Draft draft, string source)
    {
        // Who had nothing to leave has no reason to tell.
        var reasons = draft.HasConsent(Purpose.Marketing) ? draft.Content.Settings.Reasons : [];
        draft.WithdrawConsent(Purpose.Marketing, source);
        draft.Record(BuiltInEvents.Stopped);
        draft.Acknowledge();
        draft.Say(Phrase.Stopped, reasons.IsEmpty ? null : new Keyboard.Inline([.. reasons.Select(reason => ImmutableArray.Create(
            new InlineButton(reason.Label.In(draft.Chat.Language).Plain(draft.Scope()), new PressData.Reason(reason.Id).ToString())))]));
    }

    /// <summary>Whether the customer unsubscribed and has not said why: each time one tap, and only of what is offered.</summary>
    public static bool IsAsked(Draft draft, string reason) => draft.Content.Settings.Reasons.Any(one => one.Id == reason)
        && draft.Profile.Events.TryGetValue(BuiltInEvents.Stopped, out var stopped)
        && !(draft.Profile.Events.TryGetValue(BuiltInEvents.StoppedReason, out var told) && told.Last >= stopped.Last);

    /// <summary>Keeps why the customer unsubscribed.</summary>
    public static void Explain(Draft draft, string reason)
    {
        draft.Record(BuiltInEvents.StoppedReason, new KeyValuePair<string, Value>("reason", new Value.Choice(reason)));
        draft.Acknowledge(draft.Label(Phrase.ReasonNoted), isUsed: true);
        AdminNotices.Explained(draft, draft.Content.Settings.Reasons.First(one => one.Id == reason).Label);
    }

    /// <summary>A consent is gone: what stood on it ends at once.</summary>
    public static void End(Draft draft, bool isMarketingOnly)
    {
        Cancel(draft);
        var runs = new SequenceRuns(draft);
        foreach (var run in draft.Profile.Sequences.Values.Where(run => run.IsRunning && run.Chat == draft.Chat.Id))
        {
            if (!isMarketingOnly || draft.Content.Sequences.GetValueOrDefault(run.Sequence) is { Kind: MessageKind.Marketing })
            {
                runs.End(run.Sequence, SequenceEnd.Unsubscribed);
            }
        }
    }

    private static void SwitchOff(Draft draft, string topic)
    {
        if (!draft.Profile.TopicsOff.Contains(topic))
        {
            draft.Profile = draft.Profile with { TopicsOff = draft.Profile.TopicsOff.Add(topic) };
            draft.Record(BuiltInEvents.TopicOff, new KeyValuePair<string, Value>("topic", new Value.Text(topic)));
            Cancel(draft);
        }
    }

    private static void SwitchOn(Draft draft, string topic)
    {
        if (draft.Profile.TopicsOff.Contains(topic))
        {
            draft.Profile = draft.Profile with { TopicsOff = draft.Profile.TopicsOff.Remove(topic) };
            draft.Record(BuiltInEvents.TopicOn, new KeyValuePair<string, Value>("topic", new Value.Text(topic)));
        }
    }

    private static void Cancel(Draft draft) => draft.Add(new Effect.CancelMessages(draft.Chat.Id, Reason, IsMarketingOnly: true));

    private static ImmutableDictionary<string, Value> NameOf(Draft draft, string topic) => ImmutableDictionary<string, Value>.Empty.Add(
        "topic", new Value.Text(draft.Content.Settings.Topics[topic].In(draft.Chat.Language).Plain(draft.Scope())));

    private static ImmutableArray<InlineButton> Row(Draft draft, Phrase label, PressData data) =>
        [new InlineButton(draft.Label(label), data.ToString())];
}
