using System.Collections.Immutable;
using System.Globalization;
using Bot.Core.Csv;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Profiles;

namespace Bot.Core.Lists;

/// <summary>A row that was read.</summary>
/// <param name="Row"><see langword="null"/> if there is a fault in it.</param>
/// <param name="Cells">As they stand in the file.</param>
public readonly record struct ListLine(int Number, ImmutableArray<string> Cells, ListRow? Row, ListFault? Fault);

/// <summary>Reads a list of customers as other programs and we ourselves write it. Never throws on any text.</summary>
public sealed class ListReader
{
    /// <summary>More than a business of this size has; a file beyond it is a mistake.</summary>
    public const int MaxRows = 200_000;

    private static readonly char[] TagSeparators = [',', ';', ' ', '\n', '\t'];

    private readonly string _text;
    private readonly char _delimiter;
    private readonly ListValues _values;

    /// <param name="now">The business's time.</param>
    public ListReader(string text, Content content, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(content);
        (_text, _delimiter, _values) = (text, CsvReader.DelimiterOf(text), new ListValues(content, now));
        Headings = Rows().FirstOrDefault(IsHeading)?.Cells ?? [];
        Columns = Distinct([.. Headings.Select(heading => ListColumn.Named(heading, content.Settings.Fields))]);
    }

    /// <summary>What stands in the first row.</summary>
    public ImmutableArray<string> Headings { get; }

    /// <summary>What each column is about; <see langword="null"/> if nobody knows, or an earlier one is about the same.</summary>
    public ImmutableArray<ListColumn?> Columns { get; }

    /// <summary>Whether there is a column by which a customer can be recognised.</summary>
    public bool CanRecognise => Columns.Any(column => column is { Kind: ListColumnKind.Id } or { Field: ProfileFields.Phone or ProfileFields.Email });

    /// <summary>The rows below the headings, without blank ones; of two about the same customer the second has a fault.</summary>
    public IEnumerable<ListLine> Lines()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in Rows().SkipWhile(row => !IsHeading(row)).Skip(1).Where(row => !row.IsBlank))
        {
            var (read, fault) = Read(row);
            if (read is not null && FirstOf(read, seen) is { } first)
            {
                (read, fault) = (null, new ListFault(ListFaultKind.Twice, first.ToString(CultureInfo.InvariantCulture)));
            }

            yield return new ListLine(row.Number, row.Cells, read, fault);
        }
    }

    private IEnumerable<CsvRow> Rows() => CsvReader.Read(new StringReader(_text), _delimiter);

    // Excel's own first line names the delimiter.
    private static bool IsHeading(CsvRow row) => !row.IsBlank && !(row.Number == 1 && row.Cells[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase));

    private static ImmutableArray<ListColumn?> Distinct(ImmutableArray<ListColumn?> columns) =>
        [.. columns.Select((column, i) => columns.AsSpan()[..i].Contains(column) ? null : column)];

    /// <summary>The number of an earlier row about the same customer; notes this one.</summary>
    private static int? FirstOf(ListRow row, Dictionary<string, int> seen)
    {
        int? first = null;
        foreach (var mark in (string?[])[
            row.Customer is { } id ? $"id:{id.Value}" : null, row.Phone is { } phone ? $"phone:{phone}" : null,
            row.Email is { } email ? $"email:{Folding.Fold(email)}" : null])
        {
            if (mark is not null && !seen.TryAdd(mark, row.Number))
            {
                first ??= seen[mark];
            }
        }

        return first;
    }

    private (ListRow? Row, ListFault? Fault) Read(CsvRow row)
    {
        if (row.IsCutOff)
        {
            return (null, new ListFault(ListFaultKind.CutOff));
        }

        var read = new ListRow(row.Number, null, ImmutableDictionary<string, Value>.Empty, [], null);
        for (var i = 0; i < Math.Min(row.Cells.Length, Columns.Length); i++)
        {
            if (Columns[i] is { IsTakenIn: true } column && row.Cells[i].Trim() is { Length: > 0 } cell)
            {
                var (next, fault) = Put(read, column, cell);
                if (next is null)
                {
                    return (null, new ListFault(fault, cell.Length > 40 ? $"{cell[..40]}…" : cell));
                }

                read = next;
            }
        }

        return read.Customer is null && read.Phone is null && read.Email is null ? (null, new ListFault(ListFaultKind.Nobody)) : (read, null);
    }

    private (ListRow? Row, ListFaultKind Fault) Put(ListRow row, ListColumn column, string cell)
    {
        switch (column.Kind)
        {
            case ListColumnKind.Id:
                var isId = long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0;
                return (isId ? row with { Customer = new ProfileId(id) } : null, ListFaultKind.Id);
            case ListColumnKind.Tags:
                var tags = ListValues.Tags(cell.Split(TagSeparators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                return (tags is { } all ? row with { Tags = all } : null, ListFaultKind.Tag);
            case ListColumnKind.Note:
                return (ListValues.Note(cell) is { } note ? row with { Note = note } : null, ListFaultKind.TooLong);
            default:
                var (value, fault) = _values.Read(column, cell);
                return (value is null ? null : row with { Fields = row.Fields.SetItem(column.Field!, value) }, fault);
        }
    }
}
