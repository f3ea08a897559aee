using Bot.Core.Conversations;
using Bot.Core.Dialogs;
using Bot.Core.Expressions;
using Bot.Core.Tests.Support;

namespace Bot.Core.Tests.Conversations;

public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData("+7 999 123-45-67", "+79991234567")]
    [InlineData("8 (999) 123 45 67", "+79991234567")]
    [InlineData("9991234567", "+79991234567")]
    [InlineData("79991234567", "+79991234567")]
    [InlineData("+1 415 555 0132", "+14155550132")]
    [InlineData("0044 20 7946 0958", "+442079460958")]
    [InlineData("+49 30 1234567", "+49301234567")]
    [InlineData("12345", null)]
    [InlineData("+7 999 123-45-67 доб. 5", null)]
    [InlineData("позвоните", null)]
    [InlineData("+", null)]
    [InlineData("", null)]
    [InlineData("+0123456789", null)]
    [InlineData("++79991234567", null)]
    [InlineData("+79991234567890123", null)]
    [InlineData("٠١٢٣٤٥٦٧٨٩", null)]
    public void A_phone_is_read_into_its_international_form(string typed, string? phone) =>
        Assert.Equal(phone, AnswerReader.Phone(typed, "+7 900 000-00-00"));

    [Theory]
    [InlineData("9991234567")]
    [InlineData("8 999 123 45 6")]
    public void Outside_Russia_a_number_without_a_country_is_asked_again(string typed) => Assert.Null(AnswerReader.Phone(typed, "+49 30 1"));

    [Theory]
    [InlineData("ann@example.com", "ann@example.com")]
    [InlineData("  Ann.Lee+list@Example.COM ", "Ann.Lee+list@example.com")]
    [InlineData("иван@почта.рф", "иван@почта.рф")]
    [InlineData("ann@localhost", null)]
    [InlineData("ann@@example.com", null)]
    [InlineData("ann example.com", null)]
    [InlineData("Ann <ann@example.com>", null)]
    [InlineData("ann@exa mple.com", null)]
    [InlineData("ann@-.c", null)]
    [InlineData("a@b.co\nBcc: x@y.zz", null)]
    public void An_email_is_an_address_and_nothing_else(string typed, string? email) => Assert.Equal(email, AnswerReader.Email(typed));

    [Theory]
    [InlineData("Анна", "Анна")]
    [InlineData("  Mary-Ann   O'Neil ", "Mary-Ann O'Neil")]
    [InlineData("Аня 🌸", "Аня 🌸")]
    [InlineData("محمد", "محمد")]
    [InlineData("A\u202Enna", "Anna")]
    [InlineData("Anna\r\n> forged", "Anna > forged")]
    [InlineData("🦄🦄", null)]
    [InlineData("12345", null)]
    [InlineData("https://spam.example", null)]
    [InlineData("me@example.com", null)]
    [InlineData("/start", null)]
    [InlineData("", null)]
    public void A_name_has_a_letter_and_stays_on_its_line(string typed, string? name) => Assert.Equal(name, AnswerReader.Name(typed));

    [Fact]
    public void A_name_of_ten_thousand_characters_is_none() => Assert.Null(AnswerReader.Name(new string('я', 10_000)));

    [Theory]
    [InlineData("31.12.1990", 1990, 12, 31)]
    [InlineData("1990-12-31", 1990, 12, 31)]
    [InlineData("31/12/1990", 1990, 12, 31)]
    [InlineData("3 мая 1990", 1990, 5, 3)]
    public void A_date_is_read_as_people_write_it(string typed, int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), AnswerReader.Date(typed, "ru"));

    [Theory]
    [InlineData("31.02.1990")]
    [InlineData("yesterday")]
    [InlineData("01.01.0001")]
    public void What_is_no_date_is_asked_again(string typed) => Assert.Null(AnswerReader.Date(typed, "en"));

    [Theory]
    [InlineData("7", 7)]
    [InlineData("1 234,5", 1234.5)]
    [InlineData("-3.25", -3.25)]
    public void A_number_is_read_with_comma_or_point(string typed, double number) => Assert.Equal((decimal)number, AnswerReader.Number(typed));

    [Theory]
    [InlineData("seven")]
    [InlineData("1e9")]
    [InlineData("0.00001")]
    [InlineData("99999999999999999999")]
    public void What_is_no_number_is_asked_again(string typed) => Assert.Null(AnswerReader.Number(typed));

    [Theory]
    [InlineData("11", false)]
    [InlineData("10", true)]
    [InlineData("7.5", false)]
    [InlineData("-1", false)]
    public void A_scale_takes_whole_numbers_within_it(string typed, bool isAnswer)
    {
        var ask = new Ask([AskKind.Scale], new AnswerField(false, "score"), 0, 10, [], false, null);

        Assert.Equal(isAnswer, Read(ask, typed) is Answer.Given);
    }

    [Fact]
    public void What_was_typed_is_a_phone_and_only_the_button_makes_a_contact()
    {
        var ask = new Ask([AskKind.Contact, AskKind.Phone, AskKind.Email], null, null, null, [], false, null);

        Assert.Equal(new Answer.Given(AskKind.Phone, new Value.Text("+79991234567")), Read(ask, "89991234567"));
        Assert.Equal(new Answer.Given(AskKind.Email, new Value.Text("a@b.io")), Read(ask, "a@b.io"));
        Assert.Equal(new Answer.Unclear(Phrase.AgainContact), Read(ask, "?"));
    }

    [Theory]
    [InlineData("24.05.1990", true)]
    [InlineData("21.11.2026", true)]
    [InlineData("22.11.2026", false)]
    [InlineData("22.11.1906", true)]
    [InlineData("21.11.1906", false)]
    public void A_birthday_is_no_day_to_come_and_none_of_a_hundred_and_twenty_years_ago(string typed, bool isAnswer)
    {
        var birthday = new Ask([AskKind.Date], new AnswerField(true, "birthday"), null, null, [], false, null);

        Assert.Equal(isAnswer ? typeof(Answer.Given) : typeof(Answer.Unclear), Read(birthday, typed).GetType());
        Assert.IsType<Answer.Given>(Read(birthday with { Into = new AnswerField(false, "day") }, typed));
    }

    [Theory]
    [InlineData("en", "en")]
    [InlineData("русский", "ru")]
    [InlineData(" ENGLISH ", "en")]
    [InlineData("Deutsch", null)]
    public void A_language_is_known_by_its_own_name(string typed, string? code) =>
        Assert.Equal(code, (Read(new Ask([AskKind.Language], null, null, null, [], false, null), typed) as Answer.Given)?.Value is Value.Choice choice ? choice.Id : null);

    [Fact]
    public void A_city_is_kept_under_its_name_in_the_language_of_the_business()
    {
        var ask = new Ask([AskKind.City], null, null, null, [], false, null);

        Assert.Equal(new Answer.Given(AskKind.City, new Value.Text("Казань")), Read(ask, "kazan"));
        Assert.Equal(new Answer.Unclear(Phrase.AgainCity), Read(ask, "Атлантида"));
    }

    [Fact]
    public void A_free_text_keeps_its_lines_and_loses_what_cannot_be_seen() =>
        Assert.Equal("one\ntwo three", AnswerReader.Text(" one\ntwo \0\u202E three \r\n"));

    private static Answer Read(Ask ask, string typed) => AnswerReader.Read(ask, typed, Some.Shipped, "ru", new DateOnly(2026, 11, 21));
}
