using System.Diagnostics;
using Bot.Core.Conversations;
using Bot.Core.Expressions;
using Bot.Core.Messages;
using Bot.Core.Profiles;
using Bot.Core.Turns;
using Bot.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Storage.Tests;

/// <summary>What a turn costs in the store. Run by hand: <c>dotnet run -c Release -- -explicit only</c> in this folder.</summary>
public sealed class Measurement(ITestOutputHelper output)
{
    private const int Customers = 2_000;
    private const int TurnsOfCustomer = 4;
    private const int Group = 50;

    [Fact(Explicit = true)]
    public void A_turn_costs_so_many_microseconds()
    {
        for (var round = 0; round < 4; round++)
        {
            using var folder = new TempFolder();
            using var store = Store.Open(new StoreOptions(folder.File("bot.db")), TimeProvider.System, NullLogger.Instance);
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var steps = new long[5];
            for (var turn = 0; turn < TurnsOfCustomer; turn++)
            {
                for (var first = 0; first < Customers; first += Group)
                {
                    RunGroup(store, turn, first, steps);
                }
            }

            var turns = Customers * TurnsOfCustomer;
            using var process = Process.GetCurrentProcess();
            output.WriteLine($"wall {clock.Elapsed.TotalMicroseconds / turns:F1} us a turn, CPU "
                + $"{(process.TotalProcessorTime - cpu).TotalMicroseconds / turns:F1} us, "
                + $"{(GC.GetAllocatedBytesForCurrentThread() - allocated) / turns} bytes; "
                + string.Join(", ", steps.Select((ticks, n) => ((string[])["key", "load", "apply", "complete", "commit"])[n]
                    + $" {Stopwatch.GetElapsedTime(0, ticks).TotalMicroseconds / turns:F1}")));
        }
    }

    [Fact(Explicit = true)]
    public void A_step_of_tidying_takes_so_many_milliseconds()
    {
        using var folder = new TempFolder();
        using var store = Store.Open(new StoreOptions(folder.File("bot.db")), TimeProvider.System, NullLogger.Instance);
        using (var transaction = store.Begin())
        {
            for (var n = 0; n < 200_000; n++)
            {
                transaction.TryAddKey($"telegram:1000:{n}", n % 2 == 0 ? Some.Noon.AddDays(-4) : Some.Noon);
            }

            transaction.Commit();
        }

        var (steps, longest, isMore) = (0, TimeSpan.Zero, true);
        var clock = Stopwatch.StartNew();
        while (isMore)
        {
            var start = clock.Elapsed;
            isMore = store.Tidy(Some.Noon);
            longest = clock.Elapsed - start > longest ? clock.Elapsed - start : longest;
            steps++;
        }

        output.WriteLine($"{steps} steps, {clock.Elapsed.TotalMilliseconds / steps:F2} ms on average, {longest.TotalMilliseconds:F1} ms at most");
    }

    private static void RunGroup(Store store, int turn, int first, long[] steps)
    {
        var sent = new List<OutboxMessage>();
        using (var transaction = store.Begin())
        {
            for (var customer = first; customer < first + Group; customer++)
            {
                var now = Some.Noon.AddSeconds(turn);
                var t0 = Stopwatch.GetTimestamp();
                transaction.TryAddKey($"telegram:1000:{(turn * Customers) + customer}", now);
                transaction.Savepoint();
                var t1 = Stopwatch.GetTimestamp();
                var before = transaction.Load(Some.Address(customer));
                var t2 = Stopwatch.GetTimestamp();
                sent.AddRange(transaction.Apply(before, Turn(store, before, turn, customer, now), now));
                var t3 = Stopwatch.GetTimestamp();
                transaction.Release();
                steps[0] += t1 - t0 + (Stopwatch.GetTimestamp() - t3);
                steps[1] += t2 - t1;
                steps[2] += t3 - t2;
            }

            var t4 = Stopwatch.GetTimestamp();
            transaction.Commit();
            steps[4] += Stopwatch.GetTimestamp() - t4;
        }

        using (var transaction = store.Begin())
        {
            var t5 = Stopwatch.GetTimestamp();
            foreach (var message in sent)
            {
                transaction.Complete(new SendResult.Finished(message, DeliveryStatus.Sent, 42, null), Some.Noon);
            }

            var t6 = Stopwatch.GetTimestamp();
            transaction.Commit();
            steps[3] += t6 - t5;
            steps[4] += Stopwatch.GetTimestamp() - t6;
        }
    }

    // As the lead magnet does: opened, asked for a contact, asked for a consent, delivered. 5 messages in 4 turns.
    private static TurnResult.Outcome Turn(Store store, Snapshot before, int turn, int customer, DateTimeOffset now)
    {
        if (turn == 0)
        {
            var customerNow = Some.NewCustomer(store, customer);
            return Some.Outcome(customerNow with { Conversation = Some.Conversation(store, state: "start") }, Some.Say());
        }

        var profile = before.Profile! with { LastActive = now };
        var conversation = before.Conversation! with { Step = turn, LastAt = now };
        return turn switch
        {
            1 => Some.Outcome(before with { Profile = profile, Conversation = WithState(conversation, "contact") }, Some.Say()),
            2 => Some.Outcome(
                before with
                {
                    Profile = profile with { Fields = profile.Fields.SetItem("phone", new Value.Text("+79990001122")) },
                    Conversation = WithState(conversation, "consent"),
                },
                Some.Say()),
            _ => Some.Outcome(
                before with { Profile = WithEvent(profile, now), Conversation = null },
                Some.Say(),
                Some.Say(),
                new Effect.Record("lead-magnet.delivered", [KeyValuePair.Create<string, Value>("magnet", new Value.Magnet("guide"))]),
                new Effect.CloseConversation(conversation.Id, "lead-magnet", "end", ConversationEnd.Finished)),
        };
    }

    private static Conversation WithState(Conversation conversation, string state) =>
        conversation with { Frames = [conversation.Top with { State = state }] };

    private static Profile WithEvent(Profile profile, DateTimeOffset now) => profile with
    {
        Events = profile.Events.SetItem("lead-magnet.delivered", default(EventStatistics).And(now)),
        Tags = profile.Tags.Add("lead"),
    };
}
