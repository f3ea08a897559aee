using System.Text.Json;

namespace Bot.Demo;

/// <summary>Where the clock is to go: on by so much, or with nothing to the next moment at which something is due.</summary>
internal sealed record MoveOrder(TimeSpan? By)
{
    /// <summary>What to send, for whoever sent something else.</summary>
    public const string Form = """Send {"advance":"P1D"} (PT15M, P7D: more than nothing, at most P400D, no months or years) or {"to":"next"}.""";

    private const int MaxLength = 1_024;

    /// <summary>Reads the body of a request; <see langword="null"/> if it is none.</summary>
    public static async Task<MoveOrder?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is not (> 0 and <= MaxLength))
        {
            return null;
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted).ConfigureAwait(false);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Of([.. json.RootElement.EnumerateObject()]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MoveOrder? Of(JsonProperty[] properties) => properties is [{ Value: { ValueKind: JsonValueKind.String } value } only]
        ? only.Name switch
        {
            "advance" => Duration.Read(value.GetString()!) is { } by ? new MoveOrder(by) : null,
            "to" when value.ValueEquals("next") => new MoveOrder(By: null),
            _ => null,
        }
        : null;
}
