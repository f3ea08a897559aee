using System.Globalization;
using Bot.Configuration;
using Bot.Core.Dialogs;
using Bot.Sending;
using Bot.Storage;
using Bot.Timing;
using Bot.Writing;

namespace Bot.Demo;

/// <summary>What a demo has beside the chat: the clock that can be moved, what staff would see, and a new beginning.</summary>
internal sealed class DemoMode : IDisposable
{
    private const int ShownTimers = 5;
    private const int ShownLines = 100;

    private readonly DemoOptions _options;
    private readonly Func<Content> _content;
    private readonly Store _store;
    private readonly Writer _writer;
    private readonly DueWork _due;
    private readonly BusinessClock _clock;
    private readonly DemoClock _mover;
    private readonly AdminFiles _files;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _fresh = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DemoMode(DemoOptions options, Func<Content> content, Store store, Writer writer, Sender sender, DueWork due, BusinessClock clock, TimeProvider real)
    {
        (_options, _content, _store, _writer, _due, _clock) = (options, content, store, writer, due, clock);
        _mover = new DemoClock(clock, due, writer, store, sender, real);
        _files = new AdminFiles(store, real);
    }

    /// <summary>Completes when a fresh demo is asked for.</summary>
    public Task FreshRequested => _fresh.Task;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/demo/clock", Guarded(DemoAccess.MayRead, TellClockAsync));
        endpoints.MapPost("/demo/clock", Guarded(DemoAccess.MayChange, MoveAsync));
        endpoints.MapGet("/demo/admin", Guarded(DemoAccess.MayRead, TellAdminAsync));
        endpoints.MapGet("/demo/admin/files/{line}", Guarded(DemoAccess.MayRead, _files.TellAsync));
        endpoints.MapPost("/demo/admin", Guarded(DemoAccess.MayChange, AskAdminAsync));
        if (_options.HasOwnDatabase)
        {
            endpoints.MapPost("/demo/fresh", Guarded(DemoAccess.MayChange, BeginAnewAsync));
        }
    }

    /// <summary>Cuts a move off; the clock stands where it has come to.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose()
    {
        _mover.Dispose();
        _stopping.Dispose();
    }

    private static RequestDelegate Guarded(Func<HttpRequest, bool> mayPass, RequestDelegate answer) => context => mayPass(context.Request)
        ? answer(context)
        : DemoJson.WriteErrorAsync(context.Response, StatusCodes.Status403Forbidden,
            "The demo is for this machine alone: open the bot's own page here, under 127.0.0.1 or localhost.");

    private Task TellClockAsync(HttpContext context) =>
        DemoJson.WriteClockAsync(context.Response, _clock.GetUtcNow(), _content().Settings.Zone, _due.NextEvent(), _store.Timers.Next(ShownTimers));

    private async Task MoveAsync(HttpContext context)
    {
        if (await MoveOrder.ReadAsync(context.Request).ConfigureAwait(false) is not { } order)
        {
            await DemoJson.WriteErrorAsync(context.Response, StatusCodes.Status400BadRequest, MoveOrder.Form).ConfigureAwait(false);
            return;
        }

        // However long the page waits: a move ends where it was to go, or with the bot.
        switch (await _mover.MoveAsync(order, _stopping.Token).ConfigureAwait(false))
        {
            case MoveEnd.Arrived:
                await TellClockAsync(context).ConfigureAwait(false);
                break;
            case MoveEnd.NothingDue:
                await DemoJson.WriteErrorAsync(context.Response, StatusCodes.Status409Conflict,
                    "Nothing is planned, so there is no next moment: talk to the bot first, or advance by a time.").ConfigureAwait(false);
                break;
            case MoveEnd.Held:
                await DemoJson.WriteErrorAsync(context.Response, StatusCodes.Status503ServiceUnavailable,
                    "The clock stands where something cannot be done or sent at the moment: see the log, then move it again.").ConfigureAwait(false);
                break;
        }
    }

    private Task TellAdminAsync(HttpContext context) =>
        long.TryParse(context.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after) || !context.Request.Query.ContainsKey("after")
            ? DemoJson.WriteAdminAsync(context.Response, _store.Admin.After(after, ShownLines))
            : DemoJson.WriteErrorAsync(context.Response, StatusCodes.Status400BadRequest, "Send after=<the id of the last line that you have>, or nothing.");

    /// <summary>Whoever has the page open is the owner here.</summary>
    private async Task AskAdminAsync(HttpContext context)
    {
        var input = AdminFiles.IsList(context.Request)
            ? await _files.TakeAsync(context.Request).ConfigureAwait(false)
            : (await AdminOrder.ReadAsync(context.Request).ConfigureAwait(false))?.ToInput();
        if (input is null)
        {
            await DemoJson.WriteErrorAsync(context.Response, StatusCodes.Status400BadRequest, AdminOrder.Form).ConfigureAwait(false);
            return;
        }

        await _writer.AcceptAsync([input], context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task BeginAnewAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.OnCompleted(() =>
        {
            _fresh.TrySetResult();
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }
}
