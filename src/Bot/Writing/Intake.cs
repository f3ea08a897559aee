using Bot.Core.Inputs;

namespace Bot.Writing;

/// <summary>Inputs that came together and are acknowledged together, once the last of them is committed.</summary>
internal sealed class Intake(IReadOnlyList<Input> inputs)
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = inputs.Count;

    public IReadOnlyList<Input> Inputs => inputs;

    /// <summary>Completes when each of them is committed or set aside.</summary>
    public Task Committed => _committed.Task;

    public void CommitOne()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _committed.TrySetResult();
        }
    }

    /// <summary>The writer stopped first; the source must not acknowledge.</summary>
    public void Abandon() => _committed.TrySetCanceled();
}
