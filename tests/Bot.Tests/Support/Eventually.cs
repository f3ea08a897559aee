using System.Diagnostics;

namespace Bot.Tests.Support;

/// <summary>Waits for what comes about on another thread, with a deadline far beyond what a busy machine needs.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Deadline, $"Never came about: {what}");
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }
}
