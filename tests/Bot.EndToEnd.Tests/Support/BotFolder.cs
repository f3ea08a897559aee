using System.Net;
using System.Net.Sockets;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>A folder of its own in which a bot runs.</summary>
internal sealed class BotFolder : IDisposable
{
    private static int _lastPort = Environment.ProcessId;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bot-e2e-");

    public BotFolder()
    {
        Url = new Uri($"http://127.0.0.1:{FreePort()}");
        Database = new Database(In("data/bot.db"));
    }

    public string Path => _folder.FullName;

    /// <summary>Where the bot of this folder listens.</summary>
    public Uri Url { get; }

    public Database Database { get; }

    /// <summary>A path in this folder.</summary>
    public string In(string path) => System.IO.Path.Combine(_folder.FullName, path);

    /// <summary>Writes a file and the folders above it.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), text);
    }

    /// <summary>Copies the product's dialogs here, to be changed; answers where.</summary>
    public string CopyDialogs(string to = "dialogs")
    {
        foreach (var file in Directory.EnumerateFiles(PublishedBot.Dialogs, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(In(to), System.IO.Path.GetRelativePath(PublishedBot.Dialogs, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return In(to);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Below the range from which the system takes ports for outgoing connections: one of those must not take ours between two starts.
    private static int FreePort()
    {
        while (true)
        {
            var port = 12_000 + (Interlocked.Increment(ref _lastPort) % 16_000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one.
            }
        }
    }
}
