using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Timers;
using Bot.Core.Turns;

namespace Bot.Core.Broadcasts;

/// <summary>A broadcast before one recipient: whether the gate lets it out, and its words. It writes nothing to the customer's profile.</summary>
public static class BroadcastTurn
{
    /// <summary>Why a text came out too long for one message, kept with the recipient.</summary>
    public const string TooLong = "too long with this customer's values";

    /// <summary>Decides on one recipient. The same arguments give the same answer.</summary>
    /// <param name="isRevision">The customer has the message and gets other words for it: the gate is not asked.</param>
    /// <param name="link">The address behind the button's link for this recipient, or <see langword="null"/> for the page's own.</param>
    public static RecipientDecision Decide(Content content, Snapshot snapshot, Facts facts, Broadcast broadcast, Template text, Recipient recipient,
        DateTimeOffset now, IdSource ids, string? link, bool isRevision = false)
    {
        ArgumentNullException.ThrowIfNull(broadcast);
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(text);
        if (snapshot.Chat is null)
        {
            return new RecipientDecision.Skip(SkipReason.Gone);
        }

        var draft = new Draft(content, snapshot, facts, new Input.Ignored(broadcast.Cause, snapshot.Chat.Address), now, ids);
        var gate = isRevision ? GateDecision.Go : Gatekeeper.Ask(draft, MessageKind.Marketing, broadcast.Plan.Topic, recipient.Due + broadcast.Room);
        var variant = broadcast.Plan.Variants[recipient.Variant];
        if (gate is GateDecision.Send)
        {
            draft.SpeakAs(MessageKind.Marketing, broadcast.Plan.Topic, broadcast.Cause, null);
            draft.Say(broadcast.Cause, text.Html(draft.Scope()), FileOf(variant), Buttons(variant, recipient.Id, link));
        }

        return draft.Finish() switch
        {
            TurnResult.Need need => new RecipientDecision.Need(need.Queries),
            TurnResult.Outcome outcome => (gate, outcome.Effects.OfType<Effect.Say>().ToList()) switch
            {
                (GateDecision.NotBefore later, _) => new RecipientDecision.Wait(later.At, later.Reason),
                (GateDecision.Skip skip, _) => new RecipientDecision.Skip(skip.Reason),
                (_, [var say]) when variant.File is null || snapshot.Chat.Address.Channel == Chats.ChatAddress.Telegram => new RecipientDecision.Send(say.Body),
                (_, [_]) => new RecipientDecision.Skip(SkipReason.CannotCarry),
                _ => new RecipientDecision.Fail(TooLong),
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>How it will look, for staff to see before: with the words that stand in for what is not known.</summary>
    public static Body Preview(Content content, Variant variant, Template text, Keyboard? keyboard, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(variant);
        ArgumentNullException.ThrowIfNull(text);
        var scope = new Scope(content, Snapshot.None, ImmutableDictionary<string, Value>.Empty, Facts.None, content.Settings.Languages[0], now);
        return new Body(text.Html(scope), FileOf(variant), keyboard);
    }

    /// <summary>The customer followed the link.</summary>
    internal static void Click(Draft draft, RecipientId recipient)
    {
        if (draft.Fact(new Query.BroadcastOf(recipient)) is Value.Number number)
        {
            draft.Profile = draft.Profile with { LastActive = draft.Now };
            Note(draft, recipient, number);
        }
    }

    /// <summary>The customer pressed the button; answers which dialog it opens, if it is this customer's and there is still one.</summary>
    internal static Dialog? Press(Draft draft, RecipientId recipient)
    {
        var of = draft.Fact(new Query.BroadcastOf(recipient));
        if (draft.Fact(new Query.BroadcastDialog(recipient)) is not Value.Text { Content: var id } || of is not Value.Number number
            || draft.Content.Dialogs.GetValueOrDefault(id) is not { } dialog)
        {
            return null;
        }

        Note(draft, recipient, number);
        return dialog;
    }

    private static void Note(Draft draft, RecipientId recipient, Value.Number number)
    {
        draft.Add(new Effect.NoteClick(recipient));
        draft.Record(BuiltInEvents.BroadcastClicked, new KeyValuePair<string, Value>("broadcast", number));
    }

    private static Attachment? FileOf(Variant variant) =>
        variant.File is { } file ? new Attachment(file.Kind, file.Name ?? "", null, file.Id) : null;

    private static Keyboard.Inline? Buttons(Variant variant, RecipientId recipient, string? link) => variant.Button is not { } button
        ? null
        : new Keyboard.Inline(
        [
            [button.Url is { } url
                ? new InlineButton(button.Label, null, link ?? url)
                : new InlineButton(button.Label, new PressData.Broadcast(recipient).ToString())],
        ]);
}

/// <summary>One customer of a broadcast who waits to be reached.</summary>
/// <param name="Variant">Which wording.</param>
public sealed record Recipient(RecipientId Id, ProfileId Profile, ChatId Chat, Chats.ChatAddress Address, int Variant, DateTimeOffset Due);

/// <summary>What is to become of a recipient now.</summary>
public abstract record RecipientDecision
{
    private RecipientDecision()
    {
    }

    /// <summary>It may go now.</summary>
    public sealed record Send(Body Body) : RecipientDecision;

    /// <summary>Not before then; everything is read again.</summary>
    public sealed record Wait(DateTimeOffset At, WaitReason Why) : RecipientDecision;

    /// <summary>It is not sent.</summary>
    public sealed record Skip(SkipReason Reason) : RecipientDecision;

    /// <summary>It cannot be sent as it is.</summary>
    public sealed record Fail(string Reason) : RecipientDecision;

    /// <summary>Decide again with the answers to these.</summary>
    public sealed record Need(ImmutableArray<Query> Queries) : RecipientDecision;
}
