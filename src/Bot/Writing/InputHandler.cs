using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Messages;
using Bot.Core.Turns;
using Bot.Storage;

namespace Bot.Writing;

/// <summary>Takes one input through the path, inside a transaction: seen before? load, turn, facts if it asks, write.</summary>
internal sealed class InputHandler(Func<Content> content, Store store, TimeProvider clock)
{
    /// <summary>What an input came to, to be acted on after the commit.</summary>
    /// <param name="IsSeen">It was handled before and changed nothing now.</param>
    public readonly record struct Handled(
        bool IsSeen, ImmutableArray<OutboxMessage> Messages, ImmutableArray<Effect> Effects);

    /// <summary>Handles an input. An exception means that nothing of it may stay: the caller rolls back to before.</summary>
    public Handled Handle(WriteTransaction transaction, Input input)
    {
        var now = clock.GetUtcNow();
        if (!transaction.TryAddKey(input.Key, now))
        {
            return new Handled(true, [], []);
        }

        if (input is Input.Ignored)
        {
            return new Handled(false, [], []);
        }

        var before = transaction.Load(input.Chat);
        var facts = Facts.None;
        for (var round = 0; round < Facts.MaxRounds; round++)
        {
            switch (Turn.Run(content(), before, facts, input, now, store.Ids))
            {
                case TurnResult.Outcome outcome:
                    return new Handled(false, transaction.Apply(before, outcome, now), outcome.Effects);
                case TurnResult.Need need:
                    facts = new Facts(facts.Answers.AddRange(need.Queries.Select(query =>
                        KeyValuePair.Create(query, transaction.Answer(query, before.Profile?.Id ?? default)))));
                    break;
            }
        }

        throw new InvalidOperationException($"The turn asked for facts more than {Facts.MaxRounds} times.");
    }
}
