namespace Bot.Benchmarks.Report;

/// <summary>What one run of one program came to.</summary>
/// <param name="Cold">The first customers after the start.</param>
/// <param name="Warm">As many again.</param>
/// <param name="Calm">Milliseconds from update to first answer with 4 customers at once.</param>
/// <param name="Peak">Highest resident memory, in MB.</param>
/// <param name="Final">Resident memory after the load, in MB.</param>
internal sealed record Figures(LoadFigures Cold, LoadFigures Warm, Latency Calm, double Peak, double Final)
{
    /// <summary>The median of each figure over several runs.</summary>
    public static Figures MedianOf(IReadOnlyList<Figures> runs) => new(
        LoadFigures.MedianOf([.. runs.Select(run => run.Cold)]),
        LoadFigures.MedianOf([.. runs.Select(run => run.Warm)]),
        Latency.MedianOf([.. runs.Select(run => run.Calm)]),
        runs.Median(run => run.Peak),
        runs.Median(run => run.Final));
}

/// <summary>One crowd's way.</summary>
/// <param name="Rate">Updates a second.</param>
/// <param name="Cpu">Microseconds of CPU an update in the bot's process, user and system.</param>
/// <param name="Waits">Milliseconds from update to first answer.</param>
internal sealed record LoadFigures(double Rate, double Cpu, Latency Waits)
{
    public static LoadFigures MedianOf(IReadOnlyList<LoadFigures> runs) => new(
        runs.Median(run => run.Rate), runs.Median(run => run.Cpu), Latency.MedianOf([.. runs.Select(run => run.Waits)]));
}

/// <summary>Percentiles in milliseconds.</summary>
internal sealed record Latency(double P50, double P95, double P99)
{
    public static Latency Of(IEnumerable<TimeSpan> waits)
    {
        var sorted = waits.Order().ToArray();
        return new Latency(At(0.50), At(0.95), At(0.99));

        double At(double share) => sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)].TotalMilliseconds;
    }

    public static Latency MedianOf(IReadOnlyList<Latency> runs) =>
        new(runs.Median(run => run.P50), runs.Median(run => run.P95), runs.Median(run => run.P99));
}

internal static class Medians
{
    public static double Median<T>(this IEnumerable<T> items, Func<T, double> figure)
    {
        var sorted = items.Select(figure).Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
