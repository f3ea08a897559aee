using Bot.Benchmarks.Programs;
using Bot.Benchmarks.Report;

namespace Bot.Benchmarks;

/// <summary>The whole of it: rounds of every program in turn, so that what else the machine does meets all of them alike.</summary>
internal sealed class Benchmark(Options options)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bot-benchmarks-").FullName;
    private readonly Dictionary<string, string> _lastFolder = [];
    private int _runs;

    /// <summary>Answers whether every customer of every run got all of it, once.</summary>
    public async Task<bool> RunAsync()
    {
        try
        {
            var bots = await BotsAsync().ConfigureAwait(false);
            await MeasureLoadAsync([.. options.Ceiling ? [new CeilingProgram()] : Array.Empty<Subject>(), .. bots]).ConfigureAwait(false);
            await MeasureStartsAsync(bots).ConfigureAwait(false);
            return true;
        }
        catch (InvalidOperationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return false;
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<Subject[]> BotsAsync()
    {
        if (options.Bots.Count > 0)
            return [.. options.Bots.Select(bot => new PublishedBot(bot))];

        Progress("Publishing the bot");
        var published = Path.Combine(_folder, "published");
        await Repository.PublishAsync(published).ConfigureAwait(false);
        return [new PublishedBot(new Candidate("bot", published, new Dictionary<string, string>()))];
    }

    private async Task MeasureLoadAsync(Subject[] subjects)
    {
        var runs = new Dictionary<(string Program, string Mode), List<Figures>>();
        bool[] modes = [.. options.Polling ? [false] : Array.Empty<bool>(), .. options.Webhook ? [true] : Array.Empty<bool>()];
        foreach (var webhook in modes)
        {
            // The first run of all warms the driver and the server, and counts for nobody.
            if (runs.Count == 0 && options.Rounds > 0)
                await LoadRun.RunAsync(subjects[0], webhook, options, NewFolder()).ConfigureAwait(false);

            for (var round = 0; round < options.Rounds; round++)
            {
                // Every other round backwards: whoever comes later must not always find the machine as another left it.
                foreach (var subject in round % 2 == 0 ? subjects : subjects.Reverse())
                {
                    var key = (subject.Name, webhook ? "webhook" : "polling");
                    var figures = await LoadRun.RunAsync(subject, webhook, options, _lastFolder[subject.Name] = NewFolder()).ConfigureAwait(false);
                    (runs.TryGetValue(key, out var list) ? list : runs[key] = []).Add(figures);
                    Progress($"{round + 1}/{options.Rounds} {subject.Name}, {key.Item2}: {figures.Cold.Rate:N0} updates/s, {figures.Cold.Cpu:F0} µs; warm {figures.Warm.Rate:N0} updates/s, {figures.Warm.Cpu:F0} µs");
                }
            }
        }

        var rows = from webhook in modes
                   from subject in subjects
                   let mode = webhook ? "webhook" : "polling"
                   where options.Rounds > 0
                   select (subject.Name, mode, Figures.MedianOf(runs[(subject.Name, mode)]));
        MarkdownReport.WriteLoad([.. rows]);
    }

    private async Task MeasureStartsAsync(Subject[] bots)
    {
        var rows = new List<(string, string, double)>();
        foreach (var bot in bots)
        {
            var (fresh, existing) = (new List<double>(), new List<double>());
            for (var start = 0; start < options.Starts; start++)
            {
                var folder = NewFolder();
                fresh.Add(await StartRun.RunAsync(bot, folder).ConfigureAwait(false));
                existing.Add(await StartRun.RunAsync(bot, _lastFolder.GetValueOrDefault(bot.Name, folder)).ConfigureAwait(false));
            }

            rows.Add((bot.Name, "fresh", fresh.Median(ready => ready)));
            rows.Add((bot.Name, "existing", existing.Median(ready => ready)));
        }

        if (options.Starts > 0)
            MarkdownReport.WriteStarts(rows);
    }

    private string NewFolder() => Directory.CreateDirectory(Path.Combine(_folder, $"run-{++_runs}")).FullName;

    private static void Progress(string text) => Console.Error.WriteLine(text);
}
