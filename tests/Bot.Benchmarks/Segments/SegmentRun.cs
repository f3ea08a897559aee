using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Bot.Benchmarks.Programs;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Profiles;
using Bot.Storage;
using Bot.Storage.Admin;
using Bot.Storage.Histories;
using Bot.Storage.Segments;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Benchmarks.Segments;

/// <summary>What it costs to count the shipped segments and to sweep over all customers once a day.</summary>
internal static class SegmentRun
{
    private const string WinBack = "last_active < ago(90d) and purchases.count > 0";
    private const int PageSize = 500;

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(int customers, IReadOnlyList<Candidate> bots)
    {
        var content = Content();
        var folder = Directory.CreateTempSubdirectory("bot-segments-");
        try
        {
            var options = new StoreOptions(Path.Combine(folder.FullName, "data", "bot.db"));
            var settling = Stopwatch.StartNew();
            Store.Open(options, TimeProvider.System, NullLogger.Instance).Dispose();
            using (var connection = new SqliteConnection($"Data Source={options.DatabasePath};Pooling=False"))
            {
                connection.Open();
                new Town(connection, Now).Settle(customers);
            }

            Print($"{customers:N0} profiles, {new FileInfo(options.DatabasePath).Length >> 20:N0} MB, made in {settling.Elapsed.TotalSeconds:F0} s\n");
            using (var store = Store.Open(options, TimeProvider.System, NullLogger.Instance))
            {
                Measure(store, content);
                Measure(options);
            }

            await LiveRun.RunAsync(bots is [var bot, ..] ? bot : await PublishAsync(folder.FullName).ConfigureAwait(false), folder.FullName).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Candidate> PublishAsync(string folder)
    {
        var published = Path.Combine(folder, "published");
        await Repository.PublishAsync(published).ConfigureAwait(false);
        return new Candidate("bot", published, new Dictionary<string, string>());
    }

    private static void Measure(Store store, Content content)
    {
        Print("| what | condition | found | ms | CPU ms |\n|---|---|---|---|---|");
        using var connection = new SqliteConnection($"Data Source={store.DatabasePath};Mode=ReadOnly;Pooling=False");
        connection.Open();
        Row("bare scan", "`select count(*) from profiles`", () => Scan(connection));
        foreach (var segment in content.Segments.Values)
        {
            Row($"count {segment.Id}", $"`{segment.For.Source}`", () => store.Segments.Count(segment.For, content.Settings, Now));
        }

        var longest = TimeSpan.Zero;
        Row("daily sweep", $"`{WinBack}`", () => Sweep(store.Segments, content.Settings, out longest));
        Print($"\nThe longest page of the sweep took {longest.TotalMilliseconds:F0} ms.");
    }

    /// <summary>What staff ask for in the admin chat.</summary>
    private static void Measure(StoreOptions options)
    {
        Print("\n| what | asked | found | ms | CPU ms |\n|---|---|---|---|---|");
        foreach (var what in (string[])["анна 12345", "анна", "+7 912 345-67-89", "1234567", "@anna_p", "anna@example.com"])
        {
            Row("find", $"`/find {what}`", () => CustomerHistories.Search(options, what, 11).Length);
        }

        foreach (var days in (int[])[7, 366])
        {
            Row("leads", $"`/leads {days}d`", () => BusinessNumbers.LeadsBySource(options, Now.AddDays(-days)).Sum(one => one.Count)
                + BusinessNumbers.LeadsSince(options, Now.AddDays(-days), 20).Length);
        }
    }

    private static long Scan(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM profiles";
        return (long)command.ExecuteScalar()!;
    }

    private static long Sweep(SegmentReader segments, Settings settings, out TimeSpan longest)
    {
        var condition = Expression.Parse(WinBack, new Vocabulary { Fields = ProfileFields.BuiltIn, BareFields = true, IsOfAnyChat = true }).Result!;
        var scope = new SweepScope("win-back", Now.AddDays(-180), settings.Zone.Id, IsBusinessZone: true);
        var found = 0L;
        longest = TimeSpan.Zero;
        for (ProfileId? after = new ProfileId(0); after is { } from;)
        {
            var clock = Stopwatch.StartNew();
            var page = segments.Page(condition, settings, Now, scope, from, PageSize);
            longest = clock.Elapsed > longest ? clock.Elapsed : longest;
            found += page.Matches.Length;
            after = page.Cursor;
        }

        return found;
    }

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    /// <summary>The second time counts: the first one reads the file.</summary>
    private static void Row(string what, string condition, Func<long> run)
    {
        run();
        var clock = Stopwatch.StartNew();
        var before = Cpu();
        var found = run();
        Print($"| {what} | {condition} | {found:N0} | {clock.Elapsed.TotalMilliseconds:N0} | {(Cpu() - before).TotalMilliseconds:N0} |");
    }

    private static Content Content()
    {
        var folder = Path.Combine(Repository.Root, "dialogs");
        var files = Path.Combine(folder, "files");
        var loaded = ContentLoader.Load(new ContentSource(
            Directory.GetFiles(folder, "*.yaml").ToImmutableSortedDictionary(file => Path.GetFileName(file), File.ReadAllText),
            Directory.GetFiles(files).Select(file => new ContentFile(Path.GetFileName(file), "", new FileInfo(file).Length))
                .ToImmutableSortedDictionary(file => file.Name, file => file)));
        return loaded.Content ?? throw new InvalidOperationException($"The content has faults: {loaded.Faults[0]}");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Print(string line) => Console.WriteLine(line);
}
