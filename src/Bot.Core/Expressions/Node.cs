using System.Collections.Immutable;
using System.Diagnostics;

namespace Bot.Core.Expressions;

/// <summary>
/// A checked expression as a tree. It is a closed set and knows nothing of how it is run, because it is run in two ways that must
/// agree: in memory on one profile, and as SQL over all of them.
/// </summary>
public abstract record Node
{
    private Node()
    {
    }

    /// <summary>What it gives.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>What it is put together from.</summary>
    public ImmutableArray<Node> Parts => this switch
    {
        Known known => [known.Of],
        Not not => [not.Of],
        All all => all.Of,
        Any any => any.Of,
        Compare compare => [compare.Left, compare.Right],
        Folded folded => [folded.Of],
        Calculate calculate => [calculate.Left, calculate.Right],
        ComesRound round => [round.Date],
        Spoken spoken => spoken.Of,
        Literal or HasTag or Happened or Count or Consented or Ago or Field or Remembered or Given => [],
        _ => throw new UnreachableException(),
    };

    /// <summary>How many nodes it has, itself included.</summary>
    public int Size => 1 + Parts.Sum(part => part.Size);

    /// <summary>A value as written.</summary>
    public sealed record Literal(Value Value) : Node
    {
        public override ValueKind Kind => Value.Kind;
    }

    /// <summary>Whether a value is known: what a value that is no yes-or-no means where a condition is due.</summary>
    public sealed record Known(Node Of) : Node
    {
        public override ValueKind Kind => ValueKind.Boolean;
    }

    /// <summary>Two-valued: <c>not</c> of something missing holds.</summary>
    public sealed record Not(Node Of) : Node
    {
        public override ValueKind Kind => ValueKind.Boolean;
    }

    /// <summary><c>a and b and c</c>.</summary>
    public sealed record All(ImmutableArray<Node> Of) : Node
    {
        public override ValueKind Kind => ValueKind.Boolean;
    }

    /// <summary><c>a or b or c</c>.</summary>
    public sealed record Any(ImmutableArray<Node> Of) : Node
    {
        public override ValueKind Kind => ValueKind.Boolean;
    }

    /// <summary>Does not hold if either side is missing. Texts are compared as they are: both sides are <see cref="Folded"/> already.</summary>
    public sealed record Compare(Node Left, Comparison By, Node Right) : Node
    {
        public override ValueKind Kind => ValueKind.Boolean;
    }

    /// <summary>A text, or the id of an option, as it is compared.</summary>
    public sealed record Folded(Node Of) : Node
    {
        public override ValueKind Kind => ValueKind.Text;
    }

    /// <summary>Numbers, or a moment and a duration. Missing if either side is, if it leaves the range, or divides by nothing.</summary>
    public sealed record Calculate(Node Left, Calculation By, Node Right) : Node
    {
        public override ValueKind Kind => Left.Kind;
    }

    /// <summary><c>tags has "vip"</c>.</summary>
    public sealed record HasTag(string Tag) : Node
    {
        public override ValueKind Kind => ValueKind.Boolean;
    }

    /// <summary><c>event(name, 30d)</c>.</summary>
    public sealed record Happened(string Event, TimeSpan? Within) : Node
    {
        public override ValueKind Kind => ValueKind.Boolean;
    }

    /// <summary><c>count(name, 30d)</c>.</summary>
    public sealed record Count(string Event, TimeSpan? Within) : Node
    {
        public override ValueKind Kind => ValueKind.Number;
    }

    /// <summary><c>consent(purpose)</c>.</summary>
    /// <param name="AnyChat">Given in any chat that can be written to; else in the chat at hand.</param>
    public sealed record Consented(string Purpose, bool AnyChat) : Node
    {
        public override ValueKind Kind => ValueKind.Boolean;
    }

    /// <summary><c>ago(90d)</c>.</summary>
    public sealed record Ago(TimeSpan Length) : Node
    {
        public override ValueKind Kind => ValueKind.Moment;
    }

    /// <summary><c>birthday in next(7d)</c>: day and month come round between today and that many days from now, both included.</summary>
    public sealed record ComesRound(Node Date, TimeSpan Within) : Node
    {
        public override ValueKind Kind => ValueKind.Boolean;
    }

    /// <summary>A field of the profile.</summary>
    public sealed record Field(string Name, ValueKind Holds) : Node
    {
        public override ValueKind Kind => Holds;
    }

    /// <summary>A value of the conversation.</summary>
    public sealed record Remembered(string Name, ValueKind Holds) : Node
    {
        public override ValueKind Kind => Holds;
    }

    /// <summary>Something that is there without being set by the dialog.</summary>
    /// <param name="Within">Only what happened so long before now; for the roots that take a length of time.</param>
    public sealed record Given(Root Root, TimeSpan? Within = null) : Node
    {
        public override ValueKind Kind => Roots.KindOf(Root);
    }

    /// <summary>A value in words: <c>date()</c>, <c>money()</c> and the like, in the customer's language.</summary>
    public sealed record Spoken(SpokenForm Form, ImmutableArray<Node> Of) : Node
    {
        public override ValueKind Kind => ValueKind.Text;
    }
}

public enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

public enum Calculation
{
    Plus,
    Minus,
    Times,
    DividedBy,
}

/// <summary>How a value is put in words.</summary>
public enum SpokenForm
{
    /// <summary><c>date(x)</c>: 12 March, with the year if it is not this year.</summary>
    Date,

    /// <summary><c>clock(x)</c>: 14:30.</summary>
    Clock,

    /// <summary><c>money(x)</c>: an amount in the business's currency.</summary>
    Money,

    /// <summary><c>plural(n, one, few, many)</c>: the word that fits the number.</summary>
    Plural,

    /// <summary><c>range(from, to)</c>: from 1 to 10.</summary>
    Range,
}
