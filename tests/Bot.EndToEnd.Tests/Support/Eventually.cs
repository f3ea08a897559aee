using System.Diagnostics;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>Waits for what another process does.</summary>
internal static class Eventually
{
    /// <summary>Far longer than anything takes: a slow machine must not fail a test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static Task TrueAsync(Func<bool> isSo, string what, TimeSpan? patience = null) =>
        TrueAsync(() => Task.FromResult(isSo()), () => what, patience);

    public static Task TrueAsync(Func<bool> isSo, Func<string> what, TimeSpan? patience = null) =>
        TrueAsync(() => Task.FromResult(isSo()), what, patience);

    public static async Task TrueAsync(Func<Task<bool>> isSoAsync, Func<string> what, TimeSpan? patience = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isSoAsync())
        {
            if (Stopwatch.GetElapsedTime(started) > (patience ?? Patience))
                throw new TimeoutException($"It did not come to it: {what()}");
            await Task.Delay(Interval);
        }
    }
}
