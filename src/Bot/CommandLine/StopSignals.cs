using System.Runtime.InteropServices;

namespace Bot.CommandLine;

/// <summary>
/// SIGTERM and Ctrl+C, heard from the moment this is made. Nothing else in the process listens to them: what listened and did nothing
/// would swallow one.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const int ByInterrupt = 130;
    private const int ByTermination = 143;

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<int> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ByInterrupt));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ByTermination));
    }

    /// <summary>Cancelled by the first of them.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Awaits the work, and after a signal no longer than this; answers the work's exit code, or the signal's.</summary>
    public async Task<int> AwaitAsync(Task<int> work, TimeSpan patience)
    {
        if (await Task.WhenAny(work, _told.Task).ConfigureAwait(false) != work)
        {
            await Task.WhenAny(work, Task.Delay(patience, CancellationToken.None)).ConfigureAwait(false);
        }

        return await (work.IsCompleted ? work : _told.Task).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context, int exit)
    {
        context.Cancel = true;
        _told.TrySetResult(exit);
        _stop.Cancel();
    }
}
