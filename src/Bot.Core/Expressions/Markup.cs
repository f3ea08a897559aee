
using System.Text.RegularExpressions;

namespace Bot.Core.Expressions;

/// <summary>Telegram's HTML: what owners may use of it; everything else is a plain sign.</summary>
internal static partial class Markup
{
    private static readonly string[] Simple = ["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"];

    /// <summary>What is wrong with signs that customers would see and that were surely meant to be more, or <see langword="null"/>.</summary>
    public static string? SlipAt(string source, int at)
    {
        if (source[at] == '<' && LineBreak().Match(source, at) is { Success: true } tag)
        {
            return $"`{tag.Value}` would be shown as it stands. For a new line put the text after `|` and begin one. To show the sign itself, write {{{{ '{tag.Value}' }}}}.";
        }

        return source[at] == '{' && Braces().Match(source, at) is { Success: true } braces
            ? $"`{braces.Value}` would be shown as it stands. A value has two braces on each side: {{{{ {braces.Groups["name"].Value} }}}}. To show braces, write {{{{ '{braces.Value}' }}}}."
            : null;
    }

    /// <summary>The tag that begins here, or <see langword="null"/> if this is just a sign in a text.</summary>
    public static Tag? TagAt(string source, int at)
    {
        var rest = source.AsSpan(at);
        foreach (var name in Simple)
        {
            if (rest.StartsWith($"<{name}>", StringComparison.Ordinal))
            {
                return new(name, IsClosing: false, name.Length + 2);
            }

            if (rest.StartsWith($"</{name}>", StringComparison.Ordinal))
            {
                return new(name, IsClosing: true, name.Length + 3);
            }
        }

        return rest.StartsWith("</a>", StringComparison.Ordinal) ? new("a", IsClosing: true, 4)
            : rest.StartsWith("<a>", StringComparison.Ordinal) ? new("a", IsClosing: false, 3)
            : rest.StartsWith("<a ", StringComparison.Ordinal) ? new("a", IsClosing: false, 3)
            : null;
    }

    [GeneratedRegex(@"\G<br */?>", RegexOptions.IgnoreCase)]
    private static partial Regex LineBreak();

    [GeneratedRegex(@"\G\{ *(?<name>[\p{L}_][\w.-]*) *\}")]
    private static partial Regex Braces();
}

/// <param name="Length">How many characters the tag, or of a link its beginning, takes.</param>
internal readonly record struct Tag(string Name, bool IsClosing, int Length);
