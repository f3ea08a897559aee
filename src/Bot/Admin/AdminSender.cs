using Bot.Channels;
using Bot.Core.Chats;
using Bot.Core.Dialogs;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Turns;
using Bot.Storage;
using Bot.Storage.Admin;
using Bot.Writing;

namespace Bot.Admin;

/// <summary>
/// Brings the lines of the admin chat to Telegram: in order, one at a time, each at least once. Without a claimed chat they wait. They are no
/// customer's messages: they have no profile, chat or consent, so they are not in the outbox.
/// </summary>
internal sealed class AdminSender : IDisposable
{
    private const int Page = 50;

    /// <summary>How soon a chat that cannot be written to is tried again.</summary>
    private static readonly TimeSpan Closed = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _news = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Store _store;
    private readonly Writer _writer;
    private readonly TelegramLink _telegram;
    private readonly AdminTopics _topics;
    private readonly Func<Content> _content;
    private readonly RateLimits _limits;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _business;
    private readonly ILogger<AdminSender> _log;
    private readonly long _started;
    private Task _work = Task.CompletedTask;
    private (long Chat, Content Content)? _introduced;
    private bool _isClosed;

    public AdminSender(Store store, Writer writer, TelegramLink telegram, Func<Content> content, RateLimitOptions limits, TimeProvider clock,
        TimeProvider business, ILogger<AdminSender> log)
    {
        (_store, _writer, _telegram, _content, _clock, _business, _log) = (store, writer, telegram, content, clock, business, log);
        _topics = new AdminTopics(store, writer, telegram, content, clock, business, log);
        (_limits, _started) = (new RateLimits(limits), clock.GetTimestamp());
        writer.Committed += committed =>
        {
            if (committed.HasAdminLines)
            {
                Wake();
            }
        };
    }

    public void Start() => _work = Task.Run(RunAsync);

    /// <summary>Begins no line any more; one that is on its way is waited for. What waits goes after the next start.</summary>
    public async Task StopAsync(TimeSpan time)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _abort.CancelAfter(time);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Says something at once, past what waits and without the database: for when nothing can be written. Tried once.</summary>
    public async Task SayNowAsync(Body body)
    {
        if (_store.Admin.Chat is { } chat && chat.Bot == _telegram.Bot)
        {
            var message = new OutboxMessage(default, default, default, chat, MessageKind.Reply, "admin", "admin/now", body);
            await _telegram.Channel.SendAsync(message, _stopping.Token).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _news.Dispose();
        _stopping.Dispose();
        _abort.Dispose();
    }

    private void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await _news.WaitAsync(_stopping.Token).ConfigureAwait(false);
            try
            {
                await SendAllAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                _log.LogError(exception, "The admin chat cannot be served; it is tried again in a minute");
                await Task.Delay(Closed, _clock, _stopping.Token).ConfigureAwait(false);
                Wake();
            }
        }
    }

    private async Task SendAllAsync()
    {
        while (_store.Admin.Chat is { } chat && chat.Bot == _telegram.Bot)
        {
            if (_introduced is not { } introduced || introduced.Chat != chat.Address || !ReferenceEquals(introduced.Content, _content()))
            {
                _introduced = (chat.Address, _content());
                await _telegram.SetAdminCommandsAsync(chat.Address, _stopping.Token).ConfigureAwait(false);
            }

            var lines = _store.Admin.Unsent(0, Page);
            if (lines.IsEmpty)
            {
                return;
            }

            foreach (var line in lines)
            {
                await SendAsync(chat, line).ConfigureAwait(false);
                if (_store.Admin.Chat != chat)
                {
                    // It moved, or another one was claimed.
                    break;
                }
            }
        }
    }

    /// <summary>Sends a line. What the customer said at length is several messages, of which the last is the one to answer.</summary>
    private async Task SendAsync(ChatAddress chat, AdminLine line)
    {
        for (var isNew = true; ; isNew = false)
        {
            var thread = line is { Chat: not null, Profile: { } profile } ? await _topics.OfAsync(chat, profile, _stopping.Token).ConfigureAwait(false) : null;
            var (body, place) = AdminPost.Of(line, thread, chat, _store.Talks);
            SendResult.Finished? finished = null;
            foreach (var part in body.Copy is null ? Html.Split(body.Html, Html.MaxText) : [body.Html])
            {
                // No profile and no chat of ours: what the channel needs is the address and the body.
                finished = await SendAsync(chat, line, new OutboxMessage(new OutboxId(line.Id), default, default, chat, MessageKind.Reply, "admin",
                    "admin/line", body with { Html = part })
                { Place = place }).ConfigureAwait(false);
                if (finished is not { Status: DeliveryStatus.Sent })
                {
                    break;
                }
            }

            if (finished is null)
            {
                return;
            }

            if (isNew && finished is { Status: DeliveryStatus.Failed, Reason: { } reason } && thread is not null && AdminTopics.IsGone(reason))
            {
                await _topics.ForgetAsync(chat, line.Profile!.Value).ConfigureAwait(false);
                continue;
            }

            await FinishAsync(chat, line, finished).ConfigureAwait(false);
            return;
        }
    }

    /// <summary>Sends one message until it has come to something; <see langword="null"/> if the admin chat is another one now.</summary>
    private async Task<SendResult.Finished?> SendAsync(ChatAddress chat, AdminLine line, OutboxMessage message)
    {
        while (true)
        {
            _stopping.Token.ThrowIfCancellationRequested();
            while (_limits.Take(message.Address, MessageKind.Reply, _clock.GetElapsedTime(_started)) is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _clock, _stopping.Token).ConfigureAwait(false);
            }

            var outcome = await _telegram.Channel.SendAsync(message, _abort.Token).ConfigureAwait(false);
            if (outcome is SendOutcome.Blocked blocked)
            {
                await WaitOutAsync(blocked.Reason).ConfigureAwait(false);
                if (_store.Admin.Chat != chat)
                {
                    return null;
                }

                continue;
            }

            switch (SendRules.After(message, outcome, _clock.GetUtcNow()))
            {
                case SendResult.Finished finished:
                    return finished;
                case SendResult.Postponed { Next: var next }:
                    if (next.Address != chat)
                    {
                        await MoveAsync(chat, next.Address).ConfigureAwait(false);
                        return null;
                    }

                    message = next;
                    if (next.NotBefore - _clock.GetUtcNow() is { } pause && pause > TimeSpan.Zero)
                    {
                        await Task.Delay(pause, _clock, _stopping.Token).ConfigureAwait(false);
                    }

                    break;
            }
        }
    }

    /// <summary>The bot was removed or blocked. The line stays: the chat may be mended, or another one set.</summary>
    private async Task WaitOutAsync(string reason)
    {
        if (!_isClosed)
        {
            _log.LogError("The admin chat cannot be written to ({Reason}): bring the bot back into it, or set Admin:ChatId to another one", reason);
        }

        _isClosed = true;
        await Task.Delay(Closed, _clock, _stopping.Token).ConfigureAwait(false);
    }

    private async Task FinishAsync(ChatAddress chat, AdminLine line, SendResult.Finished finished)
    {
        var isSent = finished.Status == DeliveryStatus.Sent;
        if (isSent)
        {
            _isClosed = false;
        }
        else
        {
            _log.LogWarning("Line {Line} of the admin chat is given up: {Reason}", line.Id, finished.Reason);
        }

        await _writer.StepAsync(transaction =>
        {
            // The message that an edit changes is known by the line that it changes.
            transaction.Admin.Finish(line.Id, chat, line.IsEdit ? null : finished.MessageId, isSent ? null : finished.Reason ?? "", _business.GetUtcNow());
            if (!isSent && line is { Chat: { } customer, Profile: { } profile, Body.Copy: not null })
            {
                // What the customer said and staff do not see: at least they hear of it, with its words.
                var html = new AdminTexts(_content(), _business.GetUtcNow()).Html(Phrase.AdminTalkUncopied, ("reason", AdminTexts.Text(finished.Reason ?? "?")));
                transaction.Admin.Relay(profile, customer, new Effect.Relay(new Body($"{html}\n{line.Body.Html}")), _business.GetUtcNow());
            }

            return true;
        }, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task MoveAsync(ChatAddress from, ChatAddress to) => await _writer.StepAsync(transaction =>
    {
        // Unless it was told of the move in the meantime.
        if (transaction.Staff.Chat == from)
        {
            transaction.Staff.SetChat(to);
        }

        return true;
    }, CancellationToken.None).ConfigureAwait(false);
}
