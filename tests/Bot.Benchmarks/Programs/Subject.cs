using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Bot.FakeTelegram;

namespace Bot.Benchmarks.Programs;

/// <summary>A program to be measured.</summary>
internal abstract record Subject(string Name)
{
    /// <summary>Starts it against a Bot API server, by polling or by webhook, with its data in a folder.</summary>
    public abstract RunningProgram Start(Uri api, bool webhook, string folder, int port);

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The product, published as it is shipped.</summary>
internal sealed record PublishedBot(Candidate Candidate) : Subject(Candidate.Name)
{
    public override RunningProgram Start(Uri api, bool webhook, string folder, int port)
    {
        var web = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        var start = new ProcessStartInfo(Path.Combine(Candidate.Folder, "bot"), ["run"])
        {
            WorkingDirectory = folder,
            Environment =
            {
                ["Telegram__Token"] = FakeTelegramServer.DefaultToken,
                ["Telegram__ApiUrl"] = api.ToString(),
                ["Telegram__Mode"] = webhook ? "webhook" : "polling",
                ["Telegram__WebhookUrl"] = $"{web}/telegram",
                ["Dialogs__Path"] = Path.Combine(Repository.Root, "dialogs"),
                ["Web__Url"] = web,
            },
        };
        foreach (var (key, value) in Candidate.Environment)
            start.Environment[key] = value;
        return new RunningProgram(start);
    }
}

/// <summary>A bot that makes the same calls and keeps nothing.</summary>
internal sealed record CeilingProgram() : Subject("ceiling")
{
    public override RunningProgram Start(Uri api, bool webhook, string folder, int port) => new(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, "Bot.Benchmarks"),
        ["ceiling", $"{api}bot{FakeTelegramServer.DefaultToken}/", webhook ? port.ToString(CultureInfo.InvariantCulture) : "0",
            Path.Combine(Repository.Root, "dialogs", "files", "7-stains.pdf")])
    {
        WorkingDirectory = folder,
    });
}
