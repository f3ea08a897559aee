using System.Collections.Concurrent;
using System.Diagnostics;
using Bot.FakeTelegram;

namespace Bot.Benchmarks.Load;

/// <summary>How long a crowd took, and how long each of its acts waited for the first answer.</summary>
internal sealed record Walk(TimeSpan Took, IReadOnlyList<TimeSpan> Waits);

/// <summary>Sends customers through the script, so many at once: when one is through, the next begins.</summary>
internal sealed class Crowd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly FakeTelegramServer _server;
    private readonly ConcurrentDictionary<long, Customer> _customers = new();
    private readonly TimeSpan _thought;
    private long _lastId = 1_000;

    /// <param name="thought">How long each takes to think before the next act; nothing makes as much load as there can be.</param>
    public Crowd(FakeTelegramServer server, TimeSpan thought = default)
    {
        (_server, _thought) = (server, thought);
        server.Called = (chat, call) =>
        {
            if (_customers.TryGetValue(chat.Id, out var customer))
                customer.Receive(call);
        };
    }

    /// <summary>Every customer that something is missing for, or that something came twice to.</summary>
    public IEnumerable<string> Faults => _customers.Values.Select(customer => customer.Fault).OfType<string>();

    /// <exception cref="TimeoutException">For a while nobody came through, and somebody is still on the way.</exception>
    public async Task<Walk> WalkAsync(int count, int atOnce)
    {
        var through = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (toStart, toFinish) = (count - Math.Min(atOnce, count), count);
        Customer[] customers = [];
        customers = [.. Enumerable.Range(0, count).Select(_ => Create(Finish))];
        var started = Stopwatch.GetTimestamp();
        foreach (var customer in customers.Take(atOnce))
            customer.Start();
        for (var left = int.MaxValue; !through.Task.IsCompleted;)
        {
            await Task.WhenAny(through.Task, Task.Delay(Patience)).ConfigureAwait(false);
            if (left == (left = Volatile.Read(ref toFinish)))
                throw new TimeoutException($"{left} customers are not through: {Faults.FirstOrDefault()}");
        }

        return new Walk(Stopwatch.GetElapsedTime(started), [.. customers.SelectMany(customer => customer.Waits)]);

        void Finish(Customer _)
        {
            if (Interlocked.Decrement(ref toStart) is >= 0 and var left)
                customers[count - 1 - left].Start();
            if (Interlocked.Decrement(ref toFinish) == 0)
                through.SetResult();
        }
    }

    private Customer Create(Action<Customer> finish)
    {
        var chat = _server.Chat(++_lastId);
        (chat.FirstName, chat.Language) = ("Ann", "en");
        return _customers[chat.Id] = new Customer(chat, _thought, finish);
    }
}
