using System.Globalization;

namespace Bot.Benchmarks.Report;

/// <summary>Writes the tables.</summary>
internal static class MarkdownReport
{
    /// <summary>One line a program; shares are of the first program of the same mode, the ceiling.</summary>
    public static void WriteLoad(IReadOnlyList<(string Program, string Mode, Figures Figures)> rows)
    {
        Console.WriteLine("| program | updates/s | of first | CPU µs an update | of first | p50 / p95 / p99 ms | with 4 at once: p50 / p95 / p99 ms | memory, peak / after, MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (program, mode, figures) in rows)
        {
            var first = rows.First(row => row.Mode == mode).Figures;
            Write($"| {program}, {mode} | {figures.Rate:N0} | {figures.Rate / first.Rate:F2} | {figures.Cpu:F0} | {figures.Cpu / first.Cpu:F2} | ");
            Write($"{figures.Busy.P50:F1} / {figures.Busy.P95:F1} / {figures.Busy.P99:F1} | ");
            Write($"{figures.Calm.P50:F2} / {figures.Calm.P95:F2} / {figures.Calm.P99:F2} | {figures.Peak:F0} / {figures.Final:F0} |");
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

    private static void Write(FormattableString text) => Console.Write(text.ToString(CultureInfo.InvariantCulture));
}
