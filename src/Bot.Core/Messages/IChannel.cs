using Bot.Core.Chats;

namespace Bot.Core.Messages;

/// <summary>A way to talk with customers.</summary>
public interface IChannel
{
    /// <summary>The channel's name in a <see cref="ChatAddress"/>.</summary>
    string Name { get; }

    /// <summary>Makes one call and says what became of it. Does not throw for anything that the network or the channel does.</summary>
    Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken);

    /// <summary>Does what need not succeed and is never repeated: the answer to a press, the removal of used buttons.</summary>
    Task AcknowledgeAsync(Acknowledgement acknowledgement, CancellationToken cancellationToken);
}

/// <summary>What a press gets besides messages.</summary>
/// <param name="Callback">The channel's id of the press.</param>
/// <param name="Notice">A short text shown over the chat, at most 200 characters, or <see langword="null"/>.</param>
/// <param name="UsedMessage">The message whose buttons are to go, or <see langword="null"/>.</param>
public sealed record Acknowledgement(ChatAddress Chat, string Callback, string? Notice, long? UsedMessage);
