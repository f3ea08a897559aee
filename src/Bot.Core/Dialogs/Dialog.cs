using System.Collections.Immutable;
using Bot.Core.Expressions;

namespace Bot.Core.Dialogs;

/// <summary>A state machine from <c>dialogs/&lt;id&gt;.yaml</c>.</summary>
/// <param name="Takes">What whoever opens it must bring, or <see langword="null"/>.</param>
/// <param name="Remember">The conversation's own values and their kinds.</param>
/// <param name="States">In the order of the file; the first is where it starts. At least one.</param>
/// <param name="Silence">What to say to who falls silent in the middle, or <see langword="null"/>.</param>
/// <param name="Moved">Where customers go on who stand in a state that is gone.</param>
public sealed record Dialog(
    string Id,
    Text About,
    ValueKind? Takes,
    ImmutableArray<Opening> Opens,
    ImmutableDictionary<string, ValueKind> Remember,
    ImmutableArray<State> States,
    Silence? Silence,
    ImmutableDictionary<string, Target> Moved)
{
    private readonly ImmutableDictionary<string, State> _byId = States.ToImmutableDictionary(s => s.Id);

    /// <summary>The state with this id, or <see langword="null"/>.</summary>
    public State? Find(string id) => _byId.GetValueOrDefault(id);
}

/// <summary>One reminder, as Service, to whom the dialog lost in the middle; with a button that goes on.</summary>
/// <param name="After">Since the customer's last act in it; at most a day.</param>
/// <param name="If">Not sent unless this holds.</param>
public sealed record Silence(TimeSpan After, Text Say, Expression? If);

/// <summary>What starts a dialog.</summary>
/// <param name="If">Guard; a guarded opening that does not hold is as if it were not there.</param>
/// <param name="At">The state to start in, or <see langword="null"/> for the first.</param>
/// <param name="With">What it brings, by name.</param>
public abstract record Opening(Expression? If, string? At, ImmutableDictionary<string, Value> With)
{
    /// <summary>A line of the menu.</summary>
    public sealed record Menu(Expression? If, string? At, ImmutableDictionary<string, Value> With, Text Label) : Opening(If, At, With);

    /// <summary>A word that the customer types, folded, over all languages.</summary>
    public sealed record Keyword(Expression? If, string? At, ImmutableDictionary<string, Value> With, ImmutableHashSet<string> Words)
        : Opening(If, At, With);

    /// <summary>A deep link; what follows the id and a hyphen is the source.</summary>
    public sealed record Link(Expression? If, string? At, ImmutableDictionary<string, Value> With, string Id) : Opening(If, At, With);

    /// <summary>A button that brings a booking, under whatever is said about that booking.</summary>
    public sealed record Button(Expression? If, string? At, ImmutableDictionary<string, Value> With, string Name) : Opening(If, At, With);

    /// <summary>A command, without its slash.</summary>
    public sealed record Command(Expression? If, string? At, ImmutableDictionary<string, Value> With, string Name) : Opening(If, At, With);
}

/// <summary>Where a conversation goes on: a state of the same dialog, its end, or (in a called dialog) leaving.</summary>
public readonly record struct Target(TargetKind Kind, string? State = null)
{
    public static readonly Target End = new(TargetKind.End);
    public static readonly Target Leave = new(TargetKind.Leave);

    /// <summary>To a state.</summary>
    public static Target To(string state) => new(TargetKind.State, state);
}

public enum TargetKind
{
    State,
    End,
    Leave,
}
