using System.Diagnostics;
using Bot.Core.Chats;
using Bot.Core.Messages;
using Bot.Telegram.Calls;

namespace Bot.Telegram.Sending;

/// <summary>Says what a reply to a send method means for the message.</summary>
internal static class Outcomes
{
    // 400s that speak of the chat and not of the message.
    private static readonly string[] NoSuchChat = ["chat not found", "user not found", "PEER_ID_INVALID"];

    public static SendOutcome Of(ApiReply<SentMessage> reply, ChatAddress chat) => reply switch
    {
        ApiReply<SentMessage>.Done done => new SendOutcome.Sent(done.Result.Id),
        ApiReply<SentMessage>.Refused refused => Of(refused.Error, chat),
        ApiReply<SentMessage>.Lost { MayHaveArrived: true } lost => new SendOutcome.Unknown(lost.Reason),
        ApiReply<SentMessage>.Lost lost => new SendOutcome.NotSent(lost.Reason),
        _ => throw new UnreachableException(),
    };

    private static SendOutcome Of(ApiError error, ChatAddress chat)
    {
        if (error.MigrateTo is { } address)
            return new SendOutcome.Migrated(chat with { Address = address });

        var reason = $"{error.Code} {error.Description}";
        return error.Code switch
        {
            429 => new SendOutcome.RetryAfter(error.Wait),
            401 => new SendOutcome.Unauthorized(reason),
            // The public server knows no such bot; "method not found" is another matter.
            404 when !error.Says("method") => new SendOutcome.Unauthorized(reason),
            403 => new SendOutcome.Blocked(reason),
            400 when Array.Exists(NoSuchChat, error.Says) => new SendOutcome.Blocked(reason),
            408 => new SendOutcome.Unknown(reason),
            _ => new SendOutcome.Rejected(reason),
        };
    }
}
