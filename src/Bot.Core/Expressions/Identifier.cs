namespace Bot.Core.Expressions;

/// <summary>How the things in content files may be called.</summary>
internal static class Identifier
{
    public const int MaxLength = 32;
    public const int MaxEventLength = 64;

    /// <summary>What <see cref="IsId"/> demands, in words.</summary>
    public const string Rule = "small Latin letters, digits and hyphens between them, at most 32";

    /// <summary>What <see cref="IsEvent"/> demands, in words.</summary>
    public const string EventRule = "small Latin letters, digits, and hyphens and dots between them, beginning with a letter, at most 64";

    /// <summary>A dialog, state, button, tag, field or the like.</summary>
    public static bool IsId(string text) => Fits(text, MaxLength, dots: false);

    /// <summary>A value that expressions call by its bare name: an id that begins with a letter.</summary>
    public static bool IsValueName(string text) => IsId(text) && char.IsAsciiLetterLower(text[0]);

    /// <summary>An event: like an id, with dots.</summary>
    public static bool IsEvent(string text) => Fits(text, MaxEventLength, dots: true) && char.IsAsciiLetterLower(text[0]);

    private static bool Fits(string text, int longest, bool dots)
    {
        if (text.Length is 0 || text.Length > longest)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var isInner = i > 0 && i < text.Length - 1 && char.IsAsciiLetterOrDigit(text[i - 1]);
            if (!char.IsAsciiLetterLower(text[i]) && !char.IsAsciiDigit(text[i]) && !(isInner && (text[i] == '-' || (dots && text[i] == '.'))))
            {
                return false;
            }
        }

        return true;
    }
}
