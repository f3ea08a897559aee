using System.Collections.Immutable;
using System.Security.Cryptography;
using Bot.Configuration;
using Bot.Contents;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Storage;
using Bot.Storage.Lists;
using Bot.Telegram.Calls;
using Bot.Telegram.Receiving;
using Bot.Telegram.Sending;
using Bot.Telegram.Setup;
using Bot.Writing;

namespace Bot.Channels;

/// <summary>Everything between this bot and Telegram: the channel that sends, and the receiver that brings updates to the writer.</summary>
internal sealed class TelegramLink : IDisposable
{
    private readonly TelegramOptions _options;
    private readonly Func<Content> _content;
    private readonly Writer _writer;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _logs;
    private readonly BotApi _api;
    private readonly string _secret;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _news = new(1, 1);
    private Task _receiving = Task.CompletedTask;

    public TelegramLink(TelegramOptions options, LiveContent content, ContentFolder folder, Store store, Writer writer, TimeProvider clock,
        ILoggerFactory logs)
    {
        (_options, _content, _writer, _clock, _logs) = (options, () => content.Now, writer, clock, logs);
        _api = new BotApi(new BotApiOptions(options.Token) { ApiUrl = options.ApiUrl, Timeout = options.Timeout });
        _secret = options.WebhookSecret.Length > 0 ? options.WebhookSecret : RandomNumberGenerator.GetHexString(64, lowercase: true);
        Channel = new TelegramChannel(_api, new FileIdMemory(_api.Bot, store, writer), name => Open(content.Now, folder, store.Lists, name),
            logs.CreateLogger<TelegramChannel>());
        Forum = new Forum(_api);
        content.Replaced += OnReplaced;
    }

    public TelegramState State { get; } = new();

    public TelegramChannel Channel { get; }

    /// <summary>The topics of groups.</summary>
    public Forum Forum { get; }

    /// <summary>Maps the webhook, in webhook mode.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        if (_options.Mode == ReceiveMode.Webhook)
        {
            endpoints.MapTelegramWebhook(new Webhook(_api.Bot, _secret, _writer.AcceptAsync, _logs.CreateLogger<Webhook>(), _stopping.Token));
        }
    }

    /// <summary>Begins to receive; introduces the bot meanwhile.</summary>
    public void Start() => _receiving = Task.WhenAll(IntroduceAsync(), ReceiveAsync());

    /// <summary>Takes nothing in any more; what was taken is committed by the writer.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _news.Dispose();
        _api.Dispose();
    }

    /// <summary>The bot's own id, by which chats are told from those of another bot.</summary>
    public long Bot => _api.Bot;

    /// <summary>Fetches a file that somebody sent to the bot.</summary>
    public Task<DownloadEnd> DownloadAsync(string fileId, Stream to, CancellationToken cancellationToken) =>
        new FileReceiver(_api).DownloadAsync(fileId, to, cancellationToken);

    /// <summary>Raised once, with the bot's name without @, when Telegram has said it.</summary>
    public event Action<string>? Named;

    /// <summary>Shows the admin chat its own commands. It only lists them: rights are checked with each.</summary>
    public Task SetAdminCommandsAsync(long chat, CancellationToken cancellationToken)
    {
        var languages = _content().Settings.Languages;
        var lists = languages.Select(language => AdminCommandsIn(language, language, chat)).Prepend(AdminCommandsIn(null, languages[0], chat));
        return Introduction().SetCommandsAsync(lists, cancellationToken);
    }

    private static Telegram.Sending.ContentFile? Open(Content content, ContentFolder folder, ListFiles lists, string name) =>
        Attachment.NameOfList(name) is { } list ? new Telegram.Sending.ContentFile(list, null,
            () => lists.Open(list) ?? throw new FileNotFoundException($"The list {list} is gone."))
        : content.Files.GetValueOrDefault(name) is { } file
            ? new Telegram.Sending.ContentFile(Path.GetFileName(name), file.Sha256,
                () => folder.Open(name) ?? throw new FileNotFoundException($"The content's file {name} is gone."))
            : null;

    private async Task IntroduceAsync()
    {
        var introduction = Introduction();
        var isNamed = false;
        while (true)
        {
            // At the start, and whenever the content was replaced.
            await _news.WaitAsync(_stopping.Token).ConfigureAwait(false);
            if (!isNamed && await introduction.AskWhoWeAreAsync(_stopping.Token).ConfigureAwait(false) is { } identity)
            {
                isNamed = true;
                Named?.Invoke(identity.Username);
                _logs.CreateLogger<TelegramLink>().LogInformation("This bot is @{Username}", identity.Username);
            }

            if (isNamed)
            {
                await introduction.SetCommandsAsync(Commands(), _stopping.Token).ConfigureAwait(false);
            }
        }
    }

    private void OnReplaced()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will be told with the latest content anyway.
        }
    }

    private async Task ReceiveAsync()
    {
        if (_options.Mode == ReceiveMode.Webhook)
        {
            await Introduction().SetWebhookAsync(_options.WebhookUrl!, _secret, _stopping.Token).ConfigureAwait(false);
            return;
        }

        await new Poller(_api, State, _writer.AcceptAsync, _clock, new Random(), _logs.CreateLogger<Poller>())
            .RunAsync(_stopping.Token).ConfigureAwait(false);
    }

    private Introduction Introduction() => new(_api, State, _clock, new Random(), _logs.CreateLogger<Introduction>());

    /// <summary>The engine's commands and the dialogs' own, in each language; the first language serves all others.</summary>
    private IEnumerable<BotCommandList> Commands()
    {
        var languages = _content().Settings.Languages;
        return languages.Select(language => new BotCommandList(language, CommandsIn(language)))
            .Prepend(new BotCommandList(null, CommandsIn(languages[0])));
    }

    private ImmutableArray<BotCommand> CommandsIn(string language)
    {
        var scope = ScopeIn(language);
        var own = from dialog in _content().Dialogs.Values
                  from opening in dialog.Opens.OfType<Opening.Command>()
                  where opening.If is null
                  select new BotCommand(opening.Name, dialog.About.In(language).Plain(scope));
        (string Name, Phrase Description)[] engine =
        [
            ("menu", Phrase.MenuCommand), ("help", Phrase.HelpCommand), ("language", Phrase.LanguageCommand), ("stop", Phrase.StopCommand),
            ("mydata", Phrase.MydataCommand), ("talk", Phrase.TalkCommand),
        ];
        return [.. own, .. engine.Select(command => new BotCommand(command.Name, _content().Phrases[command.Description].In(language).Plain(scope)))];
    }

    private BotCommandList AdminCommandsIn(string? language, string spoken, long chat) => new(language,
        [.. StaffReader.Commands.Select(command => new BotCommand(command.Name, _content().Phrases[command.About].In(spoken).Plain(ScopeIn(spoken))))], chat);

    private Scope ScopeIn(string language) =>
        new(_content(), Snapshot.None, ImmutableDictionary<string, Value>.Empty, Facts.None, language, _clock.GetUtcNow());
}
