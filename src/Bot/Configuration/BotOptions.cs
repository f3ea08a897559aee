using System.Collections.Immutable;
using System.Net;
using Bot.Core.Messages;
using Bot.Storage;

namespace Bot.Configuration;

/// <summary>How this bot runs. What the business decides is not here: it is content, in the dialogs' folder.</summary>
/// <param name="AdminChat">The admin chat's id in Telegram, or 0: it is claimed by a code.</param>
/// <param name="PublicUrl">Where customers reach this bot over the web; without it links are not tracked.</param>
/// <param name="Configured">The database that is configured, which backups are made of and restored to.</param>
internal sealed record BotOptions(
    TelegramOptions Telegram,
    long AdminChat,
    StoreOptions Configured,
    string DialogsPath,
    Uri WebUrl,
    Uri? PublicUrl,
    WebChatOptions WebChat,
    BackupOptions Backup,
    Uri? OtlpEndpoint,
    LogOptions Log,
    DemoOptions Demo)
{
    /// <summary>When staff are alarmed.</summary>
    public AlarmOptions Alarms { get; init; } = new();

    /// <summary>Where the business's own systems hear of what happens.</summary>
    public WebhookOptions Webhooks { get; init; } = WebhookOptions.Off;

    /// <summary>Which programs may ask.</summary>
    public ApiOptions Api { get; init; } = new([]);

    /// <summary>The database that the bot runs with: a demo of its own has one beside the configured one.</summary>
    public StoreOptions Database => Demo.HasOwnDatabase ? Configured.Beside(DemoOptions.Database) : Configured;

    /// <summary>The database that commands beside the bot look at: the configured one where there is one, for the shell may not know the bot's token.</summary>
    public StoreOptions Existing => File.Exists(Configured.DatabasePath) ? Configured : Database;

    /// <summary>What a backup of this bot takes.</summary>
    public Storage.Backups.BackupOptions ToBackup() =>
        new(Configured, DialogsPath, Backup.Folder, Backup.Password, Backup.Keep);
}

/// <param name="Token">Empty: Telegram is off.</param>
/// <param name="WebhookUrl">The public address of this bot, for <see cref="ReceiveMode.Webhook"/>.</param>
/// <param name="WebhookSecret">Empty: made at each start.</param>
internal sealed record TelegramOptions(
    string Token,
    Uri ApiUrl,
    ReceiveMode Mode,
    Uri? WebhookUrl,
    string WebhookSecret,
    RateLimitOptions Limits,
    TimeSpan Timeout)
{
    /// <summary>Without the token and the secret, so that printing the options gives nothing away.</summary>
    public override string ToString() => $"Telegram at {ApiUrl}, {Mode}";
}

/// <param name="AllowedOrigins">Sites that may show the chat in a frame, as browsers write them: <c>https://example.com</c>.</param>
/// <param name="TrustedProxies">Whose word is taken for where a visitor comes from.</param>
internal sealed record WebChatOptions(ImmutableArray<string> AllowedOrigins, ImmutableArray<IPNetwork> TrustedProxies);

/// <param name="KeyHashes">SHA-256 of each key, lower-case hex; none: the API is off.</param>
internal sealed record ApiOptions(ImmutableArray<string> KeyHashes)
{
    /// <summary>Nothing of the keys, not even their hashes.</summary>
    public override string ToString() => $"{KeyHashes.Length} keys";
}

/// <summary>How updates come in.</summary>
internal enum ReceiveMode
{
    /// <summary>We ask for them; nothing need be reachable from outside.</summary>
    Polling,

    /// <summary>Telegram posts them to a public address.</summary>
    Webhook,
}

/// <param name="Password">Empty: no backups.</param>
/// <param name="Keep">How many files stay.</param>
internal sealed record BackupOptions(string Folder, string Password, int Keep)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => Folder;
}

/// <param name="DiskPercent">Less free room than this is an alarm; 0 for never.</param>
/// <param name="DiskMegabytes">So is less than this.</param>
internal sealed record AlarmOptions(int DiskPercent = 10, int DiskMegabytes = 500)
{
    /// <summary>How long an answer may wait that nothing holds back.</summary>
    public TimeSpan SendingPatience { get; init; } = TimeSpan.FromMinutes(10);
}

/// <param name="Level">The lowest level written: Debug, Information, Warning or Error.</param>
/// <param name="File">A file that is rolled daily, or <see langword="null"/> for the console alone.</param>
internal sealed record LogOptions(Serilog.Events.LogEventLevel Level, string? File);

/// <param name="IsOn">The clock can be moved, and the page shows what staff would see.</param>
/// <param name="HasOwnDatabase">Its data is in a file of its own, which can be thrown away for a fresh demo.</param>
internal sealed record DemoOptions(bool IsOn, bool HasOwnDatabase)
{
    /// <summary>The file of a demo, beside the database that is configured.</summary>
    public const string Database = "demo.db";
}
