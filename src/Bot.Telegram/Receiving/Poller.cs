using System.Text.Json;
using Bot.Core.Inputs;
using Bot.Telegram.Calls;
using Microsoft.Extensions.Logging;

namespace Bot.Telegram.Receiving;

/// <summary>Takes in updates. Completes after they are committed; if it throws, Telegram keeps them and brings them again.</summary>
public delegate Task AcceptInputs(IReadOnlyList<Input> inputs, CancellationToken cancellationToken);

/// <summary>
/// Fetches updates by long polling. The offset moves, and with it Telegram forgets, only after the batch was accepted.
/// </summary>
/// <param name="random">For the jitter of pauses; used by this poller alone.</param>
public sealed class Poller(BotApi api, TelegramState state, AcceptInputs accept, TimeProvider time, Random random, ILogger<Poller> logger)
{
    private const int LargestBatch = 100;

    // Telegram itself delays a repeated conflict; asking more often only disturbs the other one.
    private static readonly TimeSpan ConflictPause = TimeSpan.FromSeconds(5);

    // A server that answers a long poll at once, with nothing, must not be asked in a circle.
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(0.5);

    private readonly Backoff _backoff = new(random);

    // None at the start: what was not confirmed before a stop or a crash comes first.
    private long? _offset;

    /// <summary>Runs until cancelled, or until Telegram refuses the token. A batch that was handed over is awaited.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await StepAsync(cancellationToken).ConfigureAwait(false) is { } pause)
            {
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogDebug("Polling stops.");
        }
    }

    /// <summary>One poll. Answers how long to wait before the next one, or <see langword="null"/> if there is to be none.</summary>
    private async Task<TimeSpan?> StepAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // Until it is known that updates arrive, the server is not to hold the request: a quiet bot would else be ready only after a minute.
        var isProbe = state.Status != TelegramStatus.Working;
        var reply = await api.CallAsync(
            "getUpdates",
            (Offset: _offset, Timeout: isProbe ? 0 : (int)api.Options.PollTimeout.TotalSeconds),
            static (json, poll) => WritePoll(json, poll.Offset, poll.Timeout),
            json => Updates.ReadBatch(json, api.Bot),
            api.Options.PollTimeout + api.Options.PollGrace,
            cancellationToken).ConfigureAwait(false);
        return reply switch
        {
            ApiReply<UpdateBatch>.Done { Result.Inputs.Count: 0 } done => Idle(done.Result, isProbe, time.GetElapsedTime(started)),
            ApiReply<UpdateBatch>.Done done => await AcceptAsync(done.Result, cancellationToken).ConfigureAwait(false),
            ApiReply<UpdateBatch>.Refused refused => await RefusedAsync(refused.Error, cancellationToken).ConfigureAwait(false),
            ApiReply<UpdateBatch>.Lost lost => Unreachable(lost.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private TimeSpan Idle(UpdateBatch batch, bool isProbe, TimeSpan elapsed)
    {
        Heard(batch);
        if (batch.Unreadable > 0)
            return _backoff.Next();

        // Nothing is left unconfirmed, so the offset has served: after a quiet week ids start anew, perhaps lower.
        _offset = null;
        _backoff.Reset();
        return !isProbe && elapsed < ShortestPoll ? ShortestPoll : TimeSpan.Zero;
    }

    private async Task<TimeSpan> AcceptAsync(UpdateBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await accept(batch.Inputs, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (state.Become(TelegramStatus.NotAccepting, failure.GetType().Name))
                logger.LogError(failure, "Updates could not be taken in; Telegram keeps them and they are fetched again.");
            return _backoff.Next();
        }

        // The last id, not the highest: ids may start anew within a batch, and what lies between must not be forgotten.
        _offset = batch.Last + 1;
        Heard(batch);
        _backoff.Reset();
        return TimeSpan.Zero;
    }

    private void Heard(UpdateBatch batch)
    {
        if (batch.Unreadable > 0)
            logger.LogWarning("{Count} updates had no readable id and are dropped.", batch.Unreadable);
        if (state.Become(TelegramStatus.Working))
            logger.LogInformation("Updates arrive from Telegram.");
    }

    private async Task<TimeSpan?> RefusedAsync(ApiError error, CancellationToken cancellationToken)
    {
        switch (error.Code)
        {
            case 401 or 404:
                state.Become(TelegramStatus.TokenRefused, error.Description);
                logger.LogError("Telegram refuses the token ({Code} {Description}). Get a valid one from @BotFather and start again.", error.Code, error.Description);
                return null;

            case 409 when error.Says("webhook"):
                await DeleteWebhookAsync(cancellationToken).ConfigureAwait(false);
                return _backoff.Next();

            case 409:
                if (state.Become(TelegramStatus.Conflict, error.Description))
                    logger.LogWarning("Another program fetches this bot's updates. Stop it, or give this one a token of its own.");
                return ConflictPause;

            case 429:
                state.Become(TelegramStatus.Unreachable, error.Description);
                return error.Wait;

            default:
                return Unreachable($"{error.Code} {error.Description}");
        }
    }

    private TimeSpan Unreachable(string reason)
    {
        if (state.Become(TelegramStatus.Unreachable, reason))
            logger.LogWarning("Telegram cannot be reached ({Reason}); trying on.", reason);
        return _backoff.Next();
    }

    private async Task DeleteWebhookAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("A webhook is set for this bot; it is removed, so that updates can be fetched.");
        var reply = await api.CallAsync(
            "deleteWebhook", 0, static (_, _) => { }, static _ => true, api.Options.Timeout, cancellationToken).ConfigureAwait(false);
        if (reply is not ApiReply<bool>.Done)
            logger.LogWarning("The webhook could not be removed; trying on.");
    }

    private static void WritePoll(Utf8JsonWriter json, long? offset, int timeout)
    {
        if (offset is { } next)
            json.WriteNumber("offset"u8, next);
        json.WriteNumber("limit"u8, LargestBatch);
        json.WriteNumber("timeout"u8, timeout);
        AllowedUpdates.Write(json);
    }
}
