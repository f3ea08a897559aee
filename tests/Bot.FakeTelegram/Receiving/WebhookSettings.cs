using Bot.FakeTelegram.Api;

namespace Bot.FakeTelegram.Receiving;

/// <summary>setWebhook, deleteWebhook and getWebhookInfo.</summary>
internal static class WebhookSettings
{
    public static async Task<ApiAnswer> SetAsync(FakeBot bot, ApiCall call, TimeSpan firstRetry)
    {
        var url = call.Text("url") ?? "";
        if (call.Element("drop_pending_updates")?.ValueKind == System.Text.Json.JsonValueKind.True)
            bot.Queue.Clear();
        if (call.Element("allowed_updates") is { } kinds)
            bot.AllowedUpdates = [.. kinds.EnumerateArray().Select(static kind => kind.GetString()!)];
        await RemoveAsync(bot).ConfigureAwait(false);
        if (url.Length == 0)
            return ApiAnswer.True;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback))
            return ApiAnswer.BadRequest("bad webhook: An HTTPS URL must be provided for webhook");

        bot.WebhookUrl = url;
        bot.Webhook = new WebhookPusher(bot.Queue, uri, call.Text("secret_token"), (int)(call.Long("max_connections") ?? 40), firstRetry);
        return ApiAnswer.True;
    }

    public static async Task<ApiAnswer> DeleteAsync(FakeBot bot, ApiCall call)
    {
        if (call.Element("drop_pending_updates")?.ValueKind == System.Text.Json.JsonValueKind.True)
            bot.Queue.Clear();
        await RemoveAsync(bot).ConfigureAwait(false);
        return ApiAnswer.True;
    }

    public static ApiAnswer Info(FakeBot bot) => ApiAnswer.Result(json =>
    {
        json.WriteStartObject();
        json.WriteString("url"u8, bot.WebhookUrl ?? "");
        json.WriteBoolean("has_custom_certificate"u8, false);
        json.WriteNumber("pending_update_count"u8, bot.Pending);
        if (bot.Webhook?.LastError is { } error)
            json.WriteString("last_error_message"u8, error);
        json.WriteEndObject();
    });

    public static async Task RemoveAsync(FakeBot bot)
    {
        bot.WebhookUrl = null;
        if (bot.Webhook is { } webhook)
        {
            bot.Webhook = null;
            await webhook.DisposeAsync().ConfigureAwait(false);
        }
    }
}
