using Bot.Core.Chats;
using Bot.Core.Conversations;
using Bot.Core.Profiles;

namespace Bot.Core.Turns;

/// <summary>What a turn starts from and what it leaves: small, and loaded whole. All are missing in a chat that is new.</summary>
public sealed record Snapshot(Profile? Profile, Chat? Chat, Conversation? Conversation)
{
    /// <summary>A chat that nobody has written in yet.</summary>
    public static readonly Snapshot None = new(null, null, null);
}
