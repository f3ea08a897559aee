using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Storage.Web;
using Bot.Writing;

namespace Bot.Web;

/// <summary>
/// The web page as a channel: sent is what is in the log, for the page reads it there whenever it comes. A message that is sent again
/// after a crash is known by its outbox id, so unlike Telegram's it is never shown twice.
/// </summary>
/// <param name="business">The business's clock, by which lines are dated.</param>
internal sealed class WebChannel(Writer writer, OpenSockets sockets, TimeProvider business) : IChannel
{
    public string Name => ChatAddress.Web;

    public async Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var session = SessionOf(message.Address);
        if (message.Body.EditOf is { } edited)
        {
            return await EditAsync(session, edited, message.Body, cancellationToken).ConfigureAwait(false);
        }

        var line = await writer.StepAsync(transaction => transaction.Web.AddAnswer(session, message.Id, message.Body with { Copy = null }, business.GetUtcNow()),
            cancellationToken).ConfigureAwait(false);
        if (line is not { } id)
        {
            return new SendOutcome.Blocked("the session is over");
        }

        sockets.Tell(session);
        return new SendOutcome.Sent(id);
    }

    public async Task AcknowledgeAsync(Acknowledgement acknowledgement, CancellationToken cancellationToken)
    {
        var session = SessionOf(acknowledgement.Chat);
        if (acknowledgement.Notice is { } notice)
        {
            sockets.Send(session, ServerFrame.Notice(notice));
        }

        if (acknowledgement.UsedMessage is { } used)
        {
            sockets.Send(session, ServerFrame.Used(used));
            await writer.StepAsync(transaction =>
            {
                transaction.Web.MarkUsed(session, used);
                return true;
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The log has the new words for whoever comes; who is there sees them at once.</summary>
    private async Task<SendOutcome> EditAsync(WebSessionId session, OutboxId edited, Body body, CancellationToken cancellationToken)
    {
        var now = body with { Copy = null, EditOf = null };
        var line = await writer.StepAsync(transaction => transaction.Web.EditAnswer(session, edited, now), cancellationToken).ConfigureAwait(false);
        if (line is not { } id)
        {
            return new SendOutcome.Rejected("the message is not in the log any more");
        }

        sockets.Send(session, ServerFrame.Edited(id, now.Html));
        return new SendOutcome.Sent(id);
    }

    private static WebSessionId SessionOf(ChatAddress address) => new(address.Address);
}
