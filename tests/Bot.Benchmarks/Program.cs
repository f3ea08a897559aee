using Bot.Benchmarks;
using Bot.Benchmarks.Broadcasts;
using Bot.Benchmarks.Ceiling;
using Bot.Benchmarks.Segments;

// The ceiling runs as a process of its own, so that its CPU and memory can be told from the driver's.
if (args is ["ceiling", ..])
{
    await CeilingBot.RunAsync(args[1..]);
    return 0;
}

if (args.Contains("--help"))
{
    Console.WriteLine(Options.Usage);
    return 0;
}

try
{
    var options = Options.Parse(args);
    if (options.Profiles is { } profiles)
    {
        await SegmentRun.RunAsync(profiles, options.Bots);
        return 0;
    }

    if (options.Recipients is { } recipients)
    {
        await BroadcastRun.RunAsync(recipients, options.PerSecond, options.Bots);
        return 0;
    }

    return await new Benchmark(options).RunAsync() ? 0 : 1;
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}
