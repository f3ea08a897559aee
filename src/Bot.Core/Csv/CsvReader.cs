using System.Collections.Immutable;
using System.Text;

namespace Bot.Core.Csv;

/// <summary>A row of a file.</summary>
/// <param name="Number">As spreadsheets count: the first is 1, and a cell of several lines is in one row.</param>
/// <param name="IsCutOff">A quotation mark that is never closed swallowed the rest of the file.</param>
public sealed record CsvRow(int Number, ImmutableArray<string> Cells, bool IsCutOff)
{
    /// <summary>Whether nothing stands in it.</summary>
    public bool IsBlank => Cells.All(string.IsNullOrWhiteSpace);
}

/// <summary>Reads what spreadsheets and <see cref="CsvWriter"/> write. Lenient, and never throws on any text.</summary>
public static class CsvReader
{
    /// <summary>All rows, one by one.</summary>
    public static IEnumerable<CsvRow> Read(TextReader input, char delimiter)
    {
        ArgumentNullException.ThrowIfNull(input);
        var cells = ImmutableArray.CreateBuilder<string>();
        var cell = new StringBuilder();
        for (var number = 1; input.Peek() >= 0; number++)
        {
            var (isLast, isCutOff) = (false, false);
            cells.Clear();
            while (!isLast)
            {
                cell.Clear();
                (isLast, isCutOff) = ReadCell(input, delimiter, cell);
                cells.Add(CsvFormulas.Restored(cell.ToString()));
            }

            yield return new CsvRow(number, cells.ToImmutable(), isCutOff);
        }
    }

    /// <summary>What separates the cells of a text: named in its first line, or the most frequent there outside of quotation marks.</summary>
    public static char DelimiterOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4)
        {
            return text[4];
        }

        var (counts, isQuoted, hasText) = (new int[3], false, false);
        foreach (var c in text)
        {
            isQuoted ^= c == '"';
            hasText |= !char.IsWhiteSpace(c);
            if (c is '\n' or '\r' && !isQuoted && hasText)
            {
                break;
            }

            if (!isQuoted && ";,\t".IndexOf(c, StringComparison.Ordinal) is >= 0 and var which)
            {
                counts[which]++;
            }
        }

        return ";,\t"[Array.IndexOf(counts, counts.Max())];
    }

    private static (bool IsLast, bool IsCutOff) ReadCell(TextReader input, char delimiter, StringBuilder cell)
    {
        var isQuoted = input.Peek() == '"';
        if (isQuoted)
        {
            input.Read();
        }

        while (input.Read() is >= 0 and var next)
        {
            var c = (char)next;
            if (isQuoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (input.Peek() == '"')
                {
                    cell.Append((char)input.Read());
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (c == delimiter)
            {
                return (false, false);
            }
            else if (c is '\r' or '\n')
            {
                if (c == '\r' && input.Peek() == '\n')
                {
                    input.Read();
                }

                return (true, false);
            }
            else
            {
                cell.Append(c);
            }
        }

        return (true, isQuoted);
    }
}
