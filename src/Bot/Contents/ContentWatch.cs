namespace Bot.Contents;

/// <summary>
/// Looks at the folder every second and has it read again when its files have changed and then held still for a second: editors write a
/// file in pieces, or put another in its place. Looking works on every file system, also where nothing tells of changes.
/// </summary>
internal sealed class ContentWatch(ContentFolder folder, ContentReload reload, TimeProvider clock, ILogger<ContentWatch> log) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;
    private string? _seen;

    public void Start() => _work = Task.Run(RunAsync);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        while (true)
        {
            await Task.Delay(Interval, clock, _stopping.Token).ConfigureAwait(false);
            try
            {
                await LookAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                log.LogError(exception, "The dialogs cannot be reloaded; what was read last stays in force");
            }
        }
    }

    private async Task LookAsync()
    {
        var (before, now) = (_seen, folder.Stamp());
        _seen = now;
        if (now is not null && now == before && now != folder.Read)
        {
            await reload.RunAsync(isAsked: false, _stopping.Token).ConfigureAwait(false);
        }
    }
}
