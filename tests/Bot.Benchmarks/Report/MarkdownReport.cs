using System.Globalization;

namespace Bot.Benchmarks.Report;

/// <summary>Writes the tables.</summary>
internal static class MarkdownReport
{
    /// <summary>One line a program; shares are of the first program of the same mode, the ceiling.</summary>
    public static void WriteLoad(IReadOnlyList<(string Program, string Mode, Figures Figures)> rows)
    {
        Console.WriteLine("| program | load | updates/s | of first | CPU µs an update | of first | p50 / p95 / p99 ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (program, mode, figures) in rows)
        {
            var first = rows.First(row => row.Mode == mode).Figures;
            WriteLine($"{program}, {mode}", "after the start", figures.Cold, first.Cold);
            WriteLine($"{program}, {mode}", "warm", figures.Warm, first.Warm);
        }

        Console.WriteLine();
        Console.WriteLine("| program | 4 at once: p50 / p95 / p99 ms | memory, peak / after the load, MB |");
        Console.WriteLine("|---|---|---|");
        foreach (var (program, mode, figures) in rows)
        {
            Write($"| {program}, {mode} | {figures.Calm.P50:F2} / {figures.Calm.P95:F2} / {figures.Calm.P99:F2} | {figures.Peak:F0} / {figures.Final:F0} |");
            Console.WriteLine();
        }
    }

    public static void WriteStarts(IReadOnlyList<(string Program, string Database, double Ready)> rows)
    {
        Console.WriteLine();
        Console.WriteLine("| program | database | ready after ms |");
        Console.WriteLine("|---|---|---|");
        foreach (var (program, database, ready) in rows)
        {
            Write($"| {program} | {database} | {ready:F0} |");
            Console.WriteLine();
        }
    }

    private static void WriteLine(string program, string phase, LoadFigures load, LoadFigures first)
    {
        Write($"| {program} | {phase} | {load.Rate:N0} | {load.Rate / first.Rate:F2} | {load.Cpu:F0} | {load.Cpu / first.Cpu:F2} | ");
        Write($"{load.Waits.P50:F1} / {load.Waits.P95:F1} / {load.Waits.P99:F1} |");
        Console.WriteLine();
    }

    private static void Write(FormattableString text) => Console.Write(text.ToString(CultureInfo.InvariantCulture));
}
