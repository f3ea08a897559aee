using System.Globalization;

namespace Bot.Core.Csv;

/// <summary>What stands in a cell: a text, which a spreadsheet must never take for anything else, or a number with which it can calculate.</summary>
public readonly record struct CsvCell
{
    private CsvCell(string? text, decimal? number) => (Text, Number) = (text, number);

    internal string? Text { get; }

    internal decimal? Number { get; }

    public static implicit operator CsvCell(string? text) => Of(text);

    public static implicit operator CsvCell(long number) => Of(number);

    public static implicit operator CsvCell(decimal number) => Of(number);

    /// <summary>A text, or an empty cell.</summary>
    public static CsvCell Of(string? text) => new(text, null);

    /// <summary>A number.</summary>
    public static CsvCell Of(decimal number) => new(null, number);

    /// <summary>A day; spreadsheets of every language read it as one.</summary>
    public static CsvCell Of(DateOnly day) => new(null, null) { Day = day };

    internal DateOnly? Day { get; private init; }

    /// <summary>The cell as it is written, before quoting. A decimal comma goes with the semicolon, as spreadsheets have it.</summary>
    internal string Written(char delimiter) => this switch
    {
        { Number: { } number } when delimiter == ';' => number.ToString("0.####", CultureInfo.InvariantCulture).Replace('.', ','),
        { Number: { } number } => number.ToString("0.####", CultureInfo.InvariantCulture),
        { Day: { } day } => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => CsvFormulas.Defused(Text ?? ""),
    };
}
