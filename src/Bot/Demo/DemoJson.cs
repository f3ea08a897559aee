using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Core.Messages;
using Bot.Core.Timers;
using Bot.Storage.Admin;

namespace Bot.Demo;

/// <summary>What the demo answers, as JSON.</summary>
internal static class DemoJson
{
    /// <summary>People read it too; browsers take it as JSON alone.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The time, and what waits for which moment.</summary>
    /// <param name="next">The next moment at which something is due.</param>
    public static Task WriteClockAsync(HttpResponse response, DateTimeOffset now, TimeZoneInfo zone, DateTimeOffset? next, ImmutableArray<Timer> waits) =>
        WriteAsync(response, json =>
        {
            json.WriteString("now", now.UtcDateTime);
            json.WriteString("zone", zone.Id);
            json.WriteString("local", Local(now, zone, "yyyy-MM-dd HH:mm"));
            WriteMoment(json, "next", next);
            json.WriteStartArray("waits");
            foreach (var timer in waits)
            {
                json.WriteStartObject();
                json.WriteString("what", What(timer.Cause));
                json.WriteString("until", timer.Due.UtcDateTime);
                json.WriteString("why", timer.Waits is { } reason ? Why(reason, timer.Due, zone) : null);
                json.WriteString("reason", timer.Waits?.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    public static Task WriteAdminAsync(HttpResponse response, ImmutableArray<AdminLine> lines) => WriteAsync(response, json =>
    {
        json.WriteStartArray("lines");
        foreach (var line in lines)
        {
            json.WriteStartObject();

            // As a text: it does not fit into a browser's numbers.
            json.WriteString("id", line.Id.ToString(CultureInfo.InvariantCulture));
            json.WriteString("news", (line.Changed ?? line.Id).ToString(CultureInfo.InvariantCulture));
            json.WriteString("at", line.At.UtcDateTime);
            json.WriteString("html", line.Body.Html);
            WriteButtons(json, line.Body.Keyboard as Keyboard.Inline);
            if (line.Body.Attachment is { } attachment)
            {
                json.WriteString("file", Attachment.NameOfList(attachment.File) ?? attachment.File);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Why it is not done, and what to do.</summary>
    public static Task WriteErrorAsync(HttpResponse response, int status, string error)
    {
        response.StatusCode = status;
        return WriteAsync(response, json => json.WriteString("error", error));
    }

    private static void WriteButtons(Utf8JsonWriter json, Keyboard.Inline? keyboard)
    {
        json.WriteStartArray("buttons");
        foreach (var button in keyboard?.Rows.SelectMany(row => row) ?? [])
        {
            json.WriteStartObject();
            json.WriteString("label", button.Label);
            json.WriteString("press", button.Data);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string What(TimerCause cause) => cause switch
    {
        TimerCause.SequenceStep step => $"{step.Sequence}/{step.Step}",
        TimerCause.Automation automation => $"automation/{automation.Name}",
        TimerCause.Timeout timeout => $"{timeout.Dialog}/timeout",
        TimerCause.Silence silence => $"{silence.Dialog}/silence",
        TimerCause.Points => "points",
        TimerCause.Talk => "talk/end",
        TimerCause.Erasure => "erasure",
        TimerCause.Case @case => $"case/{@case.Kind}",
        _ => throw new UnreachableException(),
    };

    private static string Why(WaitReason reason, DateTimeOffset until, TimeZoneInfo zone) => reason switch
    {
        WaitReason.QuietHours => $"quiet hours until {Local(until, zone, "HH:mm")}",
        WaitReason.Cap => "enough messages for now",
        WaitReason.Talking => "a person is talking with the customer",
        WaitReason.Busy => "the customer is in another conversation",
    };

    private static string Local(DateTimeOffset at, TimeZoneInfo zone, string format) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(format, CultureInfo.InvariantCulture);

    private static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } moment)
        {
            json.WriteString(name, moment.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static async Task WriteAsync(HttpResponse response, Action<Utf8JsonWriter> properties)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter, Plain);
        json.WriteStartObject();
        properties(json);
        json.WriteEndObject();
    }
}
