using System.Collections.Immutable;

namespace Bot.Web;

/// <summary>Which pages may use the chat: its own, and those of the business that the owner named.</summary>
internal sealed class Origins(ImmutableArray<string> allowed)
{
    /// <summary>For the policy of the page: who may frame it.</summary>
    public string FrameAncestors => allowed.IsEmpty ? "'none'" : string.Join(' ', allowed);

    /// <summary>Whether the browser says that a page of ours or an allowed one asks. Browsers always say so of what changes something.</summary>
    public bool Allow(HttpRequest request) => Of(request) is { } origin
        && (string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || allowed.Contains(Text(origin), StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether the browser's own connection is encrypted, whatever a proxy made of it.</summary>
    public static bool IsSecure(HttpRequest request) => Of(request)?.Scheme == Uri.UriSchemeHttps;

    /// <summary>An address as browsers write an origin, or <see langword="null"/> if it is more or less than that.</summary>
    public static string? Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? Text(address)
            : null;

    private static Uri? Of(HttpRequest request) => Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin) ? origin : null;

    private static string Text(Uri origin) => $"{origin.Scheme}://{origin.IdnHost}{(origin.IsDefaultPort ? "" : $":{origin.Port}")}";
}
