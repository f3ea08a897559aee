using Bot.Core.Ids;
using Bot.Core.Talks;

namespace Bot.Core.Chats;

/// <summary>Where a chat is: the channel (<c>telegram</c>), the bot's id there, and the channel's own id of the chat.</summary>
public readonly record struct ChatAddress(string Channel, long Bot, long Address)
{
    /// <summary>The name of the Telegram channel.</summary>
    public const string Telegram = "telegram";

    /// <summary>The name of the chat on the web page.</summary>
    public const string Web = "web";

    /// <summary>
    /// The place of a customer whom staff brought in by a list and who has never written: blocked from the beginning, so that nothing ever goes
    /// there.
    /// </summary>
    public const string Staff = "staff";

    /// <summary>Of somebody who wanted to be forgotten: it leads to nobody.</summary>
    public const string Erased = "erased";

    /// <summary>The name of the admin chat in the demo's page.</summary>
    public const string Demo = "demo";
}

/// <summary>One place where a profile talks with the bot.</summary>
/// <param name="Language">One of the content's languages.</param>
/// <param name="BlockedAt">Since when the customer has the bot blocked.</param>
/// <param name="LastPress">Tells a double tap from two wishes.</param>
/// <param name="Zone">The customer's time zone, if it is known; else the business's counts.</param>
/// <param name="Talk">A person is talking with the customer.</param>
/// <param name="HasKeyboard">A reply keyboard (the contact button) is still on the customer's screen.</param>
public sealed record Chat(
    ChatId Id,
    ProfileId Profile,
    ChatAddress Address,
    string Language,
    DateTimeOffset? BlockedAt = null,
    bool HasKeyboard = false,
    LastPress? LastPress = null,
    string? Zone = null,
    Talk? Talk = null)
{
    /// <summary>Since when a person is talking with the customer.</summary>
    public DateTimeOffset? TalkingSince => Talk?.Since;
}

/// <summary>The latest press of a button that outlives conversations.</summary>
public readonly record struct LastPress(long MessageId, string Data, DateTimeOffset At);
