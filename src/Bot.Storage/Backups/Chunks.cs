using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Bot.Storage.Backups;

/// <summary>
/// The chunks of a backup: each 64 KiB of plain text (the last one 0 to 64 KiB) under AES-256-GCM, then its tag of 16 bytes. The nonce is
/// the chunk's number (8 bytes, big-endian), three zeros, and 1 for the last chunk or 0. So chunks cannot be dropped, swapped or
/// added, and a file cut short has no last chunk.
/// </summary>
internal sealed class Chunks(BackupHeader header) : IDisposable
{
    public const int Size = 64 * 1024;
    public const int TagLength = 16;

    private readonly AesGcm _cipher = new(header.Key, TagLength);
    private readonly byte[] _nonce = new byte[12];
    private long _number;

    public void Encrypt(ReadOnlySpan<byte> plain, Span<byte> sealedChunk, bool isLast)
    {
        NextNonce(isLast);
        _cipher.Encrypt(_nonce, plain, sealedChunk[..plain.Length], sealedChunk[plain.Length..], header.Bytes);
    }

    public void Decrypt(ReadOnlySpan<byte> sealedChunk, Span<byte> plain, bool isLast)
    {
        NextNonce(isLast);
        try
        {
            _cipher.Decrypt(_nonce, sealedChunk[..^TagLength], sealedChunk[^TagLength..], plain, header.Bytes);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new StoreRefusedException("This backup is damaged or was cut short: take another one.", e);
        }
    }

    public void Dispose() => _cipher.Dispose();

    private void NextNonce(bool isLast)
    {
        BinaryPrimitives.WriteInt64BigEndian(_nonce, _number++);
        _nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
