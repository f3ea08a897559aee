using System.Collections.Immutable;
using Bot.Admin;
using Bot.Core.Csv;
using Bot.Core.Dialogs;
using Bot.Core.Lists;
using Bot.Storage;
using Bot.Storage.Lists;

namespace Bot.Lists;

/// <summary>What a list would do, found out without doing it.</summary>
/// <param name="Unread">The headings of columns that nobody reads.</param>
/// <param name="Faults">Rows that are not taken in, and why.</param>
internal sealed record ListPreview(
    ImmutableArray<string> Columns, ImmutableArray<string> Unread, int Rows, int Added, int Changed, int Same, ImmutableArray<(ListLine Line, ListFault Fault)> Faults)
{
    /// <summary>Whether there is anything to be taken in.</summary>
    public bool IsOfUse => Added + Changed > 0;

    public static ListPreview Of(ListReader list, StoreOptions database, CancellationToken cancellationToken)
    {
        using var customers = CustomerLists.Open(database);
        var (rows, added, changed, same) = (0, 0, 0, 0);
        var faults = ImmutableArray.CreateBuilder<(ListLine, ListFault)>();
        foreach (var line in list.Lines())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows++;
            if (line.Fault is { } fault)
            {
                faults.Add((line, fault));
                continue;
            }

            switch (customers.Foresee(line.Row!))
            {
                case ImportResult.Added:
                    added++;
                    break;
                case ImportResult.Changed:
                    changed++;
                    break;
                case ImportResult.Same:
                    same++;
                    break;
                case ImportResult.Refused:
                    faults.Add((line, new ListFault(ListFaultKind.UnknownId)));
                    break;
            }
        }

        var named = list.Headings.Zip(list.Columns).ToList();
        return new ListPreview(
            [.. named.Where(one => one.Second is { IsTakenIn: true }).Select(one => one.First.Trim())],
            [.. named.Where(one => one.Second is not { IsTakenIn: true }).Select(one => one.First.Trim())],
            rows, added, changed, same, faults.DrainToImmutable());
    }

    /// <summary>The rows that are not taken in, each with the reason: to be mended and sent again.</summary>
    public static void WriteRefused(Stream to, ListReader list, IEnumerable<(ListLine Line, ListFault Fault)> faults, AdminTexts texts, Settings settings)
    {
        using var text = new StreamWriter(to, CsvWriter.Encoding, leaveOpen: true);
        var csv = new CsvWriter(text, CsvWriter.DelimiterIn(settings.Languages[0]));
        var width = list.Headings.Length;
        csv.Row(list.Headings.Append(texts.Plain(Phrase.AdminImportReason)).Select(CsvCell.Of));
        foreach (var (line, fault) in faults)
        {
            var cells = line.Cells.Concat(Enumerable.Repeat("", Math.Max(0, width - line.Cells.Length))).Take(width);
            csv.Row(cells.Append(ListFaults.Text(texts, fault)).Select(CsvCell.Of));
        }
    }
}
