using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Storage;

namespace Bot.Writing;

/// <summary>An input and whom to tell when it is committed.</summary>
internal readonly record struct PendingInput(Input Input, Intake Intake);

/// <summary>What one transaction takes.</summary>
internal sealed record Group(List<PendingInput> Inputs, List<SendResult> Results, List<IStep> Steps);

/// <summary>What a commit lets go.</summary>
/// <param name="Cancelled">Chats whose waiting messages are not to be sent.</param>
/// <param name="Asked">What staff asked for, to be answered beside the writer.</param>
/// <param name="Aside">The kinds of the inputs that were set aside.</param>
/// <param name="HasAdminLines">The admin chat has something new.</param>
/// <param name="HasBroadcasts">A broadcast is to be looked at.</param>
internal sealed record Committed(
    ImmutableArray<OutboxMessage> Messages,
    ImmutableArray<Acknowledgement> Acknowledgements,
    ImmutableArray<ChatId> Cancelled,
    ImmutableArray<StaffCommand> Asked,
    ImmutableArray<string> Aside,
    bool HasAdminLines,
    bool HasBroadcasts);

/// <summary>A batch step on its way through the writer.</summary>
internal interface IStep
{
    void Run(WriteTransaction transaction);

    /// <summary>After the commit.</summary>
    void Complete();

    /// <summary>The step itself is faulty; the rest of the group goes on without it.</summary>
    void Fail(Exception exception);
}

internal sealed class Step<T>(Func<WriteTransaction, T> work) : IStep
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _answer;

    public Task<T> Done => _done.Task;

    public void Run(WriteTransaction transaction) => _answer = work(transaction);

    public void Complete() => _done.TrySetResult(_answer!);

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
