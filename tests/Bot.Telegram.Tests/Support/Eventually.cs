using System.Diagnostics;

namespace Bot.Telegram.Tests.Support;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Looks again and again until it is so, up to a deadline.</summary>
    public static Task TrueAsync(Func<bool> isSo, string otherwise) => TrueAsync(() => Task.FromResult(isSo()), otherwise);

    /// <summary>Asks again and again until it is so, up to a deadline.</summary>
    public static async Task TrueAsync(Func<Task<bool>> isSo, string otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                Assert.Fail(otherwise);
            await Task.Delay(5);
        }
    }
}
