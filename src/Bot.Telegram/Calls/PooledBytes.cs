using System.Buffers;

namespace Bot.Telegram.Calls;

/// <summary>A whole body, read into a pooled buffer. Dispose once, when nothing of it is used any more.</summary>
internal struct PooledBytes : IDisposable
{
    private byte[] _bytes;
    private int _length;

    public readonly ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>Reads to the end, or answers <see langword="null"/> if there is more than <paramref name="limit"/>.</summary>
    /// <param name="expected">The announced length, if known.</param>
    public static async ValueTask<PooledBytes?> ReadAsync(Stream stream, long? expected, int limit, CancellationToken cancellationToken)
    {
        if (expected > limit)
            return null;

        var bytes = ArrayPool<byte>.Shared.Rent((int)(expected ?? 4095) + 1);
        var length = 0;
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    var whole = new PooledBytes { _bytes = bytes, _length = length };
                    bytes = null;
                    return whole;
                }

                length += read;
                if (length > limit)
                    return null;
                if (length == bytes.Length)
                    Double(ref bytes);
            }
        }
        finally
        {
            if (bytes is not null)
                ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private static void Double(ref byte[] bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
        bytes.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
