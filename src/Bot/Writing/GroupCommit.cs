using System.Collections.Immutable;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Staff;
using Bot.Core.Turns;
using Bot.Operations;
using Bot.Storage;

namespace Bot.Writing;

/// <summary>Turns a group into one transaction, and finds the one member that spoils it.</summary>
/// <param name="committed">Called after each commit with what it lets go.</param>
internal sealed class GroupCommit(
    Store store, InputHandler handler, TimeProvider clock, Metrics metrics, ILogger log, Action<Committed> committed)
{
    /// <summary>Runs of one input whose constraints fire: a slot or code was taken in between.</summary>
    private const int MaxConflicts = 3;

    /// <summary>The kinds of the inputs that this transaction sets aside.</summary>
    private readonly List<string> _aside = [];

    /// <summary>
    /// Handles an input that nobody sent and takes it back, so that the first customer need not wait until the code of a whole turn is
    /// loaded and compiled.
    /// </summary>
    public void Rehearse()
    {
        using var transaction = store.Begin();
        handler.Handle(transaction, new Input.Message("rehearsal", new ChatAddress("rehearsal", 0, 0), null, "/start"));
    }

    /// <summary>
    /// Commits the group. A <see cref="StoreException"/> means that not all of it is written and all of it is to be tried again: what
    /// was written is known by its key.
    /// </summary>
    public void Run(Group group)
    {
        var started = clock.GetTimestamp();
        try
        {
            Transact(group);
        }
        catch (StoreException exception) when (exception.Fault == StoreFault.Other)
        {
            // One of them does something that the database refuses: find it by taking them one by one.
            log.LogWarning(exception, "A group of {Inputs} inputs failed; taking them one by one", group.Inputs.Count);
            OneByOne(group);
        }

        metrics.Group(group.Inputs.Count, clock.GetElapsedTime(started));
    }

    private void Transact(Group group)
    {
        var acknowledgements = ImmutableArray.CreateBuilder<Acknowledgement>();
        var cancelled = ImmutableArray.CreateBuilder<ChatId>();
        var asked = ImmutableArray.CreateBuilder<StaffCommand>();
        _aside.Clear();
        using var transaction = store.Begin();
        foreach (var pending in group.Inputs)
        {
            foreach (var effect in Handle(transaction, pending))
            {
                switch (effect)
                {
                    case Effect.Acknowledge acknowledge:
                        acknowledgements.Add(acknowledge.Acknowledgement);
                        break;
                    // Marketing that is cancelled is found out when it is claimed.
                    case Effect.CancelMessages { IsMarketingOnly: false } cancel:
                        cancelled.Add(cancel.Chat);
                        break;
                    case Effect.Answer answer:
                        asked.Add(answer.Command);
                        break;
                }
            }
        }

        group.Steps.ForEach(step => RunStep(transaction, step));
        group.Results.ForEach(result => transaction.Complete(result, clock.GetUtcNow()));
        var (hasAdminLines, hasBroadcasts) = (transaction.Admin.HasSaid, transaction.Broadcasts.HasChanged);
        transaction.Commit();
        committed(new Committed(transaction.Messages, acknowledgements.ToImmutable(), cancelled.ToImmutable(), asked.ToImmutable(), [.. _aside], hasAdminLines, hasBroadcasts));
    }

    private void OneByOne(Group group)
    {
        foreach (var pending in group.Inputs)
        {
            TransactOr(group with { Inputs = [pending], Results = [], Steps = [] }, exception =>
            {
                _aside.Clear();
                using var transaction = store.Begin();
                SetAside(transaction, pending, exception.GetType().Name);
                transaction.Commit();
                committed(new Committed([], [], [], [], [.. _aside], HasAdminLines: false, HasBroadcasts: false));
            });
        }

        foreach (var step in group.Steps)
        {
            TransactOr(group with { Inputs = [], Results = [], Steps = [step] }, step.Fail);
        }

        foreach (var result in group.Results)
        {
            TransactOr(group with { Inputs = [], Results = [result], Steps = [] }, exception =>
                log.LogError(exception, "What became of message {Message} cannot be written; it stays in the outbox", result.Message.Id.Value));
        }
    }

    private void TransactOr(Group one, Action<StoreException> refused)
    {
        try
        {
            Transact(one);
        }
        catch (StoreException exception) when (exception.Fault == StoreFault.Other)
        {
            refused(exception);
        }
    }

    private ImmutableArray<Effect> Handle(WriteTransaction transaction, PendingInput pending)
    {
        if (store.IsDeadly(pending.Input.Key))
        {
            SetAside(transaction, pending, "ProcessEnded");
            return [];
        }

        transaction.Savepoint();
        for (var run = 1; ; run++)
        {
            store.TakeInHand(pending.Input.Key);
            try
            {
                var effects = handler.Handle(transaction, pending.Input);
                transaction.Release();
                metrics.Input(isSeen: effects is null);
                return effects ?? [];
            }
            catch (StoreException exception) when (exception.Fault == StoreFault.Constraint && run < MaxConflicts)
            {
                transaction.RollbackToSavepoint();
            }
            catch (Exception exception) when (exception is not StoreException { Fault: not StoreFault.Constraint })
            {
                transaction.RollbackToSavepoint();
                transaction.Release();
                SetAside(transaction, pending, exception.GetType().Name);
                log.LogError(exception, "Input {Key} fails; it is set aside, see bot aside", pending.Input.Key);
                return [];
            }
            finally
            {
                store.PutDown();
            }
        }
    }

    private void SetAside(WriteTransaction transaction, PendingInput pending, string error)
    {
        var isNew = pending.Input is Input.TimerFired { Timer: var timer }
            ? transaction.GiveUpTimer(timer, clock.GetUtcNow())
            : transaction.TryAddKey(pending.Input.Key, clock.GetUtcNow());
        if (isNew)
        {
            transaction.SetAside(pending.Input, error, clock.GetUtcNow());
            metrics.SetAside();
            _aside.Add(pending.Input.GetType().Name);
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
        catch (Exception exception) when (exception is not StoreException { Fault: not StoreFault.Constraint })
        {
            transaction.RollbackToSavepoint();
            transaction.Release();
            step.Fail(exception);
        }
    }
}
