using System.Text.Json;

namespace Bot.FakeTelegram.Chats;

/// <summary>One request that a bot made, and what came of it.</summary>
/// <param name="At">Since the server's start.</param>
/// <param name="Text">The text or caption as the customer sees it, without markup.</param>
/// <param name="Status">The HTTP status of the answer, also of one that was lost.</param>
/// <param name="MessageId">The message that was sent or edited.</param>
/// <param name="File">The bytes of the file that came with it.</param>
public sealed record LoggedCall(TimeSpan At, string Method, JsonElement Parameters, string Text, int Status, long? MessageId, string? FileName, Faults.FaultKind? Fault,
    byte[]? File = null)
{
    /// <summary>The server did what was asked, whether or not the bot heard of it.</summary>
    public bool IsDone => Status == 200;

    /// <summary>The customer sees a new message.</summary>
    public bool IsMessage => IsDone && MessageId is not null
        && ((Method.StartsWith("send", StringComparison.Ordinal) && Method != "sendChatAction") || Method == "copyMessage");

    /// <summary>The labels of the message's buttons and of the keyboard that it brings.</summary>
    public IReadOnlyList<string> Labels => [.. Buttons.Select(static button => button.GetProperty("text").GetString()!)];

    internal IEnumerable<JsonElement> Buttons => ButtonsOf(Parameters);

    internal static IEnumerable<JsonElement> ButtonsOf(JsonElement parameters)
    {
        if (!parameters.TryGetProperty("reply_markup", out var markup) || markup.ValueKind != JsonValueKind.Object)
            return [];

        return markup.TryGetProperty("inline_keyboard", out var rows) || markup.TryGetProperty("keyboard", out rows)
            ? rows.EnumerateArray().SelectMany(static row => row.EnumerateArray())
            : [];
    }
}
