using System.Security.Cryptography;
using System.Text.Json;
using Bot.Core.Chats;
using Bot.Core.Inputs;

namespace Bot.Demo;

/// <summary>What the owner typed or pressed in the page's admin chat; one of the two.</summary>
internal sealed record AdminOrder(string? Text, string? Press)
{
    /// <summary>What to send, for whoever sent something else.</summary>
    public const string Form = """Send {"text":"/help"} or {"press":"s.card.1"}, at most 4096 characters; or a list as text/csv, at most 20 MB.""";

    private const int MaxLength = 20_000;
    private const int MaxText = 4_096;

    private static readonly ChatAddress Chat = new(ChatAddress.Demo, 0, 0);

    /// <summary>Reads the body of a request; <see langword="null"/> if it is none.</summary>
    public static async Task<AdminOrder?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is not (> 0 and <= MaxLength))
        {
            return null;
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted).ConfigureAwait(false);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.EnumerateObject().ToList() is [{ Value.ValueKind: JsonValueKind.String } only]
                && only.Value.GetString() is { Length: > 0 and <= MaxText } value
                ? only.Name switch
                {
                    "text" => new AdminOrder(value, null),
                    "press" => new AdminOrder(null, value),
                    _ => null,
                }
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No JSON, or half of a surrogate pair in it.
            return null;
        }
    }

    public Input ToInput()
    {
        var key = $"demo-admin:{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        var owner = new Person("", null, 0);
        return Text is { } text
            ? new Input.StaffMessage(key, Chat, owner, text)
            : new Input.StaffPress(key, Chat, owner, Press!, key, 0);
    }
}
