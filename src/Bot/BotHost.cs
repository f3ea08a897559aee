using Bot.Admin;
using Bot.Api;
using Bot.Broadcasts;
using Bot.Channels;
using Bot.Configuration;
using Bot.Contents;
using Bot.Core.Dialogs;
using Bot.Core.Messages;
using Bot.Demo;
using Bot.Health;
using Bot.Lists;
using Bot.Operations;
using Bot.Sending;
using Bot.Storage;
using Bot.Timing;
using Bot.Web;
using Bot.Webhooks;
using Bot.Writing;

namespace Bot;

/// <summary>The running bot, wired from top to bottom.</summary>
internal static class BotHost
{
    /// <summary>How long calls in flight may take when the bot is told to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs until the process is told to stop or a fresh demo is asked for, and answers which, when everything accepted is written.</summary>
    public static async Task<HostEnd> RunAsync(BotOptions options, LiveContent live, ContentFolder folder, TimeProvider clock, ILoggerFactory logs,
        CancellationToken cancellationToken)
    {
        var log = logs.CreateLogger("Bot");
        Func<Content> content = () => live.Now;
        using var store = Store.Open(options.Database, clock, logs.CreateLogger<Store>(), cancellationToken);
        var business = BusinessClock.Of(store, clock, options.Demo.IsOn);
        using var metrics = new Metrics();
        using var telemetry = Telemetry.Start(options.OtlpEndpoint);
        var code = options.Telegram.Token.Length > 0 ? AdminChat.Prepare(store, options, log) : null;
        var staff = new StaffHandler(content, code, metrics, logs.CreateLogger<StaffHandler>());
        using var writer = new Writer(store, new InputHandler(content, store, staff, business), business, metrics, logs.CreateLogger<Writer>());
        using var telegram = options.Telegram.Token.Length > 0
            ? new TelegramLink(options.Telegram, live, folder, store, writer, clock, logs)
            : null;
        if (telegram is not null)
        {
            telegram.Named += name => staff.Username = name;
        }

        using var chat = new WebChat(options.WebChat, options.Demo, content, folder, store, writer, clock, business);
        IChannel[] channels = telegram is null ? [chat.Channel] : [telegram.Channel, chat.Channel];
        using var sender = new Sender(store, writer, channels, new RateLimits(options.Telegram.Limits), clock, business, metrics, logs.CreateLogger<Sender>());
        using var acknowledger = new Acknowledger(writer, channels, logs.CreateLogger<Acknowledger>());
        var links = new TrackedLinks(options.PublicUrl, store, writer);
        using var pump = new BroadcastPump(store, options.Database, writer, sender, content, links, options.Telegram.Limits, clock, business,
            logs.CreateLogger<BroadcastPump>());
        using var webhooks = WebhookPump.Open(options.Webhooks, WebhookClient.Handler, store, writer, clock, metrics, logs.CreateLogger<WebhookPump>());

        // What can be thrown away is not backed up.
        var backup = options.Demo.HasOwnDatabase ? options.ToBackup() with { Password = null } : options.ToBackup();
        var erasures = new ErasureKeeping(options.Database, options.Demo.HasOwnDatabase ? null : backup.Folder, logs.CreateLogger<ErasureKeeping>());
        using var due = new DueWork(store, writer, content, () => sender.Count - pump.Count < DueWork.Room, erasures.Run, business);
        using var demo = options.Demo.IsOn ? new DemoMode(options.Demo, content, store, writer, sender, due, pump, business, clock) : null;
        var visits = new BookingCheck(store, writer, business);
        using var reload = new ContentReload(live, folder, writer, visits, business, logs.CreateLogger<ContentReload>());
        using var watch = new ContentWatch(folder, reload, clock, logs.CreateLogger<ContentWatch>());
        using var desk = new AdminDesk(new AdminAnswers(content, store, options.Database, backup, business, clock, hasWebhooks: webhooks is not null),
            new BroadcastAnswers(content, store, options.Database, writer, business, links.AreOn), reload, content, writer, business,
            logs.CreateLogger<AdminDesk>());
        using var lists = new ListDesk(new ListWork(content, store, options.Database, writer, telegram is null ? null : telegram.DownloadAsync, business, clock),
            writer, logs.CreateLogger<ListDesk>());
        using var adminSender = telegram is null ? null : new AdminSender(store, writer, telegram, content, options.Telegram.Limits, clock, business, logs.CreateLogger<AdminSender>());
        var backups = new BackupState();
        using var alarms = new AlarmWatch(store, writer, new AlarmReadings(options.Alarms, store, sender, backup, backups, telegram?.State, clock, hasWebhooks: webhooks is not null).Read,
            adminSender is null ? null : adminSender.SayNowAsync, content, clock, business, logs.CreateLogger<AlarmWatch>());
        await using var jobs = await Jobs.CreateAsync(store, writer, due, erasures, backup, backups, clock, logs).ConfigureAwait(false);
        var readiness = new Readiness(writer, sender, telegram?.State);

        var api = new ApiEndpoints(options, content, store, writer, clock, business, logs.CreateLogger<ApiEndpoints>());

        await using var web = CreateWeb(options, logs);
        web.MapHealth(readiness);
        telegram?.Map(web);
        chat.Map(web);
        links.Map(web);
        api.Map(web);
        demo?.Map(web);

        store.MarkRunning();
        erasures.Run();
        writer.Start();
        await visits.RunAsync(live.Now, cancellationToken).ConfigureAwait(false);
        await web.StartAsync(cancellationToken).ConfigureAwait(false);
        sender.Start();
        acknowledger.Start();
        desk.Start();
        pump.Start();
        webhooks?.Start();
        lists.Start();
        adminSender?.Start();
        telegram?.Start();
        watch.Start();
        alarms.Start();
        await jobs.StartAsync().ConfigureAwait(false);
        Announce(log, options, live.Now, telegram is not null);

        var end = await EndAsync(demo?.FreshRequested, cancellationToken).ConfigureAwait(false);

        log.LogInformation("Stopping");
        readiness.Stop();
        await Task.WhenAll(telegram?.StopAsync() ?? Task.CompletedTask, chat.StopAsync(), demo?.StopAsync() ?? Task.CompletedTask, pump.StopAsync()).ConfigureAwait(false);
        await Task.WhenAll(watch.StopAsync(), alarms.StopAsync(), jobs.StopAsync()).ConfigureAwait(false);
        await Task.WhenAll(sender.StopAsync(Patience), acknowledger.StopAsync(Patience), desk.StopAsync(), lists.StopAsync(),
            adminSender?.StopAsync(Patience) ?? Task.CompletedTask, webhooks?.StopAsync(Patience) ?? Task.CompletedTask).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(Patience);
        if (await writer.StopAsync(patience.Token).ConfigureAwait(false))
        {
            store.MarkClean();
            log.LogInformation("Stopped, everything is written");
        }
        else
        {
            log.LogError("Stopped without writing all that was accepted; it will be received or sent again after the next start");
        }

        await web.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return end;
    }

    private static WebApplication CreateWeb(BotOptions options, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = Directory.GetCurrentDirectory() });
        builder.Services.AddSingleton(logs);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<Microsoft.Extensions.Hosting.IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().UseUrls(options.WebUrl.ToString());
        var web = builder.Build();
        web.UseRouting();
        return web;
    }

    private static async Task<HostEnd> EndAsync(Task? fresh, CancellationToken cancellationToken)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cancelled = cancellationToken.Register(stop.SetResult);
        return await Task.WhenAny([stop.Task, .. fresh is null ? Array.Empty<Task>() : [fresh]]).ConfigureAwait(false) == stop.Task
            ? HostEnd.Stopped
            : HostEnd.FreshDemo;
    }

    private static void Announce(ILogger log, BotOptions options, Content content, bool hasTelegram)
    {
        log.LogInformation("Ready: {Dialogs} dialogs in {Languages}, health at {Url}health/ready",
            content.Dialogs.Count, string.Join(", ", content.Settings.Languages), options.WebUrl);
        log.LogInformation("Open {Url} and try the chat", OpenedAt(options.WebUrl));
        if (!hasTelegram)
        {
            log.LogInformation("Telegram is off: no token. To have it too, write to @BotFather in Telegram, send /newbot, and start again with "
                + "Telegram__Token=<what it gives you> in the environment, or put it into appsettings.json (see appsettings.sample.json)");
        }

        if (options.Demo.IsOn)
        {
            log.LogInformation("This is a demo: on the page the clock can be moved. Its data is in {Database}; for customers without Telegram set "
                + "Demo:Enabled=false", options.Database.DatabasePath);
        }
    }

    /// <summary>A browser cannot open "all addresses", which is where a container listens.</summary>
    private static string OpenedAt(Uri url) => url.Host is "0.0.0.0" or "[::]"
        ? new UriBuilder(url) { Host = "127.0.0.1" }.Uri.AbsoluteUri.TrimEnd('/')
        : url.AbsoluteUri.TrimEnd('/');
}

/// <summary>Why the bot ended.</summary>
internal enum HostEnd
{
    /// <summary>The process was told to stop.</summary>
    Stopped,

    /// <summary>The demo is to begin anew.</summary>
    FreshDemo,
}
