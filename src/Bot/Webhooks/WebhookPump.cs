using Bot.Configuration;
using Bot.Core.Webhooks;
using Bot.Operations;
using Bot.Storage;
using Bot.Storage.Webhooks;
using Bot.Writing;

namespace Bot.Webhooks;

/// <summary>
/// Tells the business's own systems what happened: looks once a second which events came since the last one it looked at, writes down which of
/// them are to be told, and posts them until they are taken or given up. What is done stands in the database alone, so that it can be cut off
/// at any point: an event is told at least once. Customers' turns do not know of it. By the real clock.
/// </summary>
internal sealed class WebhookPump : IDisposable
{
    /// <summary>How often it looks for events.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Rows that one batch step writes.</summary>
    private const int Page = 300;

    /// <summary>So many of those that are due are looked through for ones that may go now.</summary>
    private const int Ahead = 32;

    private const string NeverTried = "waited too long";

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cutOff = new();
    private readonly Dictionary<Task<WebhookAnswer?>, WaitingWebhook> _underWay = [];
    private readonly EventFilter _filter;
    private readonly WebhookClient _client;
    private readonly Store _store;
    private readonly Writer _writer;
    private readonly TimeProvider _clock;
    private readonly Metrics _metrics;
    private readonly ILogger<WebhookPump> _log;
    private WebhookCursor _cursor;
    private Receiver _receiver = Receiver.Unknown;
    private Task _tick = Task.CompletedTask;
    private Task _work = Task.CompletedTask;

    private WebhookPump(WebhookOptions options, WebhookCursor cursor, HttpMessageHandler handler, Store store, Writer writer, TimeProvider clock,
        Metrics metrics, ILogger<WebhookPump> log)
    {
        (_filter, _cursor, _store, _writer, _clock, _metrics, _log) = (options.Events, cursor, store, writer, clock, metrics, log);
        _client = new WebhookClient(options, handler, clock);
        metrics.Observe(store.Webhooks.State);
    }

    /// <summary>
    /// The pump, or <see langword="null"/> where webhooks are off; that they were is noted, so that not all of what happened meanwhile is told one day.
    /// To be called before the writer starts.
    /// </summary>
    /// <param name="handler">Made if it is needed.</param>
    public static WebhookPump? Open(WebhookOptions options, Func<HttpMessageHandler> handler, Store store, Writer writer, TimeProvider clock, Metrics metrics,
        ILogger<WebhookPump> log)
    {
        var before = WebhookCursor.Read(store.ReadMeta(Store.WebhookCursor));
        var isOn = options.Url is not null;
        var cursor = isOn ? WebhookCursor.Begin(before, store.Webhooks.LatestEvent(), clock.GetUtcNow()) : before is null ? null : before with { IsOff = true };
        if (cursor != before)
        {
            using var transaction = store.Begin();
            transaction.SetMeta(Store.WebhookCursor, $"{cursor}");
            if (isOn && before is { IsOff: true })
            {
                transaction.Webhooks.Rest(clock.GetUtcNow());
            }

            transaction.Commit();
        }

        return isOn ? new WebhookPump(options, cursor!, handler(), store, writer, clock, metrics, log) : null;
    }

    public void Start()
    {
        _log.LogInformation("Webhooks are on: {Events}", _filter.Names.IsEmpty ? "all events" : string.Join(", ", _filter.Names));
        _work = Task.Run(LoopAsync);
    }

    /// <summary>Begins no more tries; those on their way have as long as that. What becomes of the others is not known, so they are made again.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _cutOff.CancelAfter(patience);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Looks for events and makes the tries that may be made now; completes when there are none left and none on their way.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
            Send();
            if (_underWay.Count == 0)
            {
                return;
            }

            _tick = _tick.IsCompleted ? Task.Delay(Interval, _clock, cancellationToken) : _tick;
            await Task.WhenAny([.. _underWay.Keys, _tick]).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await WriteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _cutOff.Dispose();
        _client.Dispose();
    }

    private async Task LoopAsync()
    {
        var hasFailed = false;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await RunAsync(_stopping.Token).ConfigureAwait(false);
                hasFailed = false;
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                // Said once, not every second until it is over.
                if (!hasFailed)
                {
                    _log.LogError(exception, "Webhooks cannot go on; it is tried every second");
                }

                hasFailed = true;
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(Interval, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        while (_underWay.Count > 0)
        {
            await Task.WhenAny(_underWay.Keys).ConfigureAwait(false);
            await WriteAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Writes down what is to be told of all that happened since.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        while (_store.Webhooks.EventsAfter(_cursor.Event, Page) is { IsEmpty: false } events)
        {
            var (cursor, now) = (_cursor with { Event = events[^1].Id }, _clock.GetUtcNow());
            await _writer.StepAsync(transaction =>
            {
                transaction.Webhooks.Add(events.Where(one => _filter.Fits(one.Event)).Select(one => one.Id), now);
                transaction.SetMeta(Store.WebhookCursor, cursor.ToString());
                return true;
            }, cancellationToken).ConfigureAwait(false);
            _cursor = cursor;
        }
    }

    private void Send()
    {
        var now = _clock.GetUtcNow();
        var room = _receiver.Room(_underWay.Count, now);
        foreach (var waiting in room == 0 ? [] : _store.Webhooks.Due(now, Ahead))
        {
            // What happened to one customer is told one after another, so that it arrives in its order.
            if (room > 0 && _underWay.Values.All(other => other.Profile != waiting.Profile))
            {
                _underWay.Add(TryAsync(waiting), waiting);
                room--;
            }
        }
    }

    /// <summary>What the receiver answered, or <see langword="null"/> if the try was cut off.</summary>
    private async Task<WebhookAnswer?> TryAsync(WaitingWebhook waiting)
    {
        try
        {
            return await _client.PostAsync(_store.Webhooks.Find(waiting.Event), _cutOff.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_cutOff.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (exception is not StoreException)
        {
            // A fault of the program: this event must not stop the others.
            _log.LogError(exception, "Event {Event} cannot be told", waiting.Event);
            return new WebhookAnswer(null, exception.GetType().Name);
        }
    }

    /// <summary>Writes what came of the tries that ended, all of them together.</summary>
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var ended = _underWay.Where(one => one.Key.IsCompleted).ToList();
        ended.ForEach(one => _underWay.Remove(one.Key));
        var now = _clock.GetUtcNow();
        var results = new List<(WaitingWebhook Webhook, WebhookAnswer Answer, WebhookFate Fate)>();
        foreach (var (task, webhook) in ended.Where(one => one.Key.IsCompletedSuccessfully))
        {
            if (await task.ConfigureAwait(false) is { } answer)
            {
                results.Add((webhook, answer, WebhookRetries.After(answer, webhook.Event, webhook.Attempts + 1, webhook.Since, now)));
                Note(webhook.Event, answer, now);
            }
        }

        if (results.Count > 0)
        {
            var givenUp = await _writer.StepAsync(transaction => Write(transaction, results, now), cancellationToken).ConfigureAwait(false);
            Tell(results, givenUp);
        }

        // What could not even be read is tried again with all else.
        await Task.WhenAll(ended.Select(one => one.Key)).ConfigureAwait(false);
    }

    /// <summary>Answers how many were given up that nobody tried just now.</summary>
    private int Write(WriteTransaction transaction, List<(WaitingWebhook Webhook, WebhookAnswer Answer, WebhookFate Fate)> results, DateTimeOffset now)
    {
        foreach (var (webhook, answer, fate) in results)
        {
            transaction.Webhooks.Complete(webhook.Event, webhook.Attempts + 1, answer, fate, now);
        }

        return _receiver.IsWell ? 0 : transaction.Webhooks.GiveUp(now - WebhookRetries.GivenUpAfter, NeverTried, Page, now);
    }

    private void Note(long @event, WebhookAnswer answer, DateTimeOffset now)
    {
        var before = _receiver;
        _receiver = before.After(answer, now);
        switch (before.Failures, _receiver.Failures)
        {
            case (0, > 0):
                _log.LogWarning("Event {Event} is not taken by the receiver of webhooks ({Answer}); it is tried again, and the others wait", @event, answer.ToString());
                break;
            case ( > 0, 0):
                _log.LogInformation("The receiver of webhooks takes events again");
                break;
        }
    }

    private void Tell(List<(WaitingWebhook Webhook, WebhookAnswer Answer, WebhookFate Fate)> results, int givenUp)
    {
        foreach (var (webhook, answer, fate) in results)
        {
            _metrics.Webhook(answer.IsTaken);
            if (fate is WebhookFate.Dead)
            {
                _log.LogWarning("Event {Event} is given up after {Attempts} tries ({Answer}); see /webhooks", webhook.Event, webhook.Attempts + 1, answer.ToString());
            }
        }

        if (givenUp > 0)
        {
            _log.LogWarning("{Count} more events have waited for too long and are given up; see /webhooks", givenUp);
        }
    }
}
