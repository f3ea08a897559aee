using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bot.Web;

/// <summary>What the page says to the bot.</summary>
internal abstract partial record ClientFrame
{
    private ClientFrame()
    {
    }

    /// <summary>The first of a connection.</summary>
    /// <param name="After">The last line of the log that the page has, 0 for none.</param>
    /// <param name="Language">The browser's, an IETF tag in lower case.</param>
    public sealed record Hello(long After, string? Language) : ClientFrame;

    /// <summary>The customer wrote this. The page makes the id and repeats it until it is acknowledged.</summary>
    public sealed record Said(string Id, string Text) : ClientFrame;

    /// <summary>The customer pressed this button of that line of the log.</summary>
    public sealed record Pressed(string Id, long Message, string Data) : ClientFrame;

    /// <summary>Whether we are there.</summary>
    public sealed record Ping : ClientFrame;

    /// <summary>What a frame says, or <see langword="null"/> if it is none that our page would send.</summary>
    public static ClientFrame? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var frame = document.RootElement;
            return TextOf(frame, "type") switch
            {
                "hello" when Whole(frame, "after") is { } after => new Hello(after, LanguageOf(TextOf(frame, "language"))),
                "message" when IdOf(frame) is { } id && TextOf(frame, "text") is { } text => new Said(id, text),
                "press" when IdOf(frame) is { } id && Whole(frame, "message") is { } message && TextOf(frame, "data") is { } data
                    => new Pressed(id, message, data),
                "ping" => new Ping(),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, not an object, or half a character.
            return null;
        }
    }

    private static string? TextOf(JsonElement frame, string name) =>
        frame.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Whole(JsonElement frame, string name) =>
        long.TryParse(TextOf(frame, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? IdOf(JsonElement frame) => TextOf(frame, "id") is { } id && IdPattern().IsMatch(id) ? id : null;

    private static string? LanguageOf(string? tag) => tag is not null && LanguagePattern().IsMatch(tag) ? tag.ToLowerInvariant() : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,40}\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9-]{2,35}\z")]
    private static partial Regex LanguagePattern();
}
