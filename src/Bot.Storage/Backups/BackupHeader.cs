using System.Security.Cryptography;
using System.Text;

namespace Bot.Storage.Backups;

/// <summary>
/// The beginning of a backup file, and the key that comes of it and the password:
/// <code>
/// 8 bytes   "BOTBKUP" and the version, 1
/// 16 bytes  salt
/// 16 bytes  check: tells a wrong password from a damaged file
/// then      chunks (see <see cref="EncryptingStream"/>) of a gzipped tar with bot.db and dialogs/
/// </code>
/// The master key is PBKDF2-SHA256 of the password (UTF-8) and salt with 600,000 rounds; the chunks' key and the check are
/// HKDF-SHA256 of it, for "key" and "check".
/// </summary>
internal sealed class BackupHeader
{
    public const int Length = MagicLength + SaltLength + CheckLength;
    private const int MagicLength = 8;
    private const int SaltLength = 16;
    private const int CheckLength = 16;

    // OWASP's figure for PBKDF2-HMAC-SHA256.
    private const int Rounds = 600_000;

    private BackupHeader(byte[] bytes, byte[] key) => (Bytes, Key) = (bytes, key);

    /// <summary>As it stands in the file. Every chunk is bound to it.</summary>
    public byte[] Bytes { get; }

    /// <summary>For AES-256-GCM; of this file alone, for the salt is.</summary>
    public byte[] Key { get; }

    private static ReadOnlySpan<byte> Magic => "BOTBKUP\x01"u8;

    public static BackupHeader New(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var (key, check) = Derive(password, salt);
        return new BackupHeader([.. Magic, .. salt, .. check], key);
    }

    public static BackupHeader Read(Stream file, string password)
    {
        var bytes = new byte[Length];
        if (file.ReadAtLeast(bytes, Length, throwOnEndOfStream: false) < Length || !bytes.AsSpan().StartsWith(Magic[..^1]))
        {
            throw new StoreRefusedException("This file is not a backup of a bot.");
        }

        if (bytes[MagicLength - 1] != Magic[^1])
        {
            throw new StoreRefusedException("This backup was made by a newer bot: restore it with that version.");
        }

        var (key, check) = Derive(password, bytes.AsSpan(MagicLength, SaltLength));
        return CryptographicOperations.FixedTimeEquals(check, bytes.AsSpan(MagicLength + SaltLength))
            ? new BackupHeader(bytes, key)
            : throw new StoreRefusedException("The password does not fit this backup.");
    }

    private static (byte[] Key, byte[] Check) Derive(string password, ReadOnlySpan<byte> salt)
    {
        var master = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Rounds, HashAlgorithmName.SHA256, 32);
        return (HKDF.Expand(HashAlgorithmName.SHA256, master, 32, "key"u8.ToArray()),
            HKDF.Expand(HashAlgorithmName.SHA256, master, CheckLength, "check"u8.ToArray()));
    }
}
