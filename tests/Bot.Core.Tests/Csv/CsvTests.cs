using System.Text;
using Bot.Core.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Core.Tests.Csv;

public sealed class CsvTests
{
    private static readonly string[] Nasty =
    [
        "=HYPERLINK(\"http://x\",\"y\")", "+79991234567", "-1", "@a", "\tx", "\rx", "\nx", "'", "''=1", "'+7", " =1", "", " ", "\"", "\"\"", ";", ",",
        "a,=1+1", "a;=1", "x\r\n-y", "123456789012", "'123456789012", "1234", "Анна", "\ud83d\ude00", "＝1", "a\tb", "',=",
    ];

    private static Gen<string> Cells => Gen.OneOf(
        Gen.Elements(Nasty),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements("'=+-@,;\t\r\n\" 19я".ToCharArray()).ListOf().Select(letters => string.Concat(letters)));

    [Theory]
    [InlineData(';')]
    [InlineData(',')]
    [InlineData('\t')]
    public void Whatever_is_written_is_read_again(char delimiter) => Prop.ForAll(
        Cells.NonEmptyListOf().NonEmptyListOf().Select(rows => rows.Select(row => row.ToArray()).ToArray()).ToArbitrary(),
        rows =>
        {
            var text = Written(delimiter, rows);
            var read = CsvReader.Read(new StringReader(text), delimiter).ToList();
            return read.Count == rows.Length && read.Zip(rows).All(pair => !pair.First.IsCutOff && pair.First.Cells.SequenceEqual(pair.Second));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void No_cell_of_a_text_begins_a_formula_with_whatever_delimiter_it_is_opened() => Prop.ForAll(Cells.ToArbitrary(), text =>
    {
        var written = CsvFormulas.Defused(text);
        return written.TrimStart(' ') is not ['=' or '+' or '-' or '@', ..]
            && written is not ['\t' or '\r' or '\n', ..]
            && written.Split(',', ';', '\t', '\n', '\r').Skip(1).All(part => part is not ['=' or '+' or '-' or '@', ..]);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Reading_anything_answers_and_does_not_throw() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(),
        bytes =>
        {
            var text = CsvText.Decode(bytes ?? []);
            return CsvReader.Read(new StringReader(text), CsvReader.DelimiterOf(text)).All(row => row.Number > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+79991234567", "'+79991234567")]
    [InlineData("-1", "'-1")]
    [InlineData("@a", "'@a")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("123456789012345678", "'123456789012345678")]
    [InlineData("79991234567", "79991234567")]
    [InlineData("a;\"b\"", "\"a;\"\"b\"\"\"")]
    [InlineData("a,=1", "\"a,'=1\"")]
    [InlineData("Анна", "Анна")]
    public void A_text_stays_a_text_in_a_spreadsheet(string text, string cell) => Assert.Equal(cell + "\r\n", Written(';', [[text]]));

    [Fact]
    public void Numbers_can_be_calculated_with_where_the_file_is_opened()
    {
        var (russian, english) = (new StringWriter(), new StringWriter());
        new CsvWriter(russian, CsvWriter.DelimiterIn("ru")).Row(-12.5m, 3L, CsvCell.Of(new DateOnly(1990, 12, 31)), (string?)null);
        new CsvWriter(english, CsvWriter.DelimiterIn("en")).Row(-12.5m, 3L, CsvCell.Of(new DateOnly(1990, 12, 31)), (string?)null);

        Assert.Equal("\"-12,5\";3;1990-12-31;\r\n", russian.ToString());
        Assert.Equal("-12.5,3,1990-12-31,\r\n", english.ToString());
    }

    [Fact]
    public void A_file_begins_with_the_mark_that_Excel_needs()
    {
        using var file = new MemoryStream();
        using (var text = new StreamWriter(file, CsvWriter.Encoding, leaveOpen: true))
        {
            new CsvWriter(text, ';').Row("имя");
        }

        Assert.Equal([0xEF, 0xBB, 0xBF, 0xD0], file.ToArray()[..4]);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1251")]
    public void Files_are_read_in_the_encodings_that_spreadsheets_write(string name)
    {
        var encoding = name == "windows-1251" ? CodePagesEncodingProvider.Instance.GetEncoding(1251)! : Encoding.GetEncoding(name);
        const string text = "имя;телефон\r\nАнна;8 999 123-45-67\r\n";

        Assert.Equal(text, CsvText.Decode(encoding.GetBytes(text)));
        Assert.Equal(text, CsvText.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
    }

    [Theory]
    [InlineData("a;b;c\n1,2,3,4;;", ';')]
    [InlineData("a,b\n;;;;", ',')]
    [InlineData("a\tb", '\t')]
    [InlineData("\"a,,,,\";b", ';')]
    [InlineData("sep=,\na;b;c", ',')]
    [InlineData("name\nAnna", ';')]
    public void The_delimiter_is_found_in_the_first_line(string text, char delimiter) => Assert.Equal(delimiter, CsvReader.DelimiterOf(text));

    [Fact]
    public void A_quotation_mark_that_is_never_closed_is_told()
    {
        var rows = CsvReader.Read(new StringReader("a;b\n1;\"x\n2;y"), ';').ToList();

        Assert.Equal(2, rows.Count);
        Assert.True(rows[1].IsCutOff);
    }

    private static string Written(char delimiter, string[][] rows)
    {
        var text = new StringWriter();
        var csv = new CsvWriter(text, delimiter);
        foreach (var row in rows)
        {
            csv.Row(row.Select(cell => (CsvCell)cell));
        }

        return text.ToString();
    }
}
