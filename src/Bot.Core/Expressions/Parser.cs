using System.Collections.Immutable;

namespace Bot.Core.Expressions;

/// <summary>
/// Reads an expression by recursive descent. Every method answers <see langword="null"/> after a fault, of which the first is kept.
/// Precedence, loosest first: or, and, not, comparisons with has and in, + -, * /.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Every operator, for the docs and for the words that no value may be called.</summary>
    public static readonly ImmutableArray<string> Operators =
        ["and", "or", "not", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "has", "in", "else"];

    private readonly string _source;
    private readonly List<Token> _tokens;
    private readonly Checker _checker;
    private int _next;
    private int _depth;

    public Parser(string source, Vocabulary vocabulary)
    {
        _source = source;
        _checker = new Checker(vocabulary);
        _tokens = source.Length <= Expression.MaxLength ? Lexer.Read(source) : [new(TokenKind.End, 0, "")];
    }

    /// <summary>What went wrong first.</summary>
    public ExpressionFault? Fault => _checker.Fault;

    /// <summary>The whole source as one expression.</summary>
    public Node? Whole()
    {
        var node = Start();
        return node is null || Peek.Kind == TokenKind.End ? node : Unexpected();
    }

    /// <summary>The whole source as what stands between <c>{{</c> and <c>}}</c>: an expression, and after <c>else</c> a text.</summary>
    public (Node? Node, string? Else) WholeSlot()
    {
        var node = Start();
        if (node is null || !Take("else"))
        {
            return (node is null || Peek.Kind == TokenKind.End ? node : Unexpected(), null);
        }

        if (Peek.Kind != TokenKind.Text)
        {
            return (Fail(Peek.At, "After `else` comes a text in quotes: {{ profile.name else 'friend' }}."), null);
        }

        var other = Read().Text;
        return (Peek.Kind == TokenKind.End ? node : Unexpected(), other);
    }

    private Token Peek => _tokens[_next];

    private Node? Start()
    {
        if (_source.Length > Expression.MaxLength)
        {
            return Fail(0, $"This expression has {_source.Length} characters; at most {Expression.MaxLength} are allowed.");
        }

        return Peek.Kind == TokenKind.End ? Fail(0, "Here an expression is missing.") : Or();
    }

    private Node? Or() => Chain("or", And, parts => new Node.Any(parts));

    private Node? And() => Chain("and", Not, parts => new Node.All(parts));

    private Node? Chain(string word, Func<Node?> part, Func<ImmutableArray<Node>, Node> whole)
    {
        var first = part();
        if (first is null || !IsNext(word))
        {
            return first;
        }

        var parts = ImmutableArray.CreateBuilder<Node>();
        parts.Add(Checker.Condition(first));
        while (Take(word))
        {
            if (part() is not { } next)
            {
                return null;
            }

            parts.Add(Checker.Condition(next));
        }

        return whole(parts.DrainToImmutable());
    }

    private Node? Not()
    {
        if (!IsNext("not"))
        {
            return Comparison();
        }

        if (!Deeper())
        {
            return null;
        }

        Read();
        var of = Not();
        _depth--;
        return of is null ? null : new Node.Not(Checker.Condition(of));
    }

    private Node? Comparison()
    {
        var at = Peek.At;
        if (IsNext("tags"))
        {
            return Tags();
        }

        var left = Sum();
        if (left is null)
        {
            return null;
        }

        if (Peek is { Kind: TokenKind.Name, Text: "in" })
        {
            return In(left);
        }

        if (Peek is { Kind: TokenKind.Name, Text: "has" })
        {
            return Fail(Peek.At, "`has` is for tags only: `tags has \"vip\"`.");
        }

        if (ComparisonOf(Peek) is not { } by)
        {
            return left;
        }

        var sign = Read();
        if (Sum() is not { } right)
        {
            return null;
        }

        return ComparisonOf(Peek) is not null
            ? Fail(Peek.At, "Compare two values at a time, and join the comparisons with `and`: `a < b and b < c`.")
            : _checker.Compare(left, by, right, at, sign);
    }

    private static Comparison? ComparisonOf(Token token) => token.Kind != TokenKind.Symbol ? null : token.Text switch
    {
        "=" => Expressions.Comparison.Equal,
        "!=" => Expressions.Comparison.NotEqual,
        "<" => Expressions.Comparison.Less,
        "<=" => Expressions.Comparison.LessOrEqual,
        ">" => Expressions.Comparison.Greater,
        ">=" => Expressions.Comparison.GreaterOrEqual,
        _ => null,
    };

    private Node? Tags()
    {
        Read();
        if (!Take("has") || Peek.Kind != TokenKind.Text)
        {
            return Fail(Peek.At, "Ask for a tag like this: `tags has \"vip\"`.");
        }

        var tag = Read();
        return Identifier.IsId(tag.Text)
            ? new Node.HasTag(tag.Text)
            : Fail(tag.At, $"`{tag.Text}` cannot be a tag: {Identifier.Rule}.");
    }

    private Node? In(Node left)
    {
        var at = Read().At;
        if (!Take("next") || !Take("("))
        {
            return Fail(Peek.At, "After `in` comes `next(...)`: `profile.birthday in next(7d)`.");
        }

        if (Duration("next") is not { } within || !Close())
        {
            return null;
        }

        return left.Kind == ValueKind.Date
            ? new Node.ComesRound(left, within)
            : Fail(at, $"`in next(...)` needs a date before it, and this is {Kinds.Name(left.Kind)}.");
    }

    private Node? Sum() => Series(Product, "+", "-");

    private Node? Product() => Series(Primary, "*", "/");

    private Node? Series(Func<Node?> part, string one, string other)
    {
        var left = part();
        for (var length = 1; left is not null && Peek.Kind == TokenKind.Symbol && (Peek.Text == one || Peek.Text == other); length++)
        {
            if (_depth + length > Expression.MaxDepth)
            {
                return TooDeep();
            }

            var sign = Read();
            left = part() is { } right ? _checker.Calculate(left, sign, right) : null;
        }

        return left;
    }

    private bool Close()
    {
        if (Take(")"))
        {
            return true;
        }

        if (Peek.Kind == TokenKind.End)
        {
            Fail(Peek.At, "A closing bracket `)` is missing.");
        }
        else
        {
            Unexpected();
        }

        return false;
    }

    private bool Deeper()
    {
        _depth++;
        if (_depth <= Expression.MaxDepth)
        {
            return true;
        }

        TooDeep();
        return false;
    }

    private Node? TooDeep() => Fail(Peek.At, $"This expression is nested more than {Expression.MaxDepth} deep. Make it simpler.");

    private Node? Unexpected()
    {
        var token = Peek;
        return token.Kind switch
        {
            TokenKind.Bad => Fail(token.At, token.Text),
            TokenKind.End => Fail(token.At, "The expression breaks off here."),
            TokenKind.Text => Fail(token.At, "This text stands where nothing can follow. Is an `and`, an `or` or a sign missing before it?"),
            TokenKind.Symbol => Fail(token.At, $"`{token.Text}` does not fit here."),
            TokenKind.Name or TokenKind.Number or TokenKind.Duration =>
                Fail(token.At, $"`{token.Text}` stands where nothing can follow. Is an `and`, an `or` or a sign missing before it?"),
        };
    }

    private bool IsNext(string text) => Peek.Kind is TokenKind.Name or TokenKind.Symbol && Peek.Text == text;

    private bool Take(string text)
    {
        if (!IsNext(text))
        {
            return false;
        }

        _next++;
        return true;
    }

    private Token Read() => _tokens[_next++];

    // What no token is comes before what is missing in its place.
    private Node? Fail(int at, string message) => _checker.Fail(at, Peek is { Kind: TokenKind.Bad } bad && bad.At == at ? bad.Text : message);
}
