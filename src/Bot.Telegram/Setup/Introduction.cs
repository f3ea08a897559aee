using System.Collections.Immutable;
using System.Diagnostics;
using Bot.Telegram.Calls;
using Bot.Telegram.Receiving;
using Microsoft.Extensions.Logging;

namespace Bot.Telegram.Setup;

/// <summary>What is said to Telegram at a start.</summary>
/// <param name="random">For the jitter of pauses; used here alone.</param>
public sealed class Introduction(BotApi api, TelegramState state, TimeProvider time, Random random, ILogger<Introduction> logger)
{
    /// <summary>Asks who the bot is; <see langword="null"/> if Telegram does not say. The bot works without.</summary>
    public async Task<BotIdentity?> AskWhoWeAreAsync(CancellationToken cancellationToken)
    {
        var reply = await api.CallAsync(
            "getMe", 0, static (_, _) => { }, SetupJson.ReadIdentity, api.Options.Timeout, cancellationToken).ConfigureAwait(false);
        if (reply is ApiReply<BotIdentity>.Done done)
            return done.Result;

        if (TokenIsRefused(reply))
            state.Become(TelegramStatus.TokenRefused, ReasonOf(reply));
        logger.LogWarning("Telegram does not say who the bot is: {Reason}.", ReasonOf(reply));
        return null;
    }

    /// <summary>Sets the bot's menu where it differs. A failure is logged: the commands work without being listed.</summary>
    public async Task SetCommandsAsync(IEnumerable<BotCommandList> lists, CancellationToken cancellationToken)
    {
        foreach (var list in lists)
        {
            var present = await api.CallAsync(
                "getMyCommands", list, SetupJson.WriteScope, SetupJson.ReadCommands, api.Options.Timeout, cancellationToken).ConfigureAwait(false);
            if (present is ApiReply<ImmutableArray<BotCommand>>.Done done && done.Result.SequenceEqual(list.Commands))
                continue;

            var reply = await api.CallAsync(
                "setMyCommands", list, SetupJson.WriteCommands, static _ => true, api.Options.Timeout, cancellationToken).ConfigureAwait(false);
            if (reply is not ApiReply<bool>.Done)
                logger.LogWarning("The menu of commands ({Language}) was not set: {Reason}.", list.Language ?? "default", ReasonOf(reply));
        }
    }

    /// <summary>Tells Telegram where to post updates. Tries until it is done or the token is refused.</summary>
    /// <returns>Whether it is set.</returns>
    public async Task<bool> SetWebhookAsync(Uri url, string secret, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(random);
        while (true)
        {
            var reply = await api.CallAsync(
                "setWebhook", (url, secret), SetupJson.WriteWebhook, static _ => true, api.Options.Timeout, cancellationToken).ConfigureAwait(false);
            if (reply is ApiReply<bool>.Done)
            {
                state.Become(TelegramStatus.Working);
                logger.LogInformation("Telegram posts updates to {Host}.", url.Host);
                return true;
            }

            if (TokenIsRefused(reply))
            {
                state.Become(TelegramStatus.TokenRefused, ReasonOf(reply));
                logger.LogError("Telegram refuses the token ({Reason}). Get a valid one from @BotFather and start again.", ReasonOf(reply));
                return false;
            }

            if (state.Become(TelegramStatus.Unreachable, ReasonOf(reply)))
                logger.LogWarning("The webhook is not set yet ({Reason}); trying on.", ReasonOf(reply));
            var pause = reply is ApiReply<bool>.Refused { Error: { Code: 429 } error } ? error.Wait : backoff.Next();
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool TokenIsRefused<T>(ApiReply<T> reply) => reply is ApiReply<T>.Refused { Error.Code: 401 or 404 };

    private static string ReasonOf<T>(ApiReply<T> reply) => reply switch
    {
        ApiReply<T>.Done => "done",
        ApiReply<T>.Refused refused => $"{refused.Error.Code} {refused.Error.Description}",
        ApiReply<T>.Lost lost => lost.Reason,
        _ => throw new UnreachableException(),
    };
}
