using System.Collections.Concurrent;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Operations;
using Bot.Storage;

namespace Bot.Writing;

/// <summary>
/// The one loop that writes. It takes what waits, up to <see cref="MaxGroup"/> inputs, commits it as one transaction on its own
/// thread, and only then lets the sources acknowledge and the messages go.
/// </summary>
internal sealed class Writer : IDisposable
{
    /// <summary>The most inputs of one transaction.</summary>
    public const int MaxGroup = 100;

    /// <summary>The most timers of one transaction.</summary>
    private const int MaxTimers = 50;

    private const int MaxResults = 500;
    private static readonly TimeSpan ResultsWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FaultWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndWait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<PendingInput> _inputs = new();
    private readonly ConcurrentQueue<PendingInput> _timers = new();
    private readonly ConcurrentQueue<SendResult> _results = new();
    private readonly ConcurrentQueue<IStep> _steps = new();
    private readonly AutoResetEvent _signal = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly GroupCommit _commit;
    private readonly ILogger<Writer> _log;
    private int _waitingResults;
    private volatile bool _isStopping;
    private volatile string? _stalled;
    private volatile bool _isComplete = true;

    public Writer(Store store, InputHandler handler, TimeProvider clock, Metrics metrics, ILogger<Writer> log)
    {
        _log = log;
        _commit = new GroupCommit(store, handler, clock, metrics, log, committed => Committed?.Invoke(committed));
        _thread = new Thread(Run) { Name = "writer", IsBackground = true };
    }

    /// <summary>Raised on the writer's thread after each commit, with what may go now.</summary>
    public event Action<Committed>? Committed;

    /// <summary>Why nothing is taken in at the moment, or <see langword="null"/>.</summary>
    public string? Stalled => _stalled;

    public void Start() => _thread.Start();

    /// <summary>Takes inputs in; completes once they are committed and may be acknowledged.</summary>
    public Task AcceptAsync(IReadOnlyList<Input> inputs, CancellationToken cancellationToken) => AcceptAsync(inputs, _inputs, cancellationToken);

    /// <summary>Takes in timers that fired: they give way to what customers do.</summary>
    public Task AcceptTimersAsync(IReadOnlyList<Input.TimerFired> fired, CancellationToken cancellationToken) =>
        AcceptAsync(fired, _timers, cancellationToken);

    /// <summary>Takes in what can wait for customers: rows of a list.</summary>
    public Task AcceptBehindAsync(IReadOnlyList<Input> inputs, CancellationToken cancellationToken) => AcceptAsync(inputs, _timers, cancellationToken);

    /// <summary>Takes in what became of a message; written within 50 ms, together with others.</summary>
    public void Accept(SendResult result)
    {
        _results.Enqueue(result);

        // Counted apart from the queue: of two that come at once, exactly one is the first.
        if (Interlocked.Increment(ref _waitingResults) is 1 or MaxResults)
        {
            _signal.Set();
        }
    }

    /// <summary>Runs a batch step: bookkeeping of the bot's own tables, at most 20 ms of it.</summary>
    public async Task<T> StepAsync<T>(Func<WriteTransaction, T> work, CancellationToken cancellationToken)
    {
        var step = new Step<T>(work);
        _steps.Enqueue(step);
        Wake();
        return await step.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Commits all that was accepted and ends the loop; answers whether it came to that.</summary>
    public async Task<bool> StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        _signal.Set();
        await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _ended.Task is { IsCompletedSuccessfully: true } && _isComplete;
    }

    public void Dispose()
    {
        // A start that failed half-way comes here without a stop; a loop that a stop awaited in vain is not awaited again.
        var patience = _isStopping ? TimeSpan.Zero : EndWait;
        _isStopping = true;
        _signal.Set();
        if (!_thread.IsAlive || _thread.Join(patience))
        {
            _signal.Dispose();
        }
    }

    private async Task AcceptAsync(IReadOnlyList<Input> inputs, ConcurrentQueue<PendingInput> queue, CancellationToken cancellationToken)
    {
        if (inputs.Count == 0)
        {
            return;
        }

        var intake = new Intake(inputs);
        foreach (var input in inputs)
        {
            queue.Enqueue(new PendingInput(input, intake));
        }

        Wake();
        await intake.Committed.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Run()
    {
        try
        {
            Rehearse();
            while (Next() is { } group)
            {
                Commit(group);
            }
        }
        catch (Exception exception)
        {
            // A fault of the loop itself: nothing can be written any more, and pretending otherwise would lose inputs.
            _stalled = "the writer has failed";
            _isComplete = false;
            _log.LogCritical(exception, "The writer has failed; nothing is taken in until a restart");
        }

        _ended.SetResult();
        AbandonAll();
    }

    /// <summary>Wakes the loop; what comes when it is over is abandoned at once.</summary>
    private void Wake()
    {
        if (_ended.Task.IsCompleted)
        {
            AbandonAll();
        }
        else
        {
            _signal.Set();
        }
    }

    private void AbandonAll() => Abandon([.. Take(_inputs, int.MaxValue), .. Take(_timers, int.MaxValue)], Take(_steps, int.MaxValue));

    private static void Abandon(List<PendingInput> inputs, List<IStep> steps)
    {
        inputs.ForEach(pending => pending.Intake.Abandon());
        steps.ForEach(step => step.Fail(new OperationCanceledException("The writer has stopped.")));
    }

    private void Rehearse()
    {
        try
        {
            _commit.Rehearse();
        }
        catch (Exception exception)
        {
            // The first input will meet the same and be dealt with.
            _log.LogDebug(exception, "The rehearsal failed");
        }
    }

    private Group? Next()
    {
        while (_inputs.IsEmpty && _timers.IsEmpty && _steps.IsEmpty)
        {
            if (_results.IsEmpty)
            {
                if (_isStopping)
                {
                    return null;
                }

                _signal.WaitOne();
            }
            else if (_isStopping || _results.Count >= MaxResults || !_signal.WaitOne(ResultsWait))
            {
                // A signal alone is no reason: it may be old, and a commit of few results would keep the next inputs waiting.
                break;
            }
        }

        var results = Take(_results, MaxResults);
        Interlocked.Add(ref _waitingResults, -results.Count);
        var inputs = Take(_inputs, MaxGroup);

        // In small groups, so that who writes meanwhile is not kept waiting behind a hundred of them.
        inputs.AddRange(Take(_timers, Math.Min(MaxTimers, MaxGroup - inputs.Count)));
        return new Group(inputs, results, Take(_steps, MaxGroup));
    }

    private static List<T> Take<T>(ConcurrentQueue<T> queue, int most)
    {
        var taken = new List<T>();
        while (taken.Count < most && queue.TryDequeue(out var item))
        {
            taken.Add(item);
        }

        return taken;
    }

    /// <summary>Commits a group, waiting as long as the disk takes to come back: nothing that was accepted is given up.</summary>
    private void Commit(Group group)
    {
        while (true)
        {
            try
            {
                _commit.Run(group);
                if (_stalled is not null)
                {
                    _log.LogInformation("Writing again");
                    _stalled = null;
                }

                group.Inputs.ForEach(pending => pending.Intake.CommitOne());
                group.Steps.ForEach(step => step.Complete());
                return;
            }
            catch (StoreException exception)
            {
                if (_stalled is null)
                {
                    _log.LogError(exception, "Cannot write ({Fault}); nothing is taken in until this is over", exception.Fault);
                }

                _stalled = exception.Fault == StoreFault.Full ? "the disk is full or failing" : "the database cannot be written";
                if (_isStopping)
                {
                    _isComplete = false;
                    Abandon(group.Inputs, group.Steps);
                    return;
                }

                _signal.WaitOne(FaultWait);
            }
        }
    }
}
