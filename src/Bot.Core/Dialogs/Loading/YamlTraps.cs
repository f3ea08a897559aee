using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace Bot.Core.Dialogs.Loading;

/// <summary>What is easily written wrong in YAML, in plain words.</summary>
internal static partial class YamlTraps
{
    public const string Braces = "To YAML a text that begins with `{` is a list of keys. Put the whole text in quotes: \"{{ profile.name }}\".";

    private const string InQuotes = "Put the whole text in quotes: \"text\".";

    public static string Tag(string tag) =>
        $"`{tag}` vanishes: a word that begins with `!` is an instruction to YAML. In a condition write `not`; a text goes in quotes.";

    /// <summary>Whether there is an indentation with a tab, which is then reported.</summary>
    public static bool FindTab(FileFaults faults)
    {
        for (var i = 0; i < faults.Lines.Length; i++)
        {
            var line = faults.Lines[i];
            var indent = line.Length - line.TrimStart().Length;
            var tab = line.AsSpan(0, indent).IndexOf('\t');
            if (tab >= 0 && indent < line.TrimEnd().Length)
            {
                faults.Add(i + 1, tab + 1, "There is a tab in the indentation of this line. Use spaces: two for each level.");
                return true;
            }
        }

        return false;
    }

    /// <summary>Reports a syntax error by what the line most likely was meant to be.</summary>
    public static void Explain(YamlException error, FileFaults faults)
    {
        var line = Math.Clamp((int)error.Start.Line, 1, faults.Lines.Length);
        if (!FindSlip(line, line - 3, faults))
        {
            faults.Add(line, Math.Max(1, (int)error.Start.Column), Plain(error.Message));
        }
    }

    /// <summary>Reports an error that carries no place.</summary>
    public static void Explain(FileFaults faults)
    {
        if (!FindSlip(faults.Lines.Length, 1, faults))
        {
            faults.Add(1, 1, "This file is not YAML that can be read. Compare it with a dialog that works.");
        }
    }

    private static bool FindSlip(int line, int highest, FileFaults faults)
    {
        var slips = new YamlSlips(faults.Lines);
        if (slips.Unclosed is { } unclosed)
        {
            faults.Add(unclosed.Line, unclosed.Column, unclosed.Message);
            return true;
        }

        // YAML often notices only in the line below; blank lines and comments between say nothing.
        for (var at = line; at >= Math.Max(1, highest); at--)
        {
            if (Trap(faults.Lines[at - 1]) is { } trap && !slips.IsText(at))
            {
                faults.Add(at, trap.Column, trap.Message);
                return true;
            }

            if (slips.At(at) is { } slip)
            {
                faults.Add(at, slip.Column, slip.Message);
                return true;
            }
        }

        return false;
    }

    private static (int Column, string Message)? Trap(string line)
    {
        var text = line.AsSpan().TrimEnd();
        var at = ValueAt(text);
        var value = text[at..];
        if (value.IsEmpty || value[0] == '#')
        {
            return null;
        }

        var message = value[0] switch
        {
            _ when ActionsOnOneLine().Match(line) is { Success: true } match =>
                $"What is done is a list. Write `{match.Groups["key"].Value}: [ {match.Groups["action"].Value.Trim()} ]`.",
            '{' when value.StartsWith("{{") => Braces,
            '{' when ColonInside(value) => "A comma or a colon inside `{ }` ends the text. Put that text in quotes, or write each language on a line of its own.",
            '[' when !value.EndsWith("]") && !value.TrimEnd(',').EndsWith("]") => $"A text cannot begin with `[`, which begins a list. {InQuotes}",
            '-' or '?' when value.Length > 1 && value[1] == ' ' && at > 0 => $"A text cannot begin with `{value[0]}` and a space, which means something else to YAML. {InQuotes}",
            '`' => $"A text cannot begin with a backtick, which means something else to YAML. {InQuotes}",
            '%' or '@' or '*' or '&' or '!' => $"A text cannot begin with `{value[0]}`, which means something else to YAML. {InQuotes}",
            '"' or '\'' when EndsEarly(value) => "The text goes on after its closing quote. Put the whole text in the other kind of quotes, or use « ».",
            '"' or '\'' when !Closes(value) => $"This text has no closing {value[0]}.",
            '>' or '|' when value.Length > 1 && value[1] is ' ' => $"After `{value[0]}` the text begins on the next line.",
            _ when value.EndsWith(":") && line.AsSpan(0, at).TrimEnd().EndsWith(":") && value[0] is not ('"' or '\'' or '{' or '[') => $"A text cannot end with a colon, which means `key:` to YAML. {InQuotes}",
            _ when at > 0 && value.Contains(": ", StringComparison.Ordinal) && value[0] is not ('"' or '\'' or '{' or '[') =>
                $"A colon with a space after it means `key: value` to YAML. {InQuotes}",
            _ => null,
        };
        return message is null ? null : (at + 1, message);
    }

    /// <summary>Where the value begins: after the indentation, the hyphens of a list and the key.</summary>
    public static int ValueAt(ReadOnlySpan<char> line)
    {
        var at = line.Length - line.TrimStart().Length;
        while (at + 1 < line.Length && line[at] == '-' && line[at + 1] == ' ')
        {
            at += 2;
        }

        var rest = line[at..];
        var colon = rest.IndexOf(':');
        if (colon > 0 && rest[..colon].IndexOfAny("\"'{[ ") < 0 && colon + 1 < rest.Length && rest[colon + 1] == ' ')
        {
            at += colon + 1;
            while (at < line.Length && line[at] == ' ')
            {
                at++;
            }
        }

        return at;
    }

    /// <summary>Whether a text in a one-line map holds a second colon: <c>{ ru: Итого: 5 }</c>.</summary>
    private static bool ColonInside(ReadOnlySpan<char> value)
    {
        var colons = 0;
        foreach (var c in value)
        {
            colons = c switch { ',' => 0, ':' => colons + 1, _ => colons };
            if (colons > 1)
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsEarly(ReadOnlySpan<char> value)
    {
        var end = ClosingQuote(value);
        if (end < 0)
        {
            return false;
        }

        var rest = value[(end + 1)..].TrimStart();
        return !rest.IsEmpty && rest[0] is not ('#' or ',' or '}' or ']' or ':');
    }

    private static bool Closes(ReadOnlySpan<char> value) => ClosingQuote(value) >= 0;

    private static int ClosingQuote(ReadOnlySpan<char> value)
    {
        for (var i = 1; i < value.Length; i++)
        {
            if (value[0] == '"' && value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == value[0])
            {
                if (value[0] == '\'' && i + 1 < value.Length && value[i + 1] == '\'')
                {
                    i++;
                    continue;
                }

                return i;
            }
        }

        return -1;
    }

    private static string Plain(string message) =>
        message.Contains("escape", StringComparison.OrdinalIgnoreCase)
            ? "In a text in \"quotes\" a backslash begins a code. Write two of them, or take 'single quotes'."
            : message.Contains("alias", StringComparison.OrdinalIgnoreCase) || message.Contains("anchor", StringComparison.OrdinalIgnoreCase)
                ? $"A text cannot begin with `*` or `&`, which mean something else to YAML. {InQuotes}"
                : "YAML cannot read this line. Check that it is indented like its neighbours (two spaces for each level), that a `:` follows each key, and that quotes and brackets are closed.";

    [GeneratedRegex(@"(?<![\w-])(?<key>do|on-answer): (?<action>[a-z-]+: [^,{}\[\]#]+)")]
    private static partial Regex ActionsOnOneLine();
}
