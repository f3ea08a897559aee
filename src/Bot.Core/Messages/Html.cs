using System.Text;

namespace Bot.Core.Messages;

/// <summary>
/// Telegram's HTML: escaping, measuring and splitting. What is measured is what the customer sees: tags count nothing, an entity
/// such as <c>&amp;lt;</c> counts one, other characters count UTF-16 units (the unit of Telegram's own offsets).
/// </summary>
public static class Html
{
    /// <summary>The longest text of one message, as seen.</summary>
    public const int MaxText = 4096;

    /// <summary>The longest text beside a file, as seen.</summary>
    public const int MaxCaption = 1024;

    /// <summary>The text with &lt; &gt; &amp; and " made harmless, in content and in attributes.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
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

    /// <summary>How long the customer sees it.</summary>
    public static int Length(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var length = 0;
        for (var at = 0; at < html.Length;)
        {
            var piece = PieceAt(html, at);
            length += piece.Seen;
            at += piece.Length;
        }

        return length;
    }

    /// <summary>Whether the customer would see anything but white space.</summary>
    public static bool IsBlank(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        for (var at = 0; at < html.Length;)
        {
            var piece = PieceAt(html, at);
            if (piece.Seen > 0 && !char.IsWhiteSpace(html[at]))
            {
                return false;
            }

            at += piece.Length;
        }

        return true;
    }

    /// <summary>
    /// Parts of at most <paramref name="max"/> seen units, cut at a line or a space where there is one in the last quarter. No part
    /// cuts a tag, an entity or a surrogate pair; tags that are open at a cut are closed there and opened again behind it.
    /// </summary>
    public static IReadOnlyList<string> Split(string html, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 2);
        if (html.Length <= max || Length(html) <= max)
        {
            return [html];
        }

        var parts = new List<string>();
        var open = new Stack<string>();
        for (var at = 0; at < html.Length;)
        {
            var prefix = string.Concat(open.Reverse());
            var end = CutAfter(html, at, max);
            var slice = html[at..end];
            Track(slice, open);
            var suffix = string.Concat(open.Select(tag => $"</{NameOf(tag)}>"));
            var part = prefix + slice + suffix;
            if (!IsBlank(part))
            {
                parts.Add(part);
            }

            at = end;
        }

        return parts;
    }

    private static int CutAfter(string html, int start, int max)
    {
        var (seen, at, space, line) = (0, start, -1, -1);
        while (at < html.Length)
        {
            var piece = PieceAt(html, at);
            if (seen + piece.Seen > max)
            {
                return line > 0 ? line : space > 0 ? space : at;
            }

            seen += piece.Seen;
            at += piece.Length;
            if (piece.Seen == 1 && seen > max * 3 / 4)
            {
                line = html[at - 1] == '\n' ? at : line;
                space = html[at - 1] == ' ' ? at : space;
            }
        }

        return at;
    }

    private static void Track(string slice, Stack<string> open)
    {
        for (var at = 0; at < slice.Length;)
        {
            var piece = PieceAt(slice, at);
            if (piece.Seen == 0 && slice[at] == '<')
            {
                if (slice[at + 1] != '/')
                {
                    open.Push(slice.Substring(at, piece.Length));
                }
                else if (open.Count > 0)
                {
                    open.Pop();
                }
            }

            at += piece.Length;
        }
    }

    private static string NameOf(string tag)
    {
        var end = tag.AsSpan(1).IndexOfAny(' ', '>') + 1;
        return tag[1..end];
    }

    /// <summary>What stands at a place: a tag, an entity, a surrogate pair or one unit.</summary>
    private static (int Length, int Seen) PieceAt(string html, int at)
    {
        switch (html[at])
        {
            case '<' when html.IndexOf('>', at) is > 0 and var close && at + 1 < html.Length
                && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] == '/'):
                return (close - at + 1, 0);
            case '&' when html.IndexOf(';', at) is > 0 and var semicolon && semicolon - at <= 10:
                return (semicolon - at + 1, 1);
            case var c when char.IsHighSurrogate(c) && at + 1 < html.Length && char.IsLowSurrogate(html[at + 1]):
                return (2, 2);
            default:
                return (1, 1);
        }
    }
}
