namespace Bot.FakeTelegram.Receiving;

/// <summary>One update on its way to the bot.</summary>
internal sealed record QueuedUpdate(long Id, long Chat, byte[] Json)
{
    /// <summary>A getUpdates has answered with it.</summary>
    public bool IsGiven { get; set; }
}

/// <summary>Updates that the bot has not confirmed. All members are thread-safe.</summary>
internal sealed class UpdateQueue
{
    private readonly Lock _gate = new();
    private readonly List<QueuedUpdate> _updates = [];
    private TaskCompletionSource _arrived = NewSignal();

    public int Count
    {
        get
        {
            lock (_gate)
                return _updates.Count;
        }
    }

    public int Given
    {
        get
        {
            lock (_gate)
                return _updates.Count(static update => update.IsGiven);
        }
    }

    public void Add(params ReadOnlySpan<QueuedUpdate> updates)
    {
        TaskCompletionSource arrived;
        lock (_gate)
        {
            _updates.AddRange(updates);
            arrived = _arrived;
            _arrived = NewSignal();
        }

        arrived.TrySetResult();
    }

    /// <summary>
    /// Forgets updates below the offset; a negative one keeps only that many from the end. Answers whether the bot had seen all that is
    /// forgotten.
    /// </summary>
    public bool Confirm(long offset)
    {
        lock (_gate)
        {
            if (offset < 0)
            {
                _updates.RemoveRange(0, (int)Math.Max(0, _updates.Count + offset));
                return true;
            }

            var isSeen = _updates.TrueForAll(update => update.Id >= offset || update.IsGiven);
            if (offset > 0)
                _updates.RemoveAll(update => update.Id < offset);
            return isSeen;
        }
    }

    public void Remove(QueuedUpdate update)
    {
        lock (_gate)
            _updates.Remove(update);
    }

    public void Clear()
    {
        lock (_gate)
            _updates.Clear();
    }

    /// <summary>The oldest updates, and a task that ends when another arrives.</summary>
    public (QueuedUpdate[] Updates, Task Arrived) Peek(int limit)
    {
        lock (_gate)
        {
            QueuedUpdate[] given = [.. _updates.Take(limit)];
            foreach (var update in given)
                update.IsGiven = true;
            return (given, _arrived.Task);
        }
    }

    public QueuedUpdate? First(long chat)
    {
        lock (_gate)
            return _updates.Find(update => update.Chat == chat);
    }

    public long[] Chats()
    {
        lock (_gate)
            return [.. _updates.Select(static update => update.Chat).Distinct()];
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
