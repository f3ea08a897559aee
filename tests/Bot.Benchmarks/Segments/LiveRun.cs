using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bot.Benchmarks.Load;
using Bot.Benchmarks.Programs;
using Bot.Benchmarks.Report;
using Bot.FakeTelegram;
using Microsoft.Data.Sqlite;

namespace Bot.Benchmarks.Segments;

/// <summary>How long customers wait for answers while the published bot sweeps over a whole town and sends what comes of it.</summary>
internal static class LiveRun
{
    private const int Customers = 60;

    /// <summary>
    /// Between one customer and the next: a dozen answers a second in all. Marketing gets what the answers leave of 30 a second, so customers
    /// without a pause would leave it nothing.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <param name="folder">Where <c>data/bot.db</c> is the town's.</param>
    public static async Task RunAsync(Candidate bot, string folder)
    {
        await using var server = await FakeTelegramServer.StartAsync().ConfigureAwait(false);
        (server.KeepLog, server.Validate) = (false, false);
        var crowd = new Crowd(server);
        var port = Subject.FreePort();
        var demo = new Dictionary<string, string>(bot.Environment) { ["Demo__Enabled"] = "true" };
        using var program = new PublishedBot(bot with { Environment = demo }).Start(server.Url, webhook: false, folder, port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"), Timeout = TimeSpan.FromMinutes(10) };
        try
        {
            await crowd.WalkAsync(1, 1).ConfigureAwait(false);
            var calm = new List<TimeSpan>();
            for (var walked = 0; walked < Customers; walked++)
            {
                await WalkAsync(crowd, calm).ConfigureAwait(false);
            }

            var before = Counts(folder);

            // A day on: every daily automation on the way comes due, in each zone.
            var day = MoveAsync(http, "P1D");
            var waits = new List<TimeSpan>();
            while (!day.IsCompleted)
            {
                await WalkAsync(crowd, waits).ConfigureAwait(false);
            }

            var (end, still, busy, after) = (await day.ConfigureAwait(false), Latency.Of(calm), Latency.Of(waits), Counts(folder));
            Print($"\n| answers, a dozen a second | p50 / p95 / p99 ms |\n|---|---|\n| before | {still.P50:F2} / {still.P95:F2} / {still.P99:F2} |");
            Print($"| while a day's automations are swept and sent ({end}) | {busy.P50:F2} / {busy.P95:F2} / {busy.P99:F2} |");
            Print($"\nMeanwhile {after.Runs - before.Runs:N0} customers entered a sequence; {after.Sent - before.Sent:N0} messages were sent,");
            Print($"{after.Skipped - before.Skipped:N0} skipped with a reason, {after.Waiting:N0} wait. {waits.Count:N0} answers were timed.");
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{failure.Message}{Environment.NewLine}{program.LastLines}", failure);
        }

        await program.StopAsync().ConfigureAwait(false);
    }

    private static async Task WalkAsync(Crowd crowd, List<TimeSpan> waits)
    {
        waits.AddRange((await crowd.WalkAsync(1, 1).ConfigureAwait(false)).Waits);
        await Task.Delay(Pause).ConfigureAwait(false);
    }

    /// <summary>Answers what the clock says of it: it stands where something cannot be sent at once, which is so for a whole town.</summary>
    private static async Task<string> MoveAsync(HttpClient http, string by)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "demo/clock") { Content = new StringContent($$"""{"advance":"{{by}}"}""", Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var answer = await http.SendAsync(request).ConfigureAwait(false);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync().ConfigureAwait(false));
        return answer.IsSuccessStatusCode ? "all of it" : "as long as the clock waits";
    }

    private static (long Runs, long Sent, long Skipped, long Waiting) Counts(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "bot.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return (Count("sequence_runs"), Count("deliveries WHERE kind = 2 AND status = 0"), Count("deliveries WHERE kind = 2 AND status = 3"), Count("outbox"));

        long Count(string what)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {what}";
            return (long)command.ExecuteScalar()!;
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
