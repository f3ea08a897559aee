using System.Diagnostics;
using Bot.Core.Chats;
using Bot.Core.Messages;
using Bot.Telegram.Calls;
using Microsoft.Extensions.Logging;

namespace Bot.Telegram.Sending;

/// <summary>Talks with customers in Telegram.</summary>
/// <param name="openFile">Finds a file of the content by the name in <see cref="Attachment.File"/>.</param>
public sealed class TelegramChannel(BotApi api, IFileIds fileIds, Func<string, ContentFile?> openFile, ILogger<TelegramChannel> logger) : IChannel
{
    private readonly FileSender _files = new(api, fileIds);

    public string Name => ChatAddress.Telegram;

    public async Task<SendOutcome> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var outcome = await CallAsync(message, cancellationToken).ConfigureAwait(false);
        if (outcome is not SendOutcome.Sent && logger.IsEnabled(LogLevel.Debug))
            logger.LogDebug("Message {Message} to chat {Chat}: {Outcome}.", message.Id.Value, message.Address.Address, outcome.GetType().Name);
        return outcome;
    }

    public Task AcknowledgeAsync(Acknowledgement acknowledgement, CancellationToken cancellationToken)
    {
        var answer = TryAsync("answerCallbackQuery", api.CallAsync(
            "answerCallbackQuery", acknowledgement, MessageJson.WriteAnswer, static _ => true, api.Options.Timeout, cancellationToken));

        // A press of an inline message has no message of ours.
        if (acknowledgement.UsedMessage is not { } message || message <= 0)
            return answer;

        var edit = TryAsync("editMessageReplyMarkup", api.CallAsync(
            "editMessageReplyMarkup", (acknowledgement.Chat, message), MessageJson.WriteNoButtons, static _ => true, api.Options.Timeout, cancellationToken));
        return Task.WhenAll(answer, edit);
    }

    private async Task<SendOutcome> CallAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Place?.Edits is { } edited)
            return await EditAsync(message, edited, cancellationToken).ConfigureAwait(false);

        if (message.Body.Copy is { } copy)
        {
            var copied = await api.CallAsync(
                "copyMessage", (message, copy), MessageJson.WriteCopy, SentMessage.ReadId, api.Options.Timeout, cancellationToken).ConfigureAwait(false);
            return Outcomes.Of(copied, message.Address);
        }

        if (message.Body.Attachment is not { } attachment)
        {
            var reply = await api.CallAsync(
                "sendMessage", message, MessageJson.WriteText, SentMessage.ReadId, api.Options.Timeout, cancellationToken).ConfigureAwait(false);
            return Outcomes.Of(reply, message.Address);
        }

        if (attachment.Content is { } content)
            return await _files.SendOnceAsync(message, attachment, content, cancellationToken).ConfigureAwait(false);

        if (attachment.FileId is { } fileId)
            return await _files.SendOnAsync(message, attachment.Kind, fileId, cancellationToken).ConfigureAwait(false);

        if (openFile(attachment.File) is not { } file)
            return new SendOutcome.Rejected("no such file");

        return await _files.SendAsync(message, attachment.Kind, file, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts words in the place of those of an earlier message; that they stand there already is as good.</summary>
    private async Task<SendOutcome> EditAsync(OutboxMessage message, long edited, CancellationToken cancellationToken)
    {
        var isCaption = message.Body.Copy?.Media is not null;
        var reply = await api.CallAsync(isCaption ? "editMessageCaption" : "editMessageText", (message, edited),
            isCaption ? MessageJson.WriteNewCaption : MessageJson.WriteNewText, SentMessage.ReadId, api.Options.Timeout, cancellationToken).ConfigureAwait(false);
        return reply is ApiReply<SentMessage>.Refused { Error: { Code: 400 } error } && error.Says("message is not modified")
            ? new SendOutcome.Sent(edited)
            : Outcomes.Of(reply, message.Address);
    }

    // An old query, a message that lost its buttons already, a chat that is gone: none of it matters to anyone.
    private async Task TryAsync(string method, Task<ApiReply<bool>> call)
    {
        try
        {
            var reply = await call.ConfigureAwait(false);
            if (logger.IsEnabled(LogLevel.Debug))
                LogFailure(method, reply);
        }
        catch (OperationCanceledException)
        {
            // The program stops; nobody waits for it any more.
        }
    }

    private void LogFailure(string method, ApiReply<bool> reply)
    {
        switch (reply)
        {
            case ApiReply<bool>.Done:
                break;
            case ApiReply<bool>.Refused refused:
                logger.LogDebug("{Method} was refused: {Code} {Description}.", method, refused.Error.Code, refused.Error.Description);
                break;
            case ApiReply<bool>.Lost lost:
                logger.LogDebug("{Method} got no answer: {Reason}.", method, lost.Reason);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
