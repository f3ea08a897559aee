using Bot.Benchmarks.Load;
using Bot.Benchmarks.Programs;
using Bot.Benchmarks.Report;
using Bot.FakeTelegram;

namespace Bot.Benchmarks;

/// <summary>One program, started afresh, under load and then with few customers.</summary>
internal static class LoadRun
{
    private const int FewAtOnce = 4;

    /// <exception cref="InvalidOperationException">Something was lost, doubled, or against the rules of the Bot API.</exception>
    public static async Task<Figures> RunAsync(Subject subject, bool webhook, Options options, string folder)
    {
        await using var server = await FakeTelegramServer.StartAsync().ConfigureAwait(false);
        server.KeepLog = false;
        var crowd = new Crowd(server);
        using var program = subject.Start(server.Url, webhook, folder, Subject.FreePort());
        try
        {
            // The first uploads the file, and shows that the program is up.
            await crowd.WalkAsync(1, 1).ConfigureAwait(false);
            server.Validate = false;
            var cold = await LoadAsync(crowd, program, options).ConfigureAwait(false);
            var warm = await LoadAsync(crowd, program, options).ConfigureAwait(false);
            var (final, peak) = program.ReadMemory();
            var calm = await crowd.WalkAsync(options.Calm, FewAtOnce).ConfigureAwait(false);

            server.Validate = true;
            await crowd.WalkAsync(FewAtOnce, FewAtOnce).ConfigureAwait(false);
            Check(await program.StopAsync().ConfigureAwait(false) || subject is CeilingProgram, "it did not stop well");
            Check(server.Violations is [], string.Join("; ", server.Violations));
            Check(!crowd.Faults.Any(), crowd.Faults.FirstOrDefault());
            return new Figures(cold, warm, Latency.Of(calm.Waits), peak, final);
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{subject.Name}: {failure.Message}{Environment.NewLine}{program.LastLines}", failure);
        }
    }

    private static async Task<LoadFigures> LoadAsync(Crowd crowd, RunningProgram program, Options options)
    {
        var cpu = program.Cpu;
        var walk = await crowd.WalkAsync(options.Customers, options.AtOnce).ConfigureAwait(false);
        var updates = options.Customers * Script.Acts.Count;
        return new LoadFigures(updates / walk.Took.TotalSeconds, (program.Cpu - cpu).TotalMicroseconds / updates, Latency.Of(walk.Waits));
    }

    private static void Check(bool isRight, string? fault)
    {
        if (!isRight)
            throw new InvalidOperationException(fault);
    }
}
