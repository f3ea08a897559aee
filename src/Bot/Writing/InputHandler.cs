using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Inputs;
using Bot.Core.Turns;
using Bot.Storage;

namespace Bot.Writing;

/// <summary>Takes one input through the path, inside a transaction: seen before? load, turn, facts if it asks, write.</summary>
internal sealed class InputHandler(Func<Content> content, Store store, TimeProvider clock)
{
    /// <summary>
    /// Handles an input and answers its effects, some of which are acted on after the commit; <see langword="null"/> if it was handled
    /// before. An exception means that nothing of it may stay: the caller rolls back to before.
    /// </summary>
    public ImmutableArray<Effect>? Handle(WriteTransaction transaction, Input input)
    {
        var now = clock.GetUtcNow();
        if (!transaction.TryAddKey(input.Key, now))
        {
            return null;
        }

        if (input is Input.Ignored)
        {
            return [];
        }

        var before = transaction.Load(input.Chat);
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
                        KeyValuePair.Create(query, transaction.Answer(query, before.Profile?.Id ?? default)))));
                    break;
            }
        }

        throw new InvalidOperationException($"The turn asked for facts more than {Facts.MaxRounds} times.");
    }
}
