using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Bot.Core.Messages;
using Bot.Storage;
using Bot.Telegram.Calls;
using Bot.Web;
using Serilog.Events;

namespace Bot.Configuration;

/// <summary>Reads the options and finds every mistake in them, one line each.</summary>
internal sealed partial class OptionsReader
{
    private static readonly string[] Keys =
    [
        "Telegram:Token", "Telegram:ApiUrl", "Telegram:Mode", "Telegram:WebhookUrl", "Telegram:WebhookSecret",
        "Telegram:MessagesPerSecond", "Telegram:TimeoutSeconds", "Admin:ChatId",
        "Storage:ConnectionString", "Dialogs:Path", "Web:Url", "Web:PublicUrl", "Web:AllowedOrigins", "Web:TrustedProxies", "Web:ApiKey",
        "Backup:Folder", "Backup:Password", "Backup:Keep",
        "Webhooks:Url", "Webhooks:Secret", "Webhooks:Events",
        "Alarms:DiskPercent", "Alarms:DiskMegabytes", "Otlp:Endpoint", "Log:Level", "Log:File", "Demo:Enabled",
    ];

    private const string PublicApi = "https://api.telegram.org";

    private readonly IConfiguration _configuration;
    private readonly List<string> _faults = [];

    private OptionsReader(IConfiguration configuration) => _configuration = configuration;

    /// <summary>Every key that is understood.</summary>
    public static IReadOnlyList<string> KnownKeys => Keys;

    /// <summary>From appsettings.json in the current folder, the environment and the command line; later ones win.</summary>
    /// <exception cref="FormatException">appsettings.json is not JSON.</exception>
    public static IConfiguration Sources(string folder, IEnumerable<string> arguments)
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(folder)
                .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
                .AddEnvironmentVariables()
                .AddCommandLine([.. arguments])
                .Build();
        }
        catch (InvalidDataException exception)
        {
            var cause = exception.InnerException?.InnerException ?? exception.InnerException ?? exception;
            throw new FormatException($"appsettings.json is not valid JSON: {cause.Message}", exception);
        }
    }

    /// <summary>The options, or what is wrong with them.</summary>
    public static (BotOptions? Options, IReadOnlyList<string> Faults) Read(IConfiguration configuration)
    {
        var reader = new OptionsReader(configuration);
        var options = reader.Read();
        return reader._faults.Count == 0 ? (options, []) : (null, reader._faults);
    }

    private BotOptions Read()
    {
        RefuseUnknownKeys();
        var telegram = ReadTelegram();
        var demo = ReadDemo(telegram);
        return new BotOptions(
            telegram,
            ReadAdminChat(),
            ReadDatabase(demo),
            Text("Dialogs:Path", "dialogs"),
            ReadWebUrl(),
            Address("Web:PublicUrl", null),
            new WebChatOptions(ReadOrigins(), ReadProxies()),
            new BackupOptions(Text("Backup:Folder", "data/backups"), Text("Backup:Password", ""), Whole("Backup:Keep", 7, 1, 1_000)),
            Address("Otlp:Endpoint", null),
            new LogOptions(Choice("Log:Level", LogEventLevel.Information), Text("Log:File", "") is { Length: > 0 } file ? file : null),
            demo)
        {
            Alarms = new AlarmOptions(Whole("Alarms:DiskPercent", 10, 0, 99), Whole("Alarms:DiskMegabytes", 500, 0, 1_000_000)),
            Webhooks = ReadWebhooks(),
            Api = new ApiOptions(ReadKeys()),
        };
    }

    private TelegramOptions ReadTelegram()
    {
        var token = Text("Telegram:Token", "");
        if (token.Length > 0 && BotApiOptions.FaultOf(token) is { } fault)
        {
            _faults.Add($"Telegram:Token: {fault}");
        }

        var mode = Choice("Telegram:Mode", ReceiveMode.Polling);
        var webhook = Address("Telegram:WebhookUrl", null);
        if (mode == ReceiveMode.Webhook && webhook is null && token.Length > 0)
        {
            _faults.Add("Telegram:WebhookUrl: missing; webhook mode needs the public address of this bot, for example https://bot.example.com/telegram.");
        }

        var api = Address("Telegram:ApiUrl", PublicApi)!;
        if (mode == ReceiveMode.Webhook && webhook is { Scheme: "http" } && api.Host == new Uri(PublicApi).Host)
        {
            _faults.Add("Telegram:WebhookUrl: Telegram posts to https addresses only; put a proxy with a certificate in front of the bot.");
        }

        var secret = Text("Telegram:WebhookSecret", "");
        if (secret.Length > 0 && !SecretPattern().IsMatch(secret))
        {
            _faults.Add("Telegram:WebhookSecret: use 1 to 256 of the characters A-Z a-z 0-9 _ -, or leave it out and one is made at each start.");
        }

        return new TelegramOptions(
            token,
            api,
            mode,
            webhook,
            secret,
            new RateLimitOptions(Whole("Telegram:MessagesPerSecond", 30, 1, 100_000)),
            TimeSpan.FromSeconds(Whole("Telegram:TimeoutSeconds", 30, 1, 300)));
    }

    private long ReadAdminChat()
    {
        var text = Text("Admin:ChatId", "0");
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chat))
        {
            return chat;
        }

        _faults.Add($"Admin:ChatId: \"{text}\" is not a chat's numeric id such as -1001234567890; leave it out and claim the chat by a code.");
        return 0;
    }

    private Uri ReadWebUrl()
    {
        var url = Address("Web:Url", "http://127.0.0.1:8080")!;
        if (url.Scheme != "http")
        {
            _faults.Add("Web:Url: the bot itself speaks http; put a proxy with a certificate in front of it for https.");
        }

        return url;
    }

    private DemoOptions ReadDemo(TelegramOptions telegram)
    {
        var hasToken = telegram.Token.Length > 0;
        var isOn = Switch("Demo:Enabled", fallback: !hasToken);
        if (isOn && hasToken && !telegram.ApiUrl.IsLoopback)
        {
            _faults.Add("Demo:Enabled: in a demo the clock is moved, and customers would get everything at once. With a token it is possible only "
                + "with a Bot API on this machine (Telegram:ApiUrl); leave out the token, or the demo.");
        }

        return new DemoOptions(isOn, HasOwnDatabase: isOn && !hasToken);
    }

    private StoreOptions ReadDatabase(DemoOptions demo)
    {
        var database = new StoreOptions(Text("Storage:ConnectionString", "Data Source=data/bot.db"));
        try
        {
            if (Path.GetFileName(database.DatabasePath) == DemoOptions.Database && !demo.HasOwnDatabase)
            {
                _faults.Add($"Storage:ConnectionString: {DemoOptions.Database} is the demo's own file, which a fresh demo deletes; take another name, "
                    + "for example data/bot.db.");
            }
        }
        catch (StoreRefusedException refused)
        {
            _faults.Add(refused.Message);
        }

        return database;
    }

    private ImmutableArray<string> ReadOrigins() => Each("Web:AllowedOrigins",
        text => Origins.Read(text),
        "a site such as https://example.com, without a path");

    private ImmutableArray<IPNetwork> ReadProxies() => Each<IPNetwork?>("Web:TrustedProxies",
        text => IPNetwork.TryParse(text, out var network) ? network
            : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : null,
        "an address such as 10.0.0.2 or a network such as 172.16.0.0/12").Select(network => network!.Value).ToImmutableArray();

    /// <summary>By their hashes; the keys themselves are kept nowhere, and repeated in no fault.</summary>
    private ImmutableArray<string> ReadKeys()
    {
        var keys = Text("Web:ApiKey", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (keys.Any(key => !KeyPattern().IsMatch(key)))
        {
            _faults.Add("Web:ApiKey: each key has at least 32 of the characters A-Z a-z 0-9 _ -, and several are separated by commas; "
                + "openssl rand -hex 32 makes a good one.");
        }

        return [.. keys.Distinct(StringComparer.Ordinal).Select(key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))))];
    }

    private void RefuseUnknownKeys()
    {
        var sections = Keys.Select(key => key.Split(':')[0]).Distinct().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, _) in _configuration.AsEnumerable())
        {
            if (key.Contains(':', StringComparison.Ordinal) && sections.Contains(key.Split(':')[0])
                && !Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                _faults.Add($"{key}: there is no such setting; docs/configuration.md lists them all.");
            }
        }
    }

    private string Text(string key, string fallback) => _configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : fallback;

    private bool Switch(string key, bool fallback)
    {
        var text = Text(key, fallback ? bool.TrueString : bool.FalseString);
        if (bool.TryParse(text, out var isOn))
        {
            return isOn;
        }

        _faults.Add($"{key}: \"{text}\" is neither true nor false.");
        return fallback;
    }

    private int Whole(string key, int fallback, int from, int to)
    {
        var text = Text(key, fallback.ToString(CultureInfo.InvariantCulture));
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to)
        {
            return number;
        }

        _faults.Add($"{key}: \"{text}\" is not a whole number from {from} to {to}.");
        return fallback;
    }

    private ImmutableArray<T> Each<T>(string key, Func<string, T?> read, string what)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        foreach (var text in Text(key, "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (read(text) is { } item)
            {
                items.Add(item);
            }
            else
            {
                _faults.Add($"{key}: \"{text}\" is not {what}.");
            }
        }

        return items.DrainToImmutable();
    }

    private Uri? Address(string key, string? fallback)
    {
        var text = Text(key, fallback ?? "");
        if (text.Length == 0)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        _faults.Add($"{key}: \"{text}\" is not an address such as https://example.com.");
        return fallback is null ? null : new Uri(fallback);
    }

    private T Choice<T>(string key, T fallback)
        where T : struct, Enum
    {
        var text = Text(key, fallback.ToString());
        if (Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) && !char.IsAsciiDigit(text[0]))
        {
            return choice;
        }

        _faults.Add($"{key}: \"{text}\" is not one of {string.Join(", ", Enum.GetNames<T>())}.");
        return fallback;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{32,256}\z")]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,256}\z")]
    private static partial Regex SecretPattern();
}
