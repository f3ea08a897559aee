namespace Bot.Storage.Backups;

/// <summary>Writes a backup file: the header at once, then what is written to it in chunks. <see cref="Finish"/> makes it whole.</summary>
internal sealed class EncryptingStream : Stream
{
    private readonly Stream _file;
    private readonly Chunks _chunks;
    private readonly byte[] _plain = new byte[Chunks.Size];
    private readonly byte[] _sealed = new byte[Chunks.Size + Chunks.TagLength];
    private int _filled;

    public EncryptingStream(Stream file, BackupHeader header)
    {
        _file = file;
        _chunks = new Chunks(header);
        file.Write(header.Bytes);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // A full chunk is written only once more comes: the last one is written by Finish.
            if (_filled == Chunks.Size)
            {
                WriteChunk(isLast: false);
            }

            var part = Math.Min(buffer.Length, Chunks.Size - _filled);
            buffer[..part].CopyTo(_plain.AsSpan(_filled));
            _filled += part;
            buffer = buffer[part..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes the last chunk. A stream disposed without it leaves a file that cannot be restored.</summary>
    public void Finish() => WriteChunk(isLast: true);

    public override void Flush()
    {
        // Only whole chunks can be written.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _chunks.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteChunk(bool isLast)
    {
        var chunk = _sealed.AsSpan(0, _filled + Chunks.TagLength);
        _chunks.Encrypt(_plain.AsSpan(0, _filled), chunk, isLast);
        _file.Write(chunk);
        _filled = 0;
    }
}
