using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bot.FakeTelegram.Api;

/// <summary>Rules that are not in the table of types: lengths, markup, keyboards, commands.</summary>
internal static partial class Rules
{
    private const int LongestText = 4096;
    private const int LongestCaption = 1024;
    private const int MostButtons = 100;
    private const int MostInRow = 8;

    /// <summary>What Telegram would say against this call, or <see langword="null"/>.</summary>
    public static string? FaultOf(ApiCall call)
    {
        var fields = ApiTable.Current.FieldsOf(call.Method);
        if (fields is null)
            return "method not found";
        return ApiTable.Current.FaultOfFields(fields, call.Parameters, "", call.Files.ContainsKey)
            ?? call.Files.Keys.Select(name => fields.TryGetValue(name, out var field) && field.Types.Contains("InputFile") ? null : $"{name}: no file expected")
                .FirstOrDefault(static fault => fault is not null)
            ?? FaultOfParseMode(call)
            ?? FaultOfText(call)
            ?? (call.Element("reply_markup") is { } markup ? FaultOfMarkup(call, markup) : null)
            ?? FaultOfOthers(call);
    }

    /// <summary>The text or caption as the customer sees it.</summary>
    public static (string Text, string? Fault) Shown(ApiCall call)
    {
        var raw = call.Text("text") ?? call.Text("caption") ?? "";
        return call.Text("parse_mode") == "HTML" ? HtmlText.Parse(raw) : (raw, null);
    }

    private static string? FaultOfParseMode(ApiCall call) =>
        call.Text("parse_mode") is null or "HTML" or "MarkdownV2" or "Markdown" ? null : "unsupported parse_mode";

    private static string? FaultOfText(ApiCall call)
    {
        if (call.Method == "answerCallbackQuery")
            return call.Text("text") is { Length: > 200 } ? "MESSAGE_TOO_LONG" : null;

        var (text, fault) = Shown(call);
        if (fault is not null)
            return fault;
        if (call.Method is "sendMessage" or "editMessageText")
        {
            if (string.IsNullOrWhiteSpace(text))
                return "message text is empty";
            if (text.Length > LongestText)
                return "message is too long";
        }

        return call.Text("caption") is not null && text.Length > LongestCaption ? "message caption is too long" : null;
    }

    private static string? FaultOfMarkup(ApiCall call, JsonElement markup)
    {
        if (markup.TryGetProperty("inline_keyboard", out var rows))
            return FaultOfSize(rows) ?? Buttons(rows).Select(FaultOfInlineButton).FirstOrDefault(static fault => fault is not null);
        if (call.Method.StartsWith("edit", StringComparison.Ordinal))
            return "inline keyboard expected";
        if (!markup.TryGetProperty("keyboard", out var keyboard))
            return null;

        var asksContact = Buttons(keyboard).Any(static button => button.TryGetProperty("request_contact", out var asks) && asks.ValueKind == JsonValueKind.True);
        if (asksContact && call.ChatId < 0)
            return "phone number can be requested in private chats only";
        return FaultOfSize(keyboard) ?? Buttons(keyboard).Select(FaultOfLabel).FirstOrDefault(static fault => fault is not null);
    }

    private static string? FaultOfInlineButton(JsonElement button)
    {
        var actions = button.EnumerateObject().Count(static field => field.Name is not ("text" or "style" or "icon_custom_emoji_id"));
        if (actions != 1)
            return "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard";
        if (button.TryGetProperty("callback_data", out var data) && Encoding.UTF8.GetByteCount(data.GetString()!) is < 1 or > 64)
            return "BUTTON_DATA_INVALID";
        if (button.TryGetProperty("url", out var url) && !IsAllowedUrl(url.GetString()!))
            return $"inline keyboard button URL '{url.GetString()}' is invalid: Wrong HTTP URL";
        return FaultOfLabel(button);
    }

    private static string? FaultOfLabel(JsonElement button) =>
        string.IsNullOrWhiteSpace(button.GetProperty("text").GetString()) ? "can't parse keyboard button: Text must be non-empty" : null;

    private static string? FaultOfSize(JsonElement rows) =>
        Buttons(rows).Count() > MostButtons || rows.EnumerateArray().Any(static row => row.GetArrayLength() is 0 or > MostInRow)
            ? "reply markup is too long"
            : null;

    private static IEnumerable<JsonElement> Buttons(JsonElement rows) =>
        rows.EnumerateArray().SelectMany(static row => row.EnumerateArray());

    private static bool IsAllowedUrl(string url) =>
        url.StartsWith("tg://", StringComparison.Ordinal)
        || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Contains('.', StringComparison.Ordinal));

    private static string? FaultOfOthers(ApiCall call) => call.Method switch
    {
        "setMyCommands" => call.Element("commands")!.Value.EnumerateArray().Any(static command =>
                !CommandName().IsMatch(command.GetProperty("command").GetString()!)
                || command.GetProperty("description").GetString()!.Length is < 1 or > 256)
            ? "BOT_COMMAND_INVALID"
            : null,
        "createForumTopic" when call.Text("name")!.Length is < 1 or > 128 => "TOPIC_NAME_INVALID",
        "setWebhook" when call.Text("secret_token") is { } secret && !Secret().IsMatch(secret) => "secret token contains unallowed characters",
        "setWebhook" when call.Long("max_connections") is < 1 or > 100 => "max_connections must be between 1 and 100",
        "getUpdates" when call.Long("limit") is < 1 or > 100 => "limit must be between 1 and 100",
        "getUpdates" when call.Long("timeout") is < 0 or > 50 => "timeout must be at most 50",
        _ => null,
    };

    [GeneratedRegex("^[a-z0-9_]{1,32}$")]
    private static partial Regex CommandName();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,256}$")]
    private static partial Regex Secret();
}
