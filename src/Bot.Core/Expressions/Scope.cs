using System.Collections.Immutable;
using Bot.Core.Dialogs;
using Bot.Core.Turns;

namespace Bot.Core.Expressions;

/// <summary>What an expression can see. Asks for facts by noting what is missing in <see cref="Missing"/>; the turn then asks for them.</summary>
public sealed class Scope(Content content, Snapshot snapshot, ImmutableDictionary<string, Value> values, Facts facts, string language,
    DateTimeOffset now)
{
    private List<Query> _missing = [];

    public Content Content { get; } = content;

    public Snapshot Snapshot { get; } = snapshot;

    /// <summary>The conversation's values: what it was opened with and what it remembers.</summary>
    public ImmutableDictionary<string, Value> Values { get; } = values;

    public string Language { get; } = language;

    public DateTimeOffset Now { get; } = now;

    /// <summary>Events and purchases count from here on; <see langword="null"/> for all that ever were. Set for the goal of a sequence.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What an evaluation had to know and did not; its result is then void.</summary>
    public IReadOnlyList<Query> Missing => _missing;

    /// <summary>The same with other values, for a text within a text: what that one must know is missing here too.</summary>
    internal Scope With(ImmutableDictionary<string, Value> other) =>
        new(Content, Snapshot, other, facts, Language, Now) { Since = Since, _missing = _missing };

    /// <summary>A fact, or <see langword="null"/> after noting that it is missing.</summary>
    public Fact? Fact(Query query)
    {
        if (facts.Answers.TryGetValue(query, out var answer))
        {
            return answer;
        }

        _missing.Add(query);
        return null;
    }
}
