using System.Globalization;

namespace Bot.Benchmarks;

/// <summary>What is measured.</summary>
/// <param name="AtOnce">Customers who talk at the same time; each acts as soon as the last answer is there.</param>
/// <param name="Profiles">Measure segments over so many profiles, and nothing else.</param>
/// <param name="Recipients">Measure a broadcast to so many, and nothing else.</param>
/// <param name="PerSecond">Its limit; <see langword="null"/> for Telegram's usual ones.</param>
/// <param name="Bots">Published bots to compare; empty: this repository's, published first.</param>
internal sealed record Options(
    int Rounds, int Customers, int AtOnce, int Calm, bool Polling, bool Webhook, int Starts, bool Ceiling, IReadOnlyList<Candidate> Bots,
    int? Profiles = null, int? Recipients = null, int? PerSecond = null)
{
    public const string Usage = """
        dotnet run -c Release --project tests/Bot.Benchmarks -- [options]
          --rounds N       rounds of every program, interleaved; the medians are printed (5)
          --customers N    customers of a run under load (2000)
          --at-once N      customers at once (200)
          --calm N         customers of the run with 4 at once (500)
          --mode M         polling, webhook or both (both)
          --starts N       starts with a fresh and with an existing database (5)
          --no-ceiling     leave the ceiling out
          --profiles N     instead of all that: count the shipped segments, sweep over N generated profiles, and
                           time the answers meanwhile
          --broadcast N    instead of all that: one broadcast to N customers within Telegram's limits, answers meanwhile
          --per-second N   with --broadcast: at most N a second instead, and no limits at the server
          --bot N=F[;K=V]  a published bot in folder F, called N, with environment K=V; repeat it to compare builds
        """;

    public static Options Parse(string[] args)
    {
        var options = new Options(5, 2_000, 200, 500, true, true, 5, true, []);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--no-ceiling" => options with { Ceiling = false },
                "--rounds" => options with { Rounds = Number(args, ++i) },
                "--customers" => options with { Customers = Number(args, ++i) },
                "--at-once" => options with { AtOnce = Number(args, ++i) },
                "--calm" => options with { Calm = Number(args, ++i) },
                "--starts" => options with { Starts = Number(args, ++i) },
                "--profiles" => options with { Profiles = Number(args, ++i) },
                "--broadcast" => options with { Recipients = Number(args, ++i) },
                "--per-second" => options with { PerSecond = Number(args, ++i) },
                "--mode" => WithMode(options, Word(args, ++i)),
                "--bot" => options with { Bots = [.. options.Bots, Candidate.Parse(Word(args, ++i))] },
                var unknown => throw new FormatException($"There is no option {unknown}."),
            };
        }

        return options;
    }

    private static Options WithMode(Options options, string mode) => mode switch
    {
        "polling" => options with { Polling = true, Webhook = false },
        "webhook" => options with { Polling = false, Webhook = true },
        "both" => options with { Polling = true, Webhook = true },
        _ => throw new FormatException($"--mode is polling, webhook or both, not {mode}."),
    };

    private static int Number(string[] args, int index) =>
        int.TryParse(Word(args, index), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{args[index - 1]} takes a whole number.");

    private static string Word(string[] args, int index) =>
        index < args.Length ? args[index] : throw new FormatException($"{args[index - 1]} takes a value.");
}

/// <summary>A published bot and the environment to run it in.</summary>
internal sealed record Candidate(string Name, string Folder, IReadOnlyDictionary<string, string> Environment)
{
    public static Candidate Parse(string text)
    {
        var parts = text.Split(';');
        if (parts[0].Split('=') is not [var name, var folder])
            throw new FormatException("--bot takes name=folder, with ;KEY=value for its environment.");

        return new Candidate(name, Path.GetFullPath(folder), parts[1..].Select(part => part.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1]));
    }
}
