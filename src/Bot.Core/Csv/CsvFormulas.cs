namespace Bot.Core.Csv;

/// <summary>
/// Keeps spreadsheets from taking a text for a formula or a number: an apostrophe before it, as one would type it there. It is taken off again
/// when the file is read, so that what was written arrives as it was.
/// </summary>
public static class CsvFormulas
{
    /// <summary>A number of so many digits is shown rounded and saved as it is shown, which would spoil ids and phones.</summary>
    private const int LongNumber = 12;

    /// <summary>The text with an apostrophe wherever a spreadsheet could begin to calculate.</summary>
    public static string Defused(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var written = new System.Text.StringBuilder(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsRisky(text, i, i))
            {
                written.Append('\'');
            }

            written.Append(text[i]);
        }

        return written.Length == text.Length ? text : written.ToString();
    }

    /// <summary>The text that <see cref="Defused"/> was given.</summary>
    public static string Restored(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var read = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\'' || !IsRisky(text, i, i + 1))
            {
                read.Append(text[i]);
            }
        }

        return read.Length == text.Length ? text : read.ToString();
    }

    /// <summary>
    /// Whether what stands at <paramref name="from"/> would be taken for something else, if a cell began at <paramref name="at"/>: at the
    /// beginning, or after a separator for who opens the file with another one than it was written with.
    /// </summary>
    private static bool IsRisky(string text, int at, int from)
    {
        if (at > 0 && text[at - 1] is not (',' or ';' or '\t' or '\n' or '\r'))
        {
            return false;
        }

        while (from < text.Length && text[from] == '\'')
        {
            from++;
        }

        var rest = text.AsSpan(from);
        return at == 0
            ? IsFormula(rest.TrimStart(' ')) || rest is ['\t' or '\r' or '\n', ..] || (rest.Length >= LongNumber && rest.IndexOfAnyExceptInRange('0', '9') < 0)
            : IsFormula(rest);
    }

    private static bool IsFormula(ReadOnlySpan<char> text) => text is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..];
}
