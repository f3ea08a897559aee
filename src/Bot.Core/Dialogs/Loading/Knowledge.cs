using System.Collections.Immutable;
using System.Diagnostics;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>What follows from an expression for what is known.</summary>
internal static class Knowledge
{
    private static readonly ImmutableHashSet<string> Nothing = [];

    /// <summary>What is known if the condition holds, or if it does not.</summary>
    public static ImmutableHashSet<string> Proven(Node node, bool holds) => (node, holds) switch
    {
        (Node.Known known, true) => Read(known.Of),
        (Node.Not not, _) => Proven(not.Of, !holds),
        (Node.All all, true) => All(all.Of, true),
        (Node.All all, false) => Any(all.Of, false),
        (Node.Any any, true) => Any(any.Of, true),
        (Node.Any any, false) => All(any.Of, false),
        (Node.Compare compare, true) => Read(compare.Left).Union(Read(compare.Right)),
        (Node.ComesRound round, true) => Read(round.Date),
        (Node.Consented consented, true) => [Facts.Consent(consented.Purpose)],
        (Node.Field or Node.Remembered or Node.Given, true) => Read(node),
        _ => Nothing,
    };

    /// <summary>What of the expression may be missing, in words for the owner; <see langword="null"/> if nothing can be.</summary>
    public static string? MayMiss(Node node, Facts facts) => node switch
    {
        Node.Field field => facts.Sure.Contains(Facts.Field(field.Name)) ? null : $"`profile.{field.Name}`",
        Node.Remembered remembered => facts.Sure.Contains(remembered.Name) ? null : $"`{remembered.Name}`",
        Node.Given given when Roots.Reads(given.Root) is { } what && !facts.Sure.Contains(what) => $"`{what}`",
        Node.Given given => Roots.MayBeMissing(given.Root) ? $"`{Roots.ByName.First(r => r.Value == given.Root).Key}`" : null,
        Node.Folded folded => MayMiss(folded.Of, facts),
        Node.Calculate calculate => MayMiss(calculate.Left, facts) ?? MayMiss(calculate.Right, facts)
            ?? (calculate is { By: Calculation.DividedBy, Right: not Node.Literal } ? "The result of `/`" : null),
        Node.Spoken { Form: SpokenForm.Range } range => MayMiss(range.Of[0], facts) is { } first && MayMiss(range.Of[1], facts) is not null
            ? first
            : null,
        Node.Spoken spoken => spoken.Of.Select(n => MayMiss(n, facts)).FirstOrDefault(m => m is not null),
        Node.Literal or Node.Known or Node.Not or Node.All or Node.Any or Node.Compare or Node.HasTag or Node.Happened or Node.Count
            or Node.Consented or Node.Ago or Node.ComesRound => null,
        _ => throw new UnreachableException(),
    };

    /// <summary>The conversation's values that the expression reads.</summary>
    public static IEnumerable<string> Remembered(Node node) =>
        node switch
        {
            Node.Remembered remembered => [remembered.Name],
            Node.Given given when Roots.Reads(given.Root) is { } what => [what],
            _ => node.Parts.SelectMany(Remembered),
        };

    /// <summary>Whether the result, as a condition, cannot differ from one customer or moment to another.</summary>
    public static bool IsConstant(Node node) => node.Kind == ValueKind.Boolean
        ? !Varies(node)
        : MayMiss(node, Facts.None) is null && node is not Node.Given { Kind: not ValueKind.Number };

    private static bool Varies(Node node) =>
        node is Node.Field or Node.Remembered or Node.Given or Node.HasTag or Node.Happened or Node.Count or Node.Consented or Node.Ago
        || node.Parts.Any(Varies);

    /// <summary>What must be known for the expression to have a value.</summary>
    private static ImmutableHashSet<string> Read(Node node) => node switch
    {
        Node.Field field => [Facts.Field(field.Name)],
        Node.Remembered remembered => [remembered.Name],
        Node.Given given when Roots.Reads(given.Root) is { } what => [what],
        Node.Spoken { Form: SpokenForm.Range } => Nothing,
        Node.Folded or Node.Calculate or Node.Spoken => node.Parts.Aggregate(Nothing, (all, part) => all.Union(Read(part))),
        _ => Nothing,
    };

    private static ImmutableHashSet<string> All(ImmutableArray<Node> nodes, bool holds) =>
        nodes.Aggregate(Nothing, (all, node) => all.Union(Proven(node, holds)));

    private static ImmutableHashSet<string> Any(ImmutableArray<Node> nodes, bool holds) =>
        nodes.Select(n => Proven(n, holds)).Aggregate((all, next) => all.Intersect(next));
}
