using Bot.Core.Expressions;
using Bot.Core.Ids;
using Bot.Core.Lists;
using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Lists;

public sealed class ListReaderTests
{
    [Theory]
    [InlineData("Имя;Телефон;Эл. почта;Дата рождения;Город;Метки;Примечание")]
    [InlineData("name,PHONE,e-mail,Birthday,city,tags,note")]
    [InlineData("sep=,\nфио,Мобильный,email,ДР,город,теги,комментарий")]
    public void Columns_are_known_by_their_names_in_russian_and_english(string headings)
    {
        var delimiter = headings.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        var row = string.Join(delimiter, "Анна Петрова", "8 (999) 123-45-67", "Anna@Example.com", "24.05.1990", "казань", "vip new-year", "любит корицу");

        var line = Assert.Single(Read($"{headings}\n{row}\n").Lines());

        Assert.Null(line.Fault);
        Assert.Equal(new Value.Text("Анна Петрова"), line.Row!.Fields["name"]);
        Assert.Equal("+79991234567", line.Row.Phone);
        Assert.Equal("Anna@example.com", line.Row.Email);
        Assert.Equal(new Value.Date(new DateOnly(1990, 5, 24)), line.Row.Fields["birthday"]);
        Assert.Equal(new Value.Text("Казань"), line.Row.Fields["city"]);
        Assert.Equal(["vip", "new-year"], line.Row.Tags);
        Assert.Equal("любит корицу", line.Row.Note);
    }

    [Fact]
    public void The_businesss_own_fields_are_read_as_what_they_hold()
    {
        var content = Some.ShippedWith(("settings.yaml", $"{Yaml("settings.yaml")}\nfields: {{ visits: number, vip: boolean, pet: text, since: date, seen: moment }}\n"));
        var list = new ListReader("phone;visits;vip;pet;since;seen\n+79991234567;3,5;да;кот;2020-01-31 00:00;2020-01-01\n+79991234568;много;;;;\n+79991234569;;может;;;\n", content, Some.Now);
        var lines = list.Lines().ToList();

        Assert.Equal([new Value.Number(3.5m), new Value.Boolean(true), new Value.Text("кот"), new Value.Date(new DateOnly(2020, 1, 31))],
            ((string[])["visits", "vip", "pet", "since"]).Select(name => lines[0].Row!.Fields[name]));
        Assert.False(lines[0].Row!.Fields.ContainsKey("seen"));
        Assert.Equal(new ListFault(ListFaultKind.Number, "много"), lines[1].Fault);
        Assert.Equal(new ListFault(ListFaultKind.YesNo, "может"), lines[2].Fault);
    }

    [Theory]
    [InlineData("phone\n12", ListFaultKind.Phone, "12")]
    [InlineData("phone\n\"7,9991E+10\"", ListFaultKind.Phone, "7,9991E+10")]
    [InlineData("email\nanna", ListFaultKind.Email, "anna")]
    [InlineData("phone;name\n+79991234567;12345", ListFaultKind.Name, "12345")]
    [InlineData("phone;birthday\n+79991234567;вчера", ListFaultKind.Day, "вчера")]
    [InlineData("phone;birthday\n+79991234567;2027-01-01", ListFaultKind.Day, "2027-01-01")]
    [InlineData("phone;tags\n+79991234567;Постоянный", ListFaultKind.Tag, "Постоянный")]
    [InlineData("id\n1,23E+17", ListFaultKind.Id, "1,23E+17")]
    [InlineData("id;phone\n1.2E+17;+79991234567", ListFaultKind.Id, "1.2E+17")]
    [InlineData("phone;name\n;Анна", ListFaultKind.Nobody, null)]
    [InlineData("phone;name\n+79991234567;\"Анна", ListFaultKind.CutOff, null)]
    public void What_is_wrong_with_a_row_is_told_with_what_was_written(string text, ListFaultKind kind, string? value)
    {
        var line = Assert.Single(Read(text).Lines());

        Assert.Null(line.Row);
        Assert.Equal(2, line.Number);
        Assert.Equal(new ListFault(kind, value), line.Fault);
    }

    [Fact]
    public void The_second_row_about_one_customer_names_the_first()
    {
        var lines = Read("name;phone;email\nАнна;+79991234567;\n\nБорис;+79990000000;b@example.com\nАня;8 999 123 45 67;\nБоря;;B@EXAMPLE.com\n").Lines().ToList();

        Assert.Equal([2, 4, 5, 6], lines.Select(line => line.Number));
        Assert.Equal([null, null, new ListFault(ListFaultKind.Twice, "2"), new ListFault(ListFaultKind.Twice, "4")], lines.Select(line => line.Fault));
    }

    [Fact]
    public void What_a_list_says_of_consents_and_of_the_past_is_not_taken_in()
    {
        var list = Read("id;телефон;согласия;покупок;потрачено;telegram;что-то;телефон\n'123456789012345678;'+79991234567;marketing (telegram);9;900;anna;x;+70000000000\n");
        var line = Assert.Single(list.Lines());

        Assert.Equal(new ProfileId(123456789012345678), line.Row!.Customer);
        Assert.Equal(["phone"], line.Row.Fields.Keys);
        Assert.Equal("+79991234567", line.Row.Phone);
        Assert.Equal([true, true, false, false, false, false, false, false], list.Columns.Select(column => column is { IsTakenIn: true }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("name;city\nАнна;Казань")]
    [InlineData("PK\u0003\u0004")]
    public void Without_a_column_to_tell_customers_by_it_is_no_list(string text) => Assert.False(Read(text).CanRecognise);

    [Fact]
    public void Whom_staff_want_in_a_list_is_a_segment_a_condition_or_everybody()
    {
        Assert.NotNull(ListCondition.Read("", Some.Shipped).Result);
        Assert.Equal(Some.Shipped.Segments.First().Value.For, ListCondition.Read(Some.Shipped.Segments.First().Key, Some.Shipped).Result);
        Assert.NotNull(ListCondition.Read("city = \"Казань\" and consent(marketing)", Some.Shipped).Result);
        Assert.NotNull(ListCondition.Read("cty = \"Казань\"", Some.Shipped).Fault);
    }

    private static ListReader Read(string text) => new(text, Some.Shipped, Some.Now);

    private static string Yaml(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "dialogs", file));
}
