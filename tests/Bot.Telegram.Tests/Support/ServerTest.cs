using Bot.FakeTelegram;
using Bot.Telegram.Calls;
using Bot.Telegram.Sending;

namespace Bot.Telegram.Tests.Support;

/// <summary>A test with a server and a channel to it.</summary>
public abstract class ServerTest : IAsyncLifetime
{
    private BotApi? _api;

    internal LogList Log { get; } = new();

    internal MemoryFileIds FileIds { get; } = new();

    /// <summary>The content's files by name.</summary>
    internal Dictionary<string, ContentFile> Files { get; } = [];

    protected FakeTelegramServer Server { get; private set; } = null!;

    internal BotApi Api => _api!;

    internal TelegramChannel Channel { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await FakeTelegramServer.StartAsync();
        Connect(Some.Options(Server));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _api?.Dispose();
        await Server.DisposeAsync();
    }

    internal void Connect(BotApiOptions options)
    {
        _api?.Dispose();
        _api = new BotApi(options);
        Channel = ChannelTo(_api);
    }

    internal TelegramChannel ChannelTo(BotApi api) => new(api, FileIds, name => Files.GetValueOrDefault(name), Log.For<TelegramChannel>());

    internal void AddFile(string name, byte[] bytes) =>
        Files[name] = new ContentFile(name, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), () => new MemoryStream(bytes));
}
