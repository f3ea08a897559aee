using System.Globalization;

namespace Bot.Benchmarks.Ceiling;

/// <summary>What the ceiling says: the lead magnet in English, told from the update alone.</summary>
internal sealed class CeilingAnswers(CeilingApi api, string file) : IDisposable
{
    private static readonly object Remove = new { remove_keyboard = true };
    private readonly SemaphoreSlim _uploading = new(1);
    private volatile string? _fileId;

    public async Task HandleAsync(Update update)
    {
        try
        {
            await (update switch
            {
                { CallbackQuery: { } press } => PressedAsync(press),
                { Message: { Text: "/start guide-x" } message } => SayAsync(message.Chat.Id,
                    "Hello, this is Clean Home. Just two short questions.\nTo keep your contact I need your consent to process personal data: https://example.com/privacy",
                    Buttons("I agree", "Not now")),
                { Message: { Text: { } text } message } when text.Contains('@', StringComparison.Ordinal) => GiveAsync(message.Chat.Id, "Ann"),
                { Message: { Text: { } name } message } => SayAsync(message.Chat.Id,
                    $"{name}, leave your phone number below, or type your email.", ContactKeyboard()),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
        }
    }

    public void Dispose() => _uploading.Dispose();

    private Task PressedAsync(Press press) => Task.WhenAll(
        api.CallAsync<bool>("answerCallbackQuery", new { callback_query_id = press.Id }),
        api.CallAsync<Message>("editMessageReplyMarkup", new { chat_id = press.Message.Chat.Id, message_id = press.Message.MessageId }),
        press.Data == "I agree"
            ? SayAsync(press.Message.Chat.Id, "What is your name?", Buttons("Ann"))
            : SayAsync(press.Message.Chat.Id, "Thank you! If you change your mind, send /stop.", Remove));

    private async Task GiveAsync(long chat, string name)
    {
        await SendFileAsync(chat, $"Here it is, {name}. Have a look inside.").ConfigureAwait(false);
        await SayAsync(chat, "May I send you tips and offers? Twice a week at most.", Buttons("Please do", "No thanks")).ConfigureAwait(false);
    }

    private async Task SendFileAsync(long chat, string caption)
    {
        if (_fileId is null)
        {
            await _uploading.WaitAsync().ConfigureAwait(false);
            try
            {
                if (_fileId is null)
                {
                    _fileId = await UploadAsync(chat, caption).ConfigureAwait(false);
                    return;
                }
            }
            finally
            {
                _uploading.Release();
            }
        }

        await api.CallAsync<Message>("sendDocument", new { chat_id = chat, document = _fileId, caption, parse_mode = "HTML", reply_markup = Remove })
            .ConfigureAwait(false);
    }

    private async Task<string> UploadAsync(long chat, string caption)
    {
        await using var stream = File.OpenRead(file);
        using var document = new StreamContent(stream);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(chat.ToString(CultureInfo.InvariantCulture)), "chat_id" },
            { new StringContent(caption), "caption" },
            { document, "document", Path.GetFileName(file) },
        };
        return (await api.UploadAsync<Message>("sendDocument", form).ConfigureAwait(false)).Document!.FileId;
    }

    private Task<Message> SayAsync(long chat, string text, object keyboard) =>
        api.CallAsync<Message>("sendMessage", new { chat_id = chat, text, parse_mode = "HTML", reply_markup = keyboard });

    private static object Buttons(params string[] labels) =>
        new { inline_keyboard = labels.Select(label => new[] { new { text = label, callback_data = label } }) };

    private static object ContactKeyboard() => new
    {
        keyboard = new object[] { new[] { new { text = "Share my number", request_contact = true } }, new[] { new { text = "Back" } } },
        resize_keyboard = true,
        one_time_keyboard = true,
    };
}
