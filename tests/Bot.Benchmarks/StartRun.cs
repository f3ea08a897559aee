using System.Diagnostics;
using Bot.Benchmarks.Programs;
using Bot.FakeTelegram;

namespace Bot.Benchmarks;

/// <summary>From the start of the process to the first 200 of <c>/health/ready</c>.</summary>
internal static class StartRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Answers milliseconds.</summary>
    public static async Task<double> RunAsync(Subject subject, string folder)
    {
        await using var server = await FakeTelegramServer.StartAsync().ConfigureAwait(false);
        server.KeepLog = false;
        var port = Subject.FreePort();
        using var http = new HttpClient();
        using var program = subject.Start(server.Url, webhook: false, folder, port);
        var address = new Uri($"http://127.0.0.1:{port}/health/ready");
        while (!await IsReadyAsync(http, address).ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(program.Started) > Patience)
                throw new InvalidOperationException($"{subject.Name} is not ready: {program.LastLines}");
            await Task.Delay(1).ConfigureAwait(false);
        }

        var ready = Stopwatch.GetElapsedTime(program.Started).TotalMilliseconds;
        await program.StopAsync().ConfigureAwait(false);
        return ready;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri address)
    {
        try
        {
            using var response = await http.GetAsync(address).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
