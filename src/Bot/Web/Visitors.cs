using System.Collections.Immutable;
using System.Net;

namespace Bot.Web;

/// <summary>Where a request comes from: the peer, or what a proxy of ours says of it.</summary>
internal sealed class Visitors(ImmutableArray<IPNetwork> proxies)
{
    private const int PrivatePart = 8;

    /// <summary>The visitor's address; of IPv6 the first half, for the rest is theirs to choose.</summary>
    public IPAddress AddressOf(HttpContext context)
    {
        var address = Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);
        var forwarded = context.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries);

        // From the right: each proxy adds the peer that it saw, and what stands further left may be made up.
        for (var i = forwarded.Length - 1; i >= 0 && IsProxy(address) && IPAddress.TryParse(forwarded[i], out var before); i--)
        {
            address = Plain(before);
        }

        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrivatePart).Clear();
        return new IPAddress(bytes);
    }

    private bool IsProxy(IPAddress address) => proxies.Any(proxy => proxy.Contains(address));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
