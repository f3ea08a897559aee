
namespace Bot.Core.Expressions;

/// <summary>Telegram's HTML: what owners may use of it; everything else is a plain sign.</summary>
internal static class Markup
{
    private static readonly string[] Simple = ["b", "i", "u", "s", "code"];

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
