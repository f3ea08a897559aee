using System.Net;
using System.Net.Sockets;
using Bot.Core.Webhooks;

namespace Bot.Configuration;

/// <summary>Where events are posted to. No fault repeats the address or the secret: both may give something away.</summary>
internal sealed partial class OptionsReader
{
    private const string HowToMakeASecret = "make one with \"openssl rand -base64 32\" and write whsec_ before it.";

    private static readonly IPNetwork[] Private =
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10")];

    private WebhookOptions ReadWebhooks()
    {
        var events = Each("Webhooks:Events", text => EventFilter.IsName(text) ? text : null,
            "an event's name such as purchase, or the beginning of some such as booking.*");
        var text = Text("Webhooks:Secret", "");
        var secret = WebhookSecret.Read(text);
        if (text.Length > 0 && secret is null)
        {
            _faults.Add($"Webhooks:Secret: is not whsec_ and the Base64 of 24 to 64 bytes; {HowToMakeASecret}");
        }

        var url = ReadWebhookUrl();
        if (url is not null && text.Length == 0)
        {
            _faults.Add($"Webhooks:Secret: missing; the receiver knows by it that events are from this bot: {HowToMakeASecret}");
        }

        return new WebhookOptions(url, secret, events.IsEmpty ? EventFilter.All : new EventFilter(events));
    }

    private Uri? ReadWebhookUrl()
    {
        var text = Text("Webhooks:Url", "");
        if (text.Length == 0)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            _faults.Add("Webhooks:Url: is not an address such as https://crm.example.com/bot.");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            _faults.Add("Webhooks:Url: a name and password in the address are not sent; the receiver knows the bot by the signature.");
        }

        if (url.Scheme == "http" && !IsNear(url))
        {
            _faults.Add("Webhooks:Url: over http everybody on the way can read along; use https. http is for this machine and its own network: "
                + "127.0.0.1, 192.168.0.10, or the name of another container.");
        }

        return url;
    }

    /// <summary>This machine, a private address, or a name without a dot, which only a network of one's own resolves.</summary>
    private static bool IsNear(Uri url) => url.IsLoopback || url.HostNameType switch
    {
        UriHostNameType.Dns => !url.Host.Contains('.', StringComparison.Ordinal),
        _ => IPAddress.TryParse(url.DnsSafeHost, out var address) && Private.Any(network => network.Contains(
            address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)),
    };
}
