using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Bot.Configuration;

namespace Bot.Api;

/// <summary>Who may ask: whoever shows one of the keys. They are compared by their hashes, so that how long it takes tells nothing of them.</summary>
internal sealed class ApiKeys(ApiOptions options)
{
    private const string Scheme = "Bearer";

    private readonly ImmutableArray<byte[]> _hashes = [.. options.KeyHashes.Select(Convert.FromHexString)];

    /// <summary>What tells the program with this key from others, and its key to nobody.</summary>
    public string HashOf(int number) => options.KeyHashes[number - 1];

    /// <summary>The number of the key that the request shows, from 1; <see langword="null"/> if it shows none that is right.</summary>
    public int? NumberOf(HttpRequest request)
    {
        var shown = request.Headers.Authorization is [{ } header] && AuthenticationHeaderValue.TryParse(header, out var parsed)
            && parsed.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
                ? parsed.Parameter
                : null;
        if (shown is null)
        {
            return null;
        }

        // All of them, whether or not one was right before.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(shown));
        int? number = null;
        for (var i = 0; i < _hashes.Length; i++)
        {
            number = CryptographicOperations.FixedTimeEquals(hash, _hashes[i]) ? i + 1 : number;
        }

        return number;
    }
}
