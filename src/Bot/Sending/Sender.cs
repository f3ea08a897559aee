using Bot.Core.Gate;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Talks;
using Bot.Operations;
using Bot.Storage;
using Bot.Writing;

namespace Bot.Sending;

/// <summary>Sends what the writer committed and hands what became of it back to the writer.</summary>
internal sealed class Sender : IDisposable
{
    /// <summary>Messages held in memory; what is more waits in the database.</summary>
    public const int MaxInMemory = 5_000;

    /// <summary>The same with answers, so that none waits in the database behind thousands of messages that nobody waits for.</summary>
    public const int MaxWithReplies = 4 * MaxInMemory;

    /// <summary>Calls at once, over all chats: Telegram counts calls in flight against a bot.</summary>
    private const int Workers = 64;

    private static readonly TimeSpan Refusal = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FaultWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EditWait = TimeSpan.FromMilliseconds(100);

    private readonly Lanes _lanes;
    private readonly Backlog _replies;
    private readonly Backlog _others;
    private readonly SemaphoreSlim _room = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Dictionary<string, IChannel> _channels;
    private readonly Store _store;
    private readonly Writer _writer;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _business;
    private readonly Metrics _metrics;
    private readonly ILogger<Sender> _log;
    private Task _work = Task.CompletedTask;
    private volatile string? _refused;
    private volatile string? _unreadable;
    private volatile bool _isStopping;

    /// <param name="clock">The real clock: pauses and limits are the channels'.</param>
    /// <param name="business">The business's clock, by which messages lose their sense.</param>
    public Sender(Store store, Writer writer, IEnumerable<IChannel> channels, RateLimits limits, TimeProvider clock, TimeProvider business,
        Metrics metrics, ILogger<Sender> log)
    {
        (_store, _writer, _clock, _business, _metrics, _log) = (store, writer, clock, business, metrics, log);
        _channels = channels.ToDictionary(channel => channel.Name);
        _lanes = new Lanes(limits, clock);
        (_replies, _others) = (new Backlog(_lanes.Add), new Backlog(_lanes.Add));
        _writer.Committed += OnCommitted;
    }

    /// <summary>Raised when a message of a broadcast is in memory no more, with what became of it, or nothing if it was not sent.</summary>
    public event Action<OutboxMessage, SendOutcome?>? Left;

    /// <summary>Why the channel takes nothing from us, or <see langword="null"/>.</summary>
    public string? Refused => _refused;

    /// <summary>Why the outbox cannot be read, or <see langword="null"/>.</summary>
    public string? Unreadable => _unreadable;

    /// <summary>Messages in memory, those in flight among them.</summary>
    public int Count => _lanes.Count;

    /// <summary>Takes in a message of a broadcast, which has no row in the outbox.</summary>
    public void Hand(OutboxMessage message) => _lanes.Add(message);

    /// <summary>Begins with what an earlier run left in the outbox.</summary>
    public void Start()
    {
        _work = Task.WhenAll([.. Enumerable.Range(0, Workers).Select(_ => WorkAsync()), ReadBacklogAsync()]);
        _room.Release();
    }

    /// <summary>Starts nothing new and waits for what is in flight; what the time does not suffice for stays in the outbox.</summary>
    public async Task StopAsync(TimeSpan time)
    {
        _isStopping = true;
        await _stopping.CancelAsync().ConfigureAwait(false);
        _lanes.Close();
        _room.Release();
        _abort.CancelAfter(time);
        await _work.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _lanes.Dispose();
        _stopping.Dispose();
        _abort.Dispose();
        _room.Dispose();
    }

    private void OnCommitted(Committed committed)
    {
        foreach (var chat in committed.Cancelled)
        {
            _replies.ReadAnew();
            _others.ReadAnew();
            Cancel(chat);
        }

        _replies.Hand(committed.Messages.Where(static message => message.Kind == MessageKind.Reply), () => _lanes.Count < MaxWithReplies);
        _others.Hand(committed.Messages.Where(static message => message.Kind != MessageKind.Reply), () => _lanes.Count < MaxInMemory);
        CallForMore();
    }

    private void Cancel(ChatId chat) => _lanes.Cancel(chat).ForEach(message => Leave(message, null));

    private void Leave(OutboxMessage message, SendOutcome? outcome)
    {
        if (message.Broadcast is not null)
        {
            Left?.Invoke(message, outcome);
        }
    }

    private void CallForMore()
    {
        if (ToRead() is not null && _room.CurrentCount == 0)
        {
            _room.Release();
        }
    }

    /// <summary>What there is more of in the database, and room for: answers first.</summary>
    private Backlog? ToRead() => _replies.IsBehind && _lanes.Count <= MaxWithReplies - Backlog.Page ? _replies
        : _others.IsBehind && _lanes.Count <= MaxInMemory - Backlog.Page ? _others
        : null;

    private async Task ReadBacklogAsync()
    {
        while (!_isStopping)
        {
            await _room.WaitAsync().ConfigureAwait(false);
            while (!_isStopping && ToRead() is { } backlog)
            {
                await TryReadAsync(backlog).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads a page. While that fails nothing can be sent, so it is said where it is seen, and tried until it is over.</summary>
    private async Task TryReadAsync(Backlog backlog)
    {
        try
        {
            backlog.Read((after, limit) => _store.Pending(after, limit, areReplies: backlog == _replies));
            _unreadable = null;
        }
        catch (Exception exception)
        {
            if (_unreadable is null)
            {
                _log.LogError(exception, "The outbox cannot be read; nothing is sent until this is over");
            }

            _unreadable = "messages cannot be read from the database";
            await Task.Delay(FaultWait, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WorkAsync()
    {
        await foreach (var lane in _lanes.Ready.ConfigureAwait(false))
        {
            try
            {
                if (!_isStopping && _lanes.TryTake(lane) is var (message, departure))
                {
                    await SendAsync(lane, message, departure).ConfigureAwait(false);
                }
            }
            catch (Exception exception)
            {
                // A fault of ours beside the call itself: this chat stands until a restart, the others go on.
                _log.LogError(exception, "Chat {Chat} cannot be served", lane.Chat.Value);
            }
        }
    }

    private async Task SendAsync(Lane lane, OutboxMessage message, TimeSpan departure)
    {
        SendOutcome outcome;
        try
        {
            if (message.NotAfter < _business.GetUtcNow())
            {
                GiveUp(lane, message);
                return;
            }

            if (message is { Kind: MessageKind.Marketing, Broadcast.Revision: null } or { Kind: MessageKind.Marketing, Broadcast: null } && !await TryClaimAsync(message).ConfigureAwait(false))
            {
                // Cancelled since it was handed over.
                _lanes.Settle(lane, null);
                Leave(message, null);
                return;
            }

            if (message.Booking is not null && !await IsWaitingAsync(message).ConfigureAwait(false))
            {
                // The visit was moved or called off since.
                _lanes.Settle(lane, null);
                CallForMore();
                return;
            }

            if (message.Kind == MessageKind.Marketing && _lanes.UntilDeparture(message, departure) is var early && early > TimeSpan.Zero)
            {
                await Task.Delay(early, _clock, _abort.Token).ConfigureAwait(false);
            }

            if (message.IsMaybeSent)
            {
                _metrics.MaybeTwice();
            }

            outcome = await SendAsync(message).ConfigureAwait(false);
        }
        catch (Exception exception) when (!_abort.IsCancellationRequested)
        {
            // A fault of ours: this message is given up, visibly, so that it does not block its chat.
            _log.LogError(exception, "Message {Message} to chat {Chat} cannot be sent", message.Id.Value, message.Chat.Value);
            outcome = new SendOutcome.Rejected(exception.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // Cut off by the stop. Nobody knows whether it arrived; it is counted as such when it is sent again.
            outcome = new SendOutcome.Unknown("stopped");
        }

        Settle(lane, message, outcome);
    }

    private async Task<SendOutcome> SendAsync(OutboxMessage message)
    {
        if (!_channels.TryGetValue(message.Address.Channel, out var channel))
        {
            return new SendOutcome.Rejected("no such channel");
        }

        if (message is { Place: null, Body.EditOf: { } edited })
        {
            // What became of the message is written a moment after it was sent.
            var (isWaiting, sent) = _store.Talks.Sent(edited);
            if (isWaiting || sent is null)
            {
                return isWaiting ? new SendOutcome.Busy(EditWait) : new SendOutcome.Rejected("what it changes did not arrive");
            }

            message = message with { Place = new Place(Edits: sent) };
        }

        return await channel.SendAsync(message, _abort.Token).ConfigureAwait(false);
    }

    /// <summary>The last veto: it has waited until it lost its sense.</summary>
    private void GiveUp(Lane lane, OutboxMessage message)
    {
        var result = new SendResult.Finished(message, DeliveryStatus.Skipped, null, nameof(SkipReason.TooLate));
        _metrics.Sent(message.Kind, result);
        _writer.Accept(result);
        _lanes.Settle(lane, null);
        Leave(message, null);
        CallForMore();
    }

    /// <summary>Marketing is sent at most once: the claim is durable before the call, so that a crash leaves it unknown.</summary>
    private Task<bool> TryClaimAsync(OutboxMessage message) =>
        _writer.StepAsync(transaction => transaction.Claim(message, _business.GetUtcNow()), _abort.Token);

    /// <summary>Asked of the one who writes, so that a visit that is called off at this very moment is either before it or after it.</summary>
    private Task<bool> IsWaitingAsync(OutboxMessage message) => _writer.StepAsync(transaction => transaction.IsWaiting(message.Id), _abort.Token);

    private void Settle(Lane lane, OutboxMessage message, SendOutcome outcome)
    {
        // A recipient waits in the database, by the business's clock; everything else in memory, by the real one.
        var result = SendRules.After(message, outcome, message.Broadcast is null ? _clock.GetUtcNow() : _business.GetUtcNow());
        _metrics.Sent(message.Kind, result);
        Note(lane, message, outcome);
        if (outcome is SendOutcome.Blocked)
        {
            // The input cancels the rest in the database; meanwhile nothing more of it may be tried.
            Cancel(message.Chat);
        }

        if (result is SendResult.Finished { Status: not DeliveryStatus.Sent } failed && TalkCause.TryRead(message.Cause, out var original))
        {
            // Before the result: after a crash in between it is tried and told once more, and never lost in silence.
            _ = _writer.AcceptAsync([new Input.Undelivered($"undelivered:{message.Id.Value}", message.Address, original, failed.Status, failed.Reason)],
                CancellationToken.None);
        }

        _writer.Accept(result);
        if (FollowingInput(message, outcome) is { } input)
        {
            _ = _writer.AcceptAsync([input], CancellationToken.None);
        }

        _lanes.Settle(lane, message.Broadcast is null ? (result as SendResult.Postponed)?.Next : null);
        Leave(message, outcome);
        CallForMore();
    }

    /// <summary>What a refusal says about the chat goes down the one path, like everything else that happens.</summary>
    private static Input? FollowingInput(OutboxMessage message, SendOutcome outcome) => outcome switch
    {
        SendOutcome.Blocked => new Input.Blocked($"blocked:{message.Id.Value}", message.Address),
        SendOutcome.Migrated migrated => new Input.Migrated($"migrated:{message.Id.Value}", message.Address, migrated.To),
        _ => null,
    };

    private void Note(Lane lane, OutboxMessage message, SendOutcome outcome)
    {
        switch (outcome)
        {
            case SendOutcome.Sent:
                _refused = null;
                break;
            case SendOutcome.RetryAfter retry:
                _lanes.Pause(lane, retry.Wait);
                _log.LogInformation("Told to wait {Seconds} s with chat {Chat}", retry.Wait.TotalSeconds, message.Chat.Value);
                break;
            case SendOutcome.Unauthorized unauthorized:
                _lanes.PauseAll(Refusal);
                if (_refused is null)
                {
                    _log.LogError("The channel {Channel} refuses the bot: {Reason}", message.Address.Channel, unauthorized.Reason);
                }

                _refused = unauthorized.Reason;
                break;
            case SendOutcome.Rejected rejected:
                _log.LogWarning("Message {Message} ({Template}) is refused: {Reason}", message.Id.Value, message.Template, rejected.Reason);
                break;
            case SendOutcome.Unknown unknown:
                _log.LogWarning("Message {Message} may have arrived or not: {Reason}", message.Id.Value, unknown.Reason);
                break;
        }
    }
}
