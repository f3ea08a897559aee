using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bot.Telegram.Calls;

/// <summary>A call's parameters as JSON in a pooled buffer.</summary>
internal sealed class JsonBody : RequestBody, IBufferWriter<byte>
{
    private const int UsualSize = 1024;
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // Plain Cyrillic instead of \u escapes: a third of the bytes. The reader is Telegram, not a browser.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(UsualSize);
    private int _length;

    private JsonBody() => Headers.ContentType = Json;

    /// <summary>Writes one JSON object; <paramref name="write"/> puts in its members.</summary>
    public static JsonBody Of<TArguments>(TArguments arguments, Action<Utf8JsonWriter, TArguments> write)
    {
        var body = new JsonBody();
        using var writer = new Utf8JsonWriter(body, Options);
        writer.WriteStartObject();
        write(writer, arguments);
        writer.WriteEndObject();
        writer.Flush();
        return body;
    }

    /// <summary>
    /// Gives the buffer back. Only for a call that was answered: after a failure the connection might still read from it,
    /// and it is left to the garbage collector.
    /// </summary>
    public void Recycle()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(_length);
    }

    protected override Task WriteAsync(Stream stream, CancellationToken cancellationToken) =>
        stream.WriteAsync(_bytes.AsMemory(0, _length), cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    private void Grow(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 1);
        if (needed <= _bytes.Length)
            return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
