using Bot.Core.Chats;
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
        if (message.Revises is { } revises)
        {
            await writer.StepAsync(transaction => transaction.Web.Revise(session, revises.MessageId, message.Body), cancellationToken).ConfigureAwait(false);
            sockets.Send(session, message.Body.Html.Length > 0 ? ServerFrame.Changed(revises.MessageId, message.Body.Html) : ServerFrame.Gone(revises.MessageId));
            return new SendOutcome.Sent(revises.MessageId);
        }

        var line = await writer.StepAsync(transaction => transaction.Web.AddAnswer(session, message.Id, message.Body, business.GetUtcNow()),
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

    private static WebSessionId SessionOf(ChatAddress address) => new(address.Address);
}
