using System.Text.RegularExpressions;

namespace Bot.Core.Dialogs.Loading;

/// <summary>
/// Looks for a slip in the lines as they stand, after YAML has given up on them: the parser often notices only far below, and then has no
/// words for what an owner did.
/// </summary>
internal sealed partial class YamlSlips
{
    private readonly string[] _lines;
    private readonly bool[] _isText;
    private readonly List<Slip> _slips = [];

    public YamlSlips(string[] lines)
    {
        _lines = [.. lines.Select(line => line.TrimEnd())];
        _isText = new bool[lines.Length];
        var levels = new Stack<(int Column, string? Key, bool HasValue)>();
        for (var i = 0; i < _lines.Length && Unclosed is null; i++)
        {
            if (_isText[i] || _lines[i].AsSpan().Trim() is { IsEmpty: true } or ['#', ..] or "---")
            {
                continue;
            }

            Shape(i, levels);
            var at = YamlTraps.ValueAt(_lines[i]);
            if (BlockStart().IsMatch(_lines[i].AsSpan(at)))
            {
                SkipBlock(i);
            }
            else if (at < _lines[i].Length && _lines[i][at] is '{' or '[' or '"' or '\'')
            {
                Follow(i, at);
            }
        }
    }

    public readonly record struct Slip(int Line, int Column, string Message);

    /// <summary>The first bracket or quote that nothing closes.</summary>
    public Slip? Unclosed { get; private set; }

    /// <summary>Whether the line, counted from 1, belongs to a text or a list that began above it.</summary>
    public bool IsText(int line) => _isText[line - 1];

    /// <summary>What is wrong with the line, counted from 1.</summary>
    public Slip? At(int line) => _slips.Where(slip => slip.Line == line).Cast<Slip?>().FirstOrDefault();

    /// <summary>What to do about <c>key:value</c>, or <see langword="null"/> if it is something else.</summary>
    public static string? NoSpace(string text) => NoSpacePattern().Match(text) is { Success: true } match
        ? $"After `{match.Groups["key"].Value}:` a space is missing: `{match.Groups["key"].Value}: {FileReader.Short(match.Groups["value"].Value)}`."
        : null;

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    /// <summary>Where the line's key begins: after the indentation and the hyphens.</summary>
    private static int KeyColumn(string line)
    {
        var at = Indent(line);
        while (at + 1 < line.Length && line[at] == '-' && line[at + 1] == ' ')
        {
            at += 2;
        }

        return at;
    }

    private void Shape(int i, Stack<(int Column, string? Key, bool HasValue)> levels)
    {
        var line = _lines[i];
        var strange = line.AsSpan(0, Indent(line)).IndexOfAnyExcept(' ');
        var column = KeyColumn(line);
        var key = KeyPattern().Match(line, column, line.Length - column);
        var isItem = line[Indent(line)] == '-';
        if (strange >= 0)
        {
            Add(i, strange, "There is a space of another kind (a non-breaking one) in the indentation of this line. Delete it and type ordinary spaces.");
        }
        else if (NoSpacePattern().Match(line, column, line.Length - column) is { Success: true } match && NoSpace(line[column..]) is { } message)
        {
            Add(i, match.Groups["value"].Index, message);
        }
        else if (HyphenPattern().IsMatch(line))
        {
            Add(i, Indent(line) + 1, "After the hyphen a space is missing.");
        }
        else if (!key.Success && !isItem)
        {
            Add(i, Indent(line), "This line has no `key: value`. If it goes on with the text above, begin that text with `|` on the line of its key, and indent all its lines deeper than the key.");
        }
        else if (levels.TryPeek(out var above) && Indent(line) > above.Column && above.HasValue)
        {
            Add(i, Indent(line), $"This line is indented deeper than `{above.Key}:` above it, which has its value already. Give both the same indentation.");
        }
        else
        {
            Level(i, levels, isItem);
        }

        if (key.Success)
        {
            levels.Push((column, key.Groups["key"].Value, key.Index + key.Length < line.Length && !line.AsSpan(key.Index + key.Length).TrimStart().StartsWith("#")));
        }
    }

    private void Level(int i, Stack<(int Column, string? Key, bool HasValue)> levels, bool isItem)
    {
        var indent = Indent(_lines[i]);
        var deepest = -1;
        while (levels.TryPeek(out var level) && level.Column > indent)
        {
            deepest = level.Column;
            levels.Pop();
        }

        if (deepest > 0 && levels.TryPeek(out var other) && other.Column != indent)
        {
            Add(i, indent, $"This line is indented by {indent} spaces, and those above it by {other.Column} or {deepest}. Give it the same indentation as the lines that it belongs to.");
        }

        if (isItem)
        {
            levels.Push((indent, null, false));
        }
    }

    private void Add(int i, int at, string message) => _slips.Add(new(i + 1, at + 1, message));

    private void SkipBlock(int start)
    {
        for (var i = start + 1; i < _lines.Length && (_lines[i].Length == 0 || Indent(_lines[i]) > Indent(_lines[start])); i++)
        {
            _isText[i] = true;
        }
    }

    /// <summary>Follows a text in quotes, or a list or map in brackets, to its end.</summary>
    private void Follow(int start, int at)
    {
        var open = new Stack<Slip>();
        var keyColumn = KeyColumn(_lines[start]) is var column && column < at ? column : Indent(_lines[start]);
        var quote = '\0';
        for (var i = start; i < _lines.Length; i++, at = 0)
        {
            var line = _lines[i];
            if (i > start && line.Length > 0 && Indent(line) <= keyColumn && line.TrimStart()[0] is not ('}' or ']'))
            {
                break;
            }

            _isText[i] = i > start;
            for (; at < line.Length; at++)
            {
                var c = line[at];
                if (quote != '\0')
                {
                    at += quote == '"' && c == '\\' ? 1 : 0;
                    if (c == quote)
                    {
                        quote = '\0';
                        open.Pop();
                    }
                }
                else if (c == '#' && at > 0 && line[at - 1] == ' ')
                {
                    break;
                }
                else if (c is '{' or '[' || (c is '"' or '\'' && BeginsText(line, at)))
                {
                    open.Push(new(i + 1, at + 1, Missing(c)));
                    quote = c is '"' or '\'' ? c : '\0';
                }
                else if (c is '}' or ']')
                {
                    if (open.Peek().Message != Missing(c == '}' ? '{' : '['))
                    {
                        Unclosed = open.Peek();
                        return;
                    }

                    open.Pop();
                }

                if (open.Count == 0)
                {
                    return;
                }
            }
        }

        Unclosed = open.Peek();
    }

    private static bool BeginsText(string line, int at) => line.AsSpan(0, at).TrimEnd() is not [.., var before] || before is '{' or '[' or ',' or ':' or '-';

    private static string Missing(char c) => c switch
    {
        '{' => "This `{` is not closed: a `}` is missing.",
        '[' => "This `[` is not closed: a `]` is missing.",
        _ => $"This text has no closing {c}.",
    };

    [GeneratedRegex("""\G(?<key>[\w-]+|"[^"]*"|'[^']*'):(?= |$)""")]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"\G(?<key>[a-z][a-z0-9-]{0,31}):(?<value>[^\s/:].*)")]
    private static partial Regex NoSpacePattern();

    [GeneratedRegex(@"^ *-[a-z-]+: ")]
    private static partial Regex HyphenPattern();

    [GeneratedRegex(@"^[|>][-+0-9]*( +#.*)?$")]
    private static partial Regex BlockStart();
}
