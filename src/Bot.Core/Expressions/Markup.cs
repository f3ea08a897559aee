using System.Text;

namespace Bot.Core.Expressions;

/// <summary>Telegram's HTML: what owners may use of it, and how everything else is made harmless.</summary>
internal static class Markup
{
    private static readonly string[] Simple = ["b", "i", "u", "s", "code"];

    /// <summary>The text with the four signs that mean something in HTML replaced.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("<>&\"") < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
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
}

/// <param name="Length">How many characters the tag, or of a link its beginning, takes.</param>
internal readonly record struct Tag(string Name, bool IsClosing, int Length);
