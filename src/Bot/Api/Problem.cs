using System.Globalization;
using System.Text.Json;

namespace Bot.Api;

/// <summary>Why something is not done, and what to do; as RFC 9457 has it.</summary>
/// <param name="Type">What went wrong, for programs; the same for ever.</param>
/// <param name="Title">What went wrong, for people; the same each time.</param>
/// <param name="Detail">What was wrong this time, and what to do.</param>
internal sealed record Problem(int Status, string Type, string Title, string Detail)
{
    private const string Prefix = "urn:bot:";

    /// <summary>The property, parameter or header that is at fault.</summary>
    public string? Field { get; init; }

    /// <summary>A number that helps to ask better, by its name.</summary>
    public (string Name, decimal Value)? Number { get; init; }

    /// <summary>When to ask again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Problem Invalid(string field, string detail) =>
        new(StatusCodes.Status400BadRequest, "invalid-value", "A value cannot be taken", detail) { Field = field };

    public static Problem Unknown(string what, string? field, string detail) =>
        new(StatusCodes.Status404NotFound, $"unknown-{what}", $"There is no such {what}", detail) { Field = field };

    public static Problem Conflict(string type, string title, string detail) => new(StatusCodes.Status409Conflict, type, title, detail);

    public static Problem Unauthorized() => new(StatusCodes.Status401Unauthorized, "unauthorized", "A key is needed",
        "Send Authorization: Bearer <key>, with a key of Web:ApiKey.");

    public static Problem TooMany(TimeSpan wait) => new(StatusCodes.Status429TooManyRequests, "too-many-requests", "That was too fast",
        "Wait as long as Retry-After says, then go on.")
    { RetryAfter = wait };

    public static Problem Unavailable() => new(StatusCodes.Status503ServiceUnavailable, "unavailable", "The bot cannot write at the moment",
        "It may be done yet. Send the same again later, with the same Idempotency-Key or id: it is done once.")
    { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <param name="id">Under which the log says more.</param>
    public static Problem Failed(string id) => new(StatusCodes.Status500InternalServerError, "failed", "The bot failed at this",
        $"It is a fault of the bot's. Its log says more under {id}; what could not be handled is listed by bot aside.");

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("type", Prefix + Type);
        json.WriteString("title", Title);
        json.WriteNumber("status", Status);
        json.WriteString("detail", Detail);
        if (Field is not null)
        {
            json.WriteString("field", Field);
        }

        if (Number is { } number)
        {
            json.WriteNumber(number.Name, number.Value);
        }
    }

    /// <summary>What stands in the headers beside it.</summary>
    public void Write(IHeaderDictionary headers)
    {
        if (RetryAfter is { } wait)
        {
            headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Bearer";
        }
    }
}
