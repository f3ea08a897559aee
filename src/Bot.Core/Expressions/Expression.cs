namespace Bot.Core.Expressions;

/// <summary>A parsed and type-checked expression.</summary>
public sealed record Expression
{
    /// <summary>How long an expression may be.</summary>
    public const int MaxLength = 4_000;

    /// <summary>How deeply brackets, <c>not</c>, functions and sums may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>As written.</summary>
    public required string Source { get; init; }

    /// <summary>What it gives.</summary>
    public required ValueKind Kind { get; init; }

    /// <summary>The checked tree.</summary>
    public required Node Tree { get; init; }

    /// <summary>The expression, or what is wrong with it.</summary>
    public static Parsed<Expression> Parse(string source, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var parser = new Parser(source, vocabulary);
        return parser.Whole() is { } tree
            ? new(new Expression { Source = source, Kind = tree.Kind, Tree = tree }, null)
            : new(null, parser.Fault);
    }

    /// <summary>The value, or <see langword="null"/> if it is missing.</summary>
    public Value? Evaluate(Scope scope) => Evaluation.Of(Tree, scope);

    /// <summary>As a condition: a boolean is itself, anything else holds if it is known.</summary>
    public bool Holds(Scope scope) => Evaluation.Holds(Tree, scope);
}

/// <summary>What a text was read as, or the first thing that is wrong with it.</summary>
public readonly record struct Parsed<T>(T? Result, ExpressionFault? Fault)
    where T : class;

/// <summary>A mistake in an expression or a template.</summary>
/// <param name="At">Where in the source, from 0.</param>
/// <param name="Message">What it is and what to do.</param>
/// <param name="IsFollowUp">It stands on something else that could not be read, and may be no fault at all.</param>
public sealed record ExpressionFault(int At, string Message, bool IsFollowUp = false);
