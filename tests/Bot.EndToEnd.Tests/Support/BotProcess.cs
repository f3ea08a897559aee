using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>One process of the program, started by a test and ended with it.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private BotProcess(Process process, Uri url) => (_process, Url) = (process, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it printed.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>What it logged and complained of.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    /// <summary>The most memory it ever had, in bytes.</summary>
    public long PeakMemory => StatusOf("VmHWM:");

    /// <summary>Starts it; does not wait.</summary>
    public static async Task<BotProcess> StartAsync(BotFolder folder, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(await PublishedBot.PathAsync())
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var inherited in start.Environment.Keys.Where(static key => key.Contains("__", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        var process = new Process { StartInfo = start };
        var bot = new BotProcess(process, new Uri(settings.GetValueOrDefault("Web:Url", "http://127.0.0.1:8080")));
        process.OutputDataReceived += (_, line) => Keep(bot._output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(bot._errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return bot;
    }

    /// <summary>Waits until it says that it does its work.</summary>
    public Task ReadyAsync() => ReadyAsync(HttpStatusCode.OK);

    /// <summary>Waits until readiness is answered like this; returns the last answer.</summary>
    public async Task<string> ReadyAsync(HttpStatusCode status, string reason = "")
    {
        var answer = "nothing";
        await Eventually.TrueAsync(
            async () =>
            {
                (var got, answer) = await GetAsync("health/ready");
                if (got is null && HasExited)
                    throw new InvalidOperationException($"The bot ended with {_process.ExitCode}.\n{Log}");
                return got == status && answer.Contains(reason, StringComparison.Ordinal);
            },
            () => $"ready: {(int)status} {reason}, but {answer}\n{Log}");
        return answer;
    }

    /// <summary>Asks it something; no status if nobody answers.</summary>
    public async Task<(HttpStatusCode? Status, string Body)> GetAsync(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Url, path));
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>Waits for a line of the log.</summary>
    public Task SaysAsync(string text) => Eventually.TrueAsync(
        () => Errors.Any(line => line.Contains(text, StringComparison.Ordinal)), () => $"\"{text}\" in the log\n{Log}");

    /// <summary>Ends it without warning, as a crash or a power cut does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Tells it to stop; does not wait.</summary>
    public void Terminate() => Signals.Terminate(_process);

    /// <summary>Tells it to stop and waits; answers the exit code.</summary>
    public Task<int> StopAsync()
    {
        Terminate();
        return ExitAsync();
    }

    /// <summary>Waits for its end and answers the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The bot does not end.\n{Log}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(Log);
        _process.Dispose();
    }

    private string Log => string.Join('\n', [.. Output, .. Errors.TakeLast(200)]);

    private long StatusOf(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
