namespace Bot.Core.Expressions;

internal sealed partial class Parser
{
    private Node? Primary()
    {
        var token = Peek;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Read();
                return GluedMinus() ? MinusNeedsSpaces() : new Node.Literal(new Value.Number(token.Number));
            case TokenKind.Duration:
                Read();
                return new Node.Literal(new Value.Duration(token.Duration));
            case TokenKind.Text:
                Read();
                return new Node.Literal(new Value.Text(token.Text));
            case TokenKind.Name:
                return Named();
            case TokenKind.Symbol when token.Text == "(":
                return Bracket();
            case TokenKind.Symbol when token.Text == "-":
                return Negative();
            case TokenKind.End:
                return Fail(token.At, "The expression breaks off here: a value is missing.");
            case TokenKind.Symbol:
            case TokenKind.Bad:
            default:
                return Unexpected();
        }
    }

    private bool GluedMinus() =>
        Peek is { Kind: TokenKind.Symbol, Text: "-" } minus && minus.At > 0 && !char.IsWhiteSpace(_source[minus.At - 1])
        && _source[minus.At - 1] != ')';

    private Node? MinusNeedsSpaces() => Fail(Peek.At, "Put a space on both sides of the minus.");

    private Node? Negative()
    {
        var at = Read().At;
        if (Peek is not { Kind: TokenKind.Number } number || number.At != at + 1)
        {
            return Fail(at, "A minus stands between two values, with a space on both sides, or right before a number: `-5`.");
        }

        Read();
        return new Node.Literal(new Value.Number(-number.Number));
    }

    private Node? Bracket()
    {
        if (!Deeper())
        {
            return null;
        }

        Read();
        var inner = Or();
        _depth--;
        return inner is not null && Close() ? inner : null;
    }

    private Node? Named()
    {
        var name = Read();
        if (IsNext("("))
        {
            return Deeper() ? Function(name) : null;
        }

        return name.Text switch
        {
            "true" => new Node.Literal(new Value.Boolean(true)),
            "false" => new Node.Literal(new Value.Boolean(false)),
            "and" or "or" or "not" or "has" or "in" or "else" =>
                Fail(name.At, $"Before `{name.Text}` a value is missing."),
            "tags" => Fail(name.At, "Ask for a tag like this: `tags has \"vip\"`."),
            _ => _checker.Name(name),
        };
    }
}
