using System.Collections.Immutable;
using Bot.Core.Ids;
using Bot.Core.Messages;
using Bot.Core.Turns;
using Bot.Operations;
using Bot.Storage;

namespace Bot.Writing;

/// <summary>Turns a group into one transaction, and finds the one member that spoils it.</summary>
internal sealed class GroupCommit(Store store, InputHandler handler, TimeProvider clock, Metrics metrics, ILogger log)
{
    /// <summary>An input that was begun this often and never ended the process well is set aside unread.</summary>
    private const int MaxStarts = 2;

    /// <summary>Runs of one input whose constraints fire: a slot or code was taken in between.</summary>
    private const int MaxConflicts = 3;

    /// <summary>Commits the group. A <see cref="StoreException"/> means that nothing of it is written and all of it is to be tried again.</summary>
    public Committed Run(Group group)
    {
        if (group.Inputs.Count + group.Steps.Count == 0 && group.Results.Count == 0)
        {
            return Draft.Empty.Committed();
        }

        var started = clock.GetTimestamp();
        try
        {
            return Transact(group);
        }
        catch (StoreException exception) when (exception.Fault == StoreFault.Other && group.Inputs.Count + group.Steps.Count > 1)
        {
            // One of them does something that the database refuses: find it by taking them one by one.
            log.LogWarning(exception, "A group of {Inputs} inputs failed; taking them one by one", group.Inputs.Count);
            return OneByOne(group);
        }
        finally
        {
            metrics.Group(group.Inputs.Count, clock.GetElapsedTime(started));
        }
    }

    private Committed Transact(Group group)
    {
        var draft = new Draft();
        var asideEarly = group.IsCautious ? group.Inputs.Where(pending => store.MarkAttempt(pending.Input.Key) > MaxStarts).ToHashSet() : [];
        using var transaction = store.Begin();
        foreach (var pending in group.Inputs)
        {
            if (asideEarly.Contains(pending))
            {
                SetAside(transaction, pending, "ProcessEnded");
            }
            else
            {
                Handle(transaction, pending, draft);
            }
        }

        foreach (var step in group.Steps)
        {
            RunStep(transaction, step);
        }

        foreach (var result in group.Results)
        {
            transaction.Complete(result, clock.GetUtcNow());
        }

        transaction.Commit();
        return draft.Committed();
    }

    private Committed OneByOne(Group group)
    {
        var draft = new Draft();
        foreach (var pending in group.Inputs)
        {
            try
            {
                draft.Add(Transact(group with { Inputs = [pending], Results = [], Steps = [] }));
            }
            catch (StoreException exception) when (exception.Fault == StoreFault.Other)
            {
                using var transaction = store.Begin();
                SetAside(transaction, pending, exception.GetType().Name);
                transaction.Commit();
            }
        }

        draft.Add(Transact(group with { Inputs = [] }));
        return draft.Committed();
    }

    private void Handle(WriteTransaction transaction, PendingInput pending, Draft draft)
    {
        transaction.Savepoint();
        for (var run = 1; ; run++)
        {
            try
            {
                var handled = handler.Handle(transaction, pending.Input);
                transaction.Release();
                metrics.Input(handled.IsSeen);
                draft.Add(handled);
                return;
            }
            catch (StoreException exception) when (exception.Fault == StoreFault.Constraint && run < MaxConflicts)
            {
                transaction.RollbackToSavepoint();
            }
            catch (Exception exception) when (exception is not StoreException { Fault: StoreFault.Full or StoreFault.Other })
            {
                transaction.RollbackToSavepoint();
                transaction.Release();
                SetAside(transaction, pending, exception.GetType().Name);
                log.LogError(exception, "Input {Key} fails; it is set aside, see bot aside", pending.Input.Key);
                return;
            }
        }
    }

    private void SetAside(WriteTransaction transaction, PendingInput pending, string error)
    {
        if (transaction.TryAddKey(pending.Input.Key, clock.GetUtcNow()))
        {
            transaction.SetAside(pending.Input, error, clock.GetUtcNow());
            metrics.SetAside();
        }
    }

    private static void RunStep(WriteTransaction transaction, IStep step)
    {
        transaction.Savepoint();
        try
        {
            step.Run(transaction);
            transaction.Release();
        }
        catch (Exception exception) when (exception is not StoreException { Fault: StoreFault.Full or StoreFault.Other })
        {
            transaction.RollbackToSavepoint();
            transaction.Release();
            step.Fail(exception);
        }
    }

    /// <summary>What the transaction will let go once it is committed.</summary>
    private sealed class Draft
    {
        private readonly ImmutableArray<OutboxMessage>.Builder _messages = ImmutableArray.CreateBuilder<OutboxMessage>();
        private readonly ImmutableArray<Acknowledgement>.Builder _acknowledgements = ImmutableArray.CreateBuilder<Acknowledgement>();
        private readonly ImmutableArray<ChatId>.Builder _cancelled = ImmutableArray.CreateBuilder<ChatId>();

        public static Draft Empty => new();

        public void Add(InputHandler.Handled handled)
        {
            _messages.AddRange(handled.Messages);
            foreach (var effect in handled.Effects)
            {
                switch (effect)
                {
                    case Effect.Acknowledge acknowledge:
                        _acknowledgements.Add(acknowledge.Acknowledgement);
                        break;
                    case Effect.CancelMessages cancel:
                        _cancelled.Add(cancel.Chat);
                        break;
                }
            }
        }

        public void Add(Committed committed)
        {
            _messages.AddRange(committed.Messages);
            _acknowledgements.AddRange(committed.Acknowledgements);
            _cancelled.AddRange(committed.Cancelled);
        }

        public Committed Committed() => new(_messages.ToImmutable(), _acknowledgements.ToImmutable(), _cancelled.ToImmutable());
    }
}
