using System.Net;
using System.Security.Cryptography;
using System.Text;
using Bot.Storage;
using Bot.Storage.Web;
using Bot.Writing;
using Microsoft.AspNetCore.WebUtilities;

namespace Bot.Web;

/// <summary>
/// Who a browser is: a secret in a cookie, of which the database has the hash alone. The page asks for one by a script, so that what
/// only fetches pages leaves no rows.
/// </summary>
internal sealed class Sessions(Store store, Writer writer, Origins origins, Visitors visitors, TimeProvider clock)
{
    private const string Cookie = "chat";
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int NewAMinute = 10;

    /// <summary>As long as what was said is kept.</summary>
    private static readonly TimeSpan CookieKept = TimeSpan.FromDays(90);

    private readonly TokenBuckets<IPAddress> _new = new(NewAMinute, NewAMinute / 60.0, clock);

    /// <summary>The session of the request's cookie.</summary>
    public WebSessionId? Find(HttpRequest request) =>
        request.Cookies[Cookie] is { Length: SecretLength } secret ? store.Web.FindSession(Hash(secret)) : null;

    /// <summary>POST /chat/session: finds or makes the session and renews its cookie; tells whether it is a new one.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!origins.Allow(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var known = Find(context.Request);
        if (known is null && _new.Take(visitors.AddressOf(context)) is var wait && wait > TimeSpan.Zero)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return;
        }

        var secret = known is null ? WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes)) : context.Request.Cookies[Cookie]!;
        await writer.StepAsync(transaction =>
        {
            if (known is { } session)
            {
                transaction.Web.Touch(session, clock.GetUtcNow());
            }
            else
            {
                transaction.Web.AddSession(Hash(secret), clock.GetUtcNow());
            }

            return true;
        }, context.RequestAborted).ConfigureAwait(false);

        context.Response.Cookies.Append(Cookie, secret, OptionsFor(context.Request));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(known is null ? """{"new":true}""" : """{"new":false}""").ConfigureAwait(false);
    }

    private static CookieOptions OptionsFor(HttpRequest request)
    {
        var isSecure = Origins.IsSecure(request);

        // Inside another site's page browsers send only what asks for it, and keep it apart for each such site.
        var isApart = isSecure && request.Query["framed"] == "1";
        var options = new CookieOptions
        {
            Path = "/chat",
            HttpOnly = true,
            Secure = isSecure,
            SameSite = isApart ? SameSiteMode.None : SameSiteMode.Lax,
            MaxAge = CookieKept,
        };
        if (isApart)
        {
            options.Extensions.Add("Partitioned");
        }

        return options;
    }

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
