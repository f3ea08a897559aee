namespace Bot.Core.Expressions;

/// <summary>A guess at what a misspelt word was meant to be.</summary>
internal static class Suggestion
{
    private const int LongestWord = 64;

    /// <summary><c> Did you mean `x`?</c>, or nothing if no candidate is near.</summary>
    public static string For(string word, IEnumerable<string> candidates) =>
        Nearest(word, candidates) is { } nearest ? $" Did you mean `{nearest}`?" : "";

    /// <summary>The candidate that is nearest to the word, if it is near at all.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length > LongestWord)
        {
            return null;
        }

        var folded = Folding.Fold(word);
        var limit = Math.Max(1, Math.Min(3, folded.Length / 3));
        string? nearest = null;
        foreach (var candidate in candidates.Where(c => c.Length <= LongestWord).Order(StringComparer.Ordinal))
        {
            var distance = Distance(folded, candidate);
            if (distance <= limit)
            {
                (limit, nearest) = (distance - 1, candidate);
            }
        }

        return nearest;
    }

    /// <summary>Letters added, left out, changed, or swapped with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        Span<int> earlier = stackalloc int[LongestWord + 2];
        Span<int> before = stackalloc int[LongestWord + 2];
        Span<int> row = stackalloc int[LongestWord + 2];
        if (a.Length > LongestWord)
        {
            return int.MaxValue;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            before[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var swap = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], before[j]) + 1, before[j - 1] + swap);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], earlier[j - 2] + 1);
                }
            }

            before.CopyTo(earlier);

            row[..(b.Length + 1)].CopyTo(before);
        }

        return before[b.Length];
    }
}
