namespace Bot.Storage.Backups;

/// <summary>Reads what <see cref="EncryptingStream"/> wrote, after its header. Nothing comes out that was not authenticated.</summary>
internal sealed class DecryptingStream(Stream file, BackupHeader header) : Stream
{
    private readonly Chunks _chunks = new(header);
    private readonly byte[] _plain = new byte[Chunks.Size];

    // One byte more than a chunk: whether there is one tells the last chunk from the others.
    private readonly byte[] _sealed = new byte[Chunks.Size + Chunks.TagLength + 1];
    private int _carried;
    private int _start;
    private int _end;
    private bool _isLast;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_start == _end && !_isLast)
        {
            ReadChunk();
        }

        var part = Math.Min(buffer.Length, _end - _start);
        _plain.AsSpan(_start, part).CopyTo(buffer);
        _start += part;
        return part;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _chunks.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadChunk()
    {
        var length = _carried + file.ReadAtLeast(_sealed.AsSpan(_carried), _sealed.Length - _carried, throwOnEndOfStream: false);
        _isLast = length < _sealed.Length;
        var chunk = _sealed.AsSpan(0, _isLast ? length : length - 1);
        if (chunk.Length < Chunks.TagLength)
        {
            throw new StoreRefusedException("This backup is damaged or was cut short: take another one.");
        }

        (_start, _end) = (0, chunk.Length - Chunks.TagLength);
        _chunks.Decrypt(chunk, _plain.AsSpan(0, _end), _isLast);
        _sealed[0] = _sealed[^1];
        _carried = 1;
    }
}
