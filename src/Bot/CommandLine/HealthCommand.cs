using System.CommandLine;
using System.Net;

namespace Bot.CommandLine;

/// <summary><c>bot health</c>: asks the running bot whether it does its work; for a container's health check.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        var command = new Command("health", "Ask the bot that runs here whether it does its work; exit 0 if it does.");
        command.SetAction(async (parsed, cancellationToken) => Setup.ReadOptions(parsed) is { } options
            ? await AskAsync(options.WebUrl, cancellationToken).ConfigureAwait(false)
            : Commands.Failed);
        return command;
    }

    private static async Task<int> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        // "Listen everywhere" is no address to call.
        var address = new UriBuilder(url) { Path = "health/ready" };
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
        {
            address.Host = "127.0.0.1";
        }

        using var http = new HttpClient { Timeout = Timeout };
        try
        {
            using var answer = await http.GetAsync(address.Uri, cancellationToken).ConfigureAwait(false);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            return answer.IsSuccessStatusCode ? Commands.Done : Commands.Failed;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"No bot answers at {address.Uri}.");
            return Commands.Failed;
        }
    }
}
