using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Bot.Benchmarks.Load;
using Bot.Benchmarks.Programs;
using Bot.Benchmarks.Report;
using Bot.FakeTelegram;
using Bot.FakeTelegram.Chats;
using Bot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Benchmarks.Broadcasts;

/// <summary>One broadcast of the published bot to many, while some customers talk with it: how fast it goes, and what it costs.</summary>
internal static class BroadcastRun
{
    private const string Text = "Broadcast";
    private const long Owner = 5_000_001;
    private const long FirstRecipient = 10_000_000;

    /// <summary>How long a customer thinks before the next act. So many talk with the bot at once; their answers are some three a second.</summary>
    private static readonly TimeSpan Thought = TimeSpan.FromSeconds(1.5);
    private const int Talking = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How often the broadcast's state is looked at.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <param name="perSecond"><see langword="null"/> for Telegram's usual limits, which the server then keeps too.</param>
    public static async Task RunAsync(int recipients, int? perSecond, IReadOnlyList<Candidate> bots)
    {
        var folder = Directory.CreateTempSubdirectory("bot-broadcast-");
        try
        {
            Settle(folder.FullName, recipients);
            var environment = new Dictionary<string, string> { ["Dialogs__Path"] = Dialogs(folder.FullName), ["Demo__Enabled"] = "false" };
            if (perSecond is { } limit)
            {
                environment["Telegram__MessagesPerSecond"] = limit.ToString(CultureInfo.InvariantCulture);
            }

            var bot = bots is [var given, ..] ? given : await PublishAsync(folder.FullName).ConfigureAwait(false);
            await SendAsync(bot with { Environment = environment }, folder.FullName, recipients, perSecond).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task SendAsync(Candidate bot, string folder, int recipients, int? perSecond)
    {
        await using var server = await FakeTelegramServer.StartAsync().ConfigureAwait(false);
        (server.KeepLog, server.Validate, server.Limits.IsOn) = (false, false, perSecond is null);
        server.Chat(Owner);
        for (var id = FirstRecipient; id < FirstRecipient + recipients; id++)
        {
            server.Chat(id);
        }

        var crowd = new Crowd(server, Thought);
        var arrivals = new ConcurrentQueue<TimeSpan>();
        var answers = new ConcurrentQueue<TimeSpan>();
        var (twice, refused, others429) = (0, 0, 0);
        var got = new ConcurrentDictionary<long, byte>();
        var toCrowd = server.Called!;
        server.Called = (chat, call) =>
        {
            if (call.Status == 429)
                _ = chat.Id >= FirstRecipient ? refused++ : others429++;

            if (chat.Id < FirstRecipient && chat.Id != Owner && call.IsMessage)
            {
                answers.Enqueue(call.At);
            }
            else if (chat.Id >= FirstRecipient && call.IsMessage)
            {
                arrivals.Enqueue(call.At);
                twice += got.TryAdd(chat.Id, 0) ? 0 : 1;
            }

            toCrowd(chat, call);
        };

        using var program = new PublishedBot(bot).Start(server.Url, webhook: false, folder, Subject.FreePort());
        try
        {
            await crowd.WalkAsync(1, 1).ConfigureAwait(false);
            var calm = new List<TimeSpan>();
            for (var i = 0; i < 7; i++)
            {
                await WalkAsync(crowd, calm).ConfigureAwait(false);
            }

            using var stalls = new Stalls(() => server.Now);
            var (cpu, memory) = (program.Cpu, program.ReadMemory().Now);
            var started = Stopwatch.GetTimestamp();
            await BeginAsync(server.Chat(Owner)).ConfigureAwait(false);
            var (waits, written, highest) = (new List<TimeSpan>(), (TimeSpan?)null, 0.0);
            using var over = new CancellationTokenSource();
            var talking = perSecond is null ? TalkAsync(crowd, waits, over.Token) : Task.CompletedTask;
            while (State(folder) is var (state, isWritten) && state != 4)
            {
                written ??= isWritten ? Stopwatch.GetElapsedTime(started) : null;
                highest = Math.Max(highest, program.ReadMemory().Now);
                await Task.Delay(Look).ConfigureAwait(false);
            }

            await over.CancelAsync().ConfigureAwait(false);
            await talking.ConfigureAwait(false);

            var spent = program.Cpu - cpu;
            var at = arrivals.Order().ToArray();
            var seconds = (at[^1] - at[0]).TotalSeconds;
            var others = answers.Count(one => one >= at[0] && one <= at[^1]);
            Print($"| recipients | limit | written in s | sent | twice | sent in s | a second | with the answers | CPU µs a recipient | memory before / highest / after, MB |");
            Print($"|---|---|---|---|---|---|---|---|---|---|");
            Print($"| {recipients:N0} | {perSecond?.ToString(CultureInfo.InvariantCulture) ?? "30, also at the server"} | {written?.TotalSeconds:F1} | {at.Length:N0} | {twice} | {seconds:F0} | {(at.Length - 1) / seconds:F2} | {(at.Length - 1 + others) / seconds:F2} | {spent.TotalMicroseconds / recipients:F0} | {memory:F0} / {highest:F0} / {program.ReadMemory().Now:F0} |");
            if (perSecond is null)
            {
                var room = 30 - (others / seconds);
                Print($"\nOf what the answers left of 30 a second ({room:F2}) the broadcast took {(at.Length - 1) / seconds / room:P1}.");
                Print($"Most to recipients in any sliding second: {MostInASecond(at, stalls)}; with those in which this program itself stood still, {MostInASecond(at, null)} ({stalls.Count} times, at most {stalls.Longest.TotalMilliseconds:F0} ms).");
                Print($"Answers of 429: {refused} to recipients, {others429} to who talks and to the owner, in chats that get more than five messages at once.");
            }

            if (waits.Count > 0)
            {
                var (still, busy) = (Latency.Of(calm), Latency.Of(waits));
                Print($"\n| answers | p50 / p95 / p99 ms |\n|---|---|\n| before | {still.P50:F2} / {still.P95:F2} / {still.P99:F2} |");
                Print($"| during it ({waits.Count:N0}) | {busy.P50:F2} / {busy.P95:F2} / {busy.P99:F2} |");
            }
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{failure.Message}{Environment.NewLine}{program.LastLines}", failure);
        }

        await program.StopAsync().ConfigureAwait(false);
    }

    private static async Task BeginAsync(FakeChat owner)
    {
        var steps = new (Action Act, string Button)[]
        {
            (() => owner.Says($"/broadcast {Text}"), "Тема"),
            (() => owner.Says("/set topic offers"), "Отправить…"),
            (() => owner.Presses("Отправить…"), "Да"),
        };
        foreach (var (act, button) in steps)
        {
            act();
            while (!owner.Has(button))
            {
                await Task.Delay(20).ConfigureAwait(false);
            }

            await Task.Delay(1_000).ConfigureAwait(false);
        }

        owner.Presses("Да");
    }

    private static async Task TalkAsync(Crowd crowd, List<TimeSpan> waits, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await WalkAsync(crowd, waits).ConfigureAwait(false);
        }
    }

    private static async Task WalkAsync(Crowd crowd, List<TimeSpan> waits)
    {
        waits.AddRange((await crowd.WalkAsync(Talking, Talking).ConfigureAwait(false)).Waits);
        await Task.Delay(Pause).ConfigureAwait(false);
    }

    /// <param name="stalls">Seconds in which the server stood still do not count.</param>
    private static int MostInASecond(TimeSpan[] at, Stalls? stalls)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < at.Length; last++)
        {
            while (at[last] - at[first] >= TimeSpan.FromSeconds(1))
            {
                first++;
            }

            if (last - first + 1 > most && stalls?.IsWithin(at[first] - TimeSpan.FromMilliseconds(50), at[last]) != true)
            {
                most = last - first + 1;
            }
        }

        return most;
    }

    /// <summary>Customers who agreed to Marketing, and an owner in the admin chat.</summary>
    private static void Settle(string folder, int recipients)
    {
        var options = new StoreOptions(Path.Combine(folder, "data", "bot.db"));
        Store.Open(options, TimeProvider.System, NullLogger.Instance).Dispose();
        using var connection = new SqliteConnection($"Data Source={options.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            PRAGMA synchronous = OFF;
            BEGIN;
            INSERT INTO profiles (id, created_at, last_active_at)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {recipients}) SELECT i, 0, 0 FROM n;
            INSERT INTO chats (id, profile_id, channel, bot, address, language, has_keyboard)
                SELECT id * 4, id, 'telegram', 1000, {FirstRecipient - 1} + id, 'ru', 0 FROM profiles;
            INSERT INTO consents_in_force (profile_id, purpose, chat_id) SELECT id, 'marketing', id * 4 FROM profiles;
            INSERT INTO staff (user_id, role, added_at) VALUES ({Owner}, 0, 0);
            INSERT INTO meta (name, value) VALUES ('admin.chat', '1000:{Owner}');
            COMMIT;
            PRAGMA wal_checkpoint(TRUNCATE);
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>The product's dialogs without quiet hours: a benchmark runs at any time of the day.</summary>
    private static string Dialogs(string folder)
    {
        var (from, to) = (Path.Combine(Repository.Root, "dialogs"), Path.Combine(folder, "dialogs"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var settings = Path.Combine(to, "settings.yaml");
        File.WriteAllLines(settings, File.ReadAllLines(settings).Where(line => !line.StartsWith("quiet:", StringComparison.Ordinal)));
        return to;
    }

    private static async Task<Candidate> PublishAsync(string folder)
    {
        var published = Path.Combine(folder, "published");
        await Repository.PublishAsync(published).ConfigureAwait(false);
        return new Candidate("bot", published, new Dictionary<string, string>());
    }

    private static (long State, bool IsWritten) State(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "bot.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT state, written FROM broadcasts WHERE id = 1";
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1) == 1);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
