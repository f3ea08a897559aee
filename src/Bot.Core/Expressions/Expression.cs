using Bot.Core.Dialogs;
using Bot.Core.Turns;
using System.Collections.Immutable;

namespace Bot.Core.Expressions;

/// <summary>A parsed and type-checked expression.</summary>
public sealed record Expression
{
    /// <summary>As written.</summary>
    public required string Source { get; init; }

    /// <summary>What it gives.</summary>
    public required ValueKind Kind { get; init; }

    /// <summary>The value, or <see langword="null"/> if it is missing.</summary>
    public Value? Evaluate(Scope scope) => throw new NotSupportedException();

    /// <summary>As a condition: a boolean is itself, anything else holds if it is known.</summary>
    public bool Holds(Scope scope) => Evaluate(scope) is { } value && value is not Value.Boolean { Is: false };
}

/// <summary>A parsed and checked text with <c>{{ expressions }}</c>.</summary>
public sealed record Template
{
    /// <summary>As written.</summary>
    public required string Source { get; init; }

    /// <summary>Telegram's HTML: the owner's markup kept, every value escaped.</summary>
    public string Html(Scope scope) => throw new NotSupportedException();

    /// <summary>Plain text without markup, for labels and notices.</summary>
    public string Plain(Scope scope) => throw new NotSupportedException();

    /// <summary>The source with the business's values put in and the customer's left as written, for the wording of a consent.</summary>
    public string Wording(Scope scope) => throw new NotSupportedException();
}

/// <summary>What an expression can see. Asks for facts by noting what is missing in <see cref="Missing"/>; the turn then asks for them.</summary>
public sealed class Scope(Content content, Snapshot snapshot, ImmutableDictionary<string, Value> values, Facts facts, string language,
    DateTimeOffset now)
{
    private readonly List<Query> _missing = [];

    public Content Content { get; } = content;

    public Snapshot Snapshot { get; } = snapshot;

    /// <summary>The conversation's values: what it was opened with and what it remembers.</summary>
    public ImmutableDictionary<string, Value> Values { get; } = values;

    public string Language { get; } = language;

    public DateTimeOffset Now { get; } = now;

    /// <summary>What an evaluation had to know and did not; its result is then void.</summary>
    public IReadOnlyList<Query> Missing => _missing;

    /// <summary>A fact, or <see langword="null"/> after noting that it is missing.</summary>
    public decimal? Fact(Query query)
    {
        if (facts.Answers.TryGetValue(query, out var answer))
        {
            return answer;
        }

        _missing.Add(query);
        return null;
    }
}
