using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bot.Api;

/// <summary>What a program is answered.</summary>
/// <param name="Body">Writes the properties of the one object that it is.</param>
internal sealed record Answer(int Status, Action<Utf8JsonWriter> Body)
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The problem, if that is what it is.</summary>
    public Problem? Problem { get; private init; }

    public static implicit operator Answer(Problem problem) => new(problem.Status, problem.Write) { Problem = problem };

    private ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The answer with its body made: what can fail about it fails here.</summary>
    public Answer Made()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            Body(json);
            json.WriteEndObject();
        }

        return this with { Bytes = buffer.WrittenMemory };
    }

    /// <summary>Sends what <see cref="Made"/> made.</summary>
    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        Problem?.Write(response.Headers);
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentType = Problem is null ? Json : ProblemJson;
        response.ContentLength = Bytes.Length;
        await response.Body.WriteAsync(Bytes, cancellationToken).ConfigureAwait(false);
    }
}
