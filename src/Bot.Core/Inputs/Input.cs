using System.Collections.Immutable;
using Bot.Core.Bookings;
using Bot.Core.Cases;
using Bot.Core.Chats;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Lists;
using Bot.Core.Loyalty;
using Bot.Core.Messages;
using Bot.Core.Purchases;

namespace Bot.Core.Inputs;

/// <summary>One thing that happened in a chat. Every input goes down the one path: writer, turn, commit, send.</summary>
/// <param name="Key">What makes it this input and no other; the same key is handled once. For example <c>telegram:1000:4711</c>.</param>
/// <param name="Chat">Where it happened.</param>
/// <param name="From">What the channel says of the sender. Offered to the customer, never stored by itself.</param>
public abstract record Input(string Key, ChatAddress Chat, Person? From)
{
    /// <summary>The request of another program that brought it; <see langword="null"/> whatever else did.</summary>
    public Request? Request { get; init; }

    /// <summary>The customer wrote a text.</summary>
    /// <param name="Original">The message as the channel has it; <see langword="null"/> where there is nothing more to it than its text.</param>
    public sealed record Message(string Key, ChatAddress Chat, Person? From, string Text, ChannelMessage? Original = null) : Input(Key, Chat, From);

    /// <summary>The customer pressed a button under a message.</summary>
    /// <param name="Data">The button's data as the channel returned it: may be old, forged or not ours.</param>
    /// <param name="Callback">The channel's id of the press, to be answered.</param>
    /// <param name="MessageId">The channel's id of the message with the button.</param>
    public sealed record Press(string Key, ChatAddress Chat, Person? From, string Data, string Callback, long MessageId)
        : Input(Key, Chat, From);

    /// <summary>The customer shared a contact.</summary>
    /// <param name="IsOwn">The channel vouches that it is the sender's own.</param>
    public sealed record Contact(string Key, ChatAddress Chat, Person? From, string Phone, bool IsOwn) : Input(Key, Chat, From);

    /// <summary>The customer sent something that is neither text nor contact: a sticker, a voice message, a photo.</summary>
    /// <param name="Original">The message as the channel has it, if it has one.</param>
    public sealed record Unsupported(string Key, ChatAddress Chat, Person? From, ChannelMessage? Original = null) : Input(Key, Chat, From);

    /// <summary>The customer blocked the bot, or the channel says that the chat cannot be written to.</summary>
    public sealed record Blocked(string Key, ChatAddress Chat) : Input(Key, Chat, null);

    /// <summary>The customer lifted the block.</summary>
    public sealed record Unblocked(string Key, ChatAddress Chat) : Input(Key, Chat, null);

    /// <summary>The channel moved the chat to another address.</summary>
    public sealed record Migrated(string Key, ChatAddress Chat, ChatAddress To) : Input(Key, Chat, null);

    /// <summary>A timer came due.</summary>
    public sealed record TimerFired(ChatAddress Chat, Timer Timer) : Input($"timer:{Timer.Id.Value}", Chat, null);

    /// <summary>Something happened to the customer outside of the chat: a booking, a visit.</summary>
    /// <param name="With">Numbers and texts that belong to it.</param>
    public sealed record Event(string Key, ChatAddress Chat, string Name, ImmutableArray<KeyValuePair<string, Value>> With) : Input(Key, Chat, null);

    /// <summary>The customer paid for something; the event <c>purchase</c>. The same purchase counts once, for ever.</summary>
    /// <param name="Pay">So much of it with points; where that is not possible any more nothing is bought, and staff are told.</param>
    /// <param name="By">The numeric id of who sold it at the desk and is told; <see langword="null"/> for a till or a site.</param>
    /// <exception cref="ArgumentException">The purchase has a <see cref="Purchase.Fault"/>.</exception>
    public sealed record Bought(ChatAddress Chat, Purchase Purchase, Points Pay = default, long? By = null) : Input($"purchase:{Purchase.Id}", Chat, null)
    {
        public Purchase Purchase { get; } = Purchase.Fault is { } fault ? throw new ArgumentException(fault, nameof(Purchase)) : Purchase;
    }

    /// <summary>The customer followed the link of a broadcast.</summary>
    public sealed record Clicked(ChatAddress Chat, RecipientId Recipient) : Input($"click:{Recipient.Value}", Chat, null);

    /// <summary>Some or all of a purchase is given back; the event <c>refund</c>. The same refund counts once, for ever.</summary>
    /// <inheritdoc cref="Bought" path="/param[@name='By']"/>
    /// <exception cref="ArgumentException">The refund has a <see cref="Refund.Fault"/>.</exception>
    public sealed record Refunded(ChatAddress Chat, Refund Refund, long? By = null) : Input($"refund:{Refund.Id}", Chat, null)
    {
        public Refund Refund { get; } = Refund.Fault is { } fault ? throw new ArgumentException(fault, nameof(Refund)) : Refund;
    }

    /// <summary>The customer's personal code was redeemed at the desk; the event <c>code.redeemed</c>.</summary>
    /// <param name="By">The numeric id of who did.</param>
    public sealed record Redeemed(string Key, ChatAddress Chat, string Code, long By) : Input(Key, Chat, null);

    /// <summary>Somebody wrote in a group: staff, if it is the admin chat and they are staff; else it is nobody's business.</summary>
    /// <param name="Text">What was written, also beside a file; empty if nothing was.</param>
    /// <param name="Original">The message as the channel has it, and what it answers.</param>
    public sealed record StaffMessage(string Key, ChatAddress Chat, Person? From, string Text, ChannelMessage? Original = null) : Input(Key, Chat, From);

    /// <summary>Somebody pressed a button in a group.</summary>
    /// <inheritdoc cref="Press"/>
    public sealed record StaffPress(string Key, ChatAddress Chat, Person? From, string Data, string Callback, long MessageId) : Input(Key, Chat, From);

    /// <summary>Staff changed the tags of the customer in this chat.</summary>
    public sealed record Tagged(string Key, ChatAddress Chat, ImmutableArray<string> Added, ImmutableArray<string> Removed) : Input(Key, Chat, null);

    /// <summary>Staff wrote down something about the customer in this chat.</summary>
    /// <param name="By">The numeric id of who did.</param>
    public sealed record Noted(string Key, ChatAddress Chat, long By, string Text) : Input(Key, Chat, null);

    /// <summary>Staff booked a visit for the customer in this chat.</summary>
    /// <param name="Specialist">Who is to do it, or <see langword="null"/> for anyone.</param>
    public sealed record VisitBooked(string Key, ChatAddress Chat, string Service, string? Specialist, DateTimeOffset Start) : Input(Key, Chat, null);

    /// <summary>Staff did something with a visit of the customer in this chat.</summary>
    /// <param name="Specialist">To whom it is moved, or <see langword="null"/> for anyone.</param>
    /// <param name="Start">When it is moved to.</param>
    public sealed record VisitChanged(string Key, ChatAddress Chat, BookingId Booking, BookingAct Act, string? Specialist = null, DateTimeOffset? Start = null)
        : Input(Key, Chat, null);

    /// <summary>Staff brought in a row of a list, or a program one customer.</summary>
    /// <param name="Chat">Of the customer whom the row is about, or a place made for one who is not known.</param>
    /// <param name="By">The numeric id of who did; 0 for a program.</param>
    /// <param name="List">The list's id, by which its rows are counted; 0 for none.</param>
    /// <param name="Source">Where the customer came from, if that was said.</param>
    public sealed record Imported(string Key, ChatAddress Chat, long By, long List, ListRow Row, string? Source = null) : Input(Key, Chat, null);

    /// <summary>Staff did something about a case of the customer in this chat.</summary>
    public sealed record CaseMarked(string Key, ChatAddress Chat, CaseId Case, CaseMark Mark) : Input(Key, Chat, null);

    /// <summary>Staff have the data of the customer in this chat deleted.</summary>
    public sealed record ErasureOrdered(string Key, ChatAddress Chat) : Input(Key, Chat, null);

    /// <summary>Somebody changed a message that they wrote earlier.</summary>
    /// <param name="Original">The message as it is now.</param>
    public sealed record Edited(string Key, ChatAddress Chat, Person? From, ChannelMessage Original) : Input(Key, Chat, From);

    /// <summary>Staff wrote to the customer in this chat.</summary>
    /// <param name="Html">What they wrote, in Telegram's HTML.</param>
    /// <param name="Original">Where it stands in the admin chat; <see langword="null"/> if it was written with a command.</param>
    public sealed record Written(string Key, ChatAddress Chat, string Html, Copy? Original) : Input(Key, Chat, null);

    /// <summary>Staff changed what they wrote to the customer in this chat.</summary>
    /// <param name="Sent">What became of it at first.</param>
    /// <param name="Original">What stands in the admin chat now.</param>
    public sealed record Rewritten(string Key, ChatAddress Chat, OutboxId Sent, Copy Original) : Input(Key, Chat, null);

    /// <summary>What staff wrote to the customer in this chat did not arrive.</summary>
    /// <param name="Original">The channel's id of what they wrote in the admin chat, if it stands there.</param>
    /// <param name="Reason">What the channel says.</param>
    public sealed record Undelivered(string Key, ChatAddress Chat, long? Original, DeliveryStatus Status, string? Reason) : Input(Key, Chat, null);

    /// <summary>Staff ended the talk with the customer in this chat.</summary>
    public sealed record TalkClosed(string Key, ChatAddress Chat) : Input(Key, Chat, null);

    /// <summary>Nothing that the bot answers: a group that is not the admin chat. Leaves its key and nothing else.</summary>
    public sealed record Ignored(string Key, ChatAddress Chat) : Input(Key, Chat, null);
}

/// <summary>What a channel says of the person behind an input.</summary>
/// <param name="FirstName">As the person calls themself there, empty if unknown.</param>
/// <param name="Language">An IETF tag such as <c>ru</c> or <c>pt-br</c>, or <see langword="null"/>.</param>
/// <param name="Id">The channel's numeric id of whoever did this themself, by which rights are checked; <see langword="null"/> if the channel
/// does not vouch for that: a message that is forwarded, or sent in the name of a chat.</param>
/// <param name="Username">As the person calls themself there for all, without <c>@</c>; <see langword="null"/> if they do not.</param>
public sealed record Person(string FirstName, string? Language, long? Id = null, string? Username = null);
