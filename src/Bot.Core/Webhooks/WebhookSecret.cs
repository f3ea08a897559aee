using System.Security.Cryptography;
using System.Text;

namespace Bot.Core.Webhooks;

/// <summary>
/// What the bot and the receiver of its webhooks both know, and the signature made with it, as
/// <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a> says.
/// </summary>
public sealed class WebhookSecret
{
    /// <summary>What a secret begins with; Base64 follows.</summary>
    public const string Prefix = "whsec_";

    private const int LeastBytes = 24;
    private const int MostBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>The secret of <c>whsec_</c> and the Base64 of 24 to 64 bytes, or <see langword="null"/> if the text is none.</summary>
    public static WebhookSecret? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> key = stackalloc byte[MostBytes + 1];
        return text.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[Prefix.Length..], key, out var length)
            && length is >= LeastBytes and <= MostBytes
            ? new WebhookSecret(key[..length].ToArray())
            : null;
    }

    /// <summary>The header <c>webhook-signature</c>: <c>v1,</c> and the Base64 of HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
    /// <param name="timestamp">Seconds since 1970 UTC, as in <c>webhook-timestamp</c>.</param>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(_key, signed))}";
    }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Prefix}...";
}
