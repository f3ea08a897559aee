using System.Collections.Immutable;
using System.Diagnostics;
using Bot.Core.Chats;
using Bot.Core.Ids;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Timers;
using Bot.Core.Turns;
using Bot.Storage.Admin;
using Bot.Storage.Bookings;
using Bot.Storage.Broadcasts;
using Bot.Storage.Cases;
using Bot.Storage.Lists;
using Bot.Storage.Loyalty;
using Bot.Storage.Messages;
using Bot.Storage.Talks;
using Bot.Storage.Timers;
using Bot.Storage.Web;
using Bot.Storage.Webhooks;

namespace Bot.Storage;

/// <summary>
/// One transaction of the writer: a group of turns, committed together or not at all. What is not committed is rolled back when it is
/// disposed. Everything throws <see cref="StoreException"/>; after a <see cref="StoreFault.Constraint"/> the turn can be rolled back
/// to its savepoint, after any other fault the whole must be disposed.
/// </summary>
public sealed class WriteTransaction : IDisposable
{
    private readonly WriteStatements _statements;
    private readonly ImmutableArray<OutboxMessage>.Builder _messages = ImmutableArray.CreateBuilder<OutboxMessage>();
    private bool _isOver;

    internal WriteTransaction(WriteStatements statements)
    {
        _statements = statements;
        statements.Begin();
    }

    /// <summary>All that was put into the outbox so far and not cancelled, in the order of its ids.</summary>
    public ImmutableArray<OutboxMessage> Messages => _messages.ToImmutable();

    /// <summary>The web chat's own tables.</summary>
    public WebWriter Web => _statements.Web;

    /// <summary>The lines of the admin chat.</summary>
    public AdminWriter Admin => _statements.Admin;

    /// <summary>Broadcasts and their recipients.</summary>
    public BroadcastWriter Broadcasts => _statements.Broadcasts;

    /// <summary>Where customers are reached about their visits.</summary>
    public BookingChats Bookings => _statements.BookingChats;

    /// <summary>Who is staff, where, and what they did.</summary>
    public StaffWriter Staff => _statements.Staff;

    /// <summary>Whose talk a message of the admin chat belongs to.</summary>
    public TalkWriter Talks => _statements.Talks;

    /// <summary>Lists of customers that staff asked for or sent.</summary>
    public ListWriter Lists => _statements.Lists;

    /// <summary>What staff should see to.</summary>
    public CaseWriter Cases => _statements.Cases;

    /// <summary>Events that the business's own systems are still to be told of.</summary>
    public WebhookWriter Webhooks => _statements.Webhooks;

    /// <summary>Notes that an input is handled; <see langword="false"/> if it was before. Forgets its attempts.</summary>
    public bool TryAddKey(string key, DateTimeOffset now) => _statements.Inputs.TryAddKey(key, now);

    /// <summary>Begins what can be undone by itself.</summary>
    public void Savepoint() => _statements.Savepoint();

    /// <summary>Undoes what was written since the savepoint, which stays and must still be released.</summary>
    public void RollbackToSavepoint() => _statements.RollbackToSavepoint();

    /// <summary>Ends the savepoint and keeps what was written since.</summary>
    public void Release() => _statements.Release();

    /// <summary>What a turn in this chat starts from; <see cref="Snapshot.None"/> in a chat that is new.</summary>
    public Snapshot Load(ChatAddress address) => _statements.Snapshots.Load(address);

    /// <summary>The answer to what a turn must know, true in this transaction.</summary>
    public Fact? Answer(Query query, ProfileId profile, DateTimeOffset now) => _statements.Snapshots.Answer(query, profile, now);

    /// <summary>Whether a message is still to be sent.</summary>
    public bool IsWaiting(OutboxId message) => _statements.Outbox.IsWaiting(message);

    /// <summary>A customer's latest purchases, the latest first.</summary>
    public ImmutableArray<Sold> Purchases(ProfileId profile, int limit) => SaleBooks.Purchases(_statements.Connection, profile, limit);

    /// <summary>Writes what a turn answered, and answers its messages, which may be handed to the sender once all is committed.</summary>
    /// <param name="before">As loaded in this transaction.</param>
    public ImmutableArray<OutboxMessage> Apply(Snapshot before, TurnResult.Outcome outcome, DateTimeOffset now)
    {
        var messages = _statements.Outcomes.Apply(before, outcome, now);
        foreach (var effect in outcome.Effects)
        {
            if (effect is Effect.EndReminders end)
            {
                _messages.RemoveAll(message => message.Booking == end.Booking);
            }

            if (effect is Effect.CancelMessages cancel)
            {
                _messages.RemoveAll(message => message.Chat == cancel.Chat && (!cancel.IsMarketingOnly || message.Kind == MessageKind.Marketing));
            }
        }

        _messages.AddRange(messages);
        return messages;
    }

    /// <summary>Keeps what was decided on a request without a turn.</summary>
    public void Respond(Effect.Respond respond, DateTimeOffset now) => _statements.Outcomes.Respond(respond, now);

    /// <summary>Keeps an input that could not be handled, for staff to see.</summary>
    /// <param name="error">The exception's type and a code, never text that a customer wrote.</param>
    public void SetAside(Input input, string error, DateTimeOffset now) => _statements.Inputs.SetAside(input, error, now);

    /// <summary>Writes what became of a message.</summary>
    public void Complete(SendResult result, DateTimeOffset now)
    {
        switch (result)
        {
            case { Message.Broadcast: not null }:
                _statements.Broadcasts.Complete(result, now);
                break;
            case SendResult.Finished finished:
                _statements.Outbox.Finish(finished, now);
                break;
            case SendResult.Postponed postponed:
                _statements.Outbox.Postpone(postponed);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// Marks a Marketing message as on its way, so that after a crash it is not sent again; <see langword="false"/> if it may not be sent: it is
    /// gone or claimed already, or something speaks against it by now.
    /// </summary>
    public bool Claim(OutboxMessage message, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Broadcast is { } from
            ? _statements.Broadcasts.Claim(new RecipientId(message.Id.Value), message.Profile, from.Variant, from.Experiment, from.Decided, now)
            : _statements.Outbox.Claim(message.Id);
    }

    /// <summary>Turns what waits for a chat into deliveries that say why it is not sent; answers which messages they were.</summary>
    public ImmutableArray<OutboxId> CancelPending(ChatId chat, DeliveryStatus status, string reason, DateTimeOffset now) =>
        _statements.Outbox.Cancel(chat, status, reason, isMarketingOnly: false, now);

    /// <summary>Takes a timer that fired out of the table; <see langword="false"/> if it is not there any more.</summary>
    public bool TakeTimer(TimerId timer) => _statements.Timers.Delete(timer);

    /// <summary>
    /// Gives a timer up whose turn fails; <see langword="false"/> if it is not there any more. A sequence that waited for it ends: nothing
    /// else would ever go on with it or let the customer enter anew.
    /// </summary>
    public bool GiveUpTimer(Timer timer, DateTimeOffset now)
    {
        if (!TakeTimer(timer.Id))
        {
            return false;
        }

        if (timer.Cause is TimerCause.SequenceStep step)
        {
            _statements.Timers.FailRun(step.Run, timer.Id, now);
        }

        return true;
    }

    /// <summary>A timer that no turn asked for: of an automation with a time of day.</summary>
    public void AddTimer(ChatId chat, Timer timer) => _statements.Timers.Add(chat, timer);

    /// <summary>Notes how far a daily automation is.</summary>
    public void SetSchedule(ScheduleState schedule) => _statements.Timers.SetSchedule(schedule);

    /// <summary>Keeps what a channel calls a file.</summary>
    public void PutFileId(FileId file) => _statements.Facts.PutFileId(file);

    /// <summary>Keeps a single fact, to be read with <see cref="Store.ReadMeta"/>.</summary>
    public void SetMeta(string name, string value) => _statements.Facts.SetMeta(name, value);

    /// <summary>Makes all of it durable.</summary>
    public void Commit()
    {
        _statements.Commit();
        _isOver = true;
    }

    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            _statements.Rollback();
        }
    }

    /// <summary>Deletes an input that was set aside, or all without an id; answers how many were there.</summary>
    public int DropAside(long? id) => _statements.Inputs.DropAside(id);
}
