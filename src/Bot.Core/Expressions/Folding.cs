using System.Text;

namespace Bot.Core.Expressions;

/// <summary>How text is compared everywhere: in expressions, keywords, typed choices, and in the database's folded columns.</summary>
public static class Folding
{
    /// <summary>The text trimmed, composed (NFKC), in lower case, with one space for every run of white space and е for ё.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsWellFormed(text))
        {
            text = new string([.. text.EnumerateRunes().SelectMany(rune => rune.ToString())]);
        }

        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            if (!char.IsWhiteSpace(c))
            {
                folded.Append(c == 'ё' ? 'е' : c);
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
