using System.Globalization;
using Bot.Core.Ids;

namespace Bot.Core.Inputs;

/// <summary>
/// What a button of ours brings back, at most 64 bytes. A conversation's own buttons say which conversation, step and number; what they
/// stand for stays in the conversation. Others outlive it and name what they do.
/// </summary>
public abstract record PressData
{
    private PressData()
    {
    }

    /// <summary>A button of a step of a conversation: <c>c.conversation.step.number</c>.</summary>
    public sealed record Step(ConversationId Conversation, int Number, int Button) : PressData
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"c.{Conversation.Value}.{Number}.{Button}");
    }

    /// <summary>Shows the menu: <c>a.menu</c>.</summary>
    public sealed record Menu : PressData
    {
        public override string ToString() => "a.menu";
    }

    /// <summary>Goes on with what was left for the menu: <c>a.continue</c>.</summary>
    public sealed record Continue : PressData
    {
        public override string ToString() => "a.continue";
    }

    /// <summary>Opens a dialog: <c>a.open.dialog</c>, or by one of its openings: <c>a.open.dialog.number</c>.</summary>
    public sealed record Open(string Dialog, int? Opening) : PressData
    {
        public override string ToString() =>
            Opening is { } number ? string.Create(CultureInfo.InvariantCulture, $"a.open.{Dialog}.{number}") : $"a.open.{Dialog}";
    }

    /// <summary>Opens the dialog of a button with a visit: <c>a.booking.button.id</c>.</summary>
    public sealed record OpenFor(string Button, BookingId Booking) : PressData
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"a.booking.{Button}.{Booking.Value}");
    }

    /// <summary>Chooses a language: <c>a.language.code</c>.</summary>
    public sealed record Language(string Code) : PressData
    {
        public override string ToString() => $"a.language.{Code}";
    }

    /// <summary>Unsubscribes from what the message was about: <c>a.unsubscribe.topic</c>, or from all without a topic.</summary>
    public sealed record Unsubscribe(string? Topic) : PressData
    {
        public override string ToString() => Topic is null ? "a.unsubscribe" : $"a.unsubscribe.{Topic}";
    }

    /// <summary>Why the customer unsubscribed: <c>a.reason.often</c>.</summary>
    public sealed record Reason(string Id) : PressData
    {
        public override string ToString() => $"a.reason.{Id}";
    }

    /// <summary>Takes the unsubscription from a topic back: <c>a.subscribe.topic</c>.</summary>
    public sealed record Subscribe(string Topic) : PressData
    {
        public override string ToString() => $"a.subscribe.{Topic}";
    }

    /// <summary>No Marketing for a month: <c>a.pause</c>; and again: <c>a.resume</c>.</summary>
    public sealed record Pause(bool IsOver) : PressData
    {
        public override string ToString() => IsOver ? "a.resume" : "a.pause";
    }

    /// <summary>The button of a broadcast: <c>a.broadcast.recipient</c>; what it opens stands in the broadcast.</summary>
    public sealed record Broadcast(RecipientId Recipient) : PressData
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"a.broadcast.{Recipient.Value}");
    }

    /// <summary>Asks for a person: <c>a.talk</c>; and has done with them: <c>a.talk.end</c>.</summary>
    public sealed record Talk(bool IsOver) : PressData
    {
        public override string ToString() => IsOver ? "a.talk.end" : "a.talk";
    }

    /// <summary>Takes back that the customer's data is to be deleted: <c>a.keep</c>.</summary>
    public sealed record Keep : PressData
    {
        public override string ToString() => "a.keep";
    }

    /// <summary>Data that is none of ours.</summary>
    public sealed record Foreign : PressData
    {
        public override string ToString() => "";
    }

    /// <summary>What a button says; never throws, whatever it says.</summary>
    public static PressData Parse(string data) => data.Split('.') switch
    {
        ["c", var conversation, var step, var button]
            when Whole(conversation) is { } id && Whole(step) is { } number and <= int.MaxValue && Whole(button) is { } which and < 1000
            => new Step(new ConversationId(id), (int)number, (int)which),
        ["a", "menu"] => new Menu(),
        ["a", "continue"] => new Continue(),
        ["a", "open", var dialog] => new Open(dialog, null),
        ["a", "open", var dialog, var opening] when Whole(opening) is { } number and < 1000 => new Open(dialog, (int)number),
        ["a", "booking", var button, var booking] when Whole(booking) is { } id => new OpenFor(button, new BookingId(id)),
        ["a", "language", var code] => new Language(code),
        ["a", "unsubscribe"] => new Unsubscribe(null),
        ["a", "unsubscribe", var topic] => new Unsubscribe(topic),
        ["a", "reason", var reason] => new Reason(reason),
        ["a", "subscribe", var topic] => new Subscribe(topic),
        ["a", "pause"] => new Pause(false),
        ["a", "resume"] => new Pause(true),
        ["a", "broadcast", var recipient] when Whole(recipient) is { } id => new Broadcast(new RecipientId(id)),
        ["a", "talk"] => new Talk(false),
        ["a", "talk", "end"] => new Talk(true),
        ["a", "keep"] => new Keep(),
        _ => new Foreign(),
    };

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
