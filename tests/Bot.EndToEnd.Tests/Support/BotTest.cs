using Bot.FakeTelegram;
using Bot.FakeTelegram.Chats;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>A test with a Bot API server, a folder and the bots that it starts. At its end nothing may have broken Telegram's rules.</summary>
public abstract class BotTest : IAsyncLifetime
{
    private readonly List<BotProcess> _bots = [];
    private BotFolder? _folder;

    protected FakeTelegramServer Server { get; private set; } = null!;

    internal BotFolder Folder => _folder!;

    internal Database Database => Folder.Database;

    /// <summary>What every bot of this test is started with.</summary>
    internal Dictionary<string, string> Settings { get; private set; } = [];

    public virtual async ValueTask InitializeAsync()
    {
        Server = await FakeTelegramServer.StartAsync();
        _folder = new BotFolder();
        Settings = SettingsFor(Folder);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var bot in _bots)
            await bot.DisposeAsync();
        await Server.DisposeAsync();
        _folder?.Dispose();
        Assert.Empty(Server.Violations);
        Assert.Equal(0, Server.Bot().Conflicts);
    }

    internal Dictionary<string, string> SettingsFor(BotFolder folder) => new()
    {
        ["Telegram:Token"] = FakeTelegramServer.DefaultToken,
        ["Telegram:ApiUrl"] = Server.Url.ToString(),
        ["Dialogs:Path"] = PublishedBot.Dialogs,
        ["Storage:ConnectionString"] = $"Data Source={folder.Database.Path}",
        ["Demo:Enabled"] = "false",
        ["Alarms:DiskPercent"] = "0",
        ["Alarms:DiskMegabytes"] = "0",
        ["Web:Url"] = folder.Url.ToString(),
    };

    protected FakeChat Chat(long id) => Server.Chat(id);

    /// <summary>Starts a bot and waits until it is ready.</summary>
    internal async Task<BotProcess> RunAsync()
    {
        var bot = await StartAsync(Folder, Settings, "run");
        await bot.ReadyAsync();
        return bot;
    }

    /// <summary>Runs a command to its end.</summary>
    internal async Task<(int Exit, string Output, string Errors)> CommandAsync(params string[] arguments)
    {
        var bot = await StartAsync(Folder, Settings, arguments);
        var exit = await bot.ExitAsync();
        return (exit, string.Join('\n', bot.Output), string.Join('\n', bot.Errors));
    }

    internal async Task<BotProcess> StartAsync(BotFolder folder, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var bot = await BotProcess.StartAsync(folder, settings, arguments);
        lock (_bots)
            _bots.Add(bot);
        return bot;
    }
}
