using System.Globalization;
using System.Text;

namespace Bot.FakeTelegram.Api;

/// <summary>Reads Telegram's HTML as the server does: a few tags, four named entities, and complaints about all else.</summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Tags = new(StringComparer.Ordinal)
    {
        "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler", "span", "tg-emoji",
    };

    /// <summary>The text without its tags, or what is wrong.</summary>
    public static (string Text, string? Fault) Parse(string html)
    {
        if (html.AsSpan().IndexOfAny('<', '&') < 0)
            return (html, null);

        var text = new StringBuilder(html.Length);
        var open = new Stack<string>();
        for (var i = 0; i < html.Length;)
        {
            switch (html[i])
            {
                case '&':
                    i += AppendEntity(text, html, i);
                    break;
                case '<':
                    var end = html.IndexOf('>', i);
                    if (end < 0)
                        return ("", $"can't parse entities: Unclosed start tag at byte offset {ByteOffset(html, i)}");
                    if (FaultOfTag(html, i, html[(i + 1)..end], open) is { } fault)
                        return ("", $"can't parse entities: {fault}");
                    i = end + 1;
                    break;
                default:
                    text.Append(html[i++]);
                    break;
            }
        }

        return open.TryPeek(out var unclosed)
            ? ("", $"can't parse entities: Can't find end tag corresponding to start tag \"{unclosed}\"")
            : (text.ToString(), null);
    }

    private static string? FaultOfTag(string html, int at, string inside, Stack<string> open)
    {
        if (inside.StartsWith('/'))
        {
            var name = inside[1..].Trim().ToLowerInvariant();
            return open.TryPeek(out var last) && last == name && open.TryPop(out _)
                ? null
                : $"Unmatched end tag at byte offset {ByteOffset(html, at)}, found \"</{name}>\"";
        }

        var space = inside.IndexOfAny([' ', '\n', '\t']);
        var tag = (space < 0 ? inside : inside[..space]).ToLowerInvariant();
        var attributes = space < 0 ? "" : inside[space..].Trim();
        if (!Tags.Contains(tag))
            return $"Unsupported start tag \"{tag}\" at byte offset {ByteOffset(html, at)}";
        if (tag == "span" && attributes != "class=\"tg-spoiler\"")
            return $"Tag \"span\" must have class \"tg-spoiler\" at byte offset {ByteOffset(html, at)}";
        if (attributes.Count(static letter => letter == '"') % 2 != 0)
            return $"Unclosed attribute value at byte offset {ByteOffset(html, at)}";
        open.Push(tag);
        return null;
    }

    // Unknown entities and bare ampersands stay as they are.
    private static int AppendEntity(StringBuilder text, string html, int at)
    {
        var end = html.IndexOf(';', at);
        var name = end > at && end - at <= 10 ? html[(at + 1)..end] : "";
        var meaning = name switch
        {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            _ when name.StartsWith("#x", StringComparison.Ordinal) && int.TryParse(name.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code)
                => char.ConvertFromUtf32(code),
            _ when name.StartsWith('#') && int.TryParse(name.AsSpan(1), CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code)
                => char.ConvertFromUtf32(code),
            _ => null,
        };
        text.Append(meaning ?? "&");
        return meaning is null ? 1 : end - at + 1;
    }

    private static int ByteOffset(string html, int at) => Encoding.UTF8.GetByteCount(html.AsSpan(0, at));
}
