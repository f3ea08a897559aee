using Bot.Benchmarks;
using Bot.Benchmarks.Ceiling;

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
    return await new Benchmark(Options.Parse(args)).RunAsync() ? 0 : 1;
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}
