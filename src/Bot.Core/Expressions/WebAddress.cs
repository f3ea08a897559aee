namespace Bot.Core.Expressions;

/// <summary>Addresses that may be sent to customers.</summary>
internal static class WebAddress
{
    /// <summary>http or https, with a name that Telegram accepts in a button: it refuses those without a dot.</summary>
    public static bool IsValid(string address) =>
        (address.StartsWith("https://", StringComparison.Ordinal) || address.StartsWith("http://", StringComparison.Ordinal))
        && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '<' or '>')
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Host.Contains('.', StringComparison.Ordinal);
}
