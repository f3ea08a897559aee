using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Conversations;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Automations;

/// <summary>Reaches out to a customer who did not ask: past the gate, then does and says what is written.</summary>
/// <param name="cause">What lies behind it: <c>sequence:welcome</c>.</param>
/// <param name="template">Which text it is: <c>welcome/hello</c>.</param>
internal sealed class Reach(Draft draft, MessageKind kind, string? topic, string cause, string template)
{
    /// <summary>The dialog that opens by itself lets the customer finish what they are in the middle of.</summary>
    private static readonly TimeSpan Undisturbed = TimeSpan.FromMinutes(15);

    /// <summary>Decides, and acts on it. Answers until when it must wait, or <see langword="null"/> if it came to an end either way.</summary>
    /// <param name="due">When it was meant to be.</param>
    /// <param name="values">What its conditions and texts can name.</param>
    /// <param name="visit">The visit before which it must come.</param>
    public (DateTimeOffset At, WaitReason Why)? Try(
        Outreach outreach, DateTimeOffset due, ImmutableDictionary<string, Value>? values = null, Booking? visit = null)
    {
        values ??= ImmutableDictionary<string, Value>.Empty;
        if (!outreach.IsHeard)
        {
            Act(outreach, values);
            return null;
        }

        if (Gatekeeper.Ask(draft, kind, topic, due, visit?.Start) is var decision && decision is GateDecision.NotBefore later)
        {
            return (later.At, later.Reason);
        }

        if (decision is GateDecision.Skip skip)
        {
            Skip(skip.Reason);
            return null;
        }

        if (outreach.Open is not null && draft.Conversation is { } conversation && conversation.LastAt + Undisturbed > draft.Now)
        {
            return (conversation.LastAt + Undisturbed, WaitReason.Busy);
        }

        draft.SpeakAs(kind, topic, cause, kind == MessageKind.Marketing ? due + draft.Content.Settings.MarketingLate : visit?.Start, visit?.Id);
        Act(outreach, values);
        IsDone = true;
        return null;
    }

    /// <summary>Whether the customer heard of it.</summary>
    public bool IsDone { get; private set; }

    /// <summary>It is not sent, and why.</summary>
    public void Skip(SkipReason reason)
    {
        draft.Add(new Effect.Skip(kind, cause, template, reason));
        if (reason == SkipReason.TooLate)
        {
            AdminNotices.TooLate(draft, template);
        }
    }

    private void Act(Outreach outreach, ImmutableDictionary<string, Value> given)
    {
        var values = new DialogActions(draft).Run(outreach.Do, given, cause);
        if (outreach.Open is { } open && draft.Content.Dialogs.GetValueOrDefault(open) is { } dialog)
        {
            // One that only remembers a booking can be opened without: by a visit that is written down elsewhere.
            new Walk(draft).Open(dialog, null, dialog.Remember.GetValueOrDefault(GivenValues.Booking) == ValueKind.Booking ? given : null);
        }
        else if (outreach.Say is { } say)
        {
            var scope = draft.Scope(values);
            var text = say.In(draft.Chat.Language);
            draft.Say(template, text.Html(scope) + BusinessTime.Note(draft, text), null, Buttons(outreach.Buttons, scope));
        }
    }

    private Keyboard.Inline? Buttons(ImmutableArray<Button> buttons, Scope scope)
    {
        ImmutableArray<ImmutableArray<InlineButton>> rows =
        [
            .. from button in buttons
               where button.If is null || button.If.Holds(scope)
               where button.Leads is not ButtonLeads.OpenWith || BookingValues.BookingOf(scope) is not null
               let label = button.Label.In(draft.Chat.Language).Plain(scope)
               select ImmutableArray.Create(button.Leads switch
               {
                   ButtonLeads.Open open => new InlineButton(label, new PressData.Open(open.Dialog, null).ToString()),
                   ButtonLeads.OpenWith open => new InlineButton(label, new PressData.OpenFor(open.Button, BookingValues.BookingOf(scope)!.Id).ToString()),
                   ButtonLeads.Url url => new InlineButton(label, null, url.Address.In(draft.Chat.Language).Plain(scope)),
                   _ => throw new InvalidOperationException($"{template} has a button that belongs to a conversation; the loader refuses that."),
               }),
        ];
        return rows.IsEmpty ? null : new Keyboard.Inline(rows);
    }
}
