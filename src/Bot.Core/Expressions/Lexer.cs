using System.Globalization;

namespace Bot.Core.Expressions;

internal enum TokenKind
{
    End,
    Name,
    Number,
    Duration,
    Text,
    Symbol,

    /// <summary>What no token is; its text says what is wrong.</summary>
    Bad,
}

/// <param name="At">Where it begins in the source, from 0.</param>
/// <param name="Text">The name, the symbol, the text between the quotes, or what is wrong.</param>
internal readonly record struct Token(TokenKind Kind, int At, string Text, decimal Number = 0, TimeSpan Duration = default);

/// <summary>Cuts an expression into tokens.</summary>
internal static class Lexer
{
    private const int MaxDigits = 15;
    private const int MaxDays = 36_500;

    /// <summary>All tokens; the last one is End or Bad.</summary>
    public static List<Token> Read(string source)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < source.Length && char.IsWhiteSpace(source[at]))
            {
                at++;
            }

            var token = at == source.Length ? new Token(TokenKind.End, at, "") : Next(source, ref at);
            tokens.Add(token);
            if (token.Kind is TokenKind.End or TokenKind.Bad)
            {
                return tokens;
            }
        }
    }

    private static Token Next(string source, ref int at)
    {
        var c = source[at];
        if (char.IsAsciiDigit(c))
        {
            return Number(source, ref at);
        }

        if (char.IsLetter(c) || c == '_')
        {
            return Name(source, ref at);
        }

        return c is '"' or '\'' ? Text(source, ref at) : Symbol(source, ref at);
    }

    private static Token Name(string source, ref int at)
    {
        var start = at;
        while (at < source.Length && (IsNamePart(source[at]) || (source[at] is '-' or '.' && at + 1 < source.Length && IsNamePart(source[at + 1]))))
        {
            at++;
        }

        return new(TokenKind.Name, start, source[start..at]);
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static Token Number(string source, ref int at)
    {
        var start = at;
        while (at < source.Length && (char.IsAsciiDigit(source[at]) || (source[at] == '.' && at + 1 < source.Length && char.IsAsciiDigit(source[at + 1]))))
        {
            at++;
        }

        var digits = source[start..at];
        if (digits.Length > MaxDigits || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return new(TokenKind.Bad, start, $"`{Short(digits)}` is not a number that can be used here: at most {MaxDigits} digits and one point.");
        }

        if (number != decimal.Round(number, 4))
        {
            return new(TokenKind.Bad, start, $"`{digits}` has more than four decimals.");
        }

        if (!Numbers.IsWithin(number))
        {
            return new(TokenKind.Bad, start, $"`{digits}` is too large: numbers go up to {(long)Numbers.Max}.");
        }

        if (at == source.Length || !IsNamePart(source[at]))
        {
            return new(TokenKind.Number, start, digits, number);
        }

        var unitAt = at;
        while (at < source.Length && IsNamePart(source[at]))
        {
            at++;
        }

        var minutes = source[unitAt..at] switch { "m" => 1, "h" => 60, "d" => 24 * 60, _ => 0 };
        if (minutes == 0 || digits.Contains('.', StringComparison.Ordinal))
        {
            return new(TokenKind.Bad, start, $"`{Short(source[start..at])}` is neither a number nor a length of time. Write 10m, 2h or 7d; a name begins with a letter.");
        }

        return number * minutes > MaxDays * 24m * 60
            ? new(TokenKind.Bad, start, $"`{source[start..at]}` is too long: at most {MaxDays}d.")
            : new(TokenKind.Duration, start, source[start..at], 0, TimeSpan.FromMinutes((long)number * minutes));
    }

    private static Token Text(string source, ref int at)
    {
        var start = at;
        var end = source.IndexOf(source[at], at + 1);
        if (end < 0)
        {
            return new(TokenKind.Bad, start, $"The text that begins here has no closing {source[start]}.");
        }

        at = end + 1;
        return new(TokenKind.Text, start, source[(start + 1)..end]);
    }

    private static Token Symbol(string source, ref int at)
    {
        var start = at;
        var two = source[at..Math.Min(at + 2, source.Length)];
        if (two is "!=" or "<=" or ">=")
        {
            at += 2;
            return new(TokenKind.Symbol, start, two);
        }

        var mend = two switch
        {
            "=>" => "Write `>=`.",
            "=<" => "Write `<=`.",
            "==" => "Write one `=`.",
            "<>" => "Write `!=`.",
            "&&" => "Write `and`.",
            "||" => "Write `or`.",
            "{{" or "}}" => "`{{ }}` belongs into texts; an expression is written without it.",
            _ => null,
        };
        if (mend is not null)
        {
            return new(TokenKind.Bad, start, $"`{two}` is not used here. {mend}");
        }

        if ("()=<>+-*/,".Contains(source[at], StringComparison.Ordinal))
        {
            at++;
            return new(TokenKind.Symbol, start, two[..1]);
        }

        return new(TokenKind.Bad, start, source[at] switch
        {
            '!' => "`!` is not used here. Write `not`.",
            '“' or '”' or '«' or '»' or '„' or '‘' or '’' => "Write texts in straight quotes: \"text\".",
            '−' or '–' or '—' => "Write the minus with the key of the hyphen: `-`, with a space on both sides.",
            '%' => "`%` is not used here. A percentage is a number: 15 % of x is `x * 15 / 100`.",
            _ when char.IsSurrogate(source[at]) || char.IsControl(source[at]) => "This sign has no meaning here.",
            _ => $"`{source[at]}` has no meaning here.",
        });
    }

    private static string Short(string text) => text.Length <= 24 ? text : text[..24] + "…";
}
