using System.Net;
using Bot.Web;

namespace Bot.Demo;

/// <summary>
/// Who may use the demo: a browser on this machine that has the bot's own page open, or a program on this machine. Not a visitor whom a
/// proxy here brings, and not another page that this browser has open, under whatever name it reaches us.
/// </summary>
internal static class DemoAccess
{
    private static readonly Origins Own = new([]);

    /// <summary>Whether the request comes from this machine and is made to it by its own name.</summary>
    public static bool IsFromHere(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
        && (request.Host.Host == "localhost" || (IPAddress.TryParse(request.Host.Host, out var host) && IPAddress.IsLoopback(host)))
        && !request.Headers.ContainsKey("X-Forwarded-For") && !request.Headers.ContainsKey("Forwarded");

    /// <summary>Browsers say nothing of an origin when a page reads from its own server.</summary>
    public static bool MayRead(HttpRequest request) =>
        IsFromHere(request)
        && (request.Headers.Origin.Count == 0 || Own.Allow(request))
        && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";

    /// <summary>Browsers always name the origin of what changes something.</summary>
    public static bool MayChange(HttpRequest request) => IsFromHere(request) && Own.Allow(request);
}
