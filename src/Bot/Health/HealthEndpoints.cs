using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bot.Health;

/// <summary><c>/health/live</c>: the process runs. <c>/health/ready</c>: it does its work, else 503 with the reasons.</summary>
internal static class HealthEndpoints
{
    /// <summary>People read it too; nothing in it comes from outside.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapHealth(this IEndpointRouteBuilder endpoints, Readiness readiness)
    {
        endpoints.MapGet("/health/live", context => WriteAsync(context, []));
        endpoints.MapGet("/health/ready", context => WriteAsync(context, readiness.Reasons()));
    }

    private static async Task WriteAsync(HttpContext context, IReadOnlyList<string> reasons)
    {
        context.Response.StatusCode = reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Plain);
        json.WriteStartObject();
        json.WriteString("status", reasons.Count == 0 ? "ok" : "unavailable");
        json.WriteStartArray("reasons");
        foreach (var reason in reasons)
        {
            json.WriteStringValue(reason);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
