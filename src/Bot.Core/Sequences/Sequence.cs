using System.Collections.Immutable;
using Bot.Core.Automations;
using Bot.Core.Expressions;
using Bot.Core.Messages;

namespace Bot.Core.Sequences;

/// <summary>Messages with delays and a goal that ends them, from <c>automations.yaml</c>.</summary>
/// <param name="Topic">Always there for Marketing.</param>
/// <param name="For">Who may enter.</param>
/// <param name="EndsWhen">The goal; events and purchases count for it from the moment of entering.</param>
/// <param name="AgainAfter">How long after entering a customer may enter again; <see langword="null"/> for never.</param>
/// <param name="IsEnabled">Switched off, its messages are skipped with that reason.</param>
/// <param name="Steps">In the order of their delays. At least one.</param>
public sealed record Sequence(
    string Id,
    MessageKind Kind,
    string? Topic,
    Expression? For,
    Expression? EndsWhen,
    TimeSpan? AgainAfter,
    bool IsEnabled,
    ImmutableArray<SequenceStep> Steps)
{
    /// <summary>The step with this name, or <see langword="null"/>.</summary>
    public SequenceStep? Find(string name) => Steps.FirstOrDefault(step => step.Name == name);
}

/// <param name="After">Since entering the sequence.</param>
/// <param name="If">The step is skipped unless this holds.</param>
public sealed record SequenceStep(string Name, TimeSpan After, Expression? If, Outreach Outreach);
