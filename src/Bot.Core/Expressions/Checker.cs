using System.Collections.Immutable;

namespace Bot.Core.Expressions;

/// <summary>Knows which names there are and which kinds go together; builds the nodes that pass.</summary>
internal sealed class Checker(Vocabulary vocabulary)
{
    /// <summary>Every function.</summary>
    public static readonly ImmutableArray<string> Functions =
        ["event", "count", "consent", "segment", "ago", "next", "date", "clock", "money", "plural", "range"];

    private int _partsOfSegments;

    /// <summary>What went wrong first.</summary>
    public ExpressionFault? Fault { get; private set; }

    public Node? Fail(int at, string message)
    {
        Fault ??= new(at, message);
        return null;
    }

    /// <summary>As a condition: what is no yes-or-no asks whether it is known.</summary>
    public static Node Condition(Node node) => node.Kind == ValueKind.Boolean ? node : new Node.Known(node);

    public Node? Name(Token name)
    {
        var text = name.Text;
        if (Roots.ByName.TryGetValue(text, out var root))
        {
            return root switch
            {
                _ when Roots.IsMagnet(root) && !vocabulary.HasMagnet =>
                    Fail(name.At, $"There is no magnet here for `{text}`: the dialog must say `takes: magnet`."),
                _ when Roots.IsLoyalty(root) && vocabulary.Loyalty is null =>
                    Fail(name.At, $"There are no points for `{text}`: the folder has no loyalty.yaml. Take this away, or take that file from the folder `dialogs` that the bot came with."),
                _ when Roots.IsForTexts(root) && vocabulary.IsOfAnyChat =>
                    Fail(name.At, $"`{text}` is for texts, and has no place in `for:`."),

                _ when Roots.Reads(root) is { } what && !HasValue(what) => Fail(name.At, $"There is no {what} here for `{text}`: {MissingValue(what)}"),

                // Without a length: what the customer is warned of.
                Root.PointsExpiring => new Node.Given(root, vocabulary.Loyalty!.Warning),
                _ => new Node.Given(root),
            };
        }

        if (vocabulary.Remembered.TryGetValue(text, out var kind))
        {
            return new Node.Remembered(text, kind);
        }

        if (text.StartsWith("profile.", StringComparison.Ordinal) && vocabulary.Fields.TryGetValue(text["profile.".Length..], out kind))
        {
            return new Node.Field(text["profile.".Length..], kind);
        }

        if (vocabulary.BareFields && vocabulary.Fields.TryGetValue(text, out kind))
        {
            return new Node.Field(text, kind);
        }

        if (!vocabulary.HasFields && text.StartsWith("profile.", StringComparison.Ordinal))
        {
            Fault ??= new(name.At, $"It is not known whether there is a `{text}`.", IsFollowUp: true);
            return null;
        }

        return Fail(name.At, $"There is no `{text}` here.{Mend(text)}");
    }

    private bool HasValue(string what) =>
        vocabulary.Remembered.ContainsKey(what) || (vocabulary.HasBooking && what == GivenValues.Booking);

    private string MissingValue(string what) => vocabulary.IsOfAnyChat
        ? "only an automation about visits has one (`before:`, or `event:` with an event of bookings)."
        : what == GivenValues.Booking
            ? "the dialog must say `takes: booking`, or remember one (`remember: { booking: booking }`)."
            : $"the dialog must remember one (`remember: {{ {what}: {what} }}`).";

    private bool IsKnown(string name) => Roots.ByName.ContainsKey(name) || vocabulary.Remembered.ContainsKey(name)
        || (name.StartsWith("profile.", StringComparison.Ordinal) && vocabulary.Fields.ContainsKey(name["profile.".Length..]));

    private string Mend(string text)
    {
        if (vocabulary.Fields.ContainsKey(text))
        {
            return $" Did you mean `profile.{text}`?";
        }

        if (vocabulary.BareFields && Suggestion.For(text, vocabulary.Fields.Keys) is { Length: > 0 } field)
        {
            return field;
        }

        if (Functions.Contains(text))
        {
            return $" Did you mean `{text}(...)`?";
        }

        if (text.IndexOf('-', StringComparison.Ordinal) is > 0 and var minus && IsKnown(text[..minus]))
        {
            return " If this is a minus, put a space on both sides of it.";
        }

        var names = Roots.ByName.Keys.Concat(vocabulary.Remembered.Keys).Concat(vocabulary.Fields.Keys.Select(f => "profile." + f));
        var suggestion = Suggestion.For(text, names);
        if (suggestion.Length == 0 && text.StartsWith("profile.", StringComparison.Ordinal))
        {
            return vocabulary.Fields.IsEmpty ? " Nothing of the profile can be used here." : " A field of your own is added under `fields:` in settings.yaml.";
        }

        return suggestion.Length > 0 ? suggestion : " A text is written in quotes: \"text\".";
    }

    public bool IsFunction(Token name)
    {
        if (Functions.Contains(name.Text))
        {
            return true;
        }

        Fail(name.At, Roots.ByName.ContainsKey(name.Text)
            ? $"`{name.Text}` stands alone, without brackets."
            : $"There is no function `{name.Text}`.{Suggestion.For(name.Text, Functions)}");
        return false;
    }

    public bool IsEvent(Token name)
    {
        if (!Identifier.IsEvent(name.Text))
        {
            Fail(name.At, $"`{name.Text}` cannot be an event: {Identifier.EventRule}.");
            return false;
        }

        if (vocabulary.Events is { } events && !events.Contains(name.Text))
        {
            Fail(name.At, $"Nothing records the event `{name.Text}`.{Suggestion.For(name.Text, events)}");
            return false;
        }

        return true;
    }

    public bool IsPurpose(Token name)
    {
        if (vocabulary.Purposes is not { } purposes || purposes.Contains(name.Text))
        {
            return true;
        }

        Fail(name.At, $"There is no purpose `{name.Text}` under `consents:` in settings.yaml.{Suggestion.For(name.Text, purposes)}");
        return false;
    }

    public Node Consented(Token purpose) => new Node.Consented(purpose.Text, vocabulary.IsOfAnyChat);

    /// <summary>The condition of the segment, in its place.</summary>
    public Node? Segment(Token name)
    {
        if (vocabulary.Segments is not { } segments)
        {
            return Fail(name.At, "`segment(...)` can be asked in `for:` only.");
        }

        if (!segments.ById.TryGetValue(name.Text, out var tree) && segments.AreAll)
        {
            return Fail(name.At, $"There is no segment `{name.Text}` in segments.yaml.{Suggestion.For(name.Text, segments.ById.Keys)}");
        }

        if (tree is null)
        {
            Fault ??= new(name.At, $"It is not known whom the segment `{name.Text}` holds.", IsFollowUp: true);
            return null;
        }

        _partsOfSegments += tree.Size;
        return _partsOfSegments <= SegmentTrees.MaxParts
            ? Condition(tree)
            : Fail(name.At, "Segments within segments make this too large. Use fewer of them, or simpler ones.");
    }

    public Node? Compare(Node left, Comparison by, Node right, int at, Token sign)
    {
        var isOrder = by is not (Comparison.Equal or Comparison.NotEqual);
        if (IsText(left) && IsText(right))
        {
            return isOrder
                ? Fail(sign.At, $"Texts can be compared with `=` and `!=` only, not with `{sign.Text}`.")
                : (OptionFault(left, right, at) ?? OptionFault(right, left, at)) is { } fault
                    ? Fail(fault.At, fault.Message)
                    : new Node.Compare(Folded(left), by, Folded(right));
        }

        if (left.Kind != right.Kind || IsText(left))
        {
            return Fail(sign.At, $"{Sentence(left.Kind)} cannot be compared with {Kinds.Name(right.Kind)}.{KindMend(left, right)}");
        }

        return left.Kind switch
        {
            ValueKind.Number or ValueKind.Date or ValueKind.Moment or ValueKind.Duration => new Node.Compare(left, by, right),
            ValueKind.Boolean when !isOrder => new Node.Compare(left, by, right),
            _ => Fail(sign.At, $"{Sentence(left.Kind)} cannot be compared with `{sign.Text}`."),
        };
    }

    private static bool IsText(Node node) => node.Kind is ValueKind.Text or ValueKind.Choice;

    private static Node Folded(Node node) => node is Node.Literal { Value: Value.Text text }
        ? new Node.Literal(new Value.Text(Folding.Fold(text.Content)))
        : new Node.Folded(node);

    private static string Sentence(ValueKind kind)
    {
        var name = Kinds.Name(kind);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static string KindMend(Node left, Node right) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Number, ValueKind.Text) when right is Node.Literal => " Write the number without quotes.",
        (ValueKind.Text, ValueKind.Number) when left is Node.Literal => " Write the number without quotes.",
        (ValueKind.Text, ValueKind.Number) => " Write the text in quotes.",
        (ValueKind.Moment, ValueKind.Duration) => " A moment so long ago is `ago(...)`.",
        (ValueKind.Moment, ValueKind.Date) or (ValueKind.Date, ValueKind.Moment) => " `today` is a date, `now` is a moment.",
        _ => "",
    };

    /// <summary>A choice is compared with an option that does not exist: never true, so a slip.</summary>
    private ExpressionFault? OptionFault(Node choice, Node other, int at) =>
        choice is Node.Remembered { Holds: ValueKind.Choice } remembered
        && other is Node.Literal { Value: Value.Text text }
        && vocabulary.Options.TryGetValue(remembered.Name, out var options)
        && !options.ContainsKey(text.Content)
            ? new(at, $"`{text.Content}` is not one of the options of `{remembered.Name}`.{Suggestion.For(text.Content, options.Keys)}")
            : null;

    public Node? Calculate(Node left, Token sign, Node right)
    {
        var by = sign.Text switch
        {
            "+" => Calculation.Plus,
            "-" => Calculation.Minus,
            "*" => Calculation.Times,
            _ => Calculation.DividedBy,
        };
        if (left.Kind == ValueKind.Number && right.Kind == ValueKind.Number)
        {
            return new Node.Calculate(left, by, right);
        }

        if (left.Kind == ValueKind.Moment && right.Kind == ValueKind.Duration && by is Calculation.Plus or Calculation.Minus)
        {
            return new Node.Calculate(left, by, right);
        }

        return Fail(sign.At, $"`{sign.Text}` works on numbers, and on a moment with a length of time after it; here are "
            + $"{Kinds.Name(left.Kind)} and {Kinds.Name(right.Kind)}.");
    }

    public Node? Spoken(Token name, ImmutableArray<Node> of)
    {
        SpokenForm? form = name.Text switch
        {
            "date" => SpokenForm.Date,
            "clock" => SpokenForm.Clock,
            "money" => SpokenForm.Money,
            "plural" => SpokenForm.Plural,
            "range" => SpokenForm.Range,
            _ => null,
        };
        return form is { } known ? Spoken(name, known, of) : null;
    }

    private Node? Spoken(Token name, SpokenForm form, ImmutableArray<Node> of)
    {
        if (vocabulary.IsOfAnyChat)
        {
            return Fail(name.At, $"`{name.Text}(...)` puts a value into words for a text. Here compare the value itself.");
        }

        return form switch
        {
            SpokenForm.Date => One(name, of, "a date or a moment", ValueKind.Date, ValueKind.Moment) ? new Node.Spoken(form, of) : null,
            SpokenForm.Clock => One(name, of, "a moment", ValueKind.Moment, ValueKind.Moment) ? new Node.Spoken(form, of) : null,
            SpokenForm.Money => One(name, of, "a number", ValueKind.Number, ValueKind.Number) ? new Node.Spoken(form, of) : null,
            SpokenForm.Range => of.Length == 2 && of.All(n => n.Kind == ValueKind.Number)
                ? new Node.Spoken(form, of)
                : Fail(name.At, "`range(...)` needs two numbers: `range(from, to)`."),
            SpokenForm.Plural => Plural(name, of),
        };
    }

    private bool One(Token name, ImmutableArray<Node> of, string what, ValueKind kind, ValueKind other)
    {
        if (of.Length == 1 && (of[0].Kind == kind || of[0].Kind == other))
        {
            return true;
        }

        Fail(name.At, $"`{name.Text}(...)` needs {what}{(of.Length == 1 ? $", and this is {Kinds.Name(of[0].Kind)}" : "")}.");
        return false;
    }

    private Node? Plural(Token name, ImmutableArray<Node> of)
    {
        var needed = vocabulary.Language is { } language ? Speech.PluralForms(language) : of.Length - 1;
        if (of.Length is not (3 or 4) || of[0].Kind != ValueKind.Number || of.Skip(1).Any(n => n is not Node.Literal { Value: Value.Text }))
        {
            return Fail(name.At, "`plural(...)` needs a number and then two or three words: `plural(n, \"visit\", \"visits\")`.");
        }

        return of.Length - 1 == needed
            ? new Node.Spoken(SpokenForm.Plural, of)
            : Fail(name.At, $"In this language `plural(...)` needs {needed} words after the number: "
                + (needed == 3 ? "for 1, for 2 and for 5." : "for one and for many."));
    }
}
