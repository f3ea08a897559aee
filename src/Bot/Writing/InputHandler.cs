using System.Collections.Immutable;
using Bot.Admin;
using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Lists;
using Bot.Core.Turns;
using Bot.Storage;

namespace Bot.Writing;

/// <summary>Takes one input through the path, inside a transaction: seen before? load, turn, facts if it asks, write.</summary>
internal sealed class InputHandler(Func<Content> content, Store store, StaffHandler staff, TimeProvider clock)
{
    /// <summary>
    /// Handles an input and answers its effects, some of which are acted on after the commit; <see langword="null"/> if it was handled
    /// before. An exception means that nothing of it may stay: the caller rolls back to before.
    /// </summary>
    public ImmutableArray<Effect>? Handle(WriteTransaction transaction, Input input)
    {
        var now = clock.GetUtcNow();
        if (input is not Input.TimerFired && !transaction.TryAddKey(input.Key, now))
        {
            return null;
        }

        if (input is Input.Ignored)
        {
            return [];
        }

        if (staff.Handle(transaction, input, now) is { } done)
        {
            return done.Turn is { } turn ? [.. done.Effects, .. Run(transaction, turn, transaction.Load(turn.Chat), now)] : done.Effects;
        }

        if (input is Input.Imported imported)
        {
            return TakeIn(transaction, imported, now);
        }

        // A timer's row goes with its turn, so that the row itself says whether it was handled. Where the chat has another address by now
        // the row stays, and is read again with that one.
        var before = transaction.Load(input.Chat);
        if (input is Input.TimerFired { Timer.Id: var timer } && (before == Snapshot.None || !transaction.TakeTimer(timer)))
        {
            return null;
        }

        if (before == Snapshot.None && input.Request is { } request)
        {
            // Who was there when it was asked is not any more.
            transaction.Respond(new Effect.Respond(request, RequestResult.Gone, null), now);
            return [];
        }

        return Run(transaction, input, before, now);
    }

    /// <summary>Whom a row is about is found out where it is true: two rows of two lists may be about one customer who is new.</summary>
    private ImmutableArray<Effect> TakeIn(WriteTransaction transaction, Input.Imported imported, DateTimeOffset now)
    {
        if (transaction.Lists.Recognise(imported.Row, isOwn: imported.Request is not null) is { } known && transaction.Staff.ChatOf(known) is { } chat)
        {
            return Run(transaction, imported with { Chat = chat }, transaction.Load(chat), now);
        }

        if (imported.Row is { Phone: null, Email: null })
        {
            transaction.Lists.Count(imported.List, ImportResult.Refused);
            return [];
        }

        return Run(transaction, imported, transaction.Load(imported.Chat), now);
    }

    private ImmutableArray<Effect> Run(WriteTransaction transaction, Input input, Snapshot before, DateTimeOffset now)
    {
        var facts = Facts.None;
        for (var round = 0; round < Facts.MaxRounds; round++)
        {
            switch (Turn.Run(content(), before, facts, input, now, store.Ids))
            {
                case TurnResult.Outcome outcome:
                    transaction.Apply(before, outcome, now);
                    return outcome.Effects;
                case TurnResult.Need need:
                    facts = new Facts(facts.Answers.AddRange(need.Queries.Select(query =>
                        KeyValuePair.Create(query, transaction.Answer(query, before.Profile?.Id ?? default, now)))));
                    break;
            }
        }

        throw new InvalidOperationException($"The turn asked for facts more than {Facts.MaxRounds} times.");
    }
}
