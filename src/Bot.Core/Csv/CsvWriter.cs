using System.Buffers;
using System.Text;

namespace Bot.Core.Csv;

/// <summary>
/// Writes rows as RFC 4180 has them, for a spreadsheet to open by a double click: texts stay texts (<see cref="CsvFormulas"/>), and the delimiter
/// is the one that spreadsheets of the business's language expect.
/// </summary>
public sealed class CsvWriter(TextWriter output, char delimiter)
{
    /// <summary>UTF-8 with its mark: without it Excel takes Cyrillic for something else. A <see cref="StreamWriter"/> puts it at the beginning.</summary>
    public static readonly Encoding Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    private static readonly SearchValues<char> Quotable = SearchValues.Create("\",;\t\r\n");

    private bool _isInRow;

    /// <summary>What Excel on a computer of that language separates cells by: the comma where it is not in the numbers.</summary>
    /// <param name="language">ISO 639-1.</param>
    public static char DelimiterIn(string language) => language is "en" or "he" or "ja" or "ko" or "zh" or "th" ? ',' : ';';

    /// <summary>Writes one row.</summary>
    public void Row(params IEnumerable<CsvCell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        foreach (var cell in cells)
        {
            if (_isInRow)
            {
                output.Write(delimiter);
            }

            _isInRow = true;
            Quoted(cell.Written(delimiter));
        }

        output.Write("\r\n");
        _isInRow = false;
    }

    /// <summary>Quoted for any delimiter, so that a reader who guesses another one sees the same cells.</summary>
    private void Quoted(string text)
    {
        if (text.AsSpan().IndexOfAny(Quotable) < 0 && (text.Length == 0 || (text[0] != ' ' && text[^1] != ' ')))
        {
            output.Write(text);
            return;
        }

        output.Write('"');
        output.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        output.Write('"');
    }
}
