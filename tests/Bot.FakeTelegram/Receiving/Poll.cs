using Bot.FakeTelegram.Api;

namespace Bot.FakeTelegram.Receiving;

/// <summary>getUpdates: holds the request until there is something, and lets only one poller be.</summary>
internal sealed class Poll
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _current;

    public async Task<ApiAnswer> RunAsync(FakeBot bot, ApiCall call, TimeProvider time, Action<string> violation, CancellationToken aborted)
    {
        if (bot.WebhookUrl is not null)
            return ApiAnswer.Error(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
        if (call.Element("allowed_updates") is { } kinds)
            bot.AllowedUpdates = [.. kinds.EnumerateArray().Select(static kind => kind.GetString()!)];
        if (!bot.Queue.Confirm(call.Long("offset") ?? 0))
            violation("getUpdates: the offset confirms updates that were never given");

        using var replaced = new CancellationTokenSource();
        CancellationTokenSource? earlier;
        lock (_gate)
        {
            earlier = _current;
            _current = replaced;
        }

        if (earlier is not null)
            await earlier.CancelAsync().ConfigureAwait(false);
        try
        {
            var answer = await WaitAsync(bot, call, time, replaced.Token, aborted).ConfigureAwait(false);
            if (replaced.IsCancellationRequested && !aborted.IsCancellationRequested)
                bot.CountConflict();
            return answer;
        }
        finally
        {
            lock (_gate)
            {
                if (_current == replaced)
                    _current = null;
            }
        }
    }

    private static async Task<ApiAnswer> WaitAsync(FakeBot bot, ApiCall call, TimeProvider time, CancellationToken replaced, CancellationToken aborted)
    {
        var limit = (int)(call.Long("limit") ?? 100);
        var (updates, arrived) = bot.Queue.Peek(limit);
        var timeout = TimeSpan.FromSeconds(call.Long("timeout") ?? 0);
        if (updates.Length == 0 && timeout > TimeSpan.Zero)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(replaced, aborted);
            try
            {
                await arrived.WaitAsync(timeout, time, either.Token).ConfigureAwait(false);
                (updates, _) = bot.Queue.Peek(limit);
            }
            catch (TimeoutException)
            {
                // A quiet time: an empty list.
            }
            catch (OperationCanceledException)
            {
                return ApiAnswer.Error(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
            }
        }

        return ApiAnswer.Result(json =>
        {
            json.WriteStartArray();
            foreach (var update in updates)
                json.WriteRawValue(update.Json, skipInputValidation: true);
            json.WriteEndArray();
        });
    }
}
