using System.Diagnostics;
using System.Globalization;
using Bot.Core.Gate;
using Bot.Core.Messages;
using Bot.Storage.Sqlite;
using Bot.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Bot.Tests.Simulation;

/// <summary>What must hold of every automatic message of a year, whatever customers do and however often the host is dropped.</summary>
public sealed class SimulatedYearTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task A_year_of_automatic_messages_breaks_no_rule_and_accounts_for_every_message()
    {
        // BOT_YEAR_PEOPLE=2000 is the full size, see docs/performance.md.
        var people = Size("BOT_YEAR_PEOPLE", 300);
        var seed = Size("BOT_YEAR_SEED", Environment.ProcessId);
        TestContext.Current.TestOutputHelper?.WriteLine($"BOT_YEAR_SEED={seed} BOT_YEAR_PEOPLE={people}");
        var started = Stopwatch.GetTimestamp();
        await using var year = new Year(people, crashes: 50, seed);

        await year.LiveAsync();

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{people} customers, a year: {year.Messages} messages, dropped {year.Dropped} times, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
        Assert.True(year.Dropped >= 25, "The host was hardly ever dropped; the test proves little.");
        Assert.Contains(year.People, person => person.Automatic.Exists(sent => sent.Message.Template == "come-back/gift"));
        using var database = Connections.OpenReader(year.Bot.Options.DatabasePath);
        var entered = database.Query<(long Address, string Sequence, long At)>("""
            SELECT c.address, r.sequence, r.started_at FROM sequence_runs r JOIN chats c ON c.id = r.chat_id
            """).ToLookup(run => (run.Address, $"sequence:{run.Sequence}"), run => DateTimeOffset.FromUnixTimeMilliseconds(run.At));
        Assert.All(year.People, person => KeptItsPromises(person, entered));
        NothingIsLeft(database, year);
        RunsAddUp(database);
        EveryStepHasAnEnd(database);
        WhatArrivedIsWhatIsWritten(database, year);
    }

    private static int Size(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var size) ? size : otherwise;

    /// <summary>As the customer sees it.</summary>
    private static void KeptItsPromises(Person person, ILookup<(long Address, string Cause), DateTimeOffset> entered)
    {
        var settings = TestBot.Shipped.Settings;
        var marketing = person.Automatic.Where(sent => sent.Message.Kind == MessageKind.Marketing).ToList();

        // Who buys something, at night too, stands at the desk then, and gets the receipt.
        var automatic = person.Automatic.Where(sent => !sent.Message.Cause.StartsWith("purchase:", StringComparison.Ordinal)).ToList();
        foreach (var (at, message) in automatic)
        {
            var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, person.LivesIn(settings.Zone)).DateTime);
            Assert.False(local.IsBetween(settings.Quiet!.Value.From, settings.Quiet.Value.To), $"{message.Template} at {local} by the customer's clock");
        }

        foreach (var (at, message) in marketing)
        {
            var what = $"customer {person.Number}, {message.Template} at {at:O}";
            Assert.True(person.ConsentAt(at), $"no consent: {what}");
            Assert.False(person.PauseAt(at), $"paused: {what}");
            Assert.False(person.IsOffAt(TopicOf(message.Template), at), $"topic off: {what}");

            // Goals count from the moment of entering.
            var since = entered[(person.Number, message.Cause)].Where(start => start <= at).OrderDescending().Select(start => (DateTimeOffset?)start).FirstOrDefault();
            Assert.False(since is not null && person.Goals.Exists(goal => goal > since && goal < at), $"goal reached: {what}");
            Assert.Contains("a.unsubscribe.", ((Keyboard.Inline)message.Body.Keyboard!).Rows[^1][0].Data, StringComparison.Ordinal);
        }

        var moments = marketing.Select(sent => sent.At).Order().ToList();
        Assert.All(moments, moment => Assert.InRange(moments.Count(other => other > moment - Week && other <= moment), 1, 2));

        // Each step of the welcome once in a life, a birthday once a year; of a reminder two where the host was dropped while it was sent.
        Assert.All(marketing.GroupBy(sent => (sent.Message.Template, sent.Message.Body.Html)), same =>
            Assert.True(same.Count() == 1 || same.Key.Template.StartsWith("come-back/", StringComparison.Ordinal), $"twice: {same.Key.Template} to {person.Number}"));
        Assert.All(marketing.GroupBy(sent => sent.Message.Template), same => Assert.True(
            same.Zip(same.Skip(1)).All(pair => pair.Second.At - pair.First.At > TimeSpan.FromDays(150)), $"too soon again: {same.Key} to {person.Number}"));
        Assert.True(automatic.Count(sent => sent.Message.Kind == MessageKind.Service) <= 2 * (1 + person.Conversations), $"nudged: {person.Number}");
    }

    private static string TopicOf(string template) => template.StartsWith("welcome/", StringComparison.Ordinal) ? "tips" : "offers";

    private static void NothingIsLeft(SqliteConnection database, Year year)
    {
        Assert.Equal(0, database.ExecuteScalar<long>("SELECT count(*) FROM outbox"));
        Assert.Equal(0, database.ExecuteScalar<long>("SELECT count(*) FROM aside"));
        Assert.Equal(0, database.ExecuteScalar<long>("SELECT count(*) FROM timers WHERE due_at < @now",
            new { now = year.Bot.Business.GetUtcNow().ToUnixTimeMilliseconds() }));
        Assert.Equal(0, database.ExecuteScalar<long>("""
            SELECT count(*) FROM sequence_runs WHERE ended IS NULL AND (timer_id IS NULL OR timer_id NOT IN (SELECT id FROM timers))
            """));
        Assert.Equal(year.People.Sum(person => person.Purchases), database.ExecuteScalar<long>("SELECT count(*) FROM purchases"));
    }

    /// <summary>Whoever entered runs, or ended in one of the ways there are.</summary>
    private static void RunsAddUp(SqliteConnection database) => Assert.Equal(
        database.ExecuteScalar<long>("SELECT count(*) FROM sequence_runs"),
        database.ExecuteScalar<long>("SELECT count(*) FROM sequence_runs WHERE ended IS NULL OR ended IN (0, 1, 2, 3)"));

    /// <summary>Each step that a run came to was sent, or there is the reason why not; none twice.</summary>
    private static void EveryStepHasAnEnd(SqliteConnection database)
    {
        foreach (var sequence in TestBot.Shipped.Sequences.Values)
        {
            var steps = sequence.Steps.Where(step => step.Outreach.IsHeard).Select(step => $"{sequence.Id}/{step.Name}").ToList();
            foreach (var (profile, ended, started, until) in database.Query<(long, long?, long, long)>("""
                SELECT profile_id, ended, started_at, coalesce(ended_at, 9999999999999) FROM sequence_runs WHERE sequence = @Id
                """, new { sequence.Id }))
            {
                var ends = steps.ConvertAll(step => database.ExecuteScalar<long>("""
                    SELECT count(*) FROM deliveries WHERE profile_id = @profile AND template = @step AND at >= @started AND at <= @until + 86400000
                    """, new { profile, step, started, until }));
                var came = ends.TakeWhile(count => count > 0).Count();
                Assert.All(ends, (count, index) => Assert.True(count == (index < came ? 1 : 0), $"{steps[index]} of {profile} has {count} ends"));
                Assert.True(ended != 0 || came == steps.Count, $"{sequence.Id} of {profile} is finished after {came} steps");
            }
        }
    }

    /// <summary>Nothing arrived that is not written, and what is written as sent did arrive; what was cut off is unknown.</summary>
    private static void WhatArrivedIsWhatIsWritten(SqliteConnection database, Year year)
    {
        var written = database.Query<(long Id, long Status, string? Reason)>("SELECT id, status, reason FROM deliveries WHERE kind = 2")
            .ToDictionary(row => row.Id);
        var arrived = year.People.SelectMany(person => person.Automatic).Where(sent => sent.Message.Kind == MessageKind.Marketing)
            .Select(sent => sent.Message.Id.Value).ToList();
        Assert.Equal(arrived.Count, arrived.Distinct().Count());
        Assert.All(arrived, id => Assert.True(written[id].Status is (long)DeliveryStatus.Sent or (long)DeliveryStatus.Unknown));
        Assert.Empty(written.Values.Where(row => row.Status == (long)DeliveryStatus.Sent).Select(row => row.Id).Except(arrived));
        Assert.All(written.Values.Where(row => row.Status == (long)DeliveryStatus.Skipped), row =>
            Assert.True(Enum.TryParse<SkipReason>(row.Reason, out _) || row.Reason == "unsubscribed", row.Reason));
        Assert.InRange(written.Values.Count(row => row.Status == (long)DeliveryStatus.Unknown), 0, year.Dropped * 64);
    }
}
