using System.Diagnostics;

namespace Bot.Core.Tests.Support;

/// <summary>How long something takes at its best of several tries: a busy machine only ever makes it longer.</summary>
internal static class Quickest
{
    private const int Tries = 10;

    public static double Milliseconds(Action what) => Enumerable.Range(0, Tries).Min(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        what();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    });
}
